"""How long steps take: a dot for the median, a line to the 90th percentile, the time allowed."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

from markupsafe import Markup

from cjmine.reporters.html.markup import (
    Cell,
    count,
    details,
    label,
    paragraph,
    said,
    scrolled,
    seconds,
    section,
    table,
)
from cjmine.reporters.html.report import Report
from cjmine.reporters.language import Language
from cjmine.reporters.svg import element, number
from cjmine.reporters.svg import text as lettered
from cjmine.reporters.text_width import cut
from cjmine.results.check import Check
from cjmine.results.map import Column

_LEFT, _RIGHT, _ROW, _TOP = 220.0, 660.0, 24.0, 26.0
_TICKS = (1.0, 60.0, 3_600.0, 86_400.0, 864_000.0, 8_640_000.0, 86_400_000.0)


@dataclass(frozen=True, slots=True)
class _Row:
    """One step: how long after which, in seconds.

    `judged`: the journeys late, early and overdue, where the journey file limits the time.
    """

    step: str
    after: str | None
    journeys: int | None
    median: float | None
    p90: float | None
    least: float | None = None
    most: float | None = None
    judged: tuple[int | None, int | None, int | None] | None = None


def render(report: Report, language: Language) -> Markup:
    """A picture on one scale of time, and its figures on request."""
    found = report.checked
    if found is None:
        return section(language, "times", paragraph(language, "needs-check"))
    rows = _rows(found)
    if not rows:
        return section(language, "times", paragraph(language, "times-none"))
    heads = ("step", "after", "journeys", "median", "p90", "allowed", "late", "early", "overdue")
    shown = table(
        said(language, "times-caption"),
        [said(language, f"head-{one}") for one in heads],
        (_cells(row, language) for row in rows),
    )
    return section(
        language,
        "times",
        paragraph(language, "times-how"),
        element("figure", scrolled(_picture(rows, language), said(language, "times"))),
        details(said(language, "times-figures"), shown),
    )


def _rows(found: Check) -> list[_Row]:
    """The steps in the order of the ideal; times are from the step before unless limited."""
    timings = {row.step: row for row in found.timings}
    waits = {row.step: row for row in found.map.waits}
    columns = {one.step: one for one in found.map.columns}
    rows = []
    for step in dict.fromkeys([row.step for row in found.steps] + list(timings)):
        column = columns.get(step)
        least, most = _allowed(column)
        if step in timings:
            one = timings[step]
            rows.append(
                _Row(
                    *(step, one.after, one.measured, one.median_seconds, one.p90_seconds),
                    least=least,
                    most=most,
                    judged=(one.late, one.early, one.overdue),
                )
            )
        elif step in waits:
            wait = waits[step]
            rows.append(_Row(step, None, wait.journeys, wait.median_seconds, wait.p90_seconds))
    return rows


def _allowed(column: Column | None) -> tuple[float | None, float | None]:
    if column is None:
        return None, None
    return (
        None if column.least is None else column.least / 1e6,
        None if column.most is None else column.most / 1e6,
    )


def _cells(row: _Row, language: Language) -> list[Cell]:
    after = said(language, "step-before") if row.after is None else label(row.after)
    if row.most is not None and row.least is not None:
        ends = {"low": language.seconds(row.least), "high": language.seconds(row.most)}
        allowed = said(language, "allowed-both", **ends)
    elif row.most is not None:
        allowed = said(language, "allowed-most", high=language.seconds(row.most))
    elif row.least is not None:
        allowed = said(language, "allowed-least", low=language.seconds(row.least))
    else:
        allowed = Markup()
    nothing = Cell(Markup(), None, True)
    judged = [count(language, one) for one in row.judged] if row.judged else [nothing] * 3
    return [
        Cell(label(row.step)),
        Cell(after),
        count(language, row.journeys),
        seconds(language, row.median),
        seconds(language, row.p90),
        Cell(allowed, row.most, True),
        *judged,
    ]


def _picture(rows: list[_Row], language: Language) -> Markup:
    """The rows on one logarithmic scale: waits of minutes and of weeks fit side by side."""
    times = [
        one for row in rows for one in (row.median, row.p90, row.least, row.most) if one is not None
    ]
    longest = max([60.0, *times])
    last = next((one for one in _TICKS if one >= longest), longest)
    height = _TOP + _ROW * len(rows) + 6

    def x(time: float) -> float:
        return _LEFT + (_RIGHT - _LEFT) * log(max(time, 1.0)) / log(last)

    parts = []
    for tick in (one for one in _TICKS if one <= last):
        parts.append(
            element("line", x1=x(tick), y1=_TOP - 6, x2=x(tick), y2=height, class_="tm-grid")
        )
        parts.append(lettered(x(tick), 14, language.seconds(tick), "tm-tick", "middle"))
    for place, row in enumerate(rows):
        parts.append(_drawn(row, x, _TOP + _ROW * place + _ROW / 2))
    name, description = said(language, "times"), said(language, "times-how")
    size = f"{number(_RIGHT + 40)} {number(height)}"
    return element(
        "svg",
        element("title", name, id="tm-title"),
        element("desc", description, id="tm-desc"),
        *parts,
        class_="times",
        viewBox=f"0 0 {size}",
        width=_RIGHT + 40,
        height=height,
        role="img",
        aria_labelledby="tm-title tm-desc",
    )


def _drawn(row: _Row, x: object, y: float) -> Markup:
    assert callable(x)
    parts = [lettered(0, y + 4, cut(row.step, 13, _LEFT - 16), "tm-step")]
    if row.median is not None and row.p90 is not None:
        parts.append(element("line", x1=x(row.median), y1=y, x2=x(row.p90), y2=y, class_="tm-line"))
    if row.p90 is not None:
        parts.append(
            element("line", x1=x(row.p90), y1=y - 5, x2=x(row.p90), y2=y + 5, class_="tm-line")
        )
    if row.median is not None:
        parts.append(element("circle", cx=x(row.median), cy=y, r=4.5, class_="tm-dot"))
    for limit in (row.least, row.most):
        if limit is not None:
            parts.append(
                element("line", x1=x(limit), y1=y - 9, x2=x(limit), y2=y + 9, class_="tm-limit")
            )
    return Markup().join(parts)
