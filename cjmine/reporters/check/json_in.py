"""What `-f json` of `check` wrote, read back; `json.py` is the other direction.

The classes here have the keys of the JSON as fields, in its order: what is not among them, or of
another type, is no result.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field

from cjmine.analysis.checked import (
    BaselineUse,
    Cell,
    Checked,
    ConformanceRow,
    DeviationRow,
    Example,
    ExpectationRow,
    NeverRow,
    StateCounts,
    StepRow,
    TimingRow,
    Verdict,
)
from cjmine.analysis.mapped import JourneyMap
from cjmine.analysis.measured import PrivacyUse
from cjmine.analysis.ratio import Change, Ratio
from cjmine.errors import Code
from cjmine.ideal.deviations import Marker
from cjmine.ideal.journey import Level
from cjmine.reporters.json_in import (
    STRICT,
    WrittenGoal,
    WrittenNote,
    WrittenShare,
    WrittenSize,
    WrittenSource,
)

NO_MAP = JourneyMap((), ())  # of results that are older than maps


@dataclass(frozen=True, slots=True)
class _Step:
    step: str
    stage: str
    moment_of_truth: bool
    reached: int | None
    matched: int | None
    went_on: int | None
    abandoned: int | None
    exited: int | None
    open: int | None
    finished: int | None
    drop_off: WrittenShare

    def row(self) -> StepRow:
        return StepRow(
            *(self.step, self.stage, self.moment_of_truth, self.reached, self.matched),
            *(self.went_on, self.abandoned, self.exited, self.open, self.finished),
            self.drop_off.ratio(),
        )


@dataclass(frozen=True, slots=True)
class _Deviation:
    code: Code | None
    name: Annotated[str, Field(alias="class")]
    activity: str
    journeys: int | None
    occurrences: int | None
    of: int
    accepted: bool
    friction: bool

    def row(self) -> DeviationRow:
        return DeviationRow(
            *(self.code, self.name, self.activity, self.journeys, self.occurrences, self.of),
            self.accepted,
            self.friction,
        )


@dataclass(frozen=True, slots=True)
class _Expectation:
    code: Code
    what: str
    step: str | None
    verdict: Verdict
    level: Level
    value: float | None
    low: float | None
    high: float | None
    n: int | None
    of: int | None
    budget: str
    limit: float
    change: Change | None
    because: str | None
    line: int | None
    between: tuple[str, str] | None = None

    def row(self) -> ExpectationRow:
        if (self.n is None) != (self.of is None):
            raise ValueError("a share has two counts")
        known = self.n is not None and self.of is not None
        return ExpectationRow(
            *(self.code, self.what, self.verdict, self.level, self.value, self.low, self.high),
            ratio=Ratio(self.n or 0, self.of or 0) if known else None,
            budget=self.budget,
            limit=self.limit,
            line=self.line or 0,
            step=self.step,
            change=self.change,
            because=self.because or "",
            between=self.between,
        )


@dataclass(frozen=True, slots=True)
class _Cell:
    ideal: str | None
    measured: str | None
    marker: Marker | None

    def cell(self) -> Cell:
        return Cell(self.ideal, self.measured, self.marker)


@dataclass(frozen=True, slots=True)
class _Example:
    name: Annotated[str, Field(alias="class")]
    journeys: int
    columns: tuple[_Cell, ...]

    def example(self) -> Example:
        return Example(self.name, self.journeys, tuple(one.cell() for one in self.columns))


@dataclass(frozen=True, slots=True)
class _StepChange:
    step: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class _Baseline:
    file: str
    version: str
    journeys: int
    observed_from: str | None
    observed_until: str | None
    goal_rate: Change | None
    fitness: float | None
    drop_off: tuple[_StepChange, ...]

    def used(self) -> BaselineUse:
        return BaselineUse(
            *(self.file, self.version, self.journeys, self.observed_from, self.observed_until),
            *(self.goal_rate, self.fitness),
            tuple((one.step, Change(one.value, one.low, one.high)) for one in self.drop_off),
        )


@dataclass(frozen=True, slots=True)
class WrittenCheck:
    """The JSON of a check, key by key."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    schema: Literal["cjmine/check/1"]
    journey: str
    journey_file: str
    purpose: str | None
    verdict: Verdict
    log: WrittenSize
    sources: tuple[WrittenSource, ...]
    conformance: ConformanceRow
    states: StateCounts
    goal: WrittenGoal
    steps: tuple[_Step, ...]
    never: NeverRow
    deviations: tuple[_Deviation, ...]
    timings: tuple[TimingRow, ...]
    expectations: tuple[_Expectation, ...]
    examples: tuple[_Example, ...]
    baseline: _Baseline | None
    notes: tuple[WrittenNote, ...]
    privacy: PrivacyUse
    map: JourneyMap = NO_MAP

    def result(self) -> Checked:
        """The check that was written. Raises ValueError or AssertionError where it cannot be."""
        found = Checked(
            journey=self.journey,
            journey_file=self.journey_file,
            purpose=self.purpose,
            size=self.log.size(),
            sources=tuple(one.source() for one in self.sources),
            conformance=self.conformance,
            states=self.states,
            goal=self.goal.activities,
            goal_rate=self.goal.ratio(),
            step_rows=tuple(one.row() for one in self.steps),
            never=self.never,
            deviation_rows=tuple(one.row() for one in self.deviations),
            timing_rows=self.timings,
            expectation_rows=tuple(one.row() for one in self.expectations),
            examples=tuple(one.example() for one in self.examples),
            journey_map=self.map,
            baseline=self.baseline.used() if self.baseline else None,
            notes=tuple(one.note() for one in self.notes),
            privacy=self.privacy,
        )
        if found.verdict is not self.verdict:
            raise ValueError("the verdict is not that of its expectations")
        return found
