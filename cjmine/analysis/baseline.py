"""A check beside an earlier one: what to remember of it, and what has changed since.

Both are made from what a check shows, so a baseline holds nothing that was withheld.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from cjmine.analysis.differences import change
from cjmine.analysis.expectations import between_text
from cjmine.ideal.journey import IdealJourney
from cjmine.ideal.measures import Measure
from cjmine.results.baseline import Baseline, BaselineShare, BaselineUse, Fitness, StepChange
from cjmine.results.check import Check


def baseline_of(check: Check, journey: IdealJourney, version: str) -> Baseline:
    """What a later check needs to know of this one: its shares and their counts."""
    found = check.counted
    fitness = None
    if found.log_fitness is not None and found.low is not None and found.high is not None:
        fitness = Fitness(found.log_fitness, found.low, found.high)
    return Baseline(
        schema="cjmine/baseline/2",
        cjmine=version,
        journey=check.journey,
        min_group=check.privacy.min_group,
        journeys=found.journeys or 0,
        observed_from=check.log.observed_from,
        observed_until=check.log.observed_until,
        fitness=fitness,
        counted=tuple(sorted(set(_shares(check, journey)), key=attrgetter("order"))),
        filters=check.log.filters,
    )


def _shares(check: Check, journey: IdealJourney) -> Iterator[BaselineShare]:
    """The shares that any journey has, and those that this one has expectations about."""
    found = [
        (Measure.GOAL_RATE, "", "", check.goal.share),
        (Measure.FITTING, "", "", check.counted.fits),
    ]
    for row in check.steps:
        found.append((Measure.REACHED, row.step, "", row.reach))
        found.append((Measure.DROP_OFF, row.step, "", row.drop_off))
    for one, judged in zip(journey.expectations, check.expectations, strict=True):
        where = (one.step or "", between_text(one.between))
        if judged.share is not None:
            found.append((one.measure, *where, judged.share))
    for measure, step, between, one_share in found:
        n, of = one_share.n, one_share.of
        if n is not None and of is not None:
            yield BaselineShare(measure.value, step, between, n, of, one_share.low, one_share.high)


def baseline_use(check: Check, baseline: Baseline) -> BaselineUse:
    """The changes since a baseline, for the goal and the drop-off of each step."""
    drop_off = []
    for row in check.steps:
        before = baseline.share(Measure.DROP_OFF.value, row.step)
        found = None if before is None else change(row.drop_off, before)
        if found is not None:
            drop_off.append(StepChange(row.step, found.value, found.low, found.high))
    goal_before = baseline.share(Measure.GOAL_RATE.value)
    return BaselineUse(
        file=baseline.file,
        version=baseline.cjmine,
        journeys=baseline.journeys,
        observed_from=baseline.observed_from,
        observed_until=baseline.observed_until,
        goal_rate=change(check.goal.share, goal_before) if goal_before else None,
        fitness=baseline.fitness.value if baseline.fitness else None,
        drop_off=tuple(drop_off),
    )
