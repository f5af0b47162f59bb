"""What to fix first, marked on the map with the numbers of the ranking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from cjmine.reporters.svg import element, escaped, text

_RADIUS = 7.5


@dataclass(frozen=True, slots=True)
class First:
    """A place of the map that is among the first to fix: its rank, from 1, and what is there.

    `step` is the step at which, or after which, it happens.
    """

    step: str
    rank: int
    what: str


def numbers(marked: Sequence[First], x: float, y: float) -> Iterator[Markup]:
    """Numbers beside each other, from the place (x, y) to the left."""
    for place, one in enumerate(reversed(marked)):
        at = x - place * (2 * _RADIUS + 1)
        yield element(
            "g",
            element("title", escaped(f"{one.rank}: {one.what}")),
            element("circle", cx=at, cy=y, r=_RADIUS, class_="jm-first"),
            text(at, y + 3.5, str(one.rank), "jm-rank", "middle"),
        )
