"""`cjmine contact`: when do customers get in touch, why, and which contacts need not have been?"""

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
from cjmine.verbs.contact_settings import ContactSettings

if TYPE_CHECKING:
    from cjmine.eventlog.parts import Log
    from cjmine.results.contact import Contact


@command
def contact(
    *,
    context: typer.Context,
    logs: options.Logs = None,
    ideal: options.IdealFile = None,
    pool: options.Pool = None,
    settings: ContactSettings,
    form: Annotated[Format, format_option(Subject.CONTACT)] = Format.TEXT,
    table: Annotated[TableName, table_option(Subject.CONTACT)] = TableName.TYPES,
    output: Outputs = None,
    lang: options.Language = Lang.EN,
    sources: SourceOptions,
    split: Split,
) -> None:
    """Say when customers get in touch, why, and which contacts need not have been.

    Example: cjmine contact sample_logs --again 1d,7d
    """
    from cjmine.ingest.project import declared_by
    from cjmine.verbs.contact import contact as verb
    from cjmine.verbs.ideals import ideal_or_nothing

    settings = as_the_project_says(settings, logs, sources)
    run = run_of(context, Subject.CONTACT, logs, sources, form, output)
    project = declared_by(run.logs, sources.config)
    declared = ideal_or_nothing(ideal, run.logs, settings, pool)

    def measure(log: Log, progress: Progress) -> Contact:
        return verb(log, declared, settings, project, progress, split)

    show_measured(run, settings, declared, measure, Asked(table, lang=lang), project.like)
