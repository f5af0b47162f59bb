"""Every table of a satisfaction, once: key, shape, value and place of each column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cjmine.reporters.table import Column, Place, Shape, Table
from cjmine.results.satisfaction import Moment, PeakEnd, Satisfaction, Score, ScoreBy, Truth

DATA = Place.CSV | Place.FRAME
TEXT, COUNT, FIGURE, FLAG = Shape.TEXT, Shape.COUNT, Shape.FIGURE, Shape.FLAG


@dataclass(frozen=True, slots=True)
class ByAt:
    """A group of a question."""

    kind: str
    row: ScoreBy


@dataclass(frozen=True, slots=True)
class EndAt:
    """A group by peak and end of a question."""

    kind: str
    row: PeakEnd


def _by(found: Satisfaction) -> Sequence[ByAt]:
    return [ByAt(score.kind, row) for score in found.scores for row in score.by]


def _ends(found: Satisfaction) -> Sequence[EndAt]:
    return [EndAt(score.kind, row) for score in found.scores for row in score.ends]


SCORES: Table[Satisfaction, Score] = Table(
    "scores",
    lambda found: found.scores,
    (
        Column("kind", TEXT, DATA, lambda row, _: row.kind),
        Column("scale", TEXT, DATA, lambda row, _: row.scale and row.scale.value),
        Column("about", TEXT, DATA, lambda row, _: row.about),
        Column("value", FIGURE, DATA, lambda row, _: row.value),
        Column("low", FIGURE, DATA, lambda row, _: row.low),
        Column("high", FIGURE, DATA, lambda row, _: row.high),
        Column("mean", FIGURE, DATA, lambda row, _: row.mean),
        Column("mean_low", FIGURE, DATA, lambda row, _: row.mean_low),
        Column("mean_high", FIGURE, DATA, lambda row, _: row.mean_high),
        Column("n", COUNT, DATA, lambda row, _: row.n),
        Column("asked", COUNT, DATA, lambda row, _: row.asked),
        Column("weighted", FIGURE, DATA, lambda row, _: row.weighted and row.weighted.value),
        Column("weighted_low", FIGURE, DATA, lambda row, _: row.weighted and row.weighted.low),
        Column("weighted_high", FIGURE, DATA, lambda row, _: row.weighted and row.weighted.high),
    ),
)
BY: Table[Satisfaction, ByAt] = Table(
    "by",
    _by,
    (
        Column("kind", TEXT, DATA, lambda row, _: row.kind),
        Column("dimension", TEXT, DATA, lambda row, _: row.row.dimension),
        Column("name", TEXT, DATA, lambda row, _: row.row.name),
        Column("n", COUNT, DATA, lambda row, _: row.row.n),
        Column("value", FIGURE, DATA, lambda row, _: row.row.value),
        Column("low", FIGURE, DATA, lambda row, _: row.row.low),
        Column("high", FIGURE, DATA, lambda row, _: row.row.high),
        Column("mean", FIGURE, DATA, lambda row, _: row.row.mean),
        Column("mean_low", FIGURE, DATA, lambda row, _: row.row.mean_low),
        Column("mean_high", FIGURE, DATA, lambda row, _: row.row.mean_high),
        Column("asked", COUNT, DATA, lambda row, _: row.row.response.of),
        Column("response", FIGURE, DATA, lambda row, _: row.row.response.value),
        Column("response_low", FIGURE, DATA, lambda row, _: row.row.response.low),
        Column("response_high", FIGURE, DATA, lambda row, _: row.row.response.high),
    ),
)
MOMENTS: Table[Satisfaction, Moment] = Table(
    "moments",
    lambda found: found.moments,
    (
        Column("kind", TEXT, DATA, lambda row, _: row.kind),
        Column("step", TEXT, DATA, lambda row, _: row.step),
        Column("what", TEXT, DATA, lambda row, _: row.what.value),
        Column("bad", COUNT, DATA, lambda row, _: row.bad.n),
        Column("bad_value", FIGURE, DATA, lambda row, _: row.bad.value),
        Column("bad_mean", FIGURE, DATA, lambda row, _: row.bad.mean),
        Column("good", COUNT, DATA, lambda row, _: row.good.n),
        Column("good_value", FIGURE, DATA, lambda row, _: row.good.value),
        Column("good_mean", FIGURE, DATA, lambda row, _: row.good.mean),
        Column("difference", FIGURE, DATA, lambda row, _: row.difference and row.difference.value),
        Column("low", FIGURE, DATA, lambda row, _: row.difference and row.difference.low),
        Column("high", FIGURE, DATA, lambda row, _: row.difference and row.difference.high),
        Column("q", FIGURE, DATA, lambda row, _: row.q),
        Column("verdict", TEXT, DATA, lambda row, _: row.verdict.value),
        Column("declared", FLAG, DATA, lambda row, _: row.declared),
    ),
)
TRUTHS: Table[Satisfaction, Truth] = Table(
    "truths",
    lambda found: found.truths,
    (
        Column("step", TEXT, DATA, lambda row, _: row.step),
        Column("declared", FLAG, DATA, lambda row, _: row.declared),
        Column("measured", TEXT, DATA, lambda row, _: row.measured.value),
    ),
)
ENDS: Table[Satisfaction, EndAt] = Table(
    "ends",
    _ends,
    (
        Column("kind", TEXT, DATA, lambda row, _: row.kind),
        Column("bad_before", FLAG, DATA, lambda row, _: row.row.bad_before),
        Column("bad_end", FLAG, DATA, lambda row, _: row.row.bad_end),
        Column("n", COUNT, DATA, lambda row, _: row.row.n),
        Column("mean", FIGURE, DATA, lambda row, _: row.row.mean),
        Column("low", FIGURE, DATA, lambda row, _: row.row.low),
        Column("high", FIGURE, DATA, lambda row, _: row.row.high),
    ),
)
EVERY: tuple[Table[Satisfaction, Any], ...] = (SCORES, BY, MOMENTS, TRUTHS, ENDS)
