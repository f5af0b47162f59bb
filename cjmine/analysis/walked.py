"""The events of compared journeys by the steps that they match: what a journey map counts from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from cjmine.analysis.folding import Gate, flags
from cjmine.analysis.populations import Populations
from cjmine.conformance.alignments import NOWHERE, Move
from cjmine.conformance.states import State

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Walked:
    """A comparison, looked at event by event; a place is an event of the distinct traces."""

    populations: Populations
    gate: Gate

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The names of the steps, by their number."""
        return self.populations.comparison.ideal.space.labels

    @cached_property
    def seen(self) -> Flags:
        """Which journeys are not truncated."""
        state: npt.NDArray[np.uint8] = self.populations.comparison.states.of_journey
        return np.not_equal(state, State.TRUNCATED)

    @cached_property
    def in_variant(self) -> Ints:
        """Each kept event as a place among the events of the distinct traces."""
        kept, found = self.populations.comparison.kept, self.populations.comparison.variants
        shift = found.starts[found.of_journey] - kept.starts[:-1]
        places: Ints = np.arange(len(kept.activity)) + shift[kept.journey]
        return places

    @cached_property
    def matched(self) -> Ints:
        """The step that each event of the distinct traces matches, or `NOWHERE`."""
        moves, found = self.populations.comparison.moves, self.populations.comparison.variants
        rows = np.flatnonzero(moves.kind == Move.SYNCHRONOUS)
        step = np.full(len(found.codes), NOWHERE, np.int64)
        step[found.starts[moves.trace[rows]] + moves.event[rows]] = moves.label[rows]
        return step

    @cached_property
    def match_before(self) -> Ints:
        """The place of the last match before each event of the distinct traces, or `NOWHERE`."""
        found = self.populations.comparison.variants
        places = np.where(self.matched != NOWHERE, np.arange(len(self.matched)), NOWHERE)
        last = np.maximum.accumulate(places) if len(places) else places
        before = np.concatenate([[NOWHERE], last[:-1]])[: len(places)]
        begins = np.repeat(found.starts[:-1], found.lengths)
        return np.where(before >= begins, before, NOWHERE)

    def members(self, journeys: Ints) -> Ints:
        """Each journey once, in order."""
        return np.flatnonzero(flags(journeys, len(self.seen)))

    def last_match(self) -> Ints:
        """The place of the last match of each distinct trace, or `NOWHERE`."""
        found = self.populations.comparison.variants
        places = np.where(self.matched != NOWHERE, np.arange(len(self.matched)), NOWHERE)
        last = np.full(len(found), NOWHERE, np.int64)
        has = found.lengths > 0
        if has.any():
            last[has] = np.maximum.reduceat(places, found.starts[:-1][has])
        return last

    def around(self, step: str | None) -> tuple[Ints, ...]:
        """Those that come past a step (None: all that are not truncated), then wider groups."""
        seen = self.populations.seen
        if step is None:
            return seen, self.populations.all
        return self.populations.reaching(step), seen, self.populations.all

    def steps(self) -> list[int]:
        """The labels in the order of the file."""
        steps = self.populations.comparison.ideal.journey.steps
        return [self.labels.index(step.name) for step in steps]
