"""The curves of a drop-off, one upon the other: where journeys are by time, as parts of all.

Goals are at the bottom, exits upon them, what timed out last; what is left free is under way.
The band is the 95 % interval of the share that reached the goal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from cjmine.reporters.dropoff.words import cause_name, headline, part
from cjmine.reporters.language import Language
from cjmine.reporters.svg import element, number, path, text
from cjmine.reporters.svg_frame import Entry, Sheet, drawn
from cjmine.reporters.text_width import cut
from cjmine.reporters.theme import Colour, Paint, Theme
from cjmine.results.dropoff import CauseKind, CauseShare, Dropoff

WIDE, HIGH = 360.0, 190.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 42.0, 350.0, 8.0, 164.0
_SMALL = 11.5
_PAINTS = (
    Paint(".cj-goal", "fill", Colour.MEASURED),
    Paint(".cj-exit", "fill", Colour.ALERT),
    Paint(".cj-late", "fill", Colour.LOSS),
    Paint(".cj-free", "fill", Colour.LANE),
    Paint(".cj-free", "stroke", Colour.LINE),
    Paint(".cj-band", "fill", Colour.BACKGROUND),
    Paint(".cj-edge", "stroke", Colour.BACKGROUND),
)
_SHAPES = ".cj-band{fill-opacity:.45}.cj-edge{fill:none;stroke-width:1}.cj-free{stroke-width:.6}"
_CLASSES = {
    CauseKind.GOAL: "cj-goal",
    CauseKind.EXIT: "cj-exit",
    CauseKind.TIMED_OUT: "cj-late",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A share at a time, with its interval where that is known."""

    seconds: float
    value: float
    low: float
    high: float


def chart(found: Dropoff, language: Language, theme: Theme = Theme.AUTO) -> Markup:
    """The picture as one SVG element; without any moment it has axes only."""
    causes = found.horizons[0].causes if found.horizons else ()
    series = [_series(found, at, cause) for at, cause in enumerate(causes)]
    last = max((one.seconds for some in series for one in some), default=1.0)
    # What ends at the last time is seen a little beyond it.
    last = 1.05 * max([last, *(one.at_seconds for one in found.horizons)])
    body = [
        element(
            "rect", x=_LEFT, y=_TOP, width=_RIGHT - _LEFT, height=_BOTTOM - _TOP, class_="cj-free"
        ),
        *_stacked(causes, series, last),
        *_axes(found, last, language),
    ]
    sheet = Sheet(
        title=language.say("dropoff.curve"),
        below=headline(found, language),
        about=_described(found, language),
        body=body,
        width=WIDE,
        height=HIGH,
        foot=(language.say("dropoff.band"),) if any(causes) else (),
        key=_key(causes, language),
        least=WIDE,
        paints=_PAINTS,
        shapes=_SHAPES,
    )
    return drawn(sheet, theme)


def _series(found: Dropoff, place: int, cause: CauseShare) -> list[Shown]:
    """What is shown of a cause, in the order of time: moments of the curve, and horizons."""
    points = {
        one.t_seconds: Shown(one.t_seconds, one.value, one.low or one.value, one.high or one.value)
        for one in found.curve
        if (one.cause, one.kind) == (cause.cause, cause.kind)
    }
    for at in found.horizons:
        one = at.causes[place]
        if one.value is not None:
            ends = (one.low or one.value, one.high or one.value)
            points[at.at_seconds] = Shown(at.at_seconds, one.value, *ends)
    return [points[seconds] for seconds in sorted(points)]


