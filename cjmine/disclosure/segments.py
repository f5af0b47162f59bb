"""The journeys by the values of a column: small values fold, and shares are withheld together."""

from __future__ import annotations

import numpy as np

from cjmine.analysis.goal import GoalCounts, share_with
from cjmine.counting.groups import Ints
from cjmine.disclosure.folds import to_fold
from cjmine.disclosure.policy import Policy
from cjmine.results.discovery import Segment, Segments
from cjmine.results.figures import OTHER, Counted
from cjmine.results.share import WITHHELD


def segments_of(
    found: GoalCounts, by: str | None, has_goal: bool, policy: Policy
) -> Segments | None:
    """The journeys by the values of a column, the most first, other last; None without a column."""
    if by is None:
        return None
    hidden = to_fold(found.every, policy.min_group)
    codes = np.flatnonzero(~hidden & (found.every.occurrences > 0))
    rows = [(found.names[code], np.array([code])) for code in codes.tolist()]
    if hidden.any():
        rows.append((OTHER, np.flatnonzero(hidden)))
    withheld = _withheld(found, [codes for _, codes in rows], policy) if has_goal else set()
    segments = []
    for place, (name, values) in enumerate(rows):
        journeys = int(found.every.occurrences[values].sum())
        segments.append(
            Segment(
                name,
                Counted(journeys, found.every.customers_of(values)),
                share_with(found, values) if has_goal and place not in withheld else WITHHELD,
            )
        )
    ordered = sorted(segments, key=lambda one: (one.value == OTHER, -one.journeys, one.value))
    return Segments(by, tuple(ordered))


def _withheld(found: GoalCounts, segments: list[Ints], policy: Policy) -> set[int]:
    """The segments whose share is not shown: the small ones, and enough to hide them among.

    The share of all is shown, so what is withheld can be computed as one sum; that sum must not
    be small itself.
    """

    def is_few(values: Ints) -> bool:
        sides = (found.reached, found.missed)
        return any(policy.is_small(side.customers_of(values)) for side in sides)

    def size(place: int) -> int:
        return int(found.every.occurrences[segments[place]].sum())

    withheld = {place for place, values in enumerate(segments) if is_few(values)}
    rest = sorted(set(range(len(segments))) - withheld, key=size)
    while withheld and rest:
        if not is_few(np.concatenate([segments[place] for place in withheld])):
            break
        withheld.add(rest.pop(0))
    return withheld
