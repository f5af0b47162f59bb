"""`cjmine map`: the picture of a journey, of flows, of variants, of a process model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cjmine.cli import options
from cjmine.cli.command import Without, command
from cjmine.cli.logs import as_the_project_says, kept, open_logs
from cjmine.cli.outputs import write, wrote
from cjmine.cli.progress import progress_bar
from cjmine.cli.screen import put, say_notes
from cjmine.counting.split import Split
from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.ingest.source_options import SourceOptions
from cjmine.miner.kinds import Model
from cjmine.progress import Phase, ProgressEvent
from cjmine.reporters.formats import PictureFile, PictureFormat, View, picture_file_of
from cjmine.reporters.language import Lang
from cjmine.reporters.theme import Theme
from cjmine.verbs.settings import DiscoverSettings

if TYPE_CHECKING:
    from cjmine.ideal.compiled import CompiledIdeal
    from cjmine.verbs.maps_by import ByValue
    from cjmine.verbs.pictures import Drawable, Look


@command
def map_(
    *,
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
    pool: options.Pool = None,
    baseline: options.BaselineFile = None,
    no_ideal: Annotated[
        bool, typer.Option("--no-ideal", help="Leave a journey.yaml beside the logs aside.")
    ] = False,
    paths: Annotated[
        str, typer.Option(metavar="P%", help="Share of transitions that a flow map shows.")
    ] = "80%",
    model: options.Miner = None,
    settings: Annotated[DiscoverSettings, Without("until_goal")],
    split: Split,
    lang: options.Language = Lang.EN,
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
    sources: SourceOptions,
) -> None:
    """Draw the journey map, the flow map, the commonest variants, or a process model.

    Example: cjmine map sample_logs --as flow -o flow.svg
    """
    from cjmine.verbs import pictures
    from cjmine.verbs.check import open_baseline
    from cjmine.verbs.ideals import columns_of
    from cjmine.verbs.insights import insights_beside
    from cjmine.verbs.maps_by import measured_by
    from cjmine.verbs.pictures import Look, is_result, measured, open_result

    settings = as_the_project_says(settings, logs, sources)
    arguments, files = logs or [], output or []
    kinds = [picture_file_of(file) for file in files]
    share = _share(paths)
    found: Drawable | ByValue
    if len(arguments) == 1 and is_result(arguments[0]):
        _refuse_with_result(sources, settings, baseline)
        options.spare([*arguments, *([ideal] if ideal else [])], files)
        found = open_result(Path(arguments[0]), settings.release)
        chosen = view or _view_of(found)
        declared = _ideal(ideal, pool, [], chosen, True, settings)
    else:
        declared = _ideal(ideal, pool, arguments, view, no_ideal, settings)
        chosen = view or (View.JOURNEY if declared is not None else View.FLOW)
        if chosen is View.JOURNEY and declared is None:
            raise pictures.needs_ideal()
        _check_formats(chosen, kinds, form, settings.by)
        if baseline is not None and chosen is not View.JOURNEY:
            raise pictures.only_journey_maps()
        before = None if baseline is None else open_baseline(baseline)
        beside = [Path(declared.journey.file)] if declared is not None else []
        with progress_bar() as progress:
            loaded = open_logs(
                arguments,
                sources,
                progress,
                keep=[
                    *(columns_of(declared) if chosen in (View.JOURNEY, View.VARIANTS) else []),
                    *kept(settings),
                ],
                beside=[*beside, *([baseline] if baseline is not None else [])],
                outputs=files,
            )
            say_notes(loaded.notes_beside_the_log, lang)
            miner = model or Model.INDUCTIVE

            def measure(asked: DiscoverSettings) -> Drawable:
                rest = (miner, before, progress, split)
                return measured(loaded.source, declared, chosen, asked, *rest)

            if settings.by is None:
                found = measure(settings)
            else:
                found = measured_by(loaded.source, declared, settings, measure, progress, split)
        # A picture has no room for notes, so they go to stderr.
        say_notes(found.notes, lang)
    _check_formats(chosen, kinds, form)
    with progress_bar() as progress:
        progress(ProgressEvent(Phase.DRAW))
        look = Look(chosen, share, lang, theme, insights_beside(arguments))
        _draw(found, look, declared, files, form, settings.release)


def _draw(
    found: Drawable | ByValue,
    look: Look,
    declared: CompiledIdeal | None,
    files: list[Path],
    form: PictureFormat | None,
    release: bool,
) -> None:
    """Write the files that are asked for, and to stdout what is."""
    from markupsafe import Markup

    from cjmine.diagrams.png import png_of
    from cjmine.output import Access, write_bytes
    from cjmine.reporters.page import page
    from cjmine.verbs.maps_by import ByValue, drawn_by_value
    from cjmine.verbs.pictures import drawn_as_dot, drawn_as_svg

    kinds = {picture_file_of(file) for file in files}
    on_screen = form or (None if files else PictureFormat.SVG)
    wants_svg = on_screen is PictureFormat.SVG or kinds - {PictureFile.DOT}
    wants_dot = on_screen is PictureFormat.DOT or PictureFile.DOT in kinds
    if isinstance(found, ByValue):
        svg, dot = drawn_by_value(found, look, declared) + "\n", ""
    else:
        svg = drawn_as_svg(found, look, declared) + "\n" if wants_svg else Markup()
        dot = drawn_as_dot(found, look, declared) if wants_dot else ""
    png = png_of(svg) if PictureFile.PNG in kinds else b""
    for file in files:
        match picture_file_of(file):
            case PictureFile.SVG:
                write(file, svg, release)
            case PictureFile.DOT:
                write(file, dot, release)
            case PictureFile.HTML:
                write(file, page(svg, f"cjmine: {look.view}", look.lang), release)
            case PictureFile.PNG:
                write_bytes(file, png, Access.of(release))
                wrote(file, release)
    if on_screen is not None:
        put(svg if on_screen is PictureFormat.SVG else dot)


def _cuts(settings: DiscoverSettings) -> bool:
    """Whether options say how journeys are cut."""
    return bool(settings.goal or settings.entry or settings.gap is not None)


def _ideal(
    file: Path | None,
    pool: str | None,
    logs: list[str],
    view: View | None,
    none: bool,
    settings: DiscoverSettings,
) -> CompiledIdeal | None:
    """The ideal that is named, or the journey.yaml beside the logs, which options may set aside."""
    from cjmine.verbs.ideals import journey_beside, read_ideal

    if file is not None and (none or _cuts(settings)):
        raise UsageError(
            Problem(
                Code.USAGE,
                "the ideal says how journeys are cut",
                Place("--ideal"),
                remedy="leave --ideal away, or --goal, --entry, --gap and --no-ideal",
            )
        )
    found = file
    if file is None and not none and not (_cuts(settings) and view is not View.JOURNEY):
        found = journey_beside(logs)
    return None if found is None else read_ideal(found, found.as_posix(), pool)


def _view_of(found: Drawable) -> View:
    """What an earlier result is drawn as, unless said otherwise."""
    from cjmine.results.check import Check

    return View.JOURNEY if isinstance(found, Check) else View.FLOW


def _refuse_with_result(
    sources: SourceOptions, settings: DiscoverSettings, earlier: Path | None
) -> None:
    if sources.is_given or _cuts(settings) or settings.is_about_a_log or earlier is not None:
        raise UsageError(
            Problem(
                Code.USAGE,
                "a result knows its journeys already",
                remedy="leave options for columns, cutting, filters and a baseline away,"
                " or give the log",
            )
        )


def _check_formats(
    view: View, kinds: list[PictureFile], form: PictureFormat | None, by: str | None = None
) -> None:
    """Refuse what a view cannot be, before anything is read. Raises UsageError U101."""
    from cjmine.verbs.pictures import only_flows

    is_dot = form is PictureFormat.DOT or PictureFile.DOT in kinds
    if is_dot and (view is not View.FLOW or by is not None):
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
