"""Every table of hints, once: key, heading, shape, value and place of each column."""

from __future__ import annotations

from collections.abc import Sequence

from cjmine.reporters.table import Column, Place, Shape, Table
from cjmine.results.hints import EditRow, Hints

_DATA = Place.CSV | Place.FRAME
_SEEN = Place.PAGE | Place.SUMMARY


def _edits(found: Hints) -> Sequence[EditRow]:
    return () if found.repaired is None else found.repaired.edits


EDITS: Table[Hints, EditRow] = Table(
    "edits",
    _edits,
    (
        Column("edit", Shape.TEXT, _DATA, lambda row, _: row.edit.value),
        Column("what", Shape.TRACE, _DATA, lambda row, _: row.what),
        Column("change", Shape.TEXT, _SEEN, lambda row, _: row.edit.value, "hints.head-edit"),
        Column("most", Shape.COUNT, _DATA, lambda row, _: row.most),
        Column(
            "journeys", Shape.COUNT, _DATA | _SEEN, lambda row, _: row.journeys, "hints.head-more"
        ),
    ),
)
EVERY = (EDITS,)
