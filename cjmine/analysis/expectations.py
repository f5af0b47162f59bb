"""Expectations: what the owner promised, what was found, and whether the difference is real.

An expectation is broken only when the whole 95 % interval is past its budget; where only the
estimate is, it warns. So a check of few journeys does not fail a build by chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import fsum, sqrt

import numpy as np
import numpy.typing as npt

from cjmine.analysis.folding import Gate
from cjmine.analysis.populations import Populations
from cjmine.conformance.compare import Comparison
from cjmine.ideal.deviations import BY_MEASURE, code_of
from cjmine.ideal.journey import Accepted, Budget, Expectation, Level
from cjmine.ideal.measures import Measure
from cjmine.results.baseline import Baseline
from cjmine.results.check import ExpectationRow, Verdict
from cjmine.results.figures import Change
from cjmine.results.share import WITHHELD, Z95, Share, change, share

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval, and the number of journeys that it rests on."""

    value: float
    low: float
    high: float
    journeys: int


def log_fitness(comparison: Comparison) -> Estimate | None:
    """1 - summed cost / summed (events + shortest ideal path); None without journeys.

    The interval is that of a ratio of two sums over journeys (delta method).
    """
    cost, worst, times = _costs(comparison)
    count, most = int(times.sum()), int(worst @ times)
    if not count:
        return None
    lost = int(cost @ times) / most if most else 0.0
    if count == 1 or not most:
        return Estimate(1 - lost, 0.0, 1.0, count)
    rest = cost - lost * worst
    spread = fsum(rest * rest * times) / (count - 1)
    margin = Z95 * sqrt(spread / count) * count / most
    return Estimate(1 - lost, max(0.0, 1 - lost - margin), min(1.0, 1 - lost + margin), count)


def mean_fitness(comparison: Comparison) -> float | None:
    """The mean over journeys of 1 - cost / (events + shortest ideal path)."""
    cost, worst, times = _costs(comparison)
    if not int(times.sum()):
        return None
    return 1 - fsum(cost / np.maximum(worst, 1) * times) / int(times.sum())


def _costs(comparison: Comparison) -> tuple[Ints, Ints, Ints]:
    """Distinct costs with the most that they could be, and how many journeys have each.

    Sorted, and summed exactly: the order of the log must not show in the last digit.
    """
    worst = comparison.variants.lengths + comparison.ideal.space.shortest
    pairs, place = np.unique(np.stack([comparison.moves.cost, worst]), axis=1, return_inverse=True)
    times = np.bincount(place.ravel(), comparison.variants.journeys, minlength=pairs.shape[1])
    return pairs[0], pairs[1], times.astype(np.int64)


def expectation_rows(
    populations: Populations,
    gate: Gate,
    accepted: tuple[Accepted, ...],
    baseline: Baseline | None,
    untold: frozenset[str] = frozenset(),
) -> tuple[ExpectationRow, ...]:
    """Every expectation of the journey, judged; in the order of the journey file.

    `accepted` are those acceptances that have not expired, `untold` the steps whose drop-off is
    withheld where the steps are listed.
    """
    return tuple(
        _judged(one, populations, gate, accepted, baseline, untold)
        for one in populations.comparison.ideal.journey.expectations
    )


