"""What `-f json` of `discover` wrote, read back; and the parts that every result shares.

The classes here have the keys of the JSON as fields, in its order: what is not among them, or of
another type, is no result. `json.py` is the other direction, and a test holds them together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field

from cjmine.analysis.measured import (
    ActivityRow,
    ChannelRow,
    Discovery,
    FlowRow,
    GoalRow,
    LogSize,
    LoopRow,
    PrivacyUse,
    SegmentRow,
    SwitchRow,
    VariantRow,
    moment,
)
from cjmine.analysis.ratio import Ratio
from cjmine.errors import Code, Note
from cjmine.eventlog.log import SourceCount

# Types are never converted, and unknown keys are wrong; the parts of a result follow suit.
STRICT = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)
_START = datetime.fromisoformat("1970-01-01T00:00:00Z")


@dataclass(frozen=True, slots=True)
class WrittenShare:
    """A share, all null where it is withheld."""

    value: float | None
    low: float | None
    high: float | None
    n: int | None
    of: int | None

    def ratio(self) -> Ratio | None:
        """The share. Raises ValueError where its figures are not those of one share."""
        found = None if self.n is None or self.of is None else Ratio(self.n, self.of)
        told = (found.value, found.low, found.high, found.n, found.of) if found else (None,) * 5
        if told != (self.value, self.low, self.high, self.n, self.of):
            raise ValueError("a share disagrees with its counts")
        return found


@dataclass(frozen=True, slots=True)
class WrittenGoal(WrittenShare):
    """The goal and the share of journeys that reach it."""

    activities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WrittenSize:
    """How much was measured."""

    events: int
    journeys: int
    customers: int
    activities: int
    variants: int
    tied_journeys: int
    observed_from: str | None
    observed_until: str | None
    without_entry: int = 0
    before_entry: int = 0

    def size(self) -> LogSize:
        """How much was measured. Raises ValueError for a period without beginning or end."""
        period = None
        if self.observed_from is not None and self.observed_until is not None:
            period = (_microseconds(self.observed_from), _microseconds(self.observed_until))
        elif self.observed_from != self.observed_until:
            raise ValueError("a period has two ends")
        return LogSize(
            *(self.events, self.journeys, self.customers, self.activities, self.variants),
            self.tied_journeys,
            period,
            self.without_entry,
            self.before_entry,
        )


def _microseconds(written: str) -> int:
    found = (datetime.fromisoformat(written) - _START) // timedelta(microseconds=1)
    if moment(found) != written:
        raise ValueError("a moment is written in UTC")
    return found


@dataclass(frozen=True, slots=True)
class WrittenSource:
    """The account of one file."""

    path: str
    format: str
    read: int
    loaded: int
    rejected: int
    duplicate: int
    filtered: int
    events: int
    unlinked: int | None = None

    def source(self) -> SourceCount:
        """The account. Raises AssertionError where it does not add up."""
        return SourceCount(
            *(self.path, self.format, self.read, self.loaded),
            *(self.rejected, self.duplicate, self.filtered, self.unlinked),
            None if self.events == self.loaded else self.events,
        )


@dataclass(frozen=True, slots=True)
class WrittenNote:
    """A note, its text told in English."""

    code: Code
    text: str

    def note(self) -> Note:
        """The note."""
        return Note(self.code, self.text)


@dataclass(frozen=True, slots=True)
class _Flow:
    source: Annotated[str, Field(alias="from")]
    target: Annotated[str, Field(alias="to")]
    count: int
    median_seconds: float | None
    p90_seconds: float | None


@dataclass(frozen=True, slots=True)
class _Variant:
    activities: tuple[str, ...]
    journeys: int
    folded: bool


@dataclass(frozen=True, slots=True)
class _Switch:
    source: Annotated[str, Field(alias="from")]
    target: Annotated[str, Field(alias="to")]
    count: int
    journeys: int


@dataclass(frozen=True, slots=True)
class _Segment:
    value: str
    journeys: int
    goal: WrittenShare


@dataclass(frozen=True, slots=True)
class _Segments:
    by: str
    values: tuple[_Segment, ...]


@dataclass(frozen=True, slots=True)
class StoredFlows:
    """Flows that were listed before."""

    rows: tuple[FlowRow, ...]

    def flow_rows(self) -> tuple[FlowRow, ...]:
        """All of them, in the order of the list."""
        return self.rows


@dataclass(frozen=True, slots=True)
class WrittenDiscovery:
    """The JSON of a discovery, key by key."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    schema: Literal["cjmine/discover/1"]
    log: WrittenSize
    sources: tuple[WrittenSource, ...]
    activities: tuple[ActivityRow, ...]
    directly_follows: tuple[_Flow, ...]
    variants: tuple[_Variant, ...]
    goal: WrittenGoal | None
    channels: tuple[ChannelRow, ...]
    loops: tuple[LoopRow, ...]
    switches: tuple[_Switch, ...]
    segments: _Segments | None
    notes: tuple[WrittenNote, ...]
    privacy: PrivacyUse

    def result(self) -> Discovery:
        """The discovery that was written. Raises ValueError or AssertionError for what is none."""
        return Discovery(
            size=self.log.size(),
            sources=tuple(one.source() for one in self.sources),
            activity_rows=self.activities,
            flows=StoredFlows(
                tuple(
                    FlowRow(one.source, one.target, one.count, one.median_seconds, one.p90_seconds)
                    for one in self.directly_follows
                )
            ),
            variant_rows=tuple(
                VariantRow(one.activities, one.journeys, one.folded) for one in self.variants
            ),
            goal=None if self.goal is None else GoalRow(self.goal.activities, self.goal.ratio()),
            channel_rows=self.channels,
            loop_rows=self.loops,
            switch_rows=tuple(
                SwitchRow(one.source, one.target, one.count, one.journeys) for one in self.switches
            ),
            segment_rows=tuple(
                SegmentRow(one.value, one.journeys, one.goal.ratio())
                for one in (self.segments.values if self.segments else ())
            ),
            segments_by=self.segments.by if self.segments else None,
            notes=tuple(one.note() for one in self.notes),
            privacy=self.privacy,
        )
