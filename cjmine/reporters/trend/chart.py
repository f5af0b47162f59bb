"""The run chart of one share: its course, its limits as a band, and what changed.

It is drawn small, so that it can be read on a telephone at its own size, and several stand beside
each other on a wide screen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from cjmine.reporters.language import Language
from cjmine.reporters.svg import FONT, element, escaped, path, text
from cjmine.reporters.theme import Colour, Paint, Theme, stylesheet
from cjmine.reporters.trend import words
from cjmine.reporters.trend.series import Series
from cjmine.results.trend import Dated, PeriodMeasure

WIDE, HIGH = 340.0, 170.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 44.0, 332.0, 20.0, 142.0
_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5)
_SHAPES = (
    ".tr{font-size:12px}.tr-line{fill:none;stroke-width:1.8}.tr-grid{stroke-width:.6}"
    ".tr-change{stroke-width:1.6;stroke-dasharray:5 3}.tr-dated{stroke-dasharray:1.5 2.5}"
)
_PAINTS = (
    Paint(".tr-back", "fill", Colour.BACKGROUND),
    Paint(".tr-band", "fill", Colour.RIBBON),
    Paint(".tr-line", "stroke", Colour.MEASURED),
    Paint(".tr-dot", "fill", Colour.MEASURED),
    Paint(".tr-out", "fill", Colour.ALERT),
    Paint(".tr-change", "stroke", Colour.ALERT),
    Paint(".tr-dated", "stroke", Colour.TEXT),
    Paint(".tr-grid", "stroke", Colour.LINE),
    Paint(".tr-text", "fill", Colour.MUTED),
    Paint(".tr-named", "fill", Colour.TEXT),
)


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where periods and shares are drawn."""

    many: int
    low: float
    high: float
    step: float

    def x(self, place: float) -> float:
        if self.many < 2:
            return (_LEFT + _RIGHT) / 2
        return _LEFT + 6 + (_RIGHT - _LEFT - 12) * place / (self.many - 1)

    def y(self, share: float) -> float:
        part = (share - self.low) / (self.high - self.low)
        return _BOTTOM - (_BOTTOM - _TOP) * part

    @property
    def ticks(self) -> list[float]:
        first = round(self.low / self.step)
        last = round(self.high / self.step)
        return [place * self.step for place in range(first, last + 1)]


def chart(one: Series, dated: Sequence[Dated], language: Language) -> Markup:
    """The run chart of a share as one SVG element."""
    scale = _scale(one)
    name = words.measure(one.measure, one.step, language)
    return element(
        "svg",
        element("title", escaped(name)),
        element("desc", escaped(_described(one, name, language))),
        element("style", stylesheet(_PAINTS, _SHAPES, Theme.AUTO)),
        element("rect", width=WIDE, height=HIGH, class_="tr-back"),
        *_bands(one, scale),
        *_grid(scale, language),
        *_dates(one, scale, language),
        *_dated(one, dated, scale),
        *_changes(one, scale),
        *_course(one, scale, language),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDE:g} {HIGH:g}",
        width=f"{WIDE:g}",
        height=f"{HIGH:g}",
        role="img",
        class_="tr",
        font_family=FONT,
    )


