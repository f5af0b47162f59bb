"""How well journeys fit, as far as it may be shown: fitness follows from the sums of moves."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TypeVar

from cjmine.analysis.fit_counts import FitCounts
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.shown import shown, two_digits
from cjmine.results.fit import Conformance, CountedFit
from cjmine.results.share import WITHHELD

Fit = TypeVar("Fit", Conformance, CountedFit)


def shown_conformance(row: Conformance, counts: FitCounts, policy: Policy) -> Conformance:
    """The figures of all journeys; those from which one another follow are withheld together.

    The cost is the sum of both kinds of moves; fitness and its interval follow from cost and
    events. The interval is withheld where one customer weighs more in it than all others. What is
    released is computed anew from the rounded sums.
    """
    return _shown(row, row.shortest, counts, policy)


def shown_counted(row: CountedFit, shortest: int, counts: FitCounts, policy: Policy) -> CountedFit:
    """The figures of counted journeys, by the same rules; none where these are too few."""
    found = _shown(row, shortest, counts, policy)
    if found.journeys is not None:
        return found
    nothing = {field.name: None for field in fields(CountedFit) if field.name != "fits"}
    return replace(found, **nothing, fits=WITHHELD)


def _shown(row: Fit, shortest: int, counts: FitCounts, policy: Policy) -> Fit:
    found = shown(row, policy)
    if found.log_moves is None or found.model_moves is None:
        found = replace(found, log_moves=None, model_moves=None)
    if found.cost is None:
        found = replace(found, cost=None, log_fitness=None, low=None, high=None)
    if counts.is_led and not policy.is_exact:
        found = replace(found, low=None, high=None)
    is_of_one = not policy.is_exact and counts.most_journeys * 2 > (row.journeys or 0)
    if found.cost is None or is_of_one:
        found = replace(found, mean_fitness=None)
    return _released(found, shortest) if policy.release else found


def _released(found: Fit, shortest: int) -> Fit:
    """Fitness from rounded sums; what is no sum, and the width of the interval, in two digits."""
    mean = None if found.mean_fitness is None else two_digits(found.mean_fitness)
    precision = None if found.precision is None else two_digits(found.precision)
    found = replace(found, mean_fitness=mean, precision=precision)
    most = (found.events or 0) + (found.journeys or 0) * shortest
    if found.cost is None or not most:
        return replace(found, log_fitness=None, low=None, high=None)
    fitness = max(0.0, 1 - found.cost / most)
    if found.low is None or found.high is None:
        return replace(found, log_fitness=fitness)
    margin = two_digits((found.high - found.low) / 2)
    low, high = max(0.0, fitness - margin), min(1.0, fitness + margin)
    return replace(found, log_fitness=fitness, low=low, high=high)
