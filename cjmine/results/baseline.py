"""A baseline: what an earlier check counted, and how a later one compares with it.

Only counts of journeys, of groups large enough to be shown; the fields are the keys of its JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from cjmine.results.figures import STRICT, UNWRITTEN, Change, Journeys, Moment, Proportion, Setting
from cjmine.results.share import Share, share


@dataclass(frozen=True, slots=True, order=True)
class BaselineShare:
    """A share of then: `n` of `of` journeys. `step` and `between` are "" where there is none."""

    measure: str
    step: str
    between: str
    n: Journeys
    of: Journeys

    def __post_init__(self) -> None:
        """Hold that the counts are those of a share."""
        if not 0 <= self.n <= self.of:
            raise ValueError("a share needs 0 <= n <= of")


@dataclass(frozen=True, slots=True)
class Fitness:
    """The log fitness of then, with its 95 % interval."""

    value: Proportion
    low: Proportion
    high: Proportion


@dataclass(frozen=True, slots=True)
class Baseline:
    """An earlier check, as far as later ones are compared with it.

    `cjmine` is the version that made it, `file` what messages call it.
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
    file: str = field(default="", kw_only=True, compare=False, metadata=UNWRITTEN)

    def share(self, measure: str, step: str = "", between: str = "") -> Share | None:
        """A share of then; None where it was not counted or too small to be kept."""
        for one in self.counted:
            if (one.measure, one.step, one.between) == (measure, step, between):
                return share(one.n, one.of)
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