def _scale(one: Series) -> _Scale:
    ends = [end for point in one.known for end in (point.value or 0.0, *(point.limits or ()))]
    low, high = min(ends, default=0.0), max(ends, default=1.0)
    room = max(high - low, 0.02)
    step = next((each for each in _STEPS if room <= 4 * each), _STEPS[-1])
    bottom = max(0.0, (low // step) * step)
    top = bottom + step
    while top < high - 1e-9:
        top += step
    return _Scale(len(one.points), bottom, top, step)


def _described(one: Series, name: str, language: Language) -> str:
    last = one.known[-1] if one.known else None
    share = language.share(last.n, last.of) if last is not None else language.count(None)
    parts = [language.say("trend.described", measure=name, share=share)]
    parts += [words.direction(each, language) for each in one.changes]
    return "; ".join(parts)


def _bands(one: Series, scale: _Scale) -> Iterator[Markup]:
    """The limits, a piece for each run of periods that has some."""
    places = list(enumerate(one.points))
    edges = {change.at for change in one.changes}
    piece = 0
    keyed = []
    for place, point in places:
        piece += one.periods[place].from_ in edges
        keyed.append((None if point is None or point.limits is None else piece, place, point))
    for key, run in groupby(keyed, key=lambda each: each[0]):
        if key is None:
            continue
        rows = [(place, point.limits) for _, place, point in run if point and point.limits]
        half = 0.35 if len(rows) == 1 else 0.0
        top = [(scale.x(place), scale.y(limits[1])) for place, limits in rows]
        bottom = [(scale.x(place), scale.y(limits[0])) for place, limits in reversed(rows)]
        if half:
            x = scale.x(rows[0][0])
            top, bottom = (
                [(x - 3, top[0][1]), (x + 3, top[0][1])],
                [
                    (x + 3, bottom[0][1]),
                    (x - 3, bottom[0][1]),
                ],
            )
        yield element("path", d=path([*top, *bottom], closed=True), class_="tr-band")


def _grid(scale: _Scale, language: Language) -> Iterator[Markup]:
    for tick in scale.ticks:
        y = scale.y(tick)
        yield element("line", x1=_LEFT, y1=y, x2=_RIGHT, y2=y, class_="tr-grid")
        shown = language.number(f"{100 * tick:.0f}")
        yield text(_LEFT - 5, y + 4, f"{shown} %", "tr-text", "end")


def _dates(one: Series, scale: _Scale, language: Language) -> Iterator[Markup]:
    """The days on which the first, the middle and the last period begin."""
    many = len(one.periods)
    if not many:
        return
    ends = {0: "start", many - 1: "end"} if many > 1 else {0: "middle"}
    if many > 8:
        ends[(many - 1) // 2] = "middle"
    for place, anchor in ends.items():
        x = {"start": _LEFT, "end": _RIGHT}.get(anchor, scale.x(place))
        shown = words.short_day(one.periods[place].from_, language)
        yield text(x, _BOTTOM + 18, shown, "tr-text", anchor)


def _dated(one: Series, dated: Sequence[Dated], scale: _Scale) -> Iterator[Markup]:
    """The changes of the configuration, with the number that they have in the list."""
    for number, each in enumerate(dated, 1):
        place = next(
            (at for at, row in enumerate(one.periods) if row.from_ <= each.on <= row.until), None
        )
        if place is None:
            continue
        x = scale.x(place)
        yield element("line", x1=x, y1=_TOP - 4, x2=x, y2=_BOTTOM, class_="tr-dated")
        yield text(x, _TOP - 7, str(number), "tr-named", "middle")


def _changes(one: Series, scale: _Scale) -> Iterator[Markup]:
    for change in one.changes:
        place = next((at for at, row in enumerate(one.periods) if row.from_ == change.at), None)
        if place is not None:
            x = scale.x(place - 0.5)
            yield element("line", x1=x, y1=_TOP, x2=x, y2=_BOTTOM, class_="tr-change")


def _course(one: Series, scale: _Scale, language: Language) -> Iterator[Markup]:
    """The line, broken where a period has no figure, and a dot a period that says what it is."""
    runs = groupby(enumerate(one.points), key=lambda each: _share(each[1]) is not None)
    for is_known, run in runs:
        if is_known:
            spots = [(scale.x(place), scale.y(_share(point) or 0.0)) for place, point in run]
            yield element("path", d=path(spots), class_="tr-line")
    for place, point in enumerate(one.points):
        share = _share(point)
        if point is None or share is None:
            continue
        said = f"{words.day(one.periods[place].from_, language)}: {language.ratio(point.share)}"
        yield element(
            "circle",
            element("title", escaped(said)),
            cx=scale.x(place),
            cy=scale.y(share),
            r=4.0 if point.is_outside else 2.4,
            class_="tr-out" if point.is_outside else "tr-dot",
        )


def _share(point: PeriodMeasure | None) -> float | None:
    return None if point is None else point.value
