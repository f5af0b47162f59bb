"""`cjmine outliers`: what the odd journeys share, who is lost from sight, and waves of contact."""

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
from cjmine.verbs.outliers_settings import OutliersSettings

if TYPE_CHECKING:
    from cjmine.eventlog.parts import Log
    from cjmine.results.outliers import Outliers


@command
def outliers(
    *,
    context: typer.Context,
    logs: options.Logs = None,
    ideal: options.IdealFile = None,
    pool: options.Pool = None,
    settings: OutliersSettings,
    form: Annotated[Format, format_option(Subject.OUTLIERS)] = Format.TEXT,
    table: Annotated[TableName, table_option(Subject.OUTLIERS)] = TableName.CONTRASTS,
    output: Outputs = None,
    lang: options.Language = Lang.EN,
    sources: SourceOptions,
    split: Split,
) -> None:
    """Say what the odd journeys share, who had no answer, and which day brought a wave.

    Example: cjmine outliers sample_logs
    """
    from cjmine.ingest.project import declared_by
    from cjmine.verbs.ideals import needed_ideal
    from cjmine.verbs.outliers import outliers as verb

    settings = as_the_project_says(settings, logs, sources)
    run = run_of(context, Subject.OUTLIERS, logs, sources, form, output)
    project = declared_by(run.logs, sources.config)
    declared = needed_ideal(ideal, run.logs, pool)

    def measure(log: Log, progress: Progress) -> Outliers:
        return verb(log, declared, settings, project, progress, split)

    show_measured(run, settings, declared, measure, Asked(table, lang=lang), project.like)