def _stacked(
    causes: Sequence[CauseShare], series: Sequence[Sequence[Shown]], last: float
) -> list[Markup]:
    """The areas from the bottom up, and the band of the first goal."""
    times = sorted({0.0, last, *(one.seconds for some in series for one in some)})
    below = [0.0] * len(times)
    parts: list[Markup] = []
    counts: dict[CauseKind, int] = {}
    for cause, some in zip(causes, series, strict=True):
        values = [_value_at(some, time) for time in times]
        above = [min(1.0, one + more) for one, more in zip(below, values, strict=True)]
        way = [*_steps(times, above, last), *reversed(_steps(times, below, last))]
        alike = counts.setdefault(cause.kind, 0)
        counts[cause.kind] += 1
        opacity = max(0.3, 1 - 0.25 * alike)
        shape = path(way, closed=True)
        parts.append(
            element("path", d=shape, class_=_CLASSES[cause.kind], fill_opacity=number(opacity))
        )
        parts.append(element("path", d=path(_steps(times, above, last)), class_="cj-edge"))
        below = above
    goals = [
        some for cause, some in zip(causes, series, strict=True) if cause.kind is CauseKind.GOAL
    ]
    if len(goals) == 1 and goals[0]:
        parts.append(_band(goals[0], times, last))
    return parts


def _band(some: Sequence[Shown], times: Sequence[float], last: float) -> Markup:
    low = [_value_at(some, time, "low") for time in times]
    high = [_value_at(some, time, "high") for time in times]
    way = [*_steps(times, high, last), *reversed(_steps(times, low, last))]
    return element("path", d=path(way, closed=True), class_="cj-band")


def _value_at(some: Sequence[Shown], time: float, name: str = "value") -> float:
    """The share at a time: that of the last moment before, 0 before the first."""
    known = [one for one in some if one.seconds <= time]
    return float(getattr(known[-1], name)) if known else 0.0


def _steps(
    times: Sequence[float], values: Sequence[float], last: float
) -> list[tuple[float, float]]:
    """A line that holds each value up to the next time."""
    way: list[tuple[float, float]] = []
    for time, value in zip(times, values, strict=True):
        x = _x(time, last)
        if way:
            way.append((x, way[-1][1]))
        way.append((x, _BOTTOM - (_BOTTOM - _TOP) * value))
    return way


def _x(seconds: float, last: float) -> float:
    return _LEFT + (_RIGHT - _LEFT) * seconds / last


def _axes(found: Dropoff, last: float, language: Language) -> list[Markup]:
    parts = []
    for share in (0.0, 0.5, 1.0):
        y = _BOTTOM - (_BOTTOM - _TOP) * share
        parts.append(text(_LEFT - 5, y + 4, f"{100 * share:.0f} %", "cj-muted cj-small", "end"))
    taken = _LEFT
    for one in found.horizons:
        x = _x(one.at_seconds, last)
        parts.append(element("path", d=path([(x, _BOTTOM), (x, _BOTTOM + 4)]), class_="cj-thin"))
        if x - taken > 34:
            anchor = "end" if x > _RIGHT - 12 else "middle"
            label = language.seconds(one.at_seconds)
            parts.append(text(x, _BOTTOM + 17, label, "cj-muted cj-small", anchor))
            taken = x
    return parts


def _key(causes: Sequence[CauseShare], language: Language) -> list[Entry]:
    """A sign for each area; under way is what is left free."""
    counts: dict[CauseKind, int] = {}
    entries = []
    for cause in causes:
        alike = counts.setdefault(cause.kind, 0)
        counts[cause.kind] += 1
        sign = element(
            "rect",
            x=0,
            y=-5,
            width=11,
            height=11,
            class_=_CLASSES[cause.kind],
            fill_opacity=number(max(0.3, 1 - 0.25 * alike)),
        )
        name = cut(cause_name(cause, language), _SMALL, WIDE - 80)
        entries.append(Entry(sign, 11, name))
    free = element("rect", x=0, y=-5, width=11, height=11, class_="cj-free")
    return [*entries, Entry(free, 11, language.say("dropoff.under-way"))]


def _described(found: Dropoff, language: Language) -> str:
    """What the picture shows, in words: where journeys are after the last time."""
    if not found.horizons:
        return headline(found, language)
    at = found.horizons[-1]
    said = [f"{cause_name(one, language)} {part(one.value, language)}" for one in at.causes]
    said.append(f"{language.say('dropoff.under-way')} {part(at.under_way, language)}")
    return f"{headline(found, language)}; {language.seconds(at.at_seconds)}: {', '.join(said)}"
