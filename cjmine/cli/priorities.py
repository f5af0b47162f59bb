"""`cjmine priorities`: what would move the goal most if it did not happen?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cjmine.cli import options
from cjmine.cli.choices import format_option, table_option
from cjmine.cli.command import command
from cjmine.cli.logs import as_the_project_says
from cjmine.cli.measured import run_of, show_measured
from cjmine.cli.outputs import Outputs
from cjmine.counting.split import Split
from cjmine.ingest.source_options import SourceOptions
from cjmine.progress import Progress
from cjmine.reporters.formats import Asked, Format, Ranking, Subject, TableName
from cjmine.reporters.language import Lang
from cjmine.results.priorities import Per
from cjmine.verbs.priorities_settings import PrioritiesSettings
from cjmine.verbs.settings import rows

if TYPE_CHECKING:
    from cjmine.eventlog.parts import Log
    from cjmine.results.priorities import Priorities


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
    from cjmine.verbs.ideals import needed_ideal
    from cjmine.verbs.priorities import priorities as verb

    ranking = Ranking(per, _top(top), naive)
    settings = as_the_project_says(settings, logs, sources)
    run = run_of(context, Subject.PRIORITIES, logs, sources, form, output)
    project = declared_by(run.logs, sources.config)
    declared = needed_ideal(ideal, run.logs, pool)

    def measure(log: Log, progress: Progress) -> Priorities:
        return verb(log, declared, settings, project, progress, split)

    show_measured(
        run,
        settings,
        declared,
        measure,
        Asked(table, lang=lang, every=every, ranking=ranking),
        project.like,
    )
