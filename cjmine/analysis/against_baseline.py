"""A check beside an earlier one: what to remember of it, and what has changed since."""

from __future__ import annotations

from collections.abc import Iterator

from cjmine.analysis.baseline import Baseline, Counted, Fitness
from cjmine.analysis.checked import BaselineUse
from cjmine.analysis.expectations import between_text, log_fitness
from cjmine.analysis.folding import Gate
from cjmine.analysis.measured import moment
from cjmine.analysis.populations import Populations
from cjmine.analysis.ratio import change
from cjmine.ideal.measures import Measure

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
        ratio = gate.ratio(populations.part(measure, step, between))
        if ratio is not None:
            where = (step or "", between_text(between))
            counted.append(Counted(measure.value, *where, ratio.n, ratio.of))
    fitness = log_fitness(comparison)
    period = populations.log.period
    return Baseline(
        journey=comparison.ideal.journey.name,
        version=version,
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
        now = gate.ratio(populations.drop_off(step.name)) if told else None
        before = baseline.share(Measure.DROP_OFF.value, step.name)
        if now is not None and before is not None:
            found = change(now, before)
            if found is not None:
                drop_off.append((step.name, found))
    goal_now = gate.ratio(populations.goal_rate())
    goal_before = baseline.share(Measure.GOAL_RATE.value)
    return BaselineUse(
        file=baseline.file,
        version=baseline.version,
        journeys=baseline.journeys,
        observed_from=baseline.observed_from,
        observed_until=baseline.observed_until,
        goal_rate=change(goal_now, goal_before) if goal_now and goal_before else None,
        fitness=baseline.fitness.value if baseline.fitness else None,
        drop_off=tuple(drop_off),
    )
