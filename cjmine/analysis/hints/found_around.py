"""Hints on what many do shortly before journeys begin, or after their goal: is it part of them?"""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt

from cjmine.analysis.differences import Difference
from cjmine.analysis.hints.around import AFTER, BEFORE, AroundCounts
from cjmine.analysis.hints.found import Compared, FoundHint
from cjmine.analysis.intervals import Z95, student
from cjmine.analysis.looks import LEAST_JOURNEYS, LEAST_OUTCOMES, p_value
from cjmine.ideal.journey import IdealJourney
from cjmine.results.hints import Tip

BESIDE_BY = 0.1  # of the journeys: so many must do it in that day
_MANY = 100  # customers, from whom on Student's t is the normal distribution


def found_around(
    counts: AroundCounts, journey: IdealJourney, activities: tuple[str, ...]
) -> Iterator[FoundHint]:
    """A hint for each touchpoint of a tenth of the journeys; in the order of names."""
    beside = counts.beside
    ends = ((Tip.BEFORE, BEFORE, journey.entry), (Tip.AFTER, AFTER, journey.goal))
    for tip, side, names in ends:
        for place, name in enumerate(activities):
            group = side * len(activities) + place
            n, of = int(beside.having[group]), int(beside.among[group])
            if not n or n < BESIDE_BY * of:
                continue
            yield FoundHint(
                tip=tip,
                step=names[0] if len(names) == 1 else "",
                n=beside.n(group),
                of=beside.of(group),
                other=name,
                is_compared=True,
                compared=_compared(counts, group),
            )


def _compared(counts: AroundCounts, group: int) -> Compared | None:
    """How many journeys more have it in that day than in that of the other week.

    Both days are of the same customers: the interval is that of the mean of their differences, and
    never narrower than with one journey a customer and half a journey more either way. None where
    too few journeys can say, or one customer has them all.
    """
    beside, usually = counts.beside, counts.usually
    of, customers = int(beside.among[group]), int(beside.customers_among[group])
    n, other = int(beside.having[group]), int(usually.having[group])
    rarer = min(n + other, 2 * of - n - other)
    if of < LEAST_JOURNEYS or rarer < LEAST_OUTCOMES or customers < 2:
        return None
    value = (n - other) / of
    squared, among = int(counts.difference_squared[group]), int(counts.difference_among[group])
    spread = squared - 2 * value * among + value * value * int(beside.among_squared[group])
    least = max((abs(n - other) + 1) / (of + 1) - value * value, 0.0) / of
    variance = max(spread / of**2 * customers / max(customers - 1, 1), least)
    margin = sqrt(variance) * (Z95 if customers >= _MANY else student(customers - 1))
    effect = Difference(value, value - margin, value + margin)
    return Compared(effect, p_value(effect), (beside.n(group),))
