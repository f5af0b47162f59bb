"""`cjmine map`: the picture of a journey, of flows, of variants, of a process model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cjmine.cli import options
from cjmine.cli.progress import progress_bar
from cjmine.cli.screen import put, remark, say_notes
from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.progress import Phase, ProgressEvent
from cjmine.reporters.escaping import visible
from cjmine.reporters.formats import Model, PictureFile, PictureFormat, View, picture_file_of
from cjmine.reporters.language import Lang
from cjmine.reporters.theme import Theme

if TYPE_CHECKING:
    from cjmine.ideal.compiled import CompiledIdeal
    from cjmine.verbs.discover import Question
    from cjmine.verbs.pictures import Drawable, Look


def map_(
    logs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="LOG…|RESULT.json",
            help="Logs as for check, or the JSON of an earlier check or discover.",
        ),
    ] = None,
    view: Annotated[
        View | None,
        typer.Option("--as", help="What to draw; journey where there is an ideal, else flow."),
    ] = None,
    ideal: options.IdealFile = None,
    baseline: options.Baseline = None,
    no_ideal: Annotated[
        bool, typer.Option("--no-ideal", help="Leave a journey.yaml beside the logs aside.")
    ] = False,
    paths: Annotated[
        str, typer.Option(metavar="P%", help="Share of transitions that a flow map shows.")
    ] = "80%",
    top: Annotated[str, typer.Option(metavar="N|all", help="How many variants to show.")] = "5",
    model: Annotated[
        Model | None, typer.Option(help="Who mines a process model: -o, or map --as model.")
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
    lang: Annotated[Lang, typer.Option(help="The language of what is drawn and told.")] = Lang.EN,
    theme: Annotated[
        Theme, typer.Option(help="The colours; auto follows the reader's screen.")
    ] = Theme.AUTO,
    form: Annotated[
        PictureFormat | None,
        typer.Option("--format", "-f", help="What goes to stdout; svg without -o."),
    ] = None,
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write a file; the suffix decides (.svg .png .dot .html).",
        ),
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
    """Draw the journey map, the flow map, the commonest variants, or a process model.

    Example: cjmine map sample_logs --as flow -o flow.svg
    """
    from cjmine.verbs import pictures
    from cjmine.verbs.check import open_baseline
    from cjmine.verbs.pictures import Look, is_result, measured, open_result

    arguments, files = logs or [], output or []
    kinds = [picture_file_of(file) for file in files]
    share = _share(paths)
    given = options.Columns(
        case, customer, activity, timestamp, channel, tz, time_format, region, object_type, config
    )
    question = _question(goal, entry, gap, options.top(top), min_group)
    found: Drawable
    if len(arguments) == 1 and is_result(arguments[0]):
        _refuse_with_result(given, question, baseline)
        options.spare([*arguments, *([ideal] if ideal else [])], files)
        found = open_result(Path(arguments[0]))
        chosen = view or _view_of(found)
        declared = _ideal(ideal, [], chosen, True, question)
    else:
        declared = _ideal(ideal, arguments, view, no_ideal, question)
        chosen = view or (View.JOURNEY if declared is not None else View.FLOW)
        if chosen is View.JOURNEY and declared is None:
            raise pictures.needs_ideal()
        _check_formats(chosen, kinds, form)
        if baseline is not None and chosen is not View.JOURNEY:
            raise pictures.only_journey_maps()
        before = None if baseline is None else open_baseline(baseline, baseline.as_posix())
        keep = _columns_of(declared) if chosen in (View.JOURNEY, View.VARIANTS) else []
        with progress_bar() as progress:
            opened = options.open_logs(arguments, given, keep, max_rejects, progress)
            named = [declared.journey.file] if declared is not None else []
            named += [str(baseline)] if baseline is not None else []
            read = [*arguments, *named, *(one.path for one in opened.log.about.sources)]
            options.spare(read, files)
            said = opened.loaded.notes if opened.loaded is not None else ()
            say_notes(said)
            found = measured(
                opened.log, declared, chosen, question, model or Model.INDUCTIVE, before, progress
            )
        # A picture has no room for notes: they are told here.
        say_notes(note for note in found.notes if note not in said)
    _check_formats(chosen, kinds, form)
    with progress_bar() as progress:
        progress(ProgressEvent(Phase.DRAW))
        _draw(found, Look(chosen, share, lang, theme), declared, files, form)


def _draw(
    found: Drawable,
    look: Look,
    declared: CompiledIdeal | None,
    files: list[Path],
    form: PictureFormat | None,
) -> None:
    """Write the files that are asked for, and to stdout what is."""
    from markupsafe import Markup

    from cjmine.diagrams.png import png_of
    from cjmine.output import write_bytes, write_text
    from cjmine.reporters.page import page
    from cjmine.verbs.pictures import drawn_as_dot, drawn_as_svg

    kinds = {picture_file_of(file) for file in files}
    on_screen = form or (None if files else PictureFormat.SVG)
    wants_svg = on_screen is PictureFormat.SVG or kinds - {PictureFile.DOT}
    wants_dot = on_screen is PictureFormat.DOT or PictureFile.DOT in kinds
    svg = drawn_as_svg(found, look, declared) + "\n" if wants_svg else Markup()
    dot = drawn_as_dot(found, look, declared) if wants_dot else ""
    png = png_of(svg) if PictureFile.PNG in kinds else b""
    for file in files:
        match picture_file_of(file):
            case PictureFile.SVG:
                write_text(file, svg)
            case PictureFile.DOT:
                write_text(file, dot)
            case PictureFile.HTML:
                write_text(file, page(svg, f"cjmine: {look.view}", look.lang))
            case PictureFile.PNG:
                write_bytes(file, png)
        remark(f"wrote {visible(str(file))}")
    if on_screen is not None:
        put(svg if on_screen is PictureFormat.SVG else dot)


def _question(
    goal: list[str] | None,
    entry: list[str] | None,
    gap: str | None,
    top: int | None,
    min_group: int,
) -> Question:
    from cjmine.durations import microseconds
    from cjmine.verbs.discover import Question

    return Question(
        goal=tuple(goal or ()),
        entry=tuple(entry or ()),
        gap=None if gap is None else microseconds(gap),
        top=top,
        min_group=min_group,
    )


def _cuts(question: Question) -> bool:
    """Whether options say how journeys are cut."""
    return bool(question.goal or question.entry or question.gap is not None)


def _ideal(
    file: Path | None, logs: list[str], view: View | None, none: bool, question: Question
) -> CompiledIdeal | None:
    """The ideal that is named, or the journey.yaml beside the logs, which options may set aside."""
    from cjmine.verbs.check import read_ideal
    from cjmine.verbs.pictures import beside

    if file is not None and (none or _cuts(question)):
        raise UsageError(
            Problem(
                Code.USAGE,
                "the ideal says how journeys are cut",
                Place("--ideal"),
                remedy="leave --ideal away, or --goal, --entry, --gap and --no-ideal",
            )
        )
    found = file
    if file is None and not none and not (_cuts(question) and view is not View.JOURNEY):
        found = beside(logs)
    return None if found is None else read_ideal(found, found.as_posix())


def _columns_of(declared: CompiledIdeal | None) -> list[str]:
    """Attributes that the ideal looks at, and that a load must therefore keep."""
    if declared is None:
        return []
    columns = (step.failed.column for step in declared.journey.steps if step.failed)
    return sorted({column for column in columns if column is not None})


def _view_of(found: Drawable) -> View:
    """What an earlier result is drawn as, unless said otherwise."""
    from cjmine.results.check import Check

    return View.JOURNEY if isinstance(found, Check) else View.FLOW


def _refuse_with_result(given: options.Columns, question: Question, earlier: Path | None) -> None:
    if given.is_given or _cuts(question) or earlier is not None:
        raise UsageError(
            Problem(
                Code.USAGE,
                "a result knows its journeys already",
                remedy="leave options for columns, cutting and baseline away, or give the log",
            )
        )


def _check_formats(view: View, kinds: list[PictureFile], form: PictureFormat | None) -> None:
    """Refuse what a view cannot be, before anything is read. Raises UsageError U101."""
    from cjmine.verbs.pictures import only_flows

    if view is not View.FLOW and (form is PictureFormat.DOT or PictureFile.DOT in kinds):
        raise only_flows()


def _share(written: str) -> float:
    """A share of transitions, above 0 %. Raises UsageError U101."""
    try:
        share = float(written.strip().removesuffix("%")) / 100
    except ValueError:
        share = 0.0
    if not 0 < share <= 1:
        raise UsageError(
            Problem(
                Code.USAGE,
                "a share of transitions is needed, above 0 % and up to 100 %",
                Place("--paths"),
                remedy="for example --paths 96%",
            )
        )
    return share
