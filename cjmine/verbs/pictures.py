"""Pictures: a log or an earlier result in, what is to be drawn of it out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from markupsafe import Markup

from cjmine.counting.rounds import IN_THIS_PROCESS
from cjmine.counting.split import Split
from cjmine.diagrams.picture import Diagram
from cjmine.disclosure.insights import heard_in
from cjmine.errors import Code, Note, Place, Problem, UsageError
from cjmine.eventlog.parts import Log
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.ideas.insights import Insight
from cjmine.miner.kinds import Model
from cjmine.progress import Progress, no_progress
from cjmine.regular_files import regular
from cjmine.reporters.formats import View
from cjmine.reporters.language import Lang
from cjmine.reporters.theme import Theme
from cjmine.results.baseline import Baseline
from cjmine.results.check import Check
from cjmine.results.discovery import Discovery
from cjmine.results.dropoff import Dropoff
from cjmine.results.priorities import Priorities
from cjmine.verbs.check import Wanted, check
from cjmine.verbs.discover import discover
from cjmine.verbs.earlier import result_text
from cjmine.verbs.settings import CheckSettings, DiscoverSettings

_RESULT = re.compile(r'\s*\{\s*"schema"\s*:\s*"cjmine/')


@dataclass(frozen=True, slots=True)
class Mined:
    """A mined process model: its diagram, its miner, and the traces and journeys it rests on."""

    diagram: Diagram
    miner: Model
    traces: int
    journeys: int
    of: int
    notes: tuple[Note, ...]


Drawable = Check | Discovery | Mined
Opened = TypeVar("Opened", bound=Check | Discovery | Dropoff | Priorities)


@dataclass(frozen=True, slots=True)
class Look:
    """How to draw; `paths` is the share of transitions (0 to 1), `said` what customers said."""

    view: View
    paths: float = 0.8
    lang: Lang = Lang.EN
    theme: Theme = Theme.AUTO
    said: tuple[Insight, ...] = ()


def is_result(argument: str) -> bool:
    """Whether a file is the JSON of an earlier check or discover, by how it begins."""
    path = Path(argument)
    try:
        with regular(path).open(encoding="utf-8-sig") as file:
            return _RESULT.match(file.read(200)) is not None
    except (OSError, UnicodeDecodeError):
        return False


def open_result(path: Path, release: bool) -> Check | Discovery:
    """An earlier result that can be drawn.

    Raises UsageError U102 where it is damaged, U101 where it is to be released and was not made
    for that; DataError L102.
    """
    from cjmine.results.codec import from_json

    return _opened(path, from_json, release)


def open_reported(path: Path, release: bool) -> Check | Discovery | Dropoff | Priorities:
    """An earlier result that a report can show. Raises what `open_result` raises."""
    from cjmine.results.codec import reported_from_json

    return _opened(path, reported_from_json, release)


def _opened(path: Path, read: Callable[[str, str], Opened], release: bool) -> Opened:
    label = path.as_posix()
    found = read(result_text(path), label)
    if release and not found.privacy.release:
        raise UsageError(
            Problem(
                Code.USAGE,
                "the result was not made for release",
                Place(label),
                cause="its exact figures cannot be rounded any more",
                remedy="make it again with --release",
            )
        )
    if isinstance(found, Discovery) and not found.privacy.release:
        _check_sums(found, label)
    return found


def _check_sums(found: Discovery, label: str) -> None:
    """Refuse flows that do not fit their touchpoints: no picture of them would add up."""
    from cjmine.reporters.flow_map import flow_level

    try:
        flow_level(found, 1.0)
    except (ValueError, KeyError):
        raise UsageError(
            Problem(
                Code.RESULT_FORMAT,
                "this is no result of cjmine",
                Place(label),
                cause="its flows do not add up to the events of its touchpoints",
                remedy="write it anew: cjmine discover LOG -f json",
            )
        ) from None


def measured(
    log: Log,
    ideal: CompiledIdeal | None,
    view: View,
    settings: DiscoverSettings,
    miner: Model,
    baseline: Baseline | None = None,
    progress: Progress = no_progress,
    split: Split = IN_THIS_PROCESS,
) -> Drawable:
    """What a view needs of a log. With an ideal, journeys are cut as it says.

    A journey map shows the changes since a baseline.

    Raises what `check` and `discover` raise, and UsageError U101 for a journey map without an
    ideal.
    """
    if ideal is not None and view in (View.JOURNEY, View.VARIANTS):
        asked = settings.into(CheckSettings, baseline=baseline)
        is_map = view is View.JOURNEY
        wanted = Wanted(has_map=is_map, has_examples=not is_map)
        return check(log, ideal, asked, progress, split, wanted).checked
    if view is View.JOURNEY:
        raise needs_ideal()
    if ideal is not None:
        settings = settings.as_the_ideal_says(ideal.journey)
    if view is View.MODEL:
        from cjmine.miner.models import bpmn_diagram
        from cjmine.verbs.models import model_of

        found = discover(log, replace(settings, top=None), progress, split)
        model = model_of(found, miner)
        rests = (model.traces, model.journeys, found.log.journeys)
        return Mined(bpmn_diagram(model), miner, *rests, found.notes)
    return discover(log, settings, progress, split)


def needs_ideal() -> UsageError:
    """The error for a journey map without an ideal."""
    return UsageError(
        Problem(
            Code.USAGE,
            "a journey map needs an ideal journey",
            Place("--as journey"),
            remedy="name one: --ideal FILE; --as flow needs none",
        )
    )


def drawn_as_svg(found: Drawable, look: Look, ideal: CompiledIdeal | None = None) -> Markup:
    """The picture as SVG, without a line feed at its end.

    Raises UsageError U101 where a result does not hold what the view shows.
    """
    match found, look.view:
        case Check(), View.JOURNEY:
            from cjmine.reporters.journey_map import render

            heard = heard_in(look.said, ideal, ()) if ideal is not None and look.said else None
            return render(found, look.lang, look.theme, heard=heard)
        case Check(), View.VARIANTS:
            from cjmine.reporters.variant_map import differences_svg

            return differences_svg(found, look.lang, look.theme)
        case Discovery(), View.VARIANTS:
            from cjmine.reporters.variant_map import variants_svg

            return variants_svg(found, look.lang, look.theme)
        case Discovery(), View.FLOW:
            from cjmine.ideal.allowed_flows import allowed_flows
            from cjmine.reporters.flow_map import flow_svg

            path = None if ideal is None else allowed_flows(ideal)
            return flow_svg(found, look.paths, path, look.lang, theme=look.theme)
        case Mined(), View.MODEL:
            from cjmine.reporters.model_map import model_svg

            rests = (found.traces, found.journeys, found.of)
            return model_svg(found.diagram, found.miner, *rests, look.lang, theme=look.theme)
    raise _not_in_result(look.view)


def drawn_as_dot(found: Drawable, look: Look, ideal: CompiledIdeal | None = None) -> str:
    """The flow map as DOT, ending with a line feed. Raises UsageError U101 for other views."""
    from cjmine.ideal.allowed_flows import allowed_flows
    from cjmine.reporters.flow_map import flow_dot

    if not isinstance(found, Discovery) or look.view is not View.FLOW:
        raise _not_in_result(look.view) if look.view is View.FLOW else only_flows()
    return flow_dot(found, look.paths, None if ideal is None else allowed_flows(ideal), look.lang)


def only_journey_maps() -> UsageError:
    """A baseline for a view that shows no change."""
    return UsageError(
        Problem(
            Code.USAGE,
            "only a journey map shows changes",
            Place("--baseline"),
            remedy="draw it with --as journey",
        )
    )


def only_flows() -> UsageError:
    """The error for DOT of another view."""
    return UsageError(
        Problem(
            Code.USAGE,
            "only one flow map can be written as DOT",
            remedy="--as flow without --by, or -o FILE.svg",
        )
    )


def _not_in_result(view: View) -> UsageError:
    return UsageError(
        Problem(
            Code.USAGE,
            f"this result does not hold what a {view} picture shows",
            Place(f"--as {view}"),
            remedy="a check holds journey and variants, discover flow and variants",
        )
    )
