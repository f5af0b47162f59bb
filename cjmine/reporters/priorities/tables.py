"""The table of priorities, once: key, heading, shape, value and place of each column."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cjmine.reporters.table import Column, Place, Shape, Table
from cjmine.results.priorities import Amount, Gap, Priorities, PriorityItem

DATA = Place.CSV | Place.FRAME
TEXT, COUNT, FIGURE = Shape.TEXT, Shape.COUNT, Shape.FIGURE
_One = Callable[[PriorityItem], Gap | Amount | None]


def _ends(key: str, one: _One) -> tuple[Column[Priorities, PriorityItem], ...]:
    """A figure with both ends of its interval."""

    def end(name: str) -> Callable[[PriorityItem, Priorities], float | None]:
        def value(row: PriorityItem, _: Priorities) -> float | None:
            found = one(row)
            return None if found is None else float(getattr(found, name))

        return value

    return (
        Column(key, FIGURE, DATA, end("value")),
        *(Column(f"{key}_{name}", FIGURE, DATA, end(name)) for name in ("low", "high")),
    )


ITEMS: Table[Priorities, PriorityItem] = Table(
    "items",
    lambda found: found.items,
    (
        Column("code", TEXT, DATA, lambda row, _: row.code),
        Column("class", TEXT, DATA, lambda row, _: row.class_),
        Column("step", TEXT, DATA, lambda row, _: row.step),
        Column("at", TEXT, DATA, lambda row, _: row.at),
        Column("journeys", COUNT, DATA, lambda row, _: row.journeys),
        Column("support", FIGURE, DATA, lambda row, _: row.support),
        Column("goal_n", COUNT, DATA, lambda row, _: row.goal.n),
        Column("goal", FIGURE, DATA, lambda row, _: row.goal.value),
        Column("comparable", FIGURE, DATA, lambda row, _: row.comparable),
        *_ends("naive", lambda row: row.naive),
        *_ends("effect", lambda row: row.effect),
        *_ends("gain", lambda row: row.gain),
        *_ends("money", lambda row: row.money),
        Column("q", FIGURE, DATA, lambda row, _: row.q),
        Column("verdict", TEXT, DATA, lambda row, _: row.verdict and row.verdict.value),
        Column("e_value", FIGURE, DATA, lambda row, _: row.e_value),
        Column("e_value_near", FIGURE, DATA, lambda row, _: row.e_value_near),
        Column("is_ceiling", Shape.FLAG, DATA, lambda row, _: row.is_ceiling),
        Column("accepted", Shape.FLAG, DATA, lambda row, _: row.accepted),
        Column("not_equal", TEXT, DATA, lambda row, _: " ".join(row.not_equal)),
    ),
)
EVERY: tuple[Table[Priorities, Any], ...] = (ITEMS,)
