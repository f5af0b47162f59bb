"""Every table of contacts, once: key, heading, shape, value and place of each column."""

from __future__ import annotations

from typing import Any

from cjmine.reporters.table import Column, Place, Shape, Table
from cjmine.results.contact import (
    AgainRow,
    BeforeRow,
    Contact,
    ContactGroup,
    ContainedRow,
    HourRow,
    TypeRow,
)

CSV, FRAME, PAGE = Place.CSV, Place.FRAME, Place.PAGE
DATA = CSV | FRAME
SEEN = PAGE | Place.SUMMARY
TEXT, COUNT, FIGURE, SECONDS = Shape.TEXT, Shape.COUNT, Shape.FIGURE, Shape.SECONDS

TYPES: Table[Contact, TypeRow] = Table(
    "types",
    lambda found: found.types,
    (
        Column("type", TEXT, DATA | SEEN, lambda row, _: row.type.value, "contact.head-type"),
        Column("contacts", COUNT, DATA | SEEN, lambda row, _: row.contacts, "contact.head-n"),
        Column("expected", FIGURE, DATA, lambda row, _: row.expected),
        Column("expected_said", TEXT, SEEN, lambda row, _: "", "contact.head-expected"),
        Column("excess", FIGURE, DATA, lambda row, _: row.excess and row.excess.value),
        Column("low", FIGURE, DATA, lambda row, _: row.excess and row.excess.low),
        Column("high", FIGURE, DATA, lambda row, _: row.excess and row.excess.high),
        Column("excess_said", TEXT, SEEN, lambda row, _: "", "contact.head-excess"),
        Column("cost", FIGURE, DATA, lambda row, _: row.cost),
        Column("cost_said", TEXT, SEEN, lambda row, _: "", "contact.head-cost"),
    ),
)
BEFORE: Table[Contact, BeforeRow] = Table(
    "before",
    lambda found: found.before,
    (
        Column("touchpoint", TEXT, DATA | SEEN, lambda row, _: row.touchpoint, "touchpoint"),
        Column("contacts", COUNT, DATA | SEEN, lambda row, _: row.contacts, "contact.head-n"),
        Column("visits", COUNT, DATA, lambda row, _: row.visits),
        Column("followed", Shape.RATE, SEEN, lambda row, _: row.followed, "contact.head-followed"),
        Column("followed_n", COUNT, DATA, lambda row, _: row.followed.n),
        Column("followed_of", COUNT, DATA, lambda row, _: row.followed.of),
        Column("sets", COUNT, DATA, lambda row, _: row.sets),
        Column("ratio", FIGURE, DATA, lambda row, _: row.ratio and row.ratio.value),
        Column("low", FIGURE, DATA, lambda row, _: row.ratio and row.ratio.low),
        Column("high", FIGURE, DATA, lambda row, _: row.ratio and row.ratio.high),
        Column("ratio_said", TEXT, SEEN, lambda row, _: "", "contact.head-ratio"),
        Column("q", FIGURE, DATA, lambda row, _: row.q),
        Column("verdict", TEXT, DATA, lambda row, _: row.verdict.value),
        Column("verdict_said", TEXT, SEEN, lambda row, _: "", "contact.head-verdict"),
    ),
)
AGAIN: Table[Contact, AgainRow] = Table(
    "again",
    lambda found: found.again,
    (
        Column("after", TEXT, DATA | SEEN, lambda row, _: row.after, "contact.head-after"),
        Column("within_seconds", SECONDS, DATA, lambda row, _: row.within_seconds),
        Column("within_said", TEXT, SEEN, lambda row, _: "", "contact.head-within"),
        Column("n", COUNT, DATA, lambda row, _: row.n),
        Column("of", COUNT, DATA, lambda row, _: row.of),
        Column("value", FIGURE, DATA, lambda row, _: row.value),
        Column("low", FIGURE, DATA, lambda row, _: row.low),
        Column("high", FIGURE, DATA, lambda row, _: row.high),
        Column("again", Shape.RATE, SEEN, lambda row, _: row.share, "contact.head-again"),
    ),
)
CONTAINED: Table[Contact, ContainedRow] = Table(
    "contained",
    lambda found: found.contained,
    (
        Column("step", TEXT, DATA | SEEN, lambda row, _: row.step, "step"),
        Column("n", COUNT, DATA, lambda row, _: row.contained.n),
        Column("of", COUNT, DATA, lambda row, _: row.contained.of),
        Column("value", FIGURE, DATA, lambda row, _: row.contained.value),
        Column("low", FIGURE, DATA, lambda row, _: row.contained.low),
        Column("high", FIGURE, DATA, lambda row, _: row.contained.high),
        Column(
            "contained", Shape.RATE, SEEN, lambda row, _: row.contained, "contact.head-contained"
        ),
    ),
)
HOURS: Table[Contact, HourRow] = Table(
    "hours",
    lambda found: found.hours,
    (
        Column("weekday", COUNT, DATA, lambda row, _: row.weekday),
        Column("hour", COUNT, DATA, lambda row, _: row.hour),
        Column("contacts", COUNT, DATA, lambda row, _: row.contacts),
    ),
)
GROUPS: Table[Contact, ContactGroup] = Table(
    "groups",
    lambda found: found.groups,
    (
        Column("name", TEXT, DATA | SEEN, lambda row, _: row.name, "contact.head-group"),
        Column("contacts", COUNT, DATA | SEEN, lambda row, _: row.contacts, "contact.head-n"),
        Column("cost", FIGURE, DATA, lambda row, _: row.cost),
        Column("cost_said", TEXT, SEEN, lambda row, _: "", "contact.head-cost"),
    ),
)
EVERY: tuple[Table[Contact, Any], ...] = (TYPES, BEFORE, AGAIN, CONTAINED, HOURS, GROUPS)
