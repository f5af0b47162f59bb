"""`cjmine satisfaction`: how do customers rate it, who answered, which moments decide it?"""

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
from cjmine.scales import SCALE, SCORE
from cjmine.verbs.satisfaction_settings import SatisfactionSettings

if TYPE_CHECKING:
    from cjmine.eventlog.parts import Log
    from cjmine.results.satisfaction import Satisfaction


@command
def satisfaction(
    *,
    context: typer.Context,
    logs: options.Logs = None,
    ideal: options.IdealFile = None,
    pool: options.Pool = None,
    settings: SatisfactionSettings,
    form: Annotated[Format, format_option(Subject.SATISFACTION)] = Format.TEXT,
    table: Annotated[TableName, table_option(Subject.SATISFACTION)] = TableName.SCORES,
    output: Outputs = None,
    lang: options.Language = Lang.EN,
    sources: SourceOptions,
    split: Split,
) -> None:
    """Say how customers rate a journey, who answered, and which moments go with the score.

    Example: cjmine satisfaction sample_logs
    """
    from cjmine.ingest.project import declared_by
    from cjmine.verbs.ideals import needed_ideal
    from cjmine.verbs.satisfaction import satisfaction as verb

    settings = as_the_project_says(settings, logs, sources)
    run = run_of(context, Subject.SATISFACTION, logs, sources, form, output)
    project = declared_by(run.logs, sources.config)
    declared = needed_ideal(ideal, run.logs, pool)

    def measure(log: Log, progress: Progress) -> Satisfaction:
        return verb(log, declared, settings, project, progress, split)

    show_measured(
        run, settings, declared, measure, Asked(table, lang=lang), [*project.like, SCORE, SCALE]
    )
