"""The journeys of a check by the values of a column."""

from __future__ import annotations

from dataclasses import dataclass

from cjmine.results.figures import Journeys
from cjmine.results.share import Share


@dataclass(frozen=True, slots=True)
class CheckedSegment:
    """The journeys with one value of a column: how many reach the goal, and are as designed.

    Both shares are of the counted journeys among them.
    """

    value: str
    journeys: Journeys
    goal: Share
    fitting: Share


@dataclass(frozen=True, slots=True)
class CheckedSegments:
    """The journeys by the values of a column, the most first, `(other)` last."""

    by: str
    values: tuple[CheckedSegment, ...]
