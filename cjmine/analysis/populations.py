"""Which journeys have something, of which journeys: the one place that knows every denominator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from cjmine.analysis.folding import Part
from cjmine.conformance.alignments import NOWHERE, Move
from cjmine.conformance.attributes import Waits, failed, in_wrong_channel, waits
from cjmine.conformance.compare import Comparison
from cjmine.conformance.progress import CLASSES, Deviations, Passed, deviations, passed_steps
from cjmine.conformance.states import State
from cjmine.eventlog.log import EventLog
from cjmine.ideal.deviations import BY_CLASS, BY_MEASURE, DEVIATIONS, DeviationClass, Subject
from cjmine.ideal.measures import Measure
from cjmine.ideal.nodes import Step

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Populations:
    """The journeys of a comparison by what they did; every share of a check is taken from here."""

    log: EventLog
    comparison: Comparison
    _waits: dict[str, Waits] = field(default_factory=dict, init=False)
    _reaching: dict[str, Ints] = field(default_factory=dict, init=False)

    @cached_property
    def passed(self) -> Passed:
        """Which journeys pass which steps."""
        return passed_steps(self.comparison)

    @cached_property
    def deviating(self) -> Deviations:
        """Which journeys have which deviations."""
        return deviations(self.comparison)

    @cached_property
    def seen(self) -> Ints:
        """All journeys that are not truncated."""
        return np.flatnonzero(self.comparison.states.of_journey != State.TRUNCATED)

    @cached_property
    def all(self) -> Ints:
        """All journeys."""
        return np.arange(len(self.comparison.journeys))

    def in_state(self, *states: State) -> Ints:
        """The journeys in one of some states."""
        return np.flatnonzero(np.isin(self.comparison.states.of_journey, states))

    def goal_rate(self) -> Part:
        """Completed journeys of those that have ended: open and truncated ones are not decided."""
        ended = self.in_state(State.COMPLETED, State.EXITED, State.ABANDONED)
        return Part.once(self.in_state(State.COMPLETED), ended, self.all)

    def fitting(self) -> Part:
        """Journeys without any move that does not match, of all journeys."""
        fits = self.comparison.moves.cost[self.comparison.variants.of_journey] == 0
        return Part.once(np.flatnonzero(fits), self.all)

    def reaching(self, step: str) -> Ints:
        """The journeys that pass a step."""
        if step not in self._reaching:
            self._reaching[step] = self.passed.journey[self.passed.step == self._label(step)]
        return self._reaching[step]

    def drop_off(self, step: str) -> Part:
        """Journeys abandoned at a step, of those and the ones that went on from it."""
        here = self.passed.step == self._label(step)
        state = self.comparison.states.of_journey
        journey, last = self.passed.journey[here], self.passed.is_last[here]
        abandoned = journey[last & (state[journey] == State.ABANDONED)]
        of = np.concatenate([abandoned, journey[~last]])
        return Part.once(abandoned, of, *self._around(step))

    def part(
        self, measure: Measure, step: str | None, between: tuple[str, str] | None = None
    ) -> Part:
        """The journeys that a measure counts. Fitness is no share; ask `part` for the others."""
        match measure:
            case Measure.GOAL_RATE:
                return self.goal_rate()
            case Measure.FITTING:
                return self.fitting()
        assert step is not None
        match measure:
            case Measure.REACHED:
                return Part.once(self.reaching(step), self.seen, self.all)
            case Measure.DROP_OFF:
                return self.drop_off(step)
            case Measure.UNEXPECTED:
                return self._touched(step, between)
            case _:
                return self.with_deviation(BY_MEASURE[measure].of_class, step)

    def with_deviation(self, one: DeviationClass, name: str) -> Part:
        """The journeys with a deviation at a step (of a touchpoint, where it is unexpected)."""
        match one:
            case DeviationClass.LATE | DeviationClass.EARLY:
                return self._mistimed(one, self.step(name))
            case DeviationClass.WRONG_CHANNEL:
                found = in_wrong_channel(self.comparison, self.step(name))
            case DeviationClass.FAILED:
                found = failed(self.comparison, self.step(name), self.log)
            case _:
                return self._moved(one, name)
        bad = found.journey[found.deviates]
        return Part(np.unique(bad), np.unique(found.journey), len(bad), self._around(name))

    def deviations(self) -> Iterator[tuple[DeviationClass, str, Part]]:
        """Every deviation that occurs: class, step or touchpoint, and the journeys."""
        table = self.deviating
        ends = np.flatnonzero(
            np.diff(table.of_class.astype(np.int64) * len(table.names) + table.name, append=-1)
        )
        start = 0
        for end in ends.tolist():
            one, name = CLASSES[table.of_class[start]], table.names[table.name[start]]
            some, times = table.journey[start : end + 1], table.times[start : end + 1]
            if BY_CLASS[one].subject is Subject.TOUCHPOINT:
                yield one, name, Part(some, self.seen, int(times.sum()), (self.all,))
            else:
                yield one, name, self._at(name, some, int(times.sum()))
            start = end + 1
        for step in self.comparison.ideal.journey.steps:
            for one in (row.of_class for row in DEVIATIONS if row.need and row.need.is_met(step)):
                part = self.with_deviation(one, step.name)
                if len(part.some):
                    yield one, step.name, part

    def waits(self, step: Step) -> Waits:
        """The times that `within` of a step is about, measured once."""
        if step.name not in self._waits:
            self._waits[step.name] = waits(self.comparison, step)
        return self._waits[step.name]

    def step(self, name: str) -> Step:
        """The declared step of a name."""
        return next(one for one in self.comparison.ideal.journey.steps if one.name == name)

    def _label(self, step: str) -> int:
        return self.comparison.ideal.space.labels.index(step)

    def _around(self, step: str) -> tuple[Ints, ...]:
        """The groups around what is told of a step: those that reach it, then all."""
        return self.reaching(step), self.seen, self.all

    def _at(self, step: str, some: Ints, times: int) -> Part:
        """Journeys that deviate at a step, of those that reach it or deviate at it.

        Who ends without a step, or has it before its place, may never come past it.
        """
        of, *wider = self._around(step)
        if not np.isin(some, of).all():
            of, wider = np.union1d(of, some), [self.seen, self.all]
        return Part(some, of, times, tuple(wider))

    def _moved(self, one: DeviationClass, name: str) -> Part:
        table = self.deviating
        number = self._label(name)
        rows = (table.of_class == CLASSES.index(one)) & (table.name == number)
        return self._at(name, table.journey[rows], int(table.times[rows].sum()))

    def _mistimed(self, one: DeviationClass, step: Step) -> Part:
        found, within = self.waits(step), step.within
        assert within is not None
        if one is DeviationClass.LATE:
            bad = found.wait > within.max if within.max is not None else found.wait < 0
        else:
            bad = found.wait < within.min if within.min is not None else found.wait < 0
        return Part.once(found.journey[bad], found.journey, *self._around(step.name))

    def _touched(self, touchpoint: str, between: tuple[str, str] | None) -> Part:
        """Journeys that hold a touchpoint, or hold it after one step and before another."""
        kept = self.comparison.kept
        codes = [code for code, name in enumerate(kept.activities) if name == touchpoint]
        events = np.flatnonzero(np.isin(kept.activity, codes))
        journey = kept.journey[events].astype(np.int64)
        of = self.seen
        if between is not None:
            begin, end = (self._first_match(name) for name in between)
            place = events - kept.starts[journey]
            inside = (begin[journey] != NOWHERE) & (place > begin[journey])
            inside &= (end[journey] == NOWHERE) | (place < end[journey])
            journey = journey[inside]
            of = of[begin[of] != NOWHERE]
        journey = journey[np.isin(journey, of)]
        wider = (self.all,) if between is None else (self.seen, self.all)
        return Part(np.unique(journey), of, len(journey), wider)

    def _first_match(self, step: str) -> Ints:
        """The place of the event of each journey that first matches a step, or `NOWHERE`."""
        moves, found = self.comparison.moves, self.comparison.variants
        rows = np.flatnonzero((moves.kind == Move.SYNCHRONOUS) & (moves.label == self._label(step)))
        first = np.full(len(found), NOWHERE, np.int64)
        first[moves.trace[rows[::-1]]] = moves.event[rows[::-1]]
        return first[found.of_journey]
