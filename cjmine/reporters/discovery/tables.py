"""Every table of a discovery, once: key, heading, shape, value and place of each column.

CSV, data frames, the page and the Markdown summary render these. A column more is one line here.
"""

from __future__ import annotations

from typing import Any, Protocol

from cjmine.reporters.table import Column, Place, Shape, Table
from cjmine.results.discovery import (
    ActivityRow,
    ChannelRow,
    Discovery,
    FlowRow,
    LoopRow,
    Segment,
    SwitchRow,
    VariantRow,
)
from cjmine.results.log import Source

CSV, FRAME, PAGE = Place.CSV, Place.FRAME, Place.PAGE
DATA = CSV | FRAME
SEEN = PAGE | Place.SUMMARY
TEXT, TRACE, COUNT = Shape.TEXT, Shape.TRACE, Shape.COUNT
SECONDS, FLAG, SHARE, RATE = Shape.SECONDS, Shape.FLAG, Shape.SHARE, Shape.RATE


def _of_all(
    row: ActivityRow | VariantRow | ChannelRow | SwitchRow, found: Discovery
) -> tuple[int, int]:
    return row.journeys, found.log.journeys


ACTIVITIES: Table[Discovery, ActivityRow] = Table(
    "activities",
    lambda found: found.activities,
    (
        Column("activity", TEXT, DATA | SEEN, lambda row, _: row.activity, "touchpoint"),
        Column("events", COUNT, DATA | PAGE, lambda row, _: row.events, "events"),
        Column("journeys", COUNT, DATA | SEEN, lambda row, _: row.journeys, "journeys"),
        Column("of_all", SHARE, SEEN, _of_all, "of-all"),
        Column("starts_here", COUNT, DATA | PAGE, lambda row, _: row.starts_here, "starts"),
        Column("ends_here", COUNT, DATA | SEEN, lambda row, _: row.ends_here, "ends"),
        Column("of_those", SHARE, SEEN, lambda row, _: (row.ends_here, row.journeys), "of-those"),
    ),
)
FLOWS: Table[Discovery, FlowRow] = Table(
    "directly-follows",
    lambda found: found.directly_follows,
    (
        Column("from", TEXT, DATA | PAGE, lambda row, _: row.from_, "from"),
        Column("to", TEXT, DATA | PAGE, lambda row, _: row.to, "to"),
        Column("count", COUNT, DATA | PAGE, lambda row, _: row.count, "times"),
        Column("share", SHARE, PAGE, lambda row, found: (row.count, found.transitions), "share"),
        Column("median_seconds", SECONDS, DATA | PAGE, lambda row, _: row.median_seconds, "median"),
        Column("p90_seconds", SECONDS, DATA | PAGE, lambda row, _: row.p90_seconds, "p90"),
    ),
)
VARIANTS: Table[Discovery, VariantRow] = Table(
    "variants",
    lambda found: found.variants,
    (
        Column("activities", TRACE, FRAME | SEEN, lambda row, _: row.activities, "trace"),
        Column("journeys", COUNT, DATA | SEEN, lambda row, _: row.journeys, "journeys"),
        Column("of_all", SHARE, SEEN, _of_all, "of-all"),
        Column("folded", FLAG, CSV, lambda row, _: row.folded),
        Column("is_folded", FLAG, FRAME, lambda row, _: row.folded),
        Column("variant", TRACE, CSV, lambda row, _: row.activities),
        Column("number", COUNT, DATA, lambda row, _: row.number),
        Column("number", TEXT, SEEN, lambda row, _: row.number and str(row.number), "variant"),
    ),
)
CHANNELS: Table[Discovery, ChannelRow] = Table(
    "channels",
    lambda found: found.channels,
    (
        Column("channel", TEXT, DATA | SEEN, lambda row, _: row.channel, "channel"),
        Column("events", COUNT, DATA | SEEN, lambda row, _: row.events, "events"),
        Column("journeys", COUNT, DATA | SEEN, lambda row, _: row.journeys, "journeys"),
        Column("of_all", SHARE, SEEN, _of_all, "of-all"),
    ),
)
SWITCHES: Table[Discovery, SwitchRow] = Table(
    "switches",
    lambda found: found.switches,
    (
        Column("from", TEXT, DATA | PAGE, lambda row, _: row.from_, "from"),
        Column("to", TEXT, DATA | PAGE, lambda row, _: row.to, "to"),
        Column("count", COUNT, DATA | PAGE, lambda row, _: row.count, "times"),
        Column("journeys", COUNT, DATA | PAGE, lambda row, _: row.journeys, "journeys"),
        Column("of_all", SHARE, PAGE, _of_all, "of-all"),
    ),
)
LOOPS: Table[Discovery, LoopRow] = Table(
    "loops",
    lambda found: found.loops,
    (
        Column("activity", TEXT, DATA, lambda row, _: row.activity),
        Column("journeys", COUNT, DATA, lambda row, _: row.journeys),
        Column("of", COUNT, DATA, lambda row, _: row.of),
        Column("at_once", COUNT, DATA, lambda row, _: row.at_once),
        Column("returns", COUNT, DATA, lambda row, _: row.returns),
    ),
)
SEGMENTS: Table[Discovery, Segment] = Table(
    "segments",
    lambda found: found.segments.values if found.segments else (),
    (
        Column("value", TEXT, DATA | PAGE, lambda row, _: row.value, "value"),
        Column("journeys", COUNT, DATA | PAGE, lambda row, _: row.journeys, "journeys"),
        Column("reached", COUNT, DATA, lambda row, _: row.goal.n),
        Column("of", COUNT, DATA, lambda row, _: row.goal.of),
        Column("goal", RATE, PAGE, lambda row, _: row.goal, "goal-rate"),
    ),
)


class Made(Protocol):
    """What was made from the files of a log."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """The account of each file."""


SOURCES: Table[Made, Source] = Table(
    "sources",
    lambda found: found.sources,
    (
        Column("path", TEXT, DATA | PAGE, lambda row, _: row.path, "file"),
        Column("format", TEXT, DATA | PAGE, lambda row, _: row.format, "format"),
        Column("read", COUNT, DATA | PAGE, lambda row, _: row.read, "read"),
        Column("loaded", COUNT, DATA | PAGE, lambda row, _: row.loaded, "loaded"),
        Column("rejected", COUNT, DATA | PAGE, lambda row, _: row.rejected, "rejected"),
        Column("duplicate", COUNT, DATA | PAGE, lambda row, _: row.duplicate, "duplicate"),
        Column("filtered", COUNT, DATA | PAGE, lambda row, _: row.filtered, "filtered"),
        Column("unlinked", COUNT, PAGE, lambda row, _: row.unlinked, "unlinked"),
        Column("events", COUNT, DATA | PAGE, lambda row, _: row.events, "events"),
    ),
)
EVERY: tuple[Table[Discovery, Any], ...] = (
    *(ACTIVITIES, FLOWS, VARIANTS, CHANNELS, SWITCHES, LOOPS, SEGMENTS, SOURCES),
)
