"""Every table of a trend: its figures by period, changes of level, drifts, and what begins late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cjmine.reporters.table import Column, Place, Shape, Table
from cjmine.results.trend import (
    Coverage,
    Drift,
    LevelChange,
    PairChange,
    Period,
    PeriodMeasure,
    Trend,
)

CSV, FRAME, PAGE = Place.CSV, Place.FRAME, Place.PAGE
DATA = CSV | FRAME
SEEN = PAGE | Place.SUMMARY
TEXT, COUNT, FIGURE, FLAG = Shape.TEXT, Shape.COUNT, Shape.FIGURE, Shape.FLAG


@dataclass(frozen=True, slots=True)
class Row:
    """One share of one period; `measure` is None for a period without figures."""

    period: Period
    measure: PeriodMeasure | None


@dataclass(frozen=True, slots=True)
class PairRow:
    """One pair of a drift; `pair` is None where none may be named."""

    drift: Drift
    pair: PairChange | None


def _rows(found: Trend) -> Sequence[Row]:
    return [Row(one, each) for one in found.periods for each in one.measures or (None,)]


def _pairs(found: Trend) -> Sequence[PairRow]:
    return [PairRow(one, each) for one in found.drifts or () for each in one.pairs or (None,)]


def _figure(name: str) -> Any:
    return lambda row, _: None if row.measure is None else getattr(row.measure, name)


def _limit(place: int) -> Any:
    def limit(row: Row, _: Trend) -> float | None:
        limits = None if row.measure is None else row.measure.limits
        return None if limits is None else limits[place]

    return limit


def _pair(name: str) -> Any:
    return lambda row, _: None if row.pair is None else getattr(row.pair, name)


def _ends(name: str) -> Any:
    return lambda row, _: None if row.difference is None else getattr(row.difference, name)


PERIODS: Table[Trend, Row] = Table(
    "periods",
    _rows,
    (
        Column("from", TEXT, DATA, lambda row, _: row.period.from_),
        Column("until", TEXT, DATA, lambda row, _: row.period.until),
        Column("journeys", COUNT, DATA, lambda row, _: row.period.journeys),
        Column("mature", FLAG, CSV, lambda row, _: row.period.mature),
        Column("is_mature", FLAG, FRAME, lambda row, _: row.period.mature),
        Column("measure", TEXT, DATA, _figure("measure")),
        Column("step", TEXT, DATA, _figure("step")),
        Column("n", COUNT, DATA, _figure("n")),
        Column("of", COUNT, DATA, _figure("of")),
        Column("value", FIGURE, DATA, _figure("value")),
        Column("low", FIGURE, DATA, _figure("low")),
        Column("high", FIGURE, DATA, _figure("high")),
        Column("limit_low", FIGURE, DATA, _limit(0)),
        Column("limit_high", FIGURE, DATA, _limit(1)),
    ),
)
CHANGES: Table[Trend, LevelChange] = Table(
    "changes",
    lambda found: found.changes,
    (
        Column("measure", TEXT, DATA, lambda row, _: row.measure),
        Column("step", TEXT, DATA, lambda row, _: row.step),
        Column("at", TEXT, DATA, lambda row, _: row.at),
        Column("before", FIGURE, DATA, lambda row, _: row.before.value),
        Column("after", FIGURE, DATA, lambda row, _: row.after.value),
        Column("difference", FIGURE, DATA, _ends("value")),
        Column("low", FIGURE, DATA, _ends("low")),
        Column("high", FIGURE, DATA, _ends("high")),
        Column("p", FIGURE, DATA, lambda row, _: row.p),
        Column("near", TEXT, DATA, lambda row, _: None if row.near is None else row.near.what),
        Column("near_on", TEXT, DATA, lambda row, _: None if row.near is None else row.near.on),
    ),
)
DRIFTS: Table[Trend, PairRow] = Table(
    "drifts",
    _pairs,
    (
        Column("at", TEXT, DATA, lambda row, _: row.drift.at),
        Column("z", FIGURE, DATA, lambda row, _: row.drift.z),
        Column("from", TEXT, DATA, _pair("from_")),
        Column("to", TEXT, DATA, _pair("to")),
        Column("before", FIGURE, DATA, _pair("before")),
        Column("after", FIGURE, DATA, _pair("after")),
    ),
)
COVERAGE: Table[Trend, Coverage] = Table(
    "coverage",
    lambda found: found.coverage,
    (
        Column("what", TEXT, DATA, lambda row, _: row.what.value),
        Column("name", TEXT, DATA, lambda row, _: row.name),
        Column("begins", TEXT, DATA, lambda row, _: row.begins),
        Column("ends", TEXT, DATA, lambda row, _: row.ends),
    ),
)
EVERY = (PERIODS, CHANGES, DRIFTS, COVERAGE)
