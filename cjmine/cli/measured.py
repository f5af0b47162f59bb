"""Verbs beside an ideal journey: load the logs, measure them, write the files, print the result."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cjmine.cli.logs import kept, open_logs
from cjmine.cli.outputs import write_results
from cjmine.cli.progress import progress_bar
from cjmine.cli.screen import put, say_notes, screen_width
from cjmine.cli.typed import typed
from cjmine.ingest.source_options import SourceOptions
from cjmine.progress import Progress
from cjmine.reporters.formats import Asked, Format, Subject, format_of
from cjmine.verbs.settings import JudgedSettings

if TYPE_CHECKING:
    from cjmine.eventlog.parts import Log
    from cjmine.ideal.compiled import CompiledIdeal
    from cjmine.reporters.result import Reported


@dataclass(frozen=True, slots=True)
class Run:
    """What was typed for a verb: its logs, the format of the screen, files with their formats."""

    context: typer.Context
    logs: list[str]
    sources: SourceOptions
    form: Format
    files: list[Path]
    forms: list[Format]


def run_of(
    context: typer.Context,
    subject: Subject,
    logs: list[str] | None,
    sources: SourceOptions,
    form: Format,
    output: list[Path] | None,
) -> Run:
    """The run of a verb. Raises UsageError U101 for a file that the subject is not written to."""
    files = output or []
    return Run(
        context, logs or [], sources, form, files, [format_of(one, subject) for one in files]
    )


def show_measured(
    run: Run,
    settings: JudgedSettings,
    declared: CompiledIdeal,
    measure: Callable[[Log, Progress], Reported],
    asked: Asked,
    columns: Iterable[str] = (),
) -> None:
    """Load the logs, measure them beside an ideal, write the files and print the result.

    `columns` are kept beside those of the ideal and of the settings.
    """
    from cjmine.reporters.registry import render
    from cjmine.verbs.ideals import columns_of
    from cjmine.verbs.report import made_by_check

    file = declared.journey.file
    keep = [*columns_of(declared), *kept(settings), *columns]
    with progress_bar() as progress:
        loaded = open_logs(run.logs, run.sources, progress, keep, [file] if file else [], run.files)
        say_notes(loaded.notes_beside_the_log, asked.lang)
        found = measure(loaded.source, progress)
        made = made_by_check(typed(run.context, settings.policy), declared)
        asked = replace(asked, made=made)
        write_results(found, run.files, run.forms, asked, settings.release, progress)
    put(render(found, run.form, replace(asked, width=screen_width())))
