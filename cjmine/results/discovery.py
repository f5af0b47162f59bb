"""What `discover` finds: the fields are the keys of `discover -f json`, in its order.

A figure that is None is withheld, because it would be about too few customers, or undefined.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from cjmine.errors import Note
from cjmine.results.figures import (
    STRICT,
    UNWRITTEN,
    Events,
    Journeys,
    Placed,
    Proportion,
    Seconds,
    Setting,
)
from cjmine.results.full_time import JudgedPeriod
from cjmine.results.log import LogSize, Privacy, Source
from cjmine.results.share import Share, check_share


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One activity: its events, the journeys that have it, begin with it, end on it."""

    activity: str
    events: Events
    journeys: Journeys
    starts_here: Journeys | None
    ends_here: Journeys | None


@dataclass(frozen=True, slots=True)
class FlowRow:
    """How often `to` comes next after `from`, and the wait between them."""

    from_: str
    to: str
    count: Events
    median_seconds: Seconds | None
    p90_seconds: Seconds | None


@dataclass(frozen=True, slots=True)
class VariantRow:
    """The journeys of one trace; a folded row shows the first activities that they share.

    `number` is what `--variant` takes; None for a folded row, whose journeys have no common trace.
    """

    activities: tuple[str, ...]
    journeys: Journeys
    folded: bool
    number: Placed | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """The goal, and the share of journeys that reach it; all None where it is withheld."""

    activities: tuple[str, ...]
    value: Proportion | None
    low: Proportion | None
    high: Proportion | None
    n: Journeys | None
    of: Journeys | None

    def __post_init__(self) -> None:
        """Hold that the figures are those of one share."""
        check_share(self.value, self.low, self.high, self.n, self.of)

    @property
    def share(self) -> Share:
        """The share without the goal's name."""
        return Share(self.value, self.low, self.high, self.n, self.of)


def goal_of(activities: tuple[str, ...], found: Share) -> Goal:
    """A goal and the share that reaches it."""
    return Goal(activities, found.value, found.low, found.high, found.n, found.of)


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """One channel: events and journeys that use it."""

    channel: str
    events: Events
    journeys: Journeys


@dataclass(frozen=True, slots=True)
class LoopRow:
    """Journeys that have an activity more than once, of those that have it.

    `at_once`: the next event is the same activity; `returns`: after something else.
    """

    activity: str
    journeys: Journeys
    of: Journeys
    at_once: Journeys | None
    returns: Journeys | None


@dataclass(frozen=True, slots=True)
class SwitchRow:
    """Neighbouring events of a journey in two channels."""

    from_: str
    to: str
    count: Events
    journeys: Journeys


@dataclass(frozen=True, slots=True)
class Segment:
    """The journeys with one value of a column, and their goal rate."""

    value: str
    journeys: Journeys
    goal: Share


@dataclass(frozen=True, slots=True)
class Segments:
    """The journeys by the values of a column."""

    by: str
    values: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Discovery:
    """The measured journeys of a log.

    Every list has the largest first and adds up to the totals together with its `(other)` row,
    loops and the variants beyond `top` excepted. `judged` says which journeys the goal rate is of
    and is None without a goal. `variant_groups` are the rows that `variants`
    would have without `top`, 0 where that is not known.
    """

    __pydantic_config__: ClassVar[Mapping[str, object]] = STRICT

    schema: Literal["cjmine/discover/1"]
    log: LogSize
    sources: tuple[Source, ...]
    activities: tuple[ActivityRow, ...]
    directly_follows: tuple[FlowRow, ...]
    variants: tuple[VariantRow, ...]
    goal: Goal | None
    channels: tuple[ChannelRow, ...]
    loops: tuple[LoopRow, ...]
    switches: tuple[SwitchRow, ...]
    segments: Segments | None
    notes: tuple[Note, ...]
    privacy: Privacy
    judged: JudgedPeriod | None = field(default=None, kw_only=True)
    variant_groups: Setting = field(default=0, kw_only=True, compare=False, metadata=UNWRITTEN)

    @property
    def transitions(self) -> int:
        """How often an event comes next after another, in all."""
        return sum(row.count for row in self.directly_follows)
