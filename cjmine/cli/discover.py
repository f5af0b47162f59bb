"""`cjmine discover`: what journeys do the logs show?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cjmine.cli import options
from cjmine.cli.choices import format_option, table_option
from cjmine.cli.command import command
from cjmine.cli.logs import as_the_project_says, kept, open_logs
from cjmine.cli.outputs import write
from cjmine.cli.progress import progress_bar
from cjmine.cli.screen import put, remark, say_notes, screen_width
from cjmine.cli.typed import typed
from cjmine.counting.split import Split
from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.ingest.source_options import SourceOptions
from cjmine.miner.kinds import Model
from cjmine.progress import Phase, ProgressEvent
from cjmine.reporters.formats import Asked, Format, Subject, TableName, format_of
from cjmine.reporters.language import Lang
from cjmine.shown_paths import shown_path
from cjmine.verbs.settings import DiscoverSettings

if TYPE_CHECKING:
    from cjmine.eventlog.log import EventLog
    from cjmine.results.discovery import Discovery

_MODELS = (".bpmn", ".pnml")


@command
def discover(
    *,
    context: typer.Context,
    logs: options.Logs = None,
    settings: DiscoverSettings,
    form: Annotated[Format, format_option(Subject.DISCOVERY)] = Format.TEXT,
    table: Annotated[TableName, table_option(Subject.DISCOVERY)] = TableName.ACTIVITIES,
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Also write a file; the suffix decides (.json .csv .md .txt .html .bpmn .pnml).",
        ),
    ] = None,
    lang: options.Language = Lang.EN,
    model: options.Miner = None,
    sources: SourceOptions,
    split: Split,
) -> None:
    """Read the measured journeys: how many, where they end, how they vary.

    Raw exports are pseudonymised with a key that is thrown away, and nothing is kept.

    Example: cjmine discover sample_logs --goal "Final bill mail"
    """
    from cjmine.verbs.discover import discover as measure

    settings = as_the_project_says(settings, logs, sources)
    files = output or []
    _check_outputs(files, model)
    if settings.until_goal and not settings.goal:
        raise UsageError(
            Problem(
                Code.USAGE,
                "a journey cannot end with a goal that is not named",
                Place("--until-goal"),
                remedy="--goal ACTIVITY",
            )
        )
    with progress_bar() as progress:
        loaded = open_logs(logs or [], sources, progress, kept(settings), outputs=files)
        say_notes(loaded.notes_beside_the_log, lang)
        found = measure(loaded.source, settings, progress, split)
        asked, shown = typed(context, settings.policy), Asked(table, lang=lang)
        for file in files:
            progress(ProgressEvent(Phase.WRITE, shown_path(file)))
            if file.suffix.lower() in _MODELS:
                write(file, _mined(file, found, loaded.log, settings, model), settings.release)
            else:
                chosen = format_of(file, Subject.DISCOVERY)
                page = _rendered(found, chosen, shown, settings, asked)
                write(file, page, settings.release)
    on_screen = replace(shown, width=screen_width())
    put(_rendered(found, form, on_screen, settings, asked))


def _rendered(
    found: Discovery, form: Format, shown: Asked, settings: DiscoverSettings, asked: str
) -> str:
    from cjmine.reporters.registry import render

    if form is Format.HTML:
        from cjmine.verbs.report import made_by_discovery

        shown = replace(shown, made=made_by_discovery(asked, settings))
    return render(found, form, shown)


def _mined(
    file: Path, found: Discovery, log: EventLog, settings: DiscoverSettings, model: Model | None
) -> str:
    from cjmine.miner.models import model_text
    from cjmine.verbs.models import mine_model

    assert model is not None
    mined = mine_model(log, settings, model)
    remark(f"the model rests on {mined.journeys:,} of {found.log.journeys:,} journeys")
    return model_text(mined, file)


def _check_outputs(files: list[Path], model: Model | None) -> None:
    for file in files:
        if file.suffix.lower() not in _MODELS:
            format_of(file, Subject.DISCOVERY)
        elif model is None:
            raise UsageError(
                Problem(
                    Code.USAGE,
                    "a process model needs a miner",
                    Place(str(file)),
                    remedy="--model inductive or --model heuristics",
                )
            )
    if model is not None and not any(file.suffix.lower() in _MODELS for file in files):
        raise UsageError(
            Problem(
                Code.USAGE,
                "a process model needs a file",
                Place("--model"),
                remedy="-o model.bpmn or -o model.pnml",
            )
        )
