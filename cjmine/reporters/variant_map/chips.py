"""Chips: touchpoints of one journey in a row, which goes on below where it is long."""

from __future__ import annotations

from markupsafe import Markup

from cjmine.reporters.svg import element, escaped, text
from cjmine.reporters.text_width import lines

CHIP, HIGH, APART = 94.0, 34.0, 5.0
WIDEST = 1200.0
_LETTERS, _LINE = 11.0, 13.0


def per_row(left: float) -> int:
    """How many chips fit beside one another, from so far left on."""
    return int((WIDEST - left - 16 + APART) // (CHIP + APART))


def x_of(place: int, left: float) -> float:
    """Where the chip at a place of its row begins."""
    return left + place * (CHIP + APART)


def wide(longest: int, left: float) -> float:
    """How wide a picture is whose longest row has so many chips."""
    return left + min(longest, per_row(left)) * (CHIP + APART) - APART + 16


def chip(x: float, y: float, label: str, look: str) -> Markup:
    """One touchpoint in a box; a long name is cut, and shown in full under the pointer."""
    shown = lines(label, _LETTERS, CHIP - 8, 2) or ("–",)
    first = y + HIGH / 2 + 4 - _LINE * (len(shown) - 1) / 2
    return element(
        "g",
        element("title", escaped(label)),
        element("rect", x=x, y=y, width=CHIP, height=HIGH, rx=4, class_=look),
        *(
            text(x + CHIP / 2, first + _LINE * place, line, "cj-text cj-tiny", "middle")
            for place, line in enumerate(shown)
        ),
    )


def gap(x: float, y: float) -> Markup:
    """Where a row has nothing."""
    return element("circle", cx=x + CHIP / 2, cy=y + HIGH / 2, r=1.5, class_="cj-dot")
