"""The picture of priorities: gains as ranked bars with whiskers, ceilings as hollow bars below."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from cjmine.reporters.language import Language
from cjmine.reporters.priorities.words import amount, ceilings, gains, name, verdict
from cjmine.reporters.svg import element, escaped, number
from cjmine.reporters.svg import text as lettered
from cjmine.reporters.text_width import cut
from cjmine.results.priorities import Amount, Priorities, PriorityItem

_LEFT, _RIGHT, _ROW, _TOP = 230.0, 600.0, 26.0, 24.0
_FIRST, _MOST = 10, 5  # bars of gains, and of ceilings
_STEPS = (1, 2, 5)


def bars(
    found: Priorities,
    language: Language,
    times: float = 1.0,
    first: int = _FIRST,
    most: int = _MOST,
) -> Markup:
    """The `first` gains, then `most` ceilings, on one scale; nothing without any."""
    rows = [*gains(found)[:first], *ceilings(found)[:most]]
    return _picture(rows, language, times) if rows else Markup()


def _picture(rows: Sequence[PriorityItem], language: Language, times: float) -> Markup:
    ends = [row.gain or Amount(0.0, 0.0, 0.0) for row in rows]
    scale = _scale(max(max(one.high, one.value) * times for one in ends))
    height = _TOP + _ROW * len(rows) + 6

    def x(value: float) -> float:
        return _LEFT + (_RIGHT - _LEFT) * min(max(value * times / scale, 0.0), 1.0)

    parts = []
    for tick in (0.0, scale / 2, scale):
        at = x(tick / times)
        parts.append(element("line", x1=at, y1=_TOP - 6, x2=at, y2=height, class_="tm-grid"))
        parts.append(lettered(at, 12, language.number(f"{tick:g}"), "tm-tick", "middle"))
    for place, (row, one) in enumerate(zip(rows, ends, strict=True)):
        rank = "" if row.is_ceiling else f"{place + 1}  "
        parts += _bar(row, rank, one, _TOP + _ROW * place, x, language, times)
    described = "; ".join(
        language.say(
            "priorities.said",
            item=name(row, language),
            gain=amount(row.gain, language, times),
            verdict=verdict(row, language),
        )
        for row in rows
    )
    wide = _RIGHT + 130
    return element(
        "svg",
        element("title", escaped(language.say("priorities.picture")), id="pr-title"),
        element("desc", escaped(language.say("priorities.drawn", rows=described)), id="pr-desc"),
        *parts,
        class_="times",
        viewBox=f"0 0 {number(wide)} {number(height)}",
        width=wide,
        height=height,
        role="img",
        aria_labelledby="pr-title pr-desc",
    )


def _bar(
    row: PriorityItem,
    rank: str,
    one: Amount,
    top: float,
    x: Callable[[float], float],
    language: Language,
    times: float,
) -> list[Markup]:
    """A bar from nothing to the gain; its whisker, its name, and its figures."""
    middle, begin = top + _ROW / 2, x(0.0)
    low, high = x(one.low), x(one.high)
    return [
        lettered(0, middle + 4, cut(f"{rank}{name(row, language)}", 13, _LEFT - 12), "tm-step"),
        element(
            "rect",
            x=begin,
            y=top + 5,
            width=max(x(one.value) - begin, 1.0),
            height=_ROW - 10,
            class_="pr-hollow" if row.is_ceiling else "pr-bar",
        ),
        element("line", x1=low, y1=middle, x2=high, y2=middle, class_="pr-whisker"),
        *(
            element("line", x1=end, y1=middle - 4, x2=end, y2=middle + 4, class_="pr-whisker")
            for end in (low, high)
        ),
        lettered(_RIGHT + 10, middle + 4, amount(row.gain, language, times), "tm-step"),
    ]


def _scale(largest: float) -> float:
    """The least of 1, 2, 5, 10, 20, … that is not smaller.

    >>> _scale(34.0), _scale(0.3)
    (50.0, 1.0)
    """
    power = 1.0
    while True:
        for step in _STEPS:
            if step * power >= largest:
                return step * power
        power *= 10
