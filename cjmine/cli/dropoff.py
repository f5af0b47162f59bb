"""`cjmine dropoff`: where are journeys by some time, where are they left, and what comes next?"""

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
from cjmine.reporters.formats import Asked, Format, Subject, TableName
from cjmine.reporters.language import Lang
from cjmine.verbs.dropoff_settings import DropoffSettings

if TYPE_CHECKING:
    from cjmine.eventlog.parts import Log
    from cjmine.results.dropoff import Dropoff


@command
def dropoff(
    *,
    context: typer.Context,
    logs: options.Logs = None,
    ideal: options.IdealFile = None,
    pool: options.Pool = None,
    settings: DropoffSettings,
    form: Annotated[Format, format_option(Subject.DROPOFF)] = Format.TEXT,
    table: Annotated[TableName, table_option(Subject.DROPOFF)] = TableName.HORIZONS,
    output: Outputs = None,
    lang: options.Language = Lang.EN,
    sources: SourceOptions,
    split: Split,
) -> None:
    """Say where journeys are by some time, where they are left, and what comes next.

    Example: cjmine dropoff sample_logs --at 7d,14d
    """
    from cjmine.verbs.dropoff import dropoff as verb
    from cjmine.verbs.ideals import ideal_or_goal

    settings = as_the_project_says(settings, logs, sources)
    run = run_of(context, Subject.DROPOFF, logs, sources, form, output)
    declared = ideal_or_goal(ideal, run.logs, settings, pool)

    def measure(log: Log, progress: Progress) -> Dropoff:
        return verb(log, declared, settings, progress, split)

    show_measured(run, settings, declared, measure, Asked(table, lang=lang))
