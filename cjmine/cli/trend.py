"""`cjmine trend`: is it changing, since when, and is it real?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cjmine.cli import options
from cjmine.cli.choices import format_option, table_option
from cjmine.cli.command import Without, command
from cjmine.cli.logs import as_the_project_says, kept, open_logs
from cjmine.cli.outputs import Outputs, write_results
from cjmine.cli.progress import progress_bar
from cjmine.cli.screen import put, say_notes
from cjmine.cli.typed import typed
from cjmine.counting.split import Split
from cjmine.ingest.source_options import SourceOptions
from cjmine.reporters.formats import Asked, Format, Subject, TableName, format_of
from cjmine.reporters.language import Lang
from cjmine.verbs.trend_settings import TrendSettings

if TYPE_CHECKING:
    from cjmine.ideal.compiled import CompiledIdeal
    from cjmine.reporters.html.report import Made


@command
def trend(
    *,
    context: typer.Context,
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="LOG… | RESULT.json…",
            help="A log, exports or a folder; or the JSON of earlier checks.",
        ),
    ] = None,
    ideal: options.IdealFile = None,
    pool: options.Pool = None,
    settings: Annotated[TrendSettings, Without("by")],
    since_last: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Say what is new since a trend's JSON."),
    ] = None,
    form: Annotated[Format, format_option(Subject.TREND)] = Format.TEXT,
    table: Annotated[TableName, table_option(Subject.TREND)] = TableName.PERIODS,
    output: Outputs = None,
    lang: options.Language = Lang.EN,
    sources: SourceOptions,
    split: Split,
) -> None:
    """Follow the goal, drop-off and contact over time; say what changed, since when, near what.

    Example: cjmine trend sample_logs --every week --drift
    """
    from cjmine.ingest.project import declared_by
    from cjmine.reporters.registry import render
    from cjmine.verbs.ideals import columns_of, ideal_or_nothing
    from cjmine.verbs.pictures import is_result
    from cjmine.verbs.since_last import open_trend, since
    from cjmine.verbs.trend import trend as follow
    from cjmine.verbs.trend_results import refuse_settings, trend_of_results

    arguments = inputs or []
    settings = as_the_project_says(settings, arguments, sources)
    files = output or []
    forms = [format_of(file, Subject.TREND) for file in files]
    earlier = None if since_last is None else open_trend(since_last)
    results = [one for one in arguments if is_result(one)]
    project = declared_by(arguments, sources.config)
    with progress_bar() as progress:
        if results:
            beside = [] if since_last is None else [since_last]
            options.spare([*arguments, *beside], files)
            others = replace(sources, config=None).is_given or ideal is not None
            refuse_settings(arguments, results, settings, others)
            found = trend_of_results([Path(one) for one in results], settings, project)
            declared = None
        else:
            declared = ideal_or_nothing(ideal, arguments, settings, pool)
            loaded = open_logs(
                arguments,
                sources,
                progress,
                keep=[*columns_of(declared), *kept(settings)],
                beside=[one for one in (declared.journey.file, since_last) if one],
                outputs=files,
            )
            say_notes(loaded.notes_beside_the_log, lang)
            found = follow(loaded.source, declared, settings, project, progress, split)
        if earlier is not None:
            found = replace(found, since=since(found, earlier))
        made = None
        if Format.HTML in (form, *forms):
            made = _made(typed(context, settings.policy), declared, settings, results)
        shown = Asked(table, made=made, lang=lang)
        write_results(found, files, forms, shown, settings.release, progress)
    put(render(found, form, shown))


def _made(
    command: str, declared: CompiledIdeal | None, settings: TrendSettings, results: list[str]
) -> Made:
    """How the trend came about."""
    from cjmine.reporters.html.report import Made
    from cjmine.verbs.report import made_by_check, made_by_discovery
    from cjmine.version import VERSION

    if declared is None:
        names = tuple(settings.policy.file_name(one) for one in results)
        return Made(command, VERSION, results=names)
    if declared.journey.file:
        return made_by_check(command, declared)
    return made_by_discovery(command, settings)