def _judged(
    one: Expectation,
    populations: Populations,
    gate: Gate,
    accepted: tuple[Accepted, ...],
    baseline: Baseline | None,
    untold: frozenset[str],
) -> ExpectationRow:
    moved: Change | None = None
    withheld = False
    found = WITHHELD
    if one.measure is Measure.FITNESS:
        estimate = log_fitness(populations.comparison)
        moved = _fitness_change(estimate, baseline)
    else:
        part = populations.part(one.measure, one.step, one.between)
        found = share(len(part.some), len(part.of))
        withheld = gate.tells_too_much(part) or (
            one.measure is Measure.DROP_OFF and one.step in untold
        )
        estimate = _estimate(found)
        if baseline is not None:
            between = between_text(one.between)
            before = baseline.share(one.measure.value, one.step or "", between)
            moved = change(found, before) if before is not None else None
    compared = estimate
    if one.budget.from_baseline:
        compared = None
        if moved is not None and estimate is not None:
            compared = Estimate(moved.value, moved.low, moved.high, estimate.journeys)
    verdict = judge(compared, one.budget, one.level, one.min_journeys)
    because = None
    if verdict in (Verdict.BROKEN, Verdict.WARNED):
        covering = [item for item in accepted if covers(item, one)]
        if covering:
            verdict, because = Verdict.ACCEPTED, covering[0].because
    shown = None if withheld else compared
    return ExpectationRow(
        code=code_of(one.measure),
        what=_words(one),
        verdict=verdict,
        level=one.level,
        value=shown.value if shown else None,
        low=shown.low if shown else None,
        high=shown.high if shown else None,
        n=None if withheld else found.n,
        of=None if withheld else found.of,
        budget=one.budget.written,
        limit=one.budget.value,
        line=one.mark.line,
        step=one.step,
        change=None if withheld else moved,
        because=because,
        between=one.between,
    )


def in_force(accepted: Sequence[Accepted], until: int) -> tuple[Accepted, ...]:
    """The acceptances that hold to the end of a log (microseconds); the clock plays no part."""
    last = datetime.fromtimestamp(until // 1_000_000, UTC).date()
    return tuple(item for item in accepted if last <= item.until)


def judge(found: Estimate | None, budget: Budget, level: Level, min_journeys: int) -> Verdict:
    """Broken when the whole interval is past the budget; see the module.

    >>> budget = Budget(at_most=True, value=0.12)
    >>> judge(Estimate(0.143, 0.129, 0.159, 2232), budget, Level.ERROR, 200)
    <Verdict.BROKEN: 'broken'>
    """
    if found is None or found.journeys < min_journeys:
        return Verdict.INCONCLUSIVE
    past = found.value > budget.value if budget.at_most else found.value < budget.value
    surely = found.low > budget.value if budget.at_most else found.high < budget.value
    if surely and level is Level.ERROR:
        return Verdict.BROKEN
    return Verdict.WARNED if past else Verdict.KEPT


def covers(accepted: Accepted, one: Expectation) -> bool:
    """Whether an acceptance is about what an expectation measures."""
    limited = BY_MEASURE.get(one.measure)
    if limited is None or limited.of_class is not accepted.deviation:
        return False
    return accepted.step is None or accepted.step == one.step


def between_text(between: tuple[str, str] | None) -> str:
    """How a baseline writes between which steps something counts."""
    return "" if between is None else " > ".join(between)


def _estimate(found: Share) -> Estimate | None:
    if found.value is None or found.low is None or found.high is None or found.of is None:
        return None
    return Estimate(found.value, found.low, found.high, found.of)


def _fitness_change(now: Estimate | None, baseline: Baseline | None) -> Change | None:
    if now is None or baseline is None or baseline.fitness is None:
        return None
    before = baseline.fitness
    value = now.value - before.value
    down = sqrt((now.value - now.low) ** 2 + (before.high - before.value) ** 2)
    up = sqrt((now.high - now.value) ** 2 + (before.value - before.low) ** 2)
    return Change(value, value - down, value + up)


def _words(one: Expectation) -> str:
    match one.measure:
        case Measure.GOAL_RATE | Measure.FITNESS | Measure.FITTING:
            return one.measure.value.replace("-", " ")
        case Measure.UNEXPECTED if one.between is not None:
            return f"unexpected {one.step} between {one.between[0]} and {one.between[1]}"
        case Measure.UNEXPECTED:
            return f"unexpected {one.step}"
        case Measure.REACHED:
            return f"{one.step} reached"
        case Measure.DROP_OFF:
            return f"drop-off at {one.step}"
        case _:
            return f"{one.step} {one.measure.value.replace('-', ' ')}"
