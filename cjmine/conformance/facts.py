"""What a comparison knows, as flat tables about journeys; every measure is counted from here.

The tables carry the journeys' own keys, so that counts of parts of a log can be put together.
Each table is made when it is first asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from cjmine.conformance.answers import Answers, Askings, answers, askings
from cjmine.conformance.attributions import Attributions, attributions
from cjmine.conformance.compare import Comparison
from cjmine.conformance.matched_deviations import (
    StepEvents,
    Waits,
    failed,
    in_wrong_channel,
    waits,
)
from cjmine.conformance.matched_events import Extras, Matches, extras, matches
from cjmine.conformance.move_deviations import Deviations, deviations
from cjmine.conformance.reached_steps import (
    Passed,
    ReachedChoices,
    SeenSteps,
    StepsOfTraces,
    passed_steps,
    reached_choices,
    seen_steps,
    steps_of_traces,
)
from cjmine.counting.groups import Flags, Ints
from cjmine.eventlog.log import EventLog
from cjmine.ideal.nodes import Step


@dataclass(frozen=True)
class Facts:
    """The tables about the journeys of a log, or of a part of one.

    `customer` numbers the customers from 0 in the order of journeys, so it never decreases.
    """

    log: EventLog
    comparison: Comparison
    _waits: dict[str, Waits] = field(default_factory=dict, init=False, compare=False)

    def __len__(self) -> int:
        return len(self.comparison.journeys)

    @cached_property
    def customer(self) -> Ints:
        """The customer of each journey."""
        codes = self.comparison.journeys.customer
        return np.cumsum(np.diff(codes, prepend=codes[:1]) != 0)

    @property
    def step_count(self) -> int:
        """The number of steps of the ideal."""
        return len(self.comparison.ideal.space.labels)

    @property
    def customers(self) -> int:
        """The number of distinct customers."""
        return int(self.customer[-1]) + 1 if len(self) else 0

    @property
    def state(self) -> npt.NDArray[np.uint8]:
        """The state of each journey."""
        return self.comparison.states.of_journey

    @cached_property
    def is_counted(self) -> Flags:
        """Which journeys are in denominators: those that had their full time."""
        return self.comparison.states.is_counted

    @cached_property
    def variant(self) -> Ints:
        """The distinct trace of each journey, a place in the comparison's variants."""
        return self.comparison.variants.of_journey.astype(np.int64)

    def of_variant(self, values: Ints) -> Ints:
        """Values about distinct traces, one a journey."""
        found: Ints = values[self.comparison.variants.of_journey]
        return found

    @cached_property
    def steps(self) -> StepsOfTraces:
        """Which distinct traces pass which steps."""
        return steps_of_traces(self.comparison)

    @cached_property
    def passed(self) -> Passed:
        """Which journeys pass which steps."""
        return passed_steps(self.comparison, self.steps)

    @cached_property
    def seen_steps(self) -> SeenSteps:
        """Which journeys have an event of which step."""
        return seen_steps(self.comparison, self.steps)

    @cached_property
    def reached_choices(self) -> ReachedChoices:
        """Which journeys pass any step of which choice."""
        return reached_choices(self.comparison, self.steps)

    @cached_property
    def deviations(self) -> Deviations:
        """Which journeys have which deviations that moves show."""
        return deviations(self.comparison, self.steps, self.passed)

    @cached_property
    def attributions(self) -> Attributions:
        """What journeys may leave out or have extra, over all cheapest alignments."""
        return attributions(self.comparison)

    @cached_property
    def matches(self) -> Matches:
        """The matched events."""
        return matches(self.comparison)

    @cached_property
    def _declared_matches(self) -> Matches:
        """The matched events of the steps that declare a channel."""
        space, declared = self.comparison.ideal.space, self.comparison.ideal.journey
        names = {step.name for step in declared.steps if step.channels}
        return matches(self.comparison, np.array([one in names for one in space.labels], bool))

    @cached_property
    def extras(self) -> Extras:
        """The undeclared touchpoints of journeys, by the step that they come after."""
        return extras(self.comparison, self.steps)

    def waits(self, step: Step) -> Waits:
        """The times that `within` of a step is about."""
        if step.name not in self._waits:
            self._waits[step.name] = waits(self.comparison, step)
        return self._waits[step.name]

    def in_wrong_channel(self, step: Step) -> StepEvents:
        """Matches of a step whose channel is known, and whether it is another than declared."""
        return in_wrong_channel(self.comparison, self._declared_matches, step)

    def failed(self, step: Step) -> StepEvents:
        """Every event of a step, and whether it was tried and failed."""
        return failed(self.comparison, step, self.log)

    @cached_property
    def askings(self) -> Askings:
        """When customers were asked, answered or not, and after which step."""
        return askings(self.log, self.comparison, self.matches, self.is_counted)

    @cached_property
    def answers(self) -> Answers:
        """What customers answered, by the step that they were asked about."""
        return answers(self.askings)
