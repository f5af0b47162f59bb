"""`cjmine draft`: a first journey file from the journeys that succeed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from cjmine.cli import options
from cjmine.cli.command import Without, command
from cjmine.cli.logs import as_the_project_says, open_logs
from cjmine.cli.outputs import refuse_existing, write
from cjmine.cli.progress import progress_bar
from cjmine.cli.screen import put, remark, say_notes
from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.ingest.source_options import SourceOptions
from cjmine.reporters.escaping import visible
from cjmine.shown_paths import shown_path
from cjmine.verbs.settings import CutSettings


@command
def draft(
    *,
    logs: options.Logs = None,
    settings: Annotated[CutSettings, Without("observed_from", "observed_until", "deadline")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write the journey file here."),
    ] = None,
    force: options.Force = False,
    sources: SourceOptions,
) -> None:
    """Write a first ideal journey, with the questions that its owner should answer.

    Its stages are those that touchpoint rules name in cjmine.toml, beside the logs or here.

    Example: cjmine draft sample_logs --goal "Final bill mail" --entry "Moving page"
    """
    if not settings.goal:
        raise UsageError(
            Problem(
                Code.USAGE,
                "a draft needs a goal",
                Place("--goal"),
                remedy="cjmine discover LOG lists the activities",
            )
        )
    if output is not None and not force:
        refuse_existing([output], "choose another name, or --force")
    from cjmine.disclosure.notes import load_notes
    from cjmine.eventlog.saved import is_log
    from cjmine.reporters.journey_file import render
    from cjmine.verbs.draft import draft as make
    from cjmine.verbs.draft import rules_at_hand

    arguments = logs or []
    settings = as_the_project_says(settings, arguments, sources)
    rules = rules_at_hand(arguments, sources.config)
    if len(arguments) == 1 and is_log(Path(arguments[0])):
        # A saved log needs no configuration to be read; that names the stages only.
        sources = replace(sources, config=None)
    with progress_bar() as progress:
        outputs = [output] if output else []
        loaded = open_logs(arguments, sources, progress, outputs=outputs)
        say_notes(loaded.notes_beside_the_log)
        say_notes(load_notes(loaded.source.about, settings.policy))
        text = render(make(loaded.log, settings, rules, progress)) + "\n"
    if output is None:
        put(text)
        return
    write(output, text, settings.release)
    if not settings.release:  # the command would name folders
        named = " ".join(map(shown_path, arguments))
        remark(f"next: cjmine check {visible(named)} --ideal {visible(shown_path(output))}")
