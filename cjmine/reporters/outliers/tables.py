"""Every table of outliers, once: key, heading, shape, value and place of each column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cjmine.reporters.table import Column, Place, Shape, Table
from cjmine.results.outliers import Contrast, CoveredFrom, Outliers, OutlierWave

_DATA = Place.CSV | Place.FRAME
TEXT, COUNT, FIGURE = Shape.TEXT, Shape.COUNT, Shape.FIGURE


def _contrasts(found: Outliers) -> Sequence[Contrast]:
    return found.contrasts or ()


def _waves(found: Outliers) -> Sequence[OutlierWave]:
    return found.waves or ()


CONTRASTS: Table[Outliers, Contrast] = Table(
    "contrasts",
    _contrasts,
    (
        Column("condition", TEXT, _DATA, lambda row, _: row.condition),
        Column("found", FIGURE, _DATA, lambda row, _: row.found.value),
        Column("found_low", FIGURE, _DATA, lambda row, _: row.found.low),
        Column("found_high", FIGURE, _DATA, lambda row, _: row.found.high),
        Column("found_n", COUNT, _DATA, lambda row, _: row.found.with_.n),
        Column("found_of", COUNT, _DATA, lambda row, _: row.found.with_.of),
        Column("confirmed", FIGURE, _DATA, lambda row, _: row.confirmed.value),
        Column("confirmed_low", FIGURE, _DATA, lambda row, _: row.confirmed.low),
        Column("confirmed_high", FIGURE, _DATA, lambda row, _: row.confirmed.high),
        Column("confirmed_n", COUNT, _DATA, lambda row, _: row.confirmed.with_.n),
        Column("confirmed_of", COUNT, _DATA, lambda row, _: row.confirmed.with_.of),
        Column("q", FIGURE, _DATA, lambda row, _: row.q),
        Column("verdict", TEXT, _DATA, lambda row, _: row.verdict.value),
    ),
)
WAVES: Table[Outliers, OutlierWave] = Table(
    "waves",
    _waves,
    (
        Column("reason", TEXT, _DATA, lambda row, _: row.reason),
        Column("from", TEXT, _DATA, lambda row, _: row.from_),
        Column("until", TEXT, _DATA, lambda row, _: row.until),
        Column("n", COUNT, _DATA, lambda row, _: row.n),
        Column("expected", FIGURE, _DATA, lambda row, _: row.expected),
        Column("excess", FIGURE, _DATA, lambda row, _: row.excess.value),
        Column("excess_low", FIGURE, _DATA, lambda row, _: row.excess.low),
        Column("excess_high", FIGURE, _DATA, lambda row, _: row.excess.high),
        Column("p", FIGURE, _DATA, lambda row, _: row.p),
        Column(
            "candidates", Shape.TRACE, _DATA, lambda row, _: tuple(c.what for c in row.candidates)
        ),
    ),
)
COVERAGE: Table[Outliers, CoveredFrom] = Table(
    "coverage",
    lambda found: found.coverage,
    (
        Column("what", TEXT, _DATA, lambda row, _: row.what.value),
        Column("name", TEXT, _DATA, lambda row, _: row.name),
        Column("begins", TEXT, _DATA, lambda row, _: row.begins),
        Column("ends", TEXT, _DATA, lambda row, _: row.ends),
    ),
)
EVERY: tuple[Table[Outliers, Any], ...] = (CONTRASTS, WAVES, COVERAGE)
