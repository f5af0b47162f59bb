"""Every table of a drop-off, once: key, heading, shape, value and place of each column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cjmine.reporters.table import Column, Place, Shape, Table
from cjmine.results.dropoff import (
    UNDER_WAY,
    CauseDifference,
    CauseShare,
    CurvePoint,
    Dropoff,
    DropoffStep,
    Horizon,
    NextRow,
)

CSV, FRAME, PAGE = Place.CSV, Place.FRAME, Place.PAGE
DATA = CSV | FRAME
SEEN = PAGE | Place.SUMMARY
TEXT, COUNT, FIGURE, SECONDS = Shape.TEXT, Shape.COUNT, Shape.FIGURE, Shape.SECONDS


@dataclass(frozen=True, slots=True)
class CauseAt:
    """The share of a cause at a horizon; without one, of the journeys that are under way."""

    segment: str | None
    horizon: Horizon
    cause: CauseShare | None

    @property
    def value(self) -> float | None:
        """The share."""
        return self.horizon.under_way if self.cause is None else self.cause.value


@dataclass(frozen=True, slots=True)
class NextAt:
    """What came next after a step."""

    step: str
    row: NextRow


def _at(horizons: Sequence[Horizon], segment: str | None = None) -> list[CauseAt]:
    return [CauseAt(segment, one, cause) for one in horizons for cause in (*one.causes, None)]


def _segments(found: Dropoff) -> list[CauseAt]:
    rows = () if found.segments is None else found.segments.values
    return [row for one in rows for row in _at(one.horizons, one.value)]


def _differences(found: Dropoff) -> list[tuple[str, CauseDifference]]:
    rows = () if found.segments is None else found.segments.values
    return [(one.value, row) for one in rows for row in one.differences]


def _next(found: Dropoff) -> list[NextAt]:
    return [NextAt(step.step, row) for step in found.steps for row in step.next]


def _cause(row: CauseAt) -> str:
    return UNDER_WAY if row.cause is None else row.cause.cause


_SHARES: tuple[Column[Dropoff, CauseAt], ...] = (
    Column("at_seconds", SECONDS, DATA, lambda row, _: row.horizon.at_seconds),
    Column("cause", TEXT, DATA, lambda row, _: _cause(row)),
    Column("value", FIGURE, DATA, lambda row, _: row.value),
    Column("low", FIGURE, DATA, lambda row, _: row.cause and row.cause.low),
    Column("high", FIGURE, DATA, lambda row, _: row.cause and row.cause.high),
    Column("se", FIGURE, DATA, lambda row, _: row.cause and row.cause.se),
)
HORIZONS: Table[Dropoff, CauseAt] = Table("horizons", lambda found: _at(found.horizons), _SHARES)
CURVE: Table[Dropoff, CurvePoint] = Table(
    "curve",
    lambda found: found.curve,
    (
        Column("cause", TEXT, DATA, lambda row, _: row.cause),
        Column("t_seconds", SECONDS, DATA, lambda row, _: row.t_seconds),
        Column("at_risk", COUNT, DATA, lambda row, _: row.at_risk),
        Column("events", COUNT, DATA, lambda row, _: row.events),
        Column("value", FIGURE, DATA, lambda row, _: row.value),
        Column("low", FIGURE, DATA, lambda row, _: row.low),
        Column("high", FIGURE, DATA, lambda row, _: row.high),
        Column("se", FIGURE, DATA, lambda row, _: row.se),
    ),
)
STEPS: Table[Dropoff, DropoffStep] = Table(
    "steps",
    lambda found: found.steps,
    (
        Column("step", TEXT, DATA | SEEN, lambda row, _: row.step, "step"),
        Column("stage", TEXT, DATA, lambda row, _: row.stage, "stage"),
        Column("reached", COUNT, DATA | SEEN, lambda row, _: row.reached, "reached"),
        Column("abandoned", COUNT, DATA | SEEN, lambda row, _: row.abandoned, "lost"),
        Column("drop_off", Shape.RATE, SEEN, lambda row, _: row.drop_off, "drop-off"),
        Column("value", FIGURE, DATA, lambda row, _: row.drop_off.value),
        Column("low", FIGURE, DATA, lambda row, _: row.drop_off.low),
        Column("high", FIGURE, DATA, lambda row, _: row.drop_off.high),
        Column(
            "median_seconds_to_leave",
            SECONDS,
            DATA | PAGE,
            lambda row, _: row.median_seconds_to_leave,
            "dropoff.head-after",
        ),
    ),
)
NEXT: Table[Dropoff, NextAt] = Table(
    "next",
    _next,
    (
        Column("step", TEXT, DATA | SEEN, lambda row, _: row.step, "step"),
        Column("what", TEXT, DATA | SEEN, lambda row, _: row.row.what, "dropoff.head-next"),
        Column("kind", TEXT, DATA, lambda row, _: row.row.kind.value),
        Column("channel", TEXT, DATA | SEEN, lambda row, _: row.row.channel, "channel"),
        Column("n", COUNT, DATA, lambda row, _: row.row.n),
        Column("of", COUNT, DATA, lambda row, _: row.row.of),
        Column("share", Shape.RATE, SEEN, lambda row, _: row.row.share, "dropoff.head-left"),
        Column("value", FIGURE, DATA, lambda row, _: row.row.value),
        Column("low", FIGURE, DATA, lambda row, _: row.row.low),
        Column("high", FIGURE, DATA, lambda row, _: row.row.high),
        Column("beside", Shape.RATE, SEEN, lambda row, _: row.row.went_on, "dropoff.head-on"),
        Column("went_on_n", COUNT, DATA, lambda row, _: row.row.went_on.n),
        Column("went_on_of", COUNT, DATA, lambda row, _: row.row.went_on.of),
        Column("went_on_value", FIGURE, DATA, lambda row, _: row.row.went_on.value),
    ),
)
SEGMENTS: Table[Dropoff, CauseAt] = Table(
    "segments",
    _segments,
    (Column("value_of", TEXT, DATA, lambda row, _: row.segment), *_SHARES),
)
DIFFERENCES: Table[Dropoff, tuple[str, CauseDifference]] = Table(
    "differences",
    _differences,
    (
        Column("value_of", TEXT, DATA, lambda row, _: row[0]),
        Column("at_seconds", SECONDS, DATA, lambda row, _: row[1].at_seconds),
        Column("cause", TEXT, DATA, lambda row, _: row[1].cause),
        Column("value", FIGURE, DATA, lambda row, _: row[1].change and row[1].change.value),
        Column("low", FIGURE, DATA, lambda row, _: row[1].change and row[1].change.low),
        Column("high", FIGURE, DATA, lambda row, _: row[1].change and row[1].change.high),
    ),
)
EVERY: tuple[Table[Dropoff, Any], ...] = (HORIZONS, CURVE, STEPS, NEXT, SEGMENTS, DIFFERENCES)
