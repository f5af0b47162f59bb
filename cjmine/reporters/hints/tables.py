"""Every table of hints, once: key, heading, shape, value and place of each column."""

from __future__ import annotations

from collections.abc import Sequence

from cjmine.reporters.table import Column, Place, Shape, Table
from cjmine.results.hints import EditRow, Hint, Hints

_DATA = Place.CSV | Place.FRAME
_SEEN = Place.PAGE | Place.SUMMARY
_TEXT, _COUNT, _FIGURE = Shape.TEXT, Shape.COUNT, Shape.FIGURE


def _edits(found: Hints) -> Sequence[EditRow]:
    return () if found.repaired is None else found.repaired.edits


HINTS: Table[Hints, Hint] = Table(
    "hints",
    lambda found: found.hints,
    (
        Column("tip", _TEXT, _DATA | _SEEN, lambda row, _: row.tip.value, "hints.head-tip"),
        Column("step", _TEXT, _DATA, lambda row, _: row.step),
        Column("other", _TEXT, _DATA, lambda row, _: row.other),
        Column("said", _TEXT, _SEEN, lambda row, _: row.step, "hints.head-hint"),
        Column("n", _COUNT, _DATA, lambda row, _: row.n),
        Column("of", _COUNT, _DATA, lambda row, _: row.of),
        Column("value", _FIGURE, _DATA, lambda row, _: row.value),
        Column("low", _FIGURE, _DATA, lambda row, _: row.low),
        Column("high", _FIGURE, _DATA, lambda row, _: row.high),
        Column("effect", _FIGURE, _DATA, lambda row, _: row.effect and row.effect.value),
        Column("effect_low", _FIGURE, _DATA, lambda row, _: row.effect and row.effect.low),
        Column("effect_high", _FIGURE, _DATA, lambda row, _: row.effect and row.effect.high),
        Column("margin", _FIGURE, _DATA, lambda row, _: row.margin),
        Column("q", _FIGURE, _DATA, lambda row, _: row.q),
        Column("needed", _COUNT, _DATA, lambda row, _: row.needed),
        Column("seconds", Shape.SECONDS, _DATA, lambda row, _: row.seconds),
        Column(
            "verdict",
            _TEXT,
            _DATA | _SEEN,
            lambda row, _: row.verdict and row.verdict.value,
            "hints.head-verdict",
        ),
        Column("edit", _TEXT, _DATA, lambda row, _: row.edit and row.edit.edit.value),
    ),
)
EDITS: Table[Hints, EditRow] = Table(
    "edits",
    _edits,
    (
        Column("edit", _TEXT, _DATA, lambda row, _: row.edit.value),
        Column("what", Shape.TRACE, _DATA, lambda row, _: row.what),
        Column("change", _TEXT, _SEEN, lambda row, _: row.edit.value, "hints.head-edit"),
        Column("most", _COUNT, _DATA, lambda row, _: row.most),
        Column("journeys", _COUNT, _DATA | _SEEN, lambda row, _: row.journeys, "hints.head-more"),
    ),
)
EVERY = (HINTS, EDITS)
