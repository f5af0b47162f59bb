"""Every table of measured ideas, once: key, heading, shape, value and place of each column."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cjmine.reporters.table import Column, Place, Shape, Table
from cjmine.results.ideas import Ideas, MeasuredIdea

_DATA = Place.CSV | Place.FRAME
_SEEN = Place.PAGE | Place.SUMMARY
_Value = Callable[[MeasuredIdea, Ideas], Any]


def _of(*names: str) -> _Value:
    """A value of the measurement; None where there is none on the way."""

    def value(row: MeasuredIdea, _: Ideas) -> Any:
        found: Any = row.measured
        for name in names:
            found = None if found is None else getattr(found, name)
        return found

    return value


def _text(*names: str) -> _Value:
    value = _of(*names)
    return lambda row, found: None if (one := value(row, found)) is None else str(one)


def _card(name: str) -> _Value:
    """A value of the idea itself."""
    return lambda row, _: getattr(row.idea, name)


def _expected(row: MeasuredIdea, _: Ideas) -> float | None:
    return None if row.idea.expected is None else row.idea.expected.value


def _baseline(row: MeasuredIdea, _: Ideas) -> str | None:
    """What the change is measured from: the weeks before alone, or pulled to other steps."""
    if row.measured is None or row.measured.change is None:
        return None
    return "weeks" if row.measured.shrunken is None else "shrunken"


def _lack(row: MeasuredIdea, _: Ideas) -> str | None:
    return None if row.lack is None else row.lack.value


IDEAS: Table[Ideas, MeasuredIdea] = Table(
    "ideas",
    lambda found: found.ideas,
    (
        Column("id", Shape.TEXT, _DATA | _SEEN, _card("id"), "ideas.head-id"),
        Column("title", Shape.TEXT, _DATA | _SEEN, _card("title"), "ideas.head-idea"),
        Column("owner", Shape.TEXT, _DATA, _card("owner")),
        Column("status", Shape.TEXT, _DATA | _SEEN, _card("status"), "ideas.head-status"),
        Column("since", Shape.TEXT, _DATA, _card("since")),
        Column("until", Shape.TEXT, _DATA, _card("until")),
        Column("metric", Shape.TEXT, _DATA | _SEEN, _card("metric"), "ideas.head-metric"),
        Column("step", Shape.TEXT, _DATA, _card("step")),
        Column("touchpoint", Shape.TEXT, _DATA, _card("touchpoint")),
        Column("unit", Shape.TEXT, _DATA, _text("unit")),
        Column("expected", Shape.FIGURE, _DATA | _SEEN, _expected, "ideas.head-expected"),
        Column("change", Shape.FIGURE, _DATA | _SEEN, _of("change", "value"), "ideas.head-change"),
        Column("low", Shape.FIGURE, _DATA, _of("change", "low")),
        Column("high", Shape.FIGURE, _DATA, _of("change", "high")),
        Column("q", Shape.FIGURE, _DATA, _of("q")),
        Column("verdict", Shape.TEXT, _DATA | _SEEN, _text("verdict"), "ideas.head-verdict"),
        Column("lack", Shape.TEXT, _DATA, _lack),
        Column("more_weeks", Shape.COUNT, _DATA, _of("more_weeks")),
        Column("naive", Shape.FIGURE, _DATA, _of("naive")),
        Column("n_before", Shape.COUNT, _DATA, _of("before", "n")),
        Column("of_before", Shape.COUNT, _DATA, _of("before", "of")),
        Column("weeks_before", Shape.COUNT, _DATA, _of("weeks_before")),
        Column("baseline", Shape.TEXT, _DATA, _baseline),
        Column("shrunken", Shape.FIGURE, _DATA, _of("shrunken", "value")),
        Column("n_after", Shape.COUNT, _DATA, _of("after", "n")),
        Column("of_after", Shape.COUNT, _DATA, _of("after", "of")),
        Column("weeks_after", Shape.COUNT, _DATA, _of("weeks_after")),
        Column("control_n_before", Shape.COUNT, _DATA, _of("control", "a", "n")),
        Column("control_of_before", Shape.COUNT, _DATA, _of("control", "a", "of")),
        Column("control_n_after", Shape.COUNT, _DATA, _of("control", "b", "n")),
        Column("control_of_after", Shape.COUNT, _DATA, _of("control", "b", "of")),
        Column("goal", Shape.TEXT, _DATA, _text("goal")),
        Column("jira", Shape.TEXT, _DATA, _card("jira")),
    ),
)
EVERY = (IDEAS,)
