"""`cjmine hints`: what the measured journeys suggest for the journey file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from cjmine.cli import options
from cjmine.cli.choices import format_option, table_option
from cjmine.cli.command import Without, command
from cjmine.cli.logs import as_the_project_says, kept, open_logs
from cjmine.cli.outputs import refuse_existing, write, write_results
from cjmine.cli.progress import progress_bar
from cjmine.cli.screen import put, remark, say_notes, screen_width
from cjmine.cli.typed import typed
from cjmine.counting.split import Split
from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.ingest.source_options import SourceOptions
from cjmine.reporters.formats import Asked, Format, Subject, TableName, format_of
from cjmine.reporters.language import Lang
from cjmine.verbs.hints_settings import HintsSettings

_JOURNEY = (".yaml", ".yml")


@command
def hints(
    *,
    context: typer.Context,
    logs: options.Logs = None,
    ideal: options.IdealFile = None,
    settings: Annotated[HintsSettings, Without("by")],
    form: Annotated[Format, format_option(Subject.HINTS)] = Format.TEXT,
    table: Annotated[TableName, table_option(Subject.HINTS)] = TableName.HINTS,
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Also write a file: the edited journey (.yaml), or the hints"
            " (.html .txt .json .md .csv).",
        ),
    ] = None,
    lang: options.Language = Lang.EN,
    sources: SourceOptions,
    split: Split,
) -> None:
    """Propose what to change in the journey file, from what the journeys show.

    Example: cjmine hints sample_logs --repair
    """
    from cjmine.ingest.project import declared_by
    from cjmine.reporters.registry import render
    from cjmine.verbs.hints import hints as measure
    from cjmine.verbs.ideals import columns_of, written_ideal_of
    from cjmine.verbs.report import made_by_check

    arguments, every = logs or [], output or []
    journeys = [file for file in every if file.suffix.lower() in _JOURNEY]
    files = [file for file in every if file not in journeys]
    if journeys and not settings.repair:
        raise UsageError(
            Problem(
                Code.USAGE,
                "a journey file is written by a repair",
                Place(str(journeys[0])),
                remedy="add --repair",
            )
        )
    refuse_existing(journeys, "choose another name: the edited journey is a new file")
    settings = as_the_project_says(settings, arguments, sources)
    forms = [format_of(file, Subject.HINTS) for file in files]
    written = written_ideal_of(ideal, arguments)
    declared = declared_by(arguments, sources.config)
    with progress_bar() as progress:
        keep = [*columns_of(written.ideal), *kept(settings), *declared.like]
        beside = [written.ideal.journey.file]
        loaded = open_logs(arguments, sources, progress, keep, beside, every)
        say_notes(loaded.notes_beside_the_log, lang)
        found = measure(loaded.source, written, settings, declared, progress, split)
        made = made_by_check(typed(context, settings.policy), written.ideal)
        asked = Asked(table, made=made, lang=lang)
        write_results(found, files, forms, asked, settings.release, progress)
        for file in journeys if found.edited else ():
            write(file, found.edited, settings.release)
    if journeys and not found.edited:
        remark("no edit fits more journeys, so no journey file is written")
    put(render(found, form, replace(asked, width=screen_width())))
