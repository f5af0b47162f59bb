"""`cjmine ideas`: what have we tried, what did we expect, what did it bring?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from cjmine.cli import ideas_register, options
from cjmine.cli.choices import format_option, table_option
from cjmine.cli.command import Without, command
from cjmine.cli.ideas_register import RegisterFile
from cjmine.cli.logs import as_the_project_says, kept, open_logs
from cjmine.cli.outputs import Outputs, write_results
from cjmine.cli.progress import progress_bar
from cjmine.cli.screen import put, say_notes, screen_width
from cjmine.cli.typed import typed
from cjmine.counting.split import Split
from cjmine.ingest.source_options import SourceOptions
from cjmine.reporters.formats import Asked, Format, Subject, TableName, TextOrJson, format_of
from cjmine.reporters.language import Lang
from cjmine.verbs.settings import JudgedSettings

_HELP = "What was tried, what it promised, and what it brought."
app = typer.Typer(help=_HELP)


@app.callback(invoke_without_command=True)
def _ideas(context: typer.Context) -> None:
    """What was tried, what it promised, and what it brought."""
    if context.invoked_subcommand is None:
        ideas_register.put_list(None, TextOrJson.TEXT, Lang.EN)


app.command("list")(ideas_register.list_)
app.command("add")(ideas_register.add)
app.command("export")(ideas_register.export)
app.command("read")(ideas_register.read)


@app.command("measure")
@command
def measure(
    *,
    context: typer.Context,
    logs: options.Logs = None,
    ideal: options.IdealFile = None,
    pool: options.Pool = None,
    register: RegisterFile = None,
    settings: Annotated[JudgedSettings, Without("by")],
    form: Annotated[Format, format_option(Subject.IDEAS)] = Format.TEXT,
    table: Annotated[TableName, table_option(Subject.IDEAS)] = TableName.IDEAS,
    output: Outputs = None,
    lang: options.Language = Lang.EN,
    sources: SourceOptions,
    split: Split,
) -> None:
    """Say what became of each promise: the weeks before an idea beside those after it.

    Example: cjmine ideas measure exports -i journey.yaml
    """
    from cjmine.ingest.project import declared_by
    from cjmine.reporters.registry import render
    from cjmine.verbs.ideals import columns_of, needed_ideal
    from cjmine.verbs.ideas import ideas
    from cjmine.verbs.ideas_register import register_of
    from cjmine.verbs.report import made_by_check

    arguments, files = logs or [], output or []
    settings = as_the_project_says(settings, arguments, sources)
    forms = [format_of(file, Subject.IDEAS) for file in files]
    declared = declared_by(arguments, sources.config)
    journey = needed_ideal(ideal, arguments, pool)
    tried = register_of(register, arguments)
    beside: list[str | Path] = [tried.file]
    beside += [journey.journey.file] if journey.journey.file else []
    with progress_bar() as progress:
        columns = [*columns_of(journey), *kept(settings), *tried.columns]
        loaded = open_logs(arguments, sources, progress, columns, beside, files)
        say_notes(loaded.notes_beside_the_log, lang)
        found = ideas(loaded.source, journey, tried, settings, declared, progress, split)
        made = made_by_check(typed(context, settings.policy), journey)
        asked = Asked(table, made=made, lang=lang)
        write_results(found, files, forms, asked, settings.release, progress)
    put(render(found, form, replace(asked, width=screen_width())))
