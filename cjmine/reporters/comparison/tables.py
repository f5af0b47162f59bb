"""Every table of a comparison, once: key, heading, shape, value and place of each column."""

from __future__ import annotations

from typing import Any

from cjmine.reporters.table import Column, Place, Shape, Table
from cjmine.results.compare import Compared, ComparedRow, LeftOut, SidedVariant, Week

DATA = Place.CSV | Place.FRAME
TEXT, COUNT, FIGURE = Shape.TEXT, Shape.COUNT, Shape.FIGURE

MEASURES: Table[Compared, ComparedRow] = Table(
    "measures",
    lambda found: found.rows,
    (
        Column("measure", TEXT, DATA, lambda row, _: row.measure),
        Column("step", TEXT, DATA, lambda row, _: row.step),
        Column("unit", TEXT, DATA, lambda row, _: row.unit.value),
        Column("a_n", COUNT, DATA, lambda row, _: row.a.n),
        Column("a_of", COUNT, DATA, lambda row, _: row.a.of),
        Column("a", FIGURE, DATA, lambda row, _: row.a.value),
        Column("a_low", FIGURE, DATA, lambda row, _: row.a.low),
        Column("a_high", FIGURE, DATA, lambda row, _: row.a.high),
        Column("b_n", COUNT, DATA, lambda row, _: row.b.n),
        Column("b_of", COUNT, DATA, lambda row, _: row.b.of),
        Column("b", FIGURE, DATA, lambda row, _: row.b.value),
        Column("b_low", FIGURE, DATA, lambda row, _: row.b.low),
        Column("b_high", FIGURE, DATA, lambda row, _: row.b.high),
        Column("difference", FIGURE, DATA, lambda row, _: row.difference and row.difference.value),
        Column("low", FIGURE, DATA, lambda row, _: row.difference and row.difference.low),
        Column("high", FIGURE, DATA, lambda row, _: row.difference and row.difference.high),
        Column("p", FIGURE, DATA, lambda row, _: row.p),
        Column("q", FIGURE, DATA, lambda row, _: row.q),
        Column("verdict", TEXT, DATA, lambda row, _: row.verdict and row.verdict.value),
        Column("detectable", FIGURE, DATA, lambda row, _: row.detectable),
        Column("control_a", FIGURE, DATA, lambda row, _: row.control and row.control.a.value),
        Column("control_b", FIGURE, DATA, lambda row, _: row.control and row.control.b.value),
    ),
)
WEEKS: Table[Compared, Week] = Table(
    "weeks",
    lambda found: found.weeks,
    (
        Column("since", TEXT, DATA, lambda row, _: row.since),
        Column("after", Shape.FLAG, DATA, lambda row, _: row.after),
        Column("n", COUNT, DATA, lambda row, _: row.goal.n),
        Column("of", COUNT, DATA, lambda row, _: row.goal.of),
        Column("goal", FIGURE, DATA, lambda row, _: row.goal.value),
        Column("control", FIGURE, DATA, lambda row, _: row.control and row.control.value),
    ),
)
GAINED: Table[Compared, SidedVariant] = Table(
    "gained",
    lambda found: found.gained,
    (
        Column("activities", Shape.TRACE, DATA, lambda row, _: row.activities),
        Column("journeys", COUNT, DATA, lambda row, _: row.journeys),
    ),
)
LOST: Table[Compared, SidedVariant] = Table(
    "lost",
    lambda found: found.lost,
    GAINED.columns,
)
LEFT_OUT: Table[Compared, LeftOut] = Table(
    "left-out",
    lambda found: found.left_out,
    (
        Column("reason", TEXT, DATA, lambda row, _: row.reason.value),
        Column("journeys", COUNT, DATA, lambda row, _: row.journeys),
        Column("customers", COUNT, DATA, lambda row, _: row.customers),
    ),
)
EVERY: tuple[Table[Compared, Any], ...] = (MEASURES, GAINED, LOST, LEFT_OUT, WEEKS)
