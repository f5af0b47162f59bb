"""The ideal journey that people declare: its stages, where it begins and ends, what is expected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cjmine.declared import Cost
from cjmine.ideal.deviations import DeviationClass
from cjmine.ideal.keys import MIN_CUSTOMERS
from cjmine.ideal.measures import Measure
from cjmine.ideal.nodes import UNMARKED, Mark, Node, Sequence, Step, steps_of


class Level(StrEnum):
    """Whether a missed expectation fails the check or only warns."""

    ERROR = "error"
    WARN = "warn"


class Bound(StrEnum):
    """On which side of a limit a figure must stay; a baseline's figure is added to the limit."""

    MOST = "most"
    LEAST = "least"
    BASELINE_MOST = "baseline-most"
    BASELINE_LEAST = "baseline-least"


@dataclass(frozen=True, slots=True)
class Budget:
    """`<= 5%` or `>= 0.8`; with `from_baseline` the value is a difference to the baseline.

    Shares and differences of shares are numbers from -1 to 1.
    """

    at_most: bool
    value: float
    from_baseline: bool = False
    written: str = ""

    @property
    def bound(self) -> Bound:
        """What the value limits.

        >>> Budget(at_most=True, value=0.02, from_baseline=True).bound.value
        'baseline-most'
        """
        if self.from_baseline:
            return Bound.BASELINE_MOST if self.at_most else Bound.BASELINE_LEAST
        return Bound.MOST if self.at_most else Bound.LEAST


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the owner promises about one measure.

    `step` names the step, for `unexpected` the touchpoint; `between` limits where in the journey
    an unexpected touchpoint counts: after the first and before the second step.
    """

    measure: Measure
    budget: Budget
    step: str | None = None
    between: tuple[str, str] | None = None
    level: Level = Level.ERROR
    min_customers: int = MIN_CUSTOMERS
    mark: Mark = UNMARKED


@dataclass(frozen=True, slots=True)
class Accepted:
    """A deviation that its owner accepts: why, and until when (the last day that counts)."""

    deviation: DeviationClass
    step: str | None
    because: str
    until: date
    mark: Mark = UNMARKED


@dataclass(frozen=True, slots=True)
class Stage:
    """A named group of steps, in order."""

    name: str
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class IdealJourney:
    """The declared journey. Durations are in microseconds.

    `gap`: a longer pause begins a new journey of the same customer; `until_goal`: a goal ends one.
    `entry`: counting starts here, () at the first event. `exits` are declared ends other than the
    goal. `deadline`: older and unfinished is abandoned. `allow`ed touchpoints may come anywhere;
    `friction` are unexpected ones that cost effort. `value` is what one goal is worth. `file` is
    what messages call the file.
    """

    name: str
    goal: tuple[str, ...]
    stages: tuple[Stage, ...]
    file: str = ""
    owner: str | None = None
    purpose: str | None = None
    gap: int | None = None
    until_goal: bool = False
    entry: tuple[str, ...] = ()
    exits: tuple[str, ...] = ()
    deadline: int | None = None
    allow: tuple[str, ...] = ()
    friction: tuple[str, ...] = ()
    expectations: tuple[Expectation, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    value: float | None = None
    costs: tuple[Cost, ...] = ()

    @property
    def root(self) -> Sequence:
        """All stages as one part."""
        return Sequence(tuple(node for stage in self.stages for node in stage.nodes))

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps in the order of the file, each name once."""
        return tuple({step.name: step for step in steps_of(self.root)}.values())

    def stage_of(self, step: str) -> str:
        """The stage in which a step occurs first. Raises KeyError for another name."""
        for stage, node in self._placed():
            if any(one.name == step for one in steps_of(node)):
                return stage
        raise KeyError(step)

    def _placed(self) -> Iterator[tuple[str, Node]]:
        for stage in self.stages:
            for node in stage.nodes:
                yield stage.name, node
