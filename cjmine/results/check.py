"""What `check` finds: the fields are the keys of `check -f json`, in its order.

A figure that is None is withheld, because it would be about too few customers, or undefined.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar, Literal

from cjmine.errors import Code, Note
from cjmine.ideal.deviations import Marker
from cjmine.results.baseline import BaselineUse
from cjmine.results.discovery import Goal
from cjmine.results.expectations import ExpectationRow, Verdict, verdict_of
from cjmine.results.figures import (
    STRICT,
    Change,
    Events,
    Journeys,
    Seconds,
)
from cjmine.results.fit import Conformance, CountedFit
from cjmine.results.full_time import JudgedPeriod
from cjmine.results.log import LogSize, Privacy, Source
from cjmine.results.map import NO_MAP, JourneyMap
from cjmine.results.segments import CheckedSegments
from cjmine.results.share import WITHHELD, Share


@dataclass(frozen=True, slots=True)
class StateCounts:
    """The journeys in each state; they add up to all journeys."""

    completed: Journeys | None
    exited: Journeys | None
    open: Journeys | None
    abandoned: Journeys | None
    truncated: Journeys | None


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step: the counted journeys that reach it, and how they go on from there.

    `reached` = went_on + abandoned + exited + finished. `matched`: an event of the step is where
    the ideal has it; `seen`: there is one at all. A goal step is reached by those who have its
    touchpoint. `drop_off` = abandoned / reached, `reach` = reached / all counted journeys. `open`
    are the open journeys whose last match is this step; they are in no other figure.
    """

    step: str
    stage: str
    moment_of_truth: bool
    reached: Journeys | None
    matched: Journeys | None
    seen: Journeys | None
    went_on: Journeys | None
    abandoned: Journeys | None
    exited: Journeys | None
    open: Journeys | None
    finished: Journeys | None
    drop_off: Share
    reach: Share = field(default=WITHHELD, kw_only=True)


@dataclass(frozen=True, slots=True)
class NeverRow:
    """The journeys that have no step of the ideal at all, by what became of them."""

    abandoned: Journeys | None
    exited: Journeys | None
    open: Journeys | None
    finished: Journeys | None


@dataclass(frozen=True, slots=True)
class DeviationRow:
    """One deviation at one step (for `unexpected`: of one touchpoint).

    `journeys` of `of` have it, `occurrences` times in all. `activity` is "(other)" where small
    groups are folded, and so is the class where they are folded over several classes.
    """

    code: Code | None
    class_: str
    activity: str
    journeys: Journeys | None
    occurrences: Events | None
    of: Journeys
    accepted: bool
    friction: bool


class Attribution(StrEnum):
    """What an alignment that does not fit says about an activity."""

    LEFT_OUT = "left-out"  # a step without an event: a model move
    EXTRA = "extra"  # an event without a step: a log move


@dataclass(frozen=True, slots=True)
class RangeRow:
    """In how many journeys a step is left out, or a touchpoint extra: `shown` of `of`.

    Where alignments are equally cheap, that depends on which of them is shown. `certain` journeys
    have it in every one, `possible` ones in some; certain <= shown <= possible. `activity` is
    "(other)" where small groups are folded; `certain` are then those that certainly have one of
    these. `attribution` is None where they are folded over both.
    """

    attribution: Attribution | None
    activity: str
    certain: Journeys | None
    shown: Journeys | None
    possible: Journeys | None
    of: Journeys


@dataclass(frozen=True, slots=True)
class TimingRow:
    """How long a step took after another, in seconds.

    `of` are the journeys in which both are matched: of these, so many are late or early.
    `measured` are those in which the step comes after the other. The interval of the median is at
    95 %. `overdue`: the other is matched, the step is not, and the time allowed is over.
    """

    step: str
    after: str
    of: Journeys
    measured: Journeys | None
    median_seconds: Seconds | None
    median_low_seconds: Seconds | None = field(default=None, kw_only=True)
    median_high_seconds: Seconds | None = field(default=None, kw_only=True)
    p90_seconds: Seconds | None
    late: Journeys | None
    early: Journeys | None
    overdue: Journeys | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One column of a drawn journey: ideal step, measured touchpoint, difference (None: equal)."""

    ideal: str | None
    measured: str | None
    marker: Marker | None


@dataclass(frozen=True, slots=True)
class Example:
    """A common trace with a deviation, drawn as ideal row, measured row and marker row."""

    class_: str
    journeys: Journeys
    columns: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """An ideal journey beside the measured ones.

    Steps are in the order of the ideal, deviations by class and then the commonest first,
    expectations in the order of the journey file, ranges the commonest first. `choices` are the
    first steps of the branches of each choice; one that is skipped as a whole is named by them.
    `ranges` and `segments` are None where they were not asked for. `journey_file` is what messages
    call it.
    """

    __pydantic_config__: ClassVar[Mapping[str, object]] = STRICT

    schema: Literal["cjmine/check/2"]
    journey: str
    journey_file: str
    purpose: str | None
    verdict: Verdict
    log: LogSize
    sources: tuple[Source, ...]
    conformance: Conformance
    counted: CountedFit
    judged: JudgedPeriod
    states: StateCounts
    goal: Goal
    steps: tuple[StepRow, ...]
    never: NeverRow
    choices: tuple[tuple[str, ...], ...]
    deviations: tuple[DeviationRow, ...]
    timings: tuple[TimingRow, ...]
    expectations: tuple[ExpectationRow, ...]
    examples: tuple[Example, ...]
    ranges: tuple[RangeRow, ...] | None = field(default=None, kw_only=True)
    segments: CheckedSegments | None = field(default=None, kw_only=True)
    map: JourneyMap = field(default=NO_MAP, kw_only=True)
    baseline: BaselineUse | None
    notes: tuple[Note, ...]
    privacy: Privacy

    def __post_init__(self) -> None:
        """Hold that the verdict is that of the expectations."""
        if self.verdict is not verdict_of(self.expectations):
            raise ValueError("the verdict is not that of its expectations")

    @property
    def reached_of(self) -> int | None:
        """All counted journeys; None where that number is withheld."""
        return self.counted.journeys

    def change_at(self, step: str) -> Change | None:
        """How much the drop-off at a step changed since the baseline; None without one."""
        return None if self.baseline is None else self.baseline.change_at(step)

    def count(self, verdict: Verdict) -> int:
        """How many expectations ended so."""
        return sum(row.verdict is verdict for row in self.expectations)
