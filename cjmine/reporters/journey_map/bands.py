"""The places of the columns of a map: in bands below each other, cut between stages if possible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from cjmine.results.map import Bracket, Column

WIDTH = 960.0
GUTTER, MARGIN = 118.0, 12.0
MOST_COLUMNS = 7
_LEAST_COLUMNS = 5  # a short journey does not stretch its columns without end


@dataclass(frozen=True, slots=True)
class Band:
    """The columns `first` to `last` (included), side by side; all bands share one column width."""

    first: int
    last: int
    column: float
    is_first: bool
    is_last: bool

    @property
    def places(self) -> range:
        """The numbers of its columns."""
        return range(self.first, self.last + 1)

    def left(self, place: int) -> float:
        """Where a column begins."""
        return GUTTER + (place - self.first) * self.column

    def right(self, place: int) -> float:
        """Where a column ends."""
        return self.left(place) + self.column

    def middle(self, place: int) -> float:
        """The middle of a column."""
        return self.left(place) + self.column / 2

    @property
    def end(self) -> float:
        """Where its last column ends."""
        return self.right(self.last)


def bands(columns: Sequence[Column], brackets: Sequence[Bracket]) -> tuple[Band, ...]:
    """Bands of about equal size, at most `MOST_COLUMNS` each; none for no columns.

    >>> stages = ["A"] * 5 + ["B"] * 4
    >>> [(band.first, band.last) for band in bands([Column("x", one) for one in stages], ())]
    [(0, 4), (5, 8)]
    """
    total = len(columns)
    if not total:
        return ()
    parts = ceil(total / MOST_COLUMNS)
    cuts = _cuts(total, parts, [_cost(columns, brackets, at) for at in range(total + 1)])
    widest = max(end - begin for begin, end in cuts)
    column = (WIDTH - GUTTER - MARGIN) / max(widest, min(_LEAST_COLUMNS, MOST_COLUMNS))
    return tuple(
        Band(begin, end - 1, column, number == 0, number == len(cuts) - 1)
        for number, (begin, end) in enumerate(cuts)
    )


def _cost(columns: Sequence[Column], brackets: Sequence[Bracket], at: int) -> float:
    """How bad it is to cut before a column: inside a bracket worst, between stages best."""
    if at in (0, len(columns)):
        return 0
    inside = sum(one.first < at <= one.last for one in brackets)
    return 4.0 * inside + (1.5 if columns[at].stage == columns[at - 1].stage else 0)


def _cuts(total: int, parts: int, cost: Sequence[float]) -> list[tuple[int, int]]:
    """The cheapest way to cut `total` columns into `parts`, uneven parts costing too."""
    even = total / parts
    best: dict[tuple[int, int], tuple[float, int]] = {(0, 0): (0.0, 0)}
    for part in range(1, parts + 1):
        for end in range(part, total + 1):
            choices = [
                (best[part - 1, begin][0] + cost[end] + ((end - begin) - even) ** 2 / 4, begin)
                for begin in range(max(part - 1, end - MOST_COLUMNS), end)
                if (part - 1, begin) in best
            ]
            if choices:
                best[part, end] = min(choices)
    cuts = []
    end = total
    for part in range(parts, 0, -1):
        begin = best[part, end][1]
        cuts.append((begin, end))
        end = begin
    return cuts[::-1]
