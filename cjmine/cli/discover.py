"""`cjmine discover`: what journeys do the logs show?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cjmine.cli import options
from cjmine.cli.progress import progress_bar
from cjmine.cli.screen import put, remark, say_notes
from cjmine.cli.typed import typed
from cjmine.durations import microseconds
from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.progress import Phase, ProgressEvent
from cjmine.reporters.escaping import visible
from cjmine.reporters.formats import Format, Model, Table

if TYPE_CHECKING:
    from cjmine.eventlog.log import EventLog
    from cjmine.results.discovery import Discovery
    from cjmine.verbs.discover import Question

_MODELS = (".bpmn", ".pnml")


def discover(
    context: typer.Context,
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
    until_goal: Annotated[
        bool, typer.Option("--until-goal", help="A journey ends with the goal.")
    ] = False,
    by: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="Compare journeys by a column.")
    ] = None,
    top: Annotated[str, typer.Option(metavar="N|all", help="How many variants to show.")] = "5",
    min_group: Annotated[int, typer.Option(min=1, help="Fold groups of fewer customers.")] = 10,
    form: Annotated[
        Format, typer.Option("--format", "-f", help="What goes to stdout.")
    ] = Format.TEXT,
    table: Annotated[Table, typer.Option(help="Which table CSV holds.")] = Table.ACTIVITIES,
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Also write a file; the suffix decides (.json .csv .md .txt .html .bpmn .pnml).",
        ),
    ] = None,
    model: Annotated[
        Model | None, typer.Option(help="Who mines a process model: -o, or map --as model.")
    ] = None,
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
    """Read the measured journeys: how many, where they end, how they vary.

    Raw exports are pseudonymised with a key that is thrown away, and nothing is kept.

    Example: cjmine discover sample_logs --goal "Final bill mail"
    """
    from cjmine.verbs.discover import Question
    from cjmine.verbs.discover import discover as measure

    files = output or []
    _check_outputs(files, model)
    if until_goal and not goal:
        raise UsageError(
            Problem(
                Code.USAGE,
                "a journey cannot end with a goal that is not named",
                Place("--until-goal"),
                remedy="--goal ACTIVITY",
            )
        )
    question = Question(
        goal=tuple(goal or ()),
        entry=tuple(entry or ()),
        gap=None if gap is None else _gap(gap),
        until_goal=until_goal,
        by=by,
        top=options.top(top),
        min_group=min_group,
    )
    arguments = logs or []
    keep = [by] if by is not None and by != "channel" else []
    given = options.Columns(
        case, customer, activity, timestamp, channel, tz, time_format, region, object_type, config
    )
    with progress_bar() as progress:
        opened = options.open_logs(arguments, given, keep, max_rejects, progress)
        options.spare([*arguments, *(one.path for one in opened.log.about.sources)], files)
        if opened.loaded is not None:
            shown = {note.code for note in opened.log.about.notes}
            say_notes(note for note in opened.loaded.notes if note.code not in shown)
        found = measure(opened.log, question, progress)
        asked = typed(context)
        for file in files:
            progress(ProgressEvent(Phase.WRITE, str(file)))
            _write(file, found, table, opened.log, question, model, asked)
            remark(f"wrote {visible(str(file))}")
    put(_rendered(found, form, table, question, asked))


def _rendered(found: Discovery, form: Format, table: Table, question: Question, asked: str) -> str:
    from cjmine.reporters.registry import render

    made = None
    if form is Format.HTML:
        from cjmine.verbs.report import made_by_discovery

        made = made_by_discovery(asked, question)
    return render(found, form, table, made)


def _write(
    file: Path,
    found: Discovery,
    table: Table,
    log: EventLog,
    question: Question,
    model: Model | None,
    asked: str,
) -> None:
    from cjmine.output import write_text
    from cjmine.reporters.registry import format_of

    if file.suffix.lower() not in _MODELS:
        write_text(file, _rendered(found, format_of(file), table, question, asked))
        return
    from cjmine.miner.models import model_text
    from cjmine.verbs.models import mine_model

    assert model is not None
    mined = mine_model(log, question, model)
    write_text(file, model_text(mined, file))
    remark(f"the model rests on {mined.journeys:,} of {found.log.journeys:,} journeys")


def _check_outputs(files: list[Path], model: Model | None) -> None:
    from cjmine.reporters.formats import format_of

    for file in files:
        if file.suffix.lower() in _MODELS:
            if model is None:
                raise UsageError(
                    Problem(
                        Code.USAGE,
                        "a process model needs a miner",
                        Place(str(file)),
                        remedy="--model inductive or --model heuristics",
                    )
                )
        else:
            format_of(file)
    if model is not None and not any(file.suffix.lower() in _MODELS for file in files):
        raise UsageError(
            Problem(
                Code.USAGE,
                "a process model needs a file",
                Place("--model"),
                remedy="-o model.bpmn or -o model.pnml",
            )
        )


def _gap(written: str) -> int:
    try:
        return microseconds(written)
    except UsageError as error:
        place = Place("--gap")
        raise UsageError(*(replace(problem, place=place) for problem in error.problems))
