"""`cjmine compare`: is it better than before, than there, than the other arm?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.ingest.source_options import SourceOptions
from cjmine.reporters.formats import Asked, Format, Subject, TableName, format_of
from cjmine.reporters.language import Lang
from cjmine.verbs.compare_settings import SIDES, CompareSettings

if TYPE_CHECKING:
    from cjmine.reporters.html.report import Made


@command
def compare(
    *,
    context: typer.Context,
    logs: options.Logs = None,
    ideal: options.IdealFile = None,
    pool: options.Pool = None,
    settings: CompareSettings,
    new: Annotated[
        Path | None,
        typer.Option(
            "--with",
            metavar="FILE",
            help="A new ideal journey, beside the present one.",
            rich_help_panel=SIDES,
        ),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Print every row.")] = False,
    form: Annotated[Format, format_option(Subject.COMPARISON)] = Format.TEXT,
    table: Annotated[TableName, table_option(Subject.COMPARISON)] = TableName.MEASURES,
    output: Outputs = None,
    lang: options.Language = Lang.EN,
    sources: SourceOptions,
    split: Split,
) -> None:
    """Compare two sides of a log, or two logs: what differs, how much, and is it real?

    Example: cjmine compare sample_logs --experiment log-in
    """
    from cjmine.ingest.project import declared_by
    from cjmine.reporters.registry import render
    from cjmine.verbs.compare import compare as measure
    from cjmine.verbs.compare_designs import design_of, experiment_of
    from cjmine.verbs.ideals import columns_of, ideal_or_goal, read_ideal

    named = list(logs or [])
    if settings.by is not None:
        named, values = _without_values(named)
        settings = replace(settings, values=values)
    settings = as_the_project_says(settings, named, sources)
    named, other = _two_logs(named, settings, new)
    files = output or []
    forms = [format_of(file, Subject.COMPARISON) for file in files]
    declared = declared_by(named, sources.config)
    goal = ideal_or_goal(ideal, named, settings, pool)
    beside = None if new is None else read_ideal(new, new.as_posix())
    design_of(settings, other is not None, beside is not None)
    experiment = experiment_of(settings, declared)
    columns = [*columns_of(goal), *kept(settings), *([experiment.by] if experiment else [])]
    columns += declared.like
    with progress_bar() as progress:
        opened = [
            open_logs(each, sources, progress, columns, [goal.journey.file], files)
            for each in (named, *([other] if other else []))
        ]
        for one in opened:
            say_notes(one.notes_beside_the_log, lang)
        found = measure(
            opened[0].source,
            goal,
            settings,
            declared,
            opened[1].source if other else None,
            (Path(named[0]).name, Path(other[0]).name) if other else ("", ""),
            beside,
            progress,
            split,
        )
        made: Made | None = None
        maps = None
        if Format.HTML in (form, *forms):
            from cjmine.verbs.compare_maps import side_checks
            from cjmine.verbs.report import made_by_check

            made = made_by_check(typed(context, settings.policy), goal)
            if other is None:
                maps = side_checks(opened[0].source, goal, settings, found, split)
        shown = Asked(table, made=made, lang=lang, every=every, sides=maps)
        write_results(found, files, forms, shown, settings.release, progress)
    put(render(found, form, replace(shown, width=screen_width())))


def _without_values(named: Sequence[str]) -> tuple[list[str], tuple[str, str] | None]:
    """The arguments that name logs, and the two values: arguments that name no file.

    Raises UsageError U101 for any other number of values.
    """
    values = [one for one in named if _is_value(one)]
    if not values:
        return list(named), None
    if len(values) != 2:
        raise UsageError(
            Problem(
                Code.USAGE,
                "two values are compared, or the only two that the column has",
                Place("--by"),
                cause=f"arguments that name no file: {len(values)}",
                remedy="cjmine compare LOG --by COLUMN A B",
            )
        )
    return [one for one in named if not _is_value(one)], (values[0], values[1])


def _is_value(argument: str) -> bool:
    is_pattern = any(sign in argument for sign in "*?[")
    is_source = argument == "-" or "://" in argument
    return not (is_pattern or is_source or Path(argument).exists())


def _two_logs(
    named: list[str], settings: CompareSettings, new: Path | None
) -> tuple[list[str], list[str] | None]:
    """The logs of one side or of both, and those of the other where two logs are compared."""
    sides = (settings.by, settings.period, settings.change, settings.experiment, new)
    if len(named) != 2 or any(one is not None for one in sides):
        return named, None
    return named[:1], named[1:]
