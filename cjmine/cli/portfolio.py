"""`cjmine portfolio`: which of all journeys needs attention, who owns it, what has no journey?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from cjmine.cli import options
from cjmine.cli.choices import format_option, table_option
from cjmine.cli.command import Without, command
from cjmine.cli.logs import as_the_project_says, open_logs
from cjmine.cli.outputs import Outputs, write_results
from cjmine.cli.progress import progress_bar
from cjmine.cli.screen import put, say_notes, screen_width
from cjmine.cli.typed import typed
from cjmine.counting.split import Split
from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.ingest.source_options import SourceOptions
from cjmine.reporters.formats import (
    Arranged,
    Asked,
    Format,
    Grouping,
    Subject,
    TableName,
    format_of,
)
from cjmine.reporters.language import Lang
from cjmine.verbs.portfolio_settings import NOT_ASKED, PortfolioSettings

if TYPE_CHECKING:
    from cjmine.portfolio.declared import Level


@command
def portfolio(
    *,
    context: typer.Context,
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PORTFOLIO.yaml] LOG…",
            help="The portfolio, else the portfolio.yaml beside the logs; then logs or a folder.",
        ),
    ] = None,
    settings: Annotated[PortfolioSettings, Without(*NOT_ASKED)],
    form: Annotated[Format, format_option(Subject.PORTFOLIO)] = Format.TEXT,
    table: Annotated[TableName, table_option(Subject.PORTFOLIO)] = TableName.JOURNEYS,
    listed_by: Annotated[
        Grouping | None,
        typer.Option("--by", help="List journeys of the text by phase or owner, with its figures."),
    ] = None,
    level: Annotated[
        str | None,
        typer.Option(
            "--level",
            metavar="N|NAME",
            help="List journeys of one level in the text, each with all below it: 1 is life-cycle.",
        ),
    ] = None,
    output: Outputs = None,
    lang: options.Language = Lang.EN,
    sources: SourceOptions,
    split: Split,
) -> None:
    """Measure all journeys on one life cycle: by phase, by owner, and what has no journey.

    Example: cjmine portfolio portfolio.yaml log.parquet
    """
    from cjmine.ingest.project import declared_by
    from cjmine.reporters.html.report import Made
    from cjmine.reporters.registry import render
    from cjmine.verbs.portfolio import portfolio as measure
    from cjmine.verbs.portfolio_journeys import (
        columns_in,
        digest_of,
        files_of,
        needed_portfolio,
    )
    from cjmine.version import VERSION

    arranged = Arranged(listed_by, None if level is None else _level(level))
    journeys, logs = needed_portfolio(inputs or [])
    settings = as_the_project_says(settings, logs, sources)
    project, files = declared_by(logs, sources.config), output or []
    forms = [format_of(file, Subject.PORTFOLIO) for file in files]
    with progress_bar() as progress:
        # Gains hold columns equal.
        keep = [*columns_in(journeys), *(project.like if settings.gain else ())]
        beside = files_of(journeys)
        loaded = open_logs(logs, sources, progress, keep, beside, files)
        say_notes(loaded.notes_beside_the_log, lang)
        found = measure(loaded.source, journeys, settings, project, progress, split)
        made = Made(typed(context, settings.policy), VERSION, digest_of(journeys))
        asked = Asked(table, made=made, lang=lang, arranged=arranged)
        write_results(found, files, forms, asked, settings.release, progress)
    put(render(found, form, replace(asked, width=screen_width())))


def _level(written: str) -> Level:
    """A level by its name, or by its number from the top. Raises UsageError U101."""
    from cjmine.portfolio.declared import Level

    levels = list(Level)
    if written.isdecimal() and 1 <= int(written) <= len(levels):
        return levels[int(written) - 1]
    for one in levels:
        if one == written:
            return one
    names = ", ".join(f"{number} {one}" for number, one in enumerate(levels, 1))
    raise UsageError(
        Problem(Code.USAGE, "there is no such level", Place("--level"), remedy=f"levels: {names}")
    )
