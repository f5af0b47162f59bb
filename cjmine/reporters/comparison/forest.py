"""The picture of a comparison: each difference as a dot with its interval, better to the right."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from cjmine.reporters.comparison.words import difference, is_better_higher, measure, verdict, word
from cjmine.reporters.html.markup import said
from cjmine.reporters.language import Language
from cjmine.reporters.svg import element, number
from cjmine.reporters.svg import text as lettered
from cjmine.reporters.text_width import cut
from cjmine.results.compare import Compared, ComparedRow, SideDifference, Unit

_LEFT, _RIGHT, _ROW, _TOP = 220.0, 600.0, 24.0, 30.0
_MOST = 40
_STEPS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)


def forest(found: Compared, language: Language) -> Markup:
    """The differences of shares that have an interval; nothing without any."""
    rows = [row for row in found.rows if _ends(row) is not None][:_MOST]
    return _picture(rows, found, language) if rows else Markup()


def _ends(row: ComparedRow) -> SideDifference | None:
    """The difference as it is drawn: to the right is better."""
    one = row.difference
    if one is None or one.low is None or one.high is None or row.unit is Unit.SECONDS:
        return None
    if is_better_higher(row.measure):
        return one
    return SideDifference(-one.value, -one.high, -one.low)


def _picture(rows: Sequence[ComparedRow], found: Compared, language: Language) -> Markup:
    drawn = [(row, ends) for row in rows if (ends := _ends(row)) is not None]
    widest = max(max(-(ends.low or 0), ends.high or 0) for _, ends in drawn)
    scale = next((step for step in _STEPS if step >= widest), 1.0)
    height, middle = _TOP + _ROW * len(drawn) + 6, (_LEFT + _RIGHT) / 2

    def x(value: float) -> float:
        return middle + (_RIGHT - _LEFT) / 2 * value / scale

    parts = []
    for tick in (-scale, -scale / 2, 0.0, scale / 2, scale):
        parts.append(
            element("line", x1=x(tick), y1=_TOP - 6, x2=x(tick), y2=height, class_="tm-grid")
        )
        parts.append(lettered(x(tick), 20, _tick(abs(tick), language), "tm-tick", "middle"))
    worse, better = (f"← {language.say('compare.worse')}", f"{language.say('compare.better')} →")
    parts.append(lettered(_LEFT, 8, worse, "tm-tick"))
    parts.append(lettered(_RIGHT, 8, better, "tm-tick", "end"))
    for place, (row, ends) in enumerate(drawn):
        y = _TOP + _ROW * place + _ROW / 2
        name = cut(measure(row, found, language), 13, _LEFT - 12)
        low, high = x(ends.low or 0), x(ends.high or 0)
        parts += [
            lettered(0, y + 4, name, "tm-step"),
            element("line", x1=low, y1=y, x2=high, y2=y, class_="tm-line"),
            element("circle", cx=x(ends.value), cy=y, r=4.5, class_="tm-dot"),
            lettered(_RIGHT + 12, y + 4, verdict(row, language), "tm-step"),
        ]
    described = "; ".join(
        language.say(
            "compare.said",
            measure=measure(row, found, language),
            difference=difference(row, language),
            verdict=word(row, language) or language.say("compare.no-verdict"),
        )
        for row, _ in drawn
    )
    wide = _RIGHT + 110
    return element(
        "svg",
        element("title", said(language, "compare.sides"), id="fr-title"),
        element("desc", said(language, "compare.drawn", rows=described), id="fr-desc"),
        *parts,
        class_="times",
        viewBox=f"0 0 {number(wide)} {number(height)}",
        width=wide,
        height=height,
        role="img",
        aria_labelledby="fr-title fr-desc",
    )


def _tick(value: float, language: Language) -> str:
    return f"{language.number(f'{100 * value:g}')} {language.say('number.pp')}" if value else "0"
