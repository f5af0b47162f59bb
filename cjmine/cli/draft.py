"""`cjmine draft`: a first journey file from the journeys that succeed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cjmine.cli import options
from cjmine.cli.progress import progress_bar
from cjmine.cli.screen import put, remark, say_notes
from cjmine.errors import Code, OutputError, Place, Problem, UsageError
from cjmine.reporters.escaping import visible


def draft(
    logs: Annotated[
        list[str] | None,
        typer.Argument(metavar="LOG…", help="A saved log, a process log, exports, or a folder."),
    ] = None,
    goal: Annotated[
        list[str] | None, typer.Option(metavar="ACTIVITY", help="The goal; repeatable.")
    ] = None,
    entry: Annotated[
        list[str] | None,
        typer.Option(metavar="ACTIVITY", help="Count journeys from here; repeatable."),
    ] = None,
    gap: Annotated[
        str | None, typer.Option(metavar="TIME", help="A pause that begins a new journey: 30d.")
    ] = None,
    min_group: Annotated[int, typer.Option(min=1, help="Fold groups of fewer customers.")] = 10,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write the journey file here."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace files that exist.")] = False,
    case: options.Case = None,
    customer: options.Customer = None,
    activity: options.Activity = None,
    timestamp: options.Timestamp = None,
    channel: options.Channel = None,
    tz: options.Zone = None,
    time_format: options.TimeFormat = None,
    region: options.Region = None,
    object_type: options.ObjectType = None,
    max_rejects: options.MaxRejects = "0",
    config: options.Config = None,
    quiet: options.Quiet = False,
) -> None:
    """Write a first ideal journey, with the questions that its owner should answer.

    Its stages are those that touchpoint rules name in cjmine.toml, beside the logs or here.

    Example: cjmine draft sample_logs --goal "Final bill mail" --entry "Moving page"
    """
    if not goal:
        raise UsageError(
            Problem(
                Code.USAGE,
                "a draft needs a goal",
                Place("--goal"),
                remedy="cjmine discover LOG lists the activities",
            )
        )
    if output is not None and output.exists() and not force:
        raise OutputError(
            Problem(
                Code.OUTPUT_EXISTS,
                "the file exists, and people may have written in it",
                Place(str(output)),
                remedy="choose another name, or --force",
            )
        )
    from cjmine.durations import microseconds
    from cjmine.eventlog.parquet import is_log
    from cjmine.reporters.journey_file import render
    from cjmine.verbs.discover import Question
    from cjmine.verbs.draft import draft as make
    from cjmine.verbs.draft import rules_at_hand

    question = Question(
        goal=tuple(goal),
        entry=tuple(entry or ()),
        gap=None if gap is None else microseconds(gap),
        min_group=min_group,
    )
    rules = rules_at_hand(logs or [], config)
    # A saved log needs no configuration to be read; that names the stages only.
    saved = len(logs or []) == 1 and is_log(Path((logs or [])[0]))
    given = options.Columns(
        case, customer, activity, timestamp, channel, tz, time_format, region, object_type,
        None if saved else config,
    )  # fmt: skip
    with progress_bar() as progress:
        opened = options.open_logs(logs or [], given, [], max_rejects, progress)
        if opened.loaded is not None:
            say_notes(opened.loaded.notes)
        text = render(make(opened.log, question, rules, progress)) + "\n"
    if output is None:
        put(text)
        return
    options.spare([*(logs or []), *(one.path for one in opened.log.about.sources)], [output])
    from cjmine.output import write_text

    write_text(output, text)
    remark(f"wrote {visible(str(output))}")
    remark(f"next: cjmine check {' '.join(logs or [])} --ideal {visible(str(output))}")
