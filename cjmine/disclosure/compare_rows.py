"""The rows of a comparison, and the ratio of its arms, as far as they may be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cjmine.analysis.compare.finished import FoundShare, FoundTime, TimeOfSide
from cjmine.analysis.compare.fit import FitOfSide, SidedFit
from cjmine.analysis.compare.words import Beside, ShownRow
from cjmine.analysis.contrasts import DIFFERENCE_IN_DIFFERENCES, CellShares, contrast
from cjmine.analysis.differences import Difference, Sums, correlation
from cjmine.analysis.influences import Influences
from cjmine.analysis.intervals import ratio_error, ratio_interval
from cjmine.analysis.looks import sample_ratio
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.shown import count, may_show, seconds, shown, two_digits
from cjmine.results.compare import FITNESS, TIME, ControlSides, SampleRatio, Side
from cjmine.results.figures import Counted
from cjmine.results.share import Share

NOTHING = Side(None, None, None, None, None)


def shown_rows(
    shares: Sequence[FoundShare],
    times: Sequence[FoundTime],
    fit: SidedFit | None,
    swayed: Sequence[Influences],
    policy: Policy,
) -> list[ShownRow]:
    """The rows of which something may be shown; shares first, then times, then fitness.

    `swayed` says of each share how customers sway its contrast with that of a control; it is empty
    without one.

    A row whose name the log alone has is left out where no side shows that enough customers have
    it. How alike both sides vary follows from all customers: it is said in two digits in what is
    released.
    """
    rows = []
    for place, one in enumerate(shares):
        a, b = (of_share(shown(side, policy)) for side in (one.first, one.second))
        if one.is_declared or any(side.n for side in (a, b)):
            alike = _alike(one.correlation, policy)
            beside = None if one.control is None else _beside(one, a, b, swayed[place], policy)
            rows.append(ShownRow(one.measure, one.step, a, b, alike, beside))
    for found in times:
        a, b = (_of_time(side, policy) for side in (found.first, found.second))
        rows.append(ShownRow(TIME, found.step, a, b))
    if fit is not None:
        a, b = (_of_fit(side, policy) for side in (fit.first, fit.second))
        alike = correlation(_sums(fit.first), _sums(fit.second), fit.of_both)
        rows.append(ShownRow(FITNESS, None, a, b, _alike(alike, policy)))
    return rows


def _beside(found: FoundShare, a: Side, b: Side, swayed: Influences, policy: Policy) -> Beside:
    """The control, and the contrast of the four shares where all of them may be shown."""
    assert found.control is not None
    first, second = (of_share(shown(side, policy)) for side in found.control)
    cells = (a, b, first, second)
    contrasted = None
    if all(one.low is not None for one in cells):
        n, of = (np.array([getattr(one, name) for one in cells]) for name in ("n", "of"))
        contrasted = contrast(CellShares(n, of), DIFFERENCE_IN_DIFFERENCES, swayed)
    if contrasted is not None and policy.release:
        margin = two_digits((contrasted.high - contrasted.low) / 2)
        value = contrasted.value
        contrasted = Difference(value, value - margin, value + margin)
    return Beside(ControlSides(first, second), contrasted)


def _alike(found: float, policy: Policy) -> float:
    return two_digits(found) if policy.release else found


def of_share(found: Share) -> Side:
    """A share that is shown, as one side of a row."""
    return Side(found.n, found.of, found.value, found.low, found.high)


def _of_time(found: TimeOfSide, policy: Policy) -> Side:
    of = count(found.of, policy)
    if of is None or found.median is None:
        return Side(None, of, None, None, None)
    n = count(found.n, policy)
    median = seconds(found.median, policy)
    ends = None if median is None or found.ends is None else found.ends
    low, high = (None, None) if ends is None else (seconds(one, policy) for one in ends)
    if low is None or high is None:
        low = high = None
    return Side(None if n is None else min(n, of), of, median, low, high)


def _of_fit(found: FitOfSide, policy: Policy) -> Side:
    of = count(Counted(found.journeys, found.customers), policy)
    cost = Counted(found.cost, found.customers_costing, None, found.largest)
    if of is None or not may_show(cost, policy) or not found.worst:
        return Side(None, of, None, None, None)
    fitness = max(0.0, 1 - policy.rounded(cost) / policy.rounded(found.worst))
    is_led = 2 * found.most_worst**2 > found.squares.among
    if is_led and not policy.is_exact:
        return Side(None, of, fitness, None, None)
    error = ratio_error(found.cost, found.worst, found.customers, found.squares)
    error = two_digits(error) if policy.release else error
    sure = ratio_interval(fitness, error, found.customers)
    return Side(None, of, fitness, sure.low, sure.high)


def _sums(found: FitOfSide) -> Sums:
    return Sums(found.cost, found.worst, found.squares)


@dataclass(frozen=True, slots=True)
class Arms:
    """All customers of both arms of an experiment, and the shares that were planned."""

    customers: tuple[Counted, Counted]
    planned: tuple[float, float]


def shown_ratio(arms: Arms, policy: Policy) -> SampleRatio:
    """Whether the arms have as many customers as planned, from the counts that are shown."""
    one, other = (count(customers, policy) for customers in arms.customers)
    if one is None or other is None:
        return SampleRatio((one, other), arms.planned, None, None, None)
    found = sample_ratio((one, other), arms.planned)
    return SampleRatio((one, other), arms.planned, found.chi2, found.p, found.verdict)
