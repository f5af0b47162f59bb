"""A check beside an earlier one: what to remember of it, and what has changed since."""

from __future__ import annotations

from collections.abc import Iterator

from cjmine.analysis.expectations import between_text, log_fitness
from cjmine.analysis.folding import Gate
from cjmine.analysis.populations import Populations
from cjmine.ideal.measures import Measure
from cjmine.results.baseline import Baseline, BaselineShare, Fitness
from cjmine.results.check import BaselineUse, StepChange
from cjmine.results.log import moment
from cjmine.results.share import WITHHELD, change

_Asked = tuple[Measure, str | None, tuple[str, str] | None]


def baseline_of(
    populations: Populations, gate: Gate, version: str, untold: frozenset[str]
) -> Baseline:
    """What a later check needs to know of this one: counts of journeys, no small ones."""
    comparison = populations.comparison
    counted = []
    for measure, step, between in dict.fromkeys(_asked(populations)):
        if measure is Measure.DROP_OFF and step in untold:
            continue
        found = gate.share(populations.part(measure, step, between))
        if found.n is not None and found.of is not None:
            where = (step or "", between_text(between))
            counted.append(BaselineShare(measure.value, *where, found.n, found.of))
    fitness = log_fitness(comparison)
    period = populations.log.period
    return Baseline(
        schema="cjmine/baseline/1",
        cjmine=version,
        journey=comparison.ideal.journey.name,
        min_group=gate.min_group,
        journeys=len(comparison.journeys),
        observed_from=moment(period[0]) if period else None,
        observed_until=moment(period[1]) if period else None,
        fitness=Fitness(fitness.value, fitness.low, fitness.high) if fitness else None,
        counted=tuple(sorted(counted)),
    )


def _asked(populations: Populations) -> Iterator[_Asked]:
    """The shares that any journey has, and those that this one has expectations about."""
    declared = populations.comparison.ideal.journey
    yield Measure.GOAL_RATE, None, None
    yield Measure.FITTING, None, None
    for step in declared.steps:
        yield Measure.REACHED, step.name, None
        yield Measure.DROP_OFF, step.name, None
    for one in declared.expectations:
        if one.measure is not Measure.FITNESS:
            yield one.measure, one.step, one.between


def baseline_use(
    populations: Populations, gate: Gate, baseline: Baseline | None, untold: frozenset[str]
) -> BaselineUse | None:
    """The changes since a baseline, for the goal and the drop-off of each step."""
    if baseline is None:
        return None
    drop_off = []
    for step in populations.comparison.ideal.journey.steps:
        told = step.name not in untold
        now = gate.share(populations.drop_off(step.name)) if told else WITHHELD
        before = baseline.share(Measure.DROP_OFF.value, step.name)
        found = None if before is None else change(now, before)
        if found is not None:
            drop_off.append(StepChange(step.name, found.value, found.low, found.high))
    goal_now = gate.share(populations.goal_rate())
    goal_before = baseline.share(Measure.GOAL_RATE.value)
    return BaselineUse(
        file=baseline.file,
        version=baseline.cjmine,
        journeys=baseline.journeys,
        observed_from=baseline.observed_from,
        observed_until=baseline.observed_until,
        goal_rate=change(goal_now, goal_before) if goal_before else None,
        fitness=baseline.fitness.value if baseline.fitness else None,
        drop_off=tuple(drop_off),
    )
