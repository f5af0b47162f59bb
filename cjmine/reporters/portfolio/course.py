"""The goal of a journey over time, as a line small enough for a card."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from cjmine.reporters.language import Language
from cjmine.reporters.svg import element, path
from cjmine.reporters.svg import escaped as plain
from cjmine.results.portfolio import TrendPoint

_WIDTH, _HEIGHT, _EDGE = 200.0, 40.0, 4.0


def course(points: Sequence[TrendPoint], language: Language) -> Markup:
    """A line from the first to the last period that is shown; it breaks at withheld ones.

    The height is the share from 0 to 100 %, so that lines of several cards can be compared.
    Empty where fewer than two periods are shown.
    """
    shown = [(at, one.value) for at, one in enumerate(points) if one.value is not None]
    if len(shown) < 2:
        return Markup()
    step = (_WIDTH - 2 * _EDGE) / max(1, len(points) - 1)
    places = [(_EDGE + at * step, _y(value)) for at, value in shown]
    runs: list[list[tuple[float, float]]] = []
    last = -2
    for (at, _), place in zip(shown, places, strict=True):
        if at == last + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
        last = at
    lines = [
        element("path", d=path(run), class_="tm-line", fill="none") for run in runs if len(run) > 1
    ]
    x, y = places[-1]
    dot = element("circle", cx=x, cy=y, r=3, class_="tm-dot")
    first, end = (points[at] for at in (shown[0][0], shown[-1][0]))
    title = language.say(
        "portfolio.course",
        first=language.day(date.fromisoformat(first.from_)),
        before=_share(first, language),
        last=language.day(date.fromisoformat(end.from_)),
        after=_share(end, language),
    )
    ends = [
        element("line", x1=0, x2=_WIDTH, y1=_y(one), y2=_y(one), class_="tm-grid")
        for one in (0.0, 1.0)
    ]
    return element(
        "svg",
        element("title", plain(title)),
        *ends,
        *lines,
        dot,
        viewBox=f"0 0 {_WIDTH:.0f} {_HEIGHT:.0f}",
        preserveAspectRatio="xMinYMid",
        role="img",
        class_="course",
    )


def _share(point: TrendPoint, language: Language) -> str:
    if point.n is not None:
        return language.share(point.n, point.of)
    return language.share(None if point.value is None else round(100 * point.value), 100)


def _y(value: float) -> float:
    return _HEIGHT - _EDGE - value * (_HEIGHT - 2 * _EDGE)
