"""What `discover` finds: the measured journeys, as values that all reporters share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from cjmine.analysis.ratio import Ratio
from cjmine.errors import Note
from cjmine.eventlog.log import SourceCount


@dataclass(frozen=True, slots=True)
class LogSize:
    """How much was measured. `period` is in microseconds since 1970 (UTC); None when empty."""

    events: int
    journeys: int
    customers: int
    activities: int
    variants: int
    tied_journeys: int
    period: tuple[int, int] | None
    without_entry: int = 0
    before_entry: int = 0


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One activity: its events, the journeys that have it, begin with it, end on it.

    None is withheld: too few customers, or it would tell about too few.
    """

    activity: str
    events: int
    journeys: int
    starts_here: int | None
    ends_here: int | None


@dataclass(frozen=True, slots=True)
class FlowRow:
    """How often `target` comes next after `source`, and the wait between them in seconds."""

    source: str
    target: str
    count: int
    median_seconds: float | None
    p90_seconds: float | None


class FlowLister(Protocol):
    """Whoever can list the flows: they are many, and not every reader asks for them."""

    def flow_rows(self) -> tuple[FlowRow, ...]:
        """All flows between activities, the commonest first, other last."""


@dataclass(frozen=True, slots=True)
class VariantRow:
    """The journeys of one trace; a folded row shows the first activities that they share."""

    activities: tuple[str, ...]
    journeys: int
    is_folded: bool


@dataclass(frozen=True, slots=True)
class GoalRow:
    """How many journeys reach a goal activity. `ratio` is None where it must be withheld."""

    activities: tuple[str, ...]
    ratio: Ratio | None


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """One channel: events and journeys that use it."""

    channel: str
    events: int
    journeys: int


@dataclass(frozen=True, slots=True)
class SwitchRow:
    """Neighbouring events of a journey in two channels."""

    source: str
    target: str
    count: int
    journeys: int


@dataclass(frozen=True, slots=True)
class LoopRow:
    """Journeys that have an activity more than once, of those that have it.

    `at_once`: the next event is the same activity; `returns`: after something else.
    """

    activity: str
    journeys: int
    of: int
    at_once: int | None
    returns: int | None


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """The journeys with one value of a column, and their goal rate."""

    value: str
    journeys: int
    goal: Ratio | None


@dataclass(frozen=True, slots=True)
class PrivacyUse:
    """How small groups were treated, and which key the tokens come from."""

    min_group: int
    folded_journeys: int
    key: str | None


@dataclass(frozen=True, slots=True)
class Discovery:
    """The measured journeys of a log.

    Every list holds the largest first and adds up to the totals together with its `(other)` row,
    `loop_rows` and the variants beyond `top` excepted.
    """

    size: LogSize
    sources: tuple[SourceCount, ...]
    activity_rows: tuple[ActivityRow, ...]
    flows: FlowLister
    variant_rows: tuple[VariantRow, ...]
    goal: GoalRow | None
    channel_rows: tuple[ChannelRow, ...]
    loop_rows: tuple[LoopRow, ...]
    switch_rows: tuple[SwitchRow, ...]
    segment_rows: tuple[SegmentRow, ...]
    segments_by: str | None
    notes: tuple[Note, ...]
    privacy: PrivacyUse
    variant_groups: int = 0

    @property
    def flow_rows(self) -> tuple[FlowRow, ...]:
        """All flows between activities, the commonest first, other last."""
        return self.flows.flow_rows()

    @property
    def goal_rate(self) -> Ratio | None:
        """The share of journeys that reach the goal; None without a goal or where withheld."""
        return self.goal.ratio if self.goal else None


def moment(microseconds: int) -> str:
    """A moment in ISO 8601, in UTC.

    >>> moment(0)
    '1970-01-01T00:00:00Z'
    """
    whole = datetime.fromtimestamp(microseconds // 1_000_000, UTC)
    rest = microseconds % 1_000_000
    text = whole.strftime("%Y-%m-%dT%H:%M:%S")
    return f"{text}.{rest:06d}Z" if rest else f"{text}Z"
