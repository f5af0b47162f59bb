"""Ideas: what was tried, what it promised, and what it brought."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from cjmine.errors import Note
from cjmine.ideas.declared import PromiseUnit
from cjmine.results.compare import ControlSides, Side
from cjmine.results.figures import (
    STRICT,
    Kind,
    Limit,
    Probability,
    Proportion,
    Setting,
)
from cjmine.results.full_time import JudgedPeriod
from cjmine.results.log import LogSize, Privacy, Source
from cjmine.results.verdicts import Verdict

Effect = Annotated[float, Kind.FIGURE]


class Kept(StrEnum):
    """What became of a promise."""

    KEPT = "kept its promise"
    LESS = "less than promised"
    NOT_SEEN = "not seen"
    CANNOT_TELL = "cannot tell"


class Lack(StrEnum):
    """What is missing for a measure of an idea."""

    SINCE = "no day on which it began"
    BEFORE = "too few weeks before it"
    AFTER = "too few weeks after it"
    JOURNEYS = "too few journeys"
    NEAR = "too few journeys apart from another idea"
    ABSENT = "not in the journey or in the log"


@dataclass(frozen=True, slots=True)
class PromisedChange:
    """How much was promised: a difference of shares (pp), a part (%), or journeys a week."""

    value: Limit
    unit: PromiseUnit


@dataclass(frozen=True, slots=True)
class Card:
    """An idea as its file has it. Days are as declared, `where` and `control` as typed."""

    id: str
    title: str
    journey: str | None
    step: str | None
    touchpoint: str | None
    deviation: str | None
    owner: str | None
    status: str
    noted: str | None
    since: str | None
    until: str | None
    where: tuple[str, ...]
    control: tuple[str, ...]
    metric: str
    expected: PromisedChange | None
    harm: Limit | None
    jira: str | None


@dataclass(frozen=True, slots=True)
class IdeaChange:
    """How much a metric changed, in the unit of the promise, with its 95 % interval."""

    value: Effect
    low: Effect
    high: Effect


@dataclass(frozen=True, slots=True)
class ShrunkenBefore:
    """The share before, of few weeks: pulled towards those of so many other steps."""

    value: Proportion
    others: Setting


@dataclass(frozen=True, slots=True)
class Measurement:
    """What an idea brought: its metric in the weeks before and after it.

    The change is from `shrunken` where there were fewer than 13 weeks before, and beside `control`
    where the idea declares one: how much more its journeys changed.
    `naive` is the change since the month in which the idea was born, which `is_unusual` where that
    month differs from the weeks before. `more_weeks` are those that could tell; None where no
    number of them is likely to. `goal` is the verdict on the goal, where a harm is declared.
    """

    before: Side
    after: Side
    weeks_before: Setting
    weeks_after: Setting
    shrunken: ShrunkenBefore | None
    control: ControlSides | None
    unit: PromiseUnit
    change: IdeaChange | None
    p: Probability | None
    q: Probability | None
    naive: Effect | None
    is_unusual: bool
    verdict: Kept | None
    more_weeks: Setting | None
    goal: Verdict | None


@dataclass(frozen=True, slots=True)
class MeasuredIdea:
    """An idea, and its measure or what that lacks; an idea that did not begin has neither."""

    idea: Card
    measured: Measurement | None
    lack: Lack | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two ideas that ran together at one place: what each of them brought cannot be told apart."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Calibration:
    """How well promises were made, over the closed ideas with a measure.

    `inside` are those whose promise is within the interval that was measured; `realised` is the
    mean of what was measured as a part of what was promised, None without any.
    """

    closed: Setting
    inside: Setting
    realised: Effect | None


@dataclass(frozen=True, slots=True)
class IdeaList:
    """The ideas of a register as they are declared."""

    __pydantic_config__: ClassVar[Mapping[str, object]] = STRICT

    schema: Literal["cjmine/idea-list/1"]
    register_file: str
    ideas: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Ideas:
    """The ideas about one journey, measured on one log, in the order of the register.

    `elsewhere` are the ideas of the register about other journeys.
    """

    __pydantic_config__: ClassVar[Mapping[str, object]] = STRICT

    schema: Literal["cjmine/ideas/1"]
    register_file: str
    journey: str
    journey_file: str
    log: LogSize
    sources: tuple[Source, ...]
    judged: JudgedPeriod
    ideas: tuple[MeasuredIdea, ...]
    together: tuple[Pair, ...]
    calibration: Calibration
    elsewhere: Setting
    notes: tuple[Note, ...]
    privacy: Privacy
