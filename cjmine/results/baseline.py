"""A baseline: what an earlier check counted, and how a later one compares with it.

Only counts of journeys, of groups large enough to be shown; the fields are the keys of its JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from cjmine.results.figures import STRICT, UNWRITTEN, Change, Journeys, Moment, Proportion, Setting
from cjmine.results.share import Share, check_share


@dataclass(frozen=True, slots=True)
class BaselineShare:
    """A share of then with its interval: `n` of `of` journeys.

    `step` and `between` are "" where there is none, `low` and `high` None where they are withheld.
    """

    measure: str
    step: str
    between: str
    n: Journeys
    of: Journeys
    low: Proportion | None
    high: Proportion | None

    def __post_init__(self) -> None:
        """Hold that the figures are those of one share."""
        check_share(self._value, self.low, self.high, self.n, self.of)

    @property
    def order(self) -> tuple[str, str, str, int, int]:
        """What a baseline is sorted by."""
        return self.measure, self.step, self.between, self.n, self.of

    @property
    def share(self) -> Share:
        """The share without what it is of."""
        return Share(self._value, self.low, self.high, self.n, self.of)

    @property
    def _value(self) -> float | None:
        return self.n / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Fitness:
    """The log fitness of then, with its 95 % interval."""

    value: Proportion
    low: Proportion
    high: Proportion


@dataclass(frozen=True, slots=True)
class Baseline:
    """An earlier check, as far as later ones are compared with it.

    `cjmine` is the version that made it, `filters` the conditions by which journeys were chosen,
    `file` what messages call it.
    """

    __pydantic_config__: ClassVar[Mapping[str, object]] = STRICT

    schema: Literal["cjmine/baseline/2"]
    cjmine: str
    journey: str
    min_group: Setting
    journeys: Journeys
    observed_from: Moment | None
    observed_until: Moment | None
    fitness: Fitness | None
    counted: tuple[BaselineShare, ...]
    filters: tuple[str, ...] = ()
    file: str = field(default="", kw_only=True, compare=False, metadata=UNWRITTEN)

    def share(self, measure: str, step: str = "", between: str = "") -> Share | None:
        """A share of then; None where it was not counted or too small to be kept."""
        for one in self.counted:
            if (one.measure, one.step, one.between) == (measure, step, between):
                return one.share
        return None


@dataclass(frozen=True, slots=True)
class StepChange:
    """How much the drop-off at a step changed since the baseline."""

    step: str
    value: Proportion
    low: Proportion
    high: Proportion


@dataclass(frozen=True, slots=True)
class BaselineUse:
    """The earlier run that this one is compared with; shares of then, changes since."""

    file: str
    version: str
    journeys: Journeys
    observed_from: Moment | None
    observed_until: Moment | None
    goal_rate: Change | None
    fitness: Proportion | None
    drop_off: tuple[StepChange, ...] = ()

    def change_at(self, step: str) -> Change | None:
        """How much the drop-off at a step changed; None where it is not known of both runs."""
        found = (one for one in self.drop_off if one.step == step)
        return next((Change(one.value, one.low, one.high) for one in found), None)
