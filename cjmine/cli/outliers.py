"""`cjmine outliers`: what the odd journeys share, who is lost from sight, and waves of contact."""

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
from cjmine.reporters.formats import Asked, Format, Subject, TableName, format_of
from cjmine.reporters.language import Lang
from cjmine.verbs.outliers_settings import OutliersSettings


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
    from cjmine.reporters.registry import render
    from cjmine.verbs.ideals import columns_of, needed_ideal
    from cjmine.verbs.outliers import outliers as measure
    from cjmine.verbs.report import made_by_check

    arguments, files = logs or [], output or []
    settings = as_the_project_says(settings, arguments, sources)
    forms = [format_of(file, Subject.OUTLIERS) for file in files]
    project = declared_by(arguments, sources.config)
    declared = needed_ideal(ideal, arguments, pool)
    beside: list[str | Path] = [declared.journey.file] if declared.journey.file else []
    with progress_bar() as progress:
        keep = [*columns_of(declared), *kept(settings), *project.like]
        loaded = open_logs(arguments, sources, progress, keep, beside, files)
        say_notes(loaded.notes_beside_the_log, lang)
        found = measure(loaded.source, declared, settings, project, progress, split)
        made = made_by_check(typed(context, settings.policy), declared)
        asked = Asked(table, made=made, lang=lang)
        write_results(found, files, forms, asked, settings.release, progress)
    put(render(found, form, replace(asked, width=screen_width())))
