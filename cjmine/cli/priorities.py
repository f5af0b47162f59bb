"""`cjmine priorities`: what would move the goal most if it did not happen?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from cjmine.cli import options
from cjmine.cli.choices import format_option, table_option
from cjmine.cli.command import command
from cjmine.cli.logs import as_the_project_says, kept, open_logs
from cjmine.cli.outputs import Outputs, write_results
from cjmine.cli.progress import progress_bar
from cjmine.cli.screen import put, say_notes, screen_width
from cjmine.cli.typed import typed
from cjmine.counting.split import Split
from cjmine.ingest.source_options import SourceOptions
from cjmine.reporters.formats import Asked, Format, Ranking, Subject, TableName, format_of
from cjmine.reporters.language import Lang
from cjmine.results.priorities import Per
from cjmine.verbs.priorities_settings import PrioritiesSettings
from cjmine.verbs.settings import rows


def _top(written: str) -> int | None:
    return rows(written, "--top")


@command
def priorities(
    *,
    context: typer.Context,
    logs: options.Logs = None,
    ideal: options.IdealFile = None,
    pool: options.Pool = None,
    settings: PrioritiesSettings,
    per: Annotated[
        Per | None, typer.Option("--per", help="Write gains for a month, quarter or year.")
    ] = None,
    top: Annotated[
        str, typer.Option("--top", metavar="N|all", help="How many rows to rank.")
    ] = "10",
    naive: Annotated[
        bool, typer.Option("--naive", help="Also print bare differences of what is not ranked.")
    ] = False,
    every: Annotated[bool, typer.Option("--all", help="Print every row.")] = False,
    form: Annotated[Format, format_option(Subject.PRIORITIES)] = Format.TEXT,
    table: Annotated[TableName, table_option(Subject.PRIORITIES)] = TableName.ITEMS,
    output: Outputs = None,
    lang: options.Language = Lang.EN,
    sources: SourceOptions,
    split: Split,
) -> None:
    """Rank deviations by what like journeys achieve without them.

    Example: cjmine priorities sample_logs --per quarter
    """
    from cjmine.ingest.project import declared_by
    from cjmine.reporters.registry import render
    from cjmine.verbs.ideals import columns_of, needed_ideal
    from cjmine.verbs.priorities import priorities as measure
    from cjmine.verbs.report import made_by_check

    arguments, files = logs or [], output or []
    ranking = Ranking(per, _top(top), naive)
    settings = as_the_project_says(settings, arguments, sources)
    forms = [format_of(file, Subject.PRIORITIES) for file in files]
    declared = declared_by(arguments, sources.config)
    goal = needed_ideal(ideal, arguments, pool)
    beside: list[str | Path] = [goal.journey.file] if goal.journey.file else []
    with progress_bar() as progress:
        keep = [*columns_of(goal), *kept(settings), *declared.like]
        loaded = open_logs(arguments, sources, progress, keep, beside, files)
        say_notes(loaded.notes_beside_the_log, lang)
        found = measure(loaded.source, goal, settings, declared, progress, split)
        made = made_by_check(typed(context, settings.policy), goal)
        asked = Asked(table, made=made, lang=lang, every=every, ranking=ranking)
        write_results(found, files, forms, asked, settings.release, progress)
    put(render(found, form, replace(asked, width=screen_width())))
