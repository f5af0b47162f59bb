"""Every table of a portfolio, once: key, heading, shape, value and place of each column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cjmine.reporters.table import Column, Place, Shape, Table
from cjmine.results.map import Score
from cjmine.results.portfolio import (
    Finding,
    PooledRow,
    Portfolio,
    PortfolioJourney,
    ReasonRow,
    TemplateRow,
    TrendPoint,
    ValueRow,
)
from cjmine.results.share import Share

NAME, OF, ANSWERS = "portfolio.journey", "portfolio.value", "portfolio.answers"
DATA = Place.CSV | Place.FRAME
SEEN = Place.PAGE | Place.SUMMARY
TEXT, COUNT, FIGURE, RATE = Shape.TEXT, Shape.COUNT, Shape.FIGURE, Shape.RATE
Rows = Callable[[Portfolio], Sequence[PooledRow]]


@dataclass(frozen=True, slots=True)
class ValueOf:
    """A value of a template."""

    template: TemplateRow
    row: ValueRow

    @property
    def counts(self) -> tuple[int | None, int | None]:
        """Those that reach the goal, of all."""
        return self.row.n, self.row.of


@dataclass(frozen=True, slots=True)
class PointOf:
    """A week or month of a journey."""

    journey: PortfolioJourney
    point: TrendPoint


@dataclass(frozen=True, slots=True)
class ScoreOf:
    """What customers answered about a journey."""

    journey: PortfolioJourney
    score: Score


@dataclass(frozen=True, slots=True)
class GroupOf:
    """A phase, owner, level or template, and which of these it is."""

    group: str
    row: PooledRow


def _shares(name: str, of: Callable[[Any], Share | None]) -> tuple[Column[Portfolio, Any], ...]:
    """The figures of one share; all None where there is none."""

    def part(key: str) -> Callable[[Any, Portfolio], Any]:
        return lambda row, _: None if of(row) is None else getattr(of(row), key)

    return (
        Column(f"{name}_n", COUNT, DATA, part("n")),
        Column(f"{name}_of", COUNT, DATA, part("of")),
        Column(name, FIGURE, DATA, part("value")),
        Column(f"{name}_low", FIGURE, DATA, part("low")),
        Column(f"{name}_high", FIGURE, DATA, part("high")),
    )


def _rate(key: str, of: Callable[[Any], Share | None], head: str) -> Column[Portfolio, Any]:
    nothing = Share(None, None, None, None, None)
    return Column(key, RATE, SEEN, lambda row, _: of(row) or nothing, f"portfolio.{head}")


_FIGURES: tuple[Column[Portfolio, Any], ...] = (
    Column("journeys", COUNT, DATA | SEEN, lambda row, _: row.journeys, "journeys"),
    Column("customers", COUNT, DATA | SEEN, lambda row, _: row.customers, "portfolio.customers"),
    _rate("goal_rate", lambda row: row.goal, "goal"),
    *_shares("goal", lambda row: row.goal),
    _rate("lost_rate", lambda row: row.drop_off, "drop-off"),
    *_shares("drop_off", lambda row: row.drop_off),
    _rate("contact_rate", lambda row: row.contact, "contact-rate"),
    *_shares("contact", lambda row: row.contact),
    Column("verdict", TEXT, DATA, lambda row, _: row.verdict and row.verdict.value),
    Column("broken", COUNT, DATA, lambda row, _: row.broken),
    Column("state", TEXT, SEEN, lambda row, _: "", "portfolio.state"),
    Column(
        "movement",
        TEXT,
        DATA | SEEN,
        lambda row, _: row.movement and row.movement.value,
        "portfolio.trend",
    ),
    Column("moved_since", TEXT, DATA, lambda row, _: row.moved_since),
    Column("scores", TEXT, SEEN, lambda row, _: "", "portfolio.score"),
)
_GAIN: tuple[Column[Portfolio, Any], ...] = (
    Column("gain", FIGURE, DATA, lambda row, _: row.gain and row.gain.value),
    Column("gain_low", FIGURE, DATA, lambda row, _: row.gain and row.gain.low),
    Column("gain_high", FIGURE, DATA, lambda row, _: row.gain and row.gain.high),
)
JOURNEYS: Table[Portfolio, PortfolioJourney] = Table(
    "journeys",
    lambda found: found.journeys,
    (
        Column("journey", TEXT, DATA | SEEN, lambda row, _: row.journey, NAME),
        Column("value", TEXT, DATA | SEEN, lambda row, _: row.value, OF),
        Column("file", TEXT, DATA, lambda row, _: row.file),
        Column("title", TEXT, DATA, lambda row, _: row.title),
        Column("phase", TEXT, DATA | SEEN, lambda row, _: row.phase, "portfolio.phase"),
        Column("level", TEXT, DATA, lambda row, _: row.level.value),
        Column("parent", TEXT, DATA, lambda row, _: row.parent),
        Column("owner", TEXT, DATA | SEEN, lambda row, _: row.owner, "portfolio.owner"),
        Column("review_by", TEXT, DATA, lambda row, _: row.review_by),
        Column("status", TEXT, DATA, lambda row, _: row.status.value),
        *_FIGURES,
        *_GAIN,
    ),
)


def _pooled(
    name: str, head: str, of: Callable[[Portfolio], Sequence[PooledRow]]
) -> Table[Any, Any]:
    return Table(
        name,
        of,
        (
            Column("name", TEXT, DATA | SEEN, lambda row, _: row.name, f"portfolio.{head}"),
            Column(
                "declared", COUNT, DATA | SEEN, lambda row, _: row.declared, "portfolio.declared"
            ),
            Column("measured", COUNT, DATA, lambda row, _: row.measured),
            *_FIGURES,
            *_GAIN,
        ),
    )


PHASES = _pooled("phases", "phase", lambda found: found.phases)
OWNERS = _pooled("owners", "owner", lambda found: found.owners)
LEVELS = _pooled("levels", "level", lambda found: found.levels)
PARENTS = _pooled("parents", "parent", lambda found: found.parents)
REASONS: Table[Portfolio, ReasonRow] = Table(
    "reasons",
    lambda found: found.coverage.reasons,
    (
        Column("reason", TEXT, DATA | SEEN, lambda row, _: row.reason, "portfolio.reason"),
        Column(
            "contacts", COUNT, DATA | SEEN, lambda row, _: row.contacts, "portfolio.head-contacts"
        ),
        Column("journey", TEXT, DATA | SEEN, lambda row, _: row.journey, NAME),
    ),
)


def _end(ends: tuple[float, float] | None, at: int) -> float | None:
    return None if ends is None else ends[at]


VALUES: Table[Portfolio, ValueOf] = Table(
    "values",
    lambda found: [ValueOf(one, row) for one in found.templates for row in one.values],
    (
        Column(
            "template", TEXT, DATA | SEEN, lambda row, _: row.template.template, "portfolio.journey"
        ),
        Column("column", TEXT, DATA, lambda row, _: row.template.column),
        Column("value", TEXT, DATA | SEEN, lambda row, _: row.row.value, OF),
        Column("n", COUNT, DATA | SEEN, lambda row, _: row.row.n, "portfolio.reached"),
        Column("of", COUNT, DATA | SEEN, lambda row, _: row.row.of, "of"),
        Column("share", Shape.SHARE, SEEN, lambda row, _: row.counts, "portfolio.goal"),
        Column("z", FIGURE, DATA, lambda row, _: row.row.z),
        Column("low_95", FIGURE, DATA, lambda row, _: _end(row.row.limits_95, 0)),
        Column("high_95", FIGURE, DATA, lambda row, _: _end(row.row.limits_95, 1)),
        Column("low_998", FIGURE, DATA, lambda row, _: _end(row.row.limits_998, 0)),
        Column("high_998", FIGURE, DATA, lambda row, _: _end(row.row.limits_998, 1)),
        Column(
            "verdict",
            TEXT,
            DATA | SEEN,
            lambda row, _: row.row.verdict and row.row.verdict.value,
            "portfolio.state",
        ),
    ),
)
COURSES: Table[Portfolio, PointOf] = Table(
    "courses",
    lambda found: [PointOf(one, point) for one in found.journeys for point in one.trend],
    (
        Column("journey", TEXT, DATA, lambda row, _: row.journey.journey),
        Column("value_of", TEXT, DATA, lambda row, _: row.journey.value),
        Column("from", TEXT, DATA, lambda row, _: row.point.from_),
        Column("n", COUNT, DATA, lambda row, _: row.point.n),
        Column("of", COUNT, DATA, lambda row, _: row.point.of),
        Column("value", FIGURE, DATA, lambda row, _: row.point.value),
    ),
)
SCORES: Table[Portfolio, ScoreOf] = Table(
    "scores",
    lambda found: [ScoreOf(one, score) for one in found.journeys for score in one.scores],
    (
        Column(
            "journey", TEXT, DATA | SEEN, lambda row, _: row.journey.journey, "portfolio.journey"
        ),
        Column("value_of", TEXT, DATA | SEEN, lambda row, _: row.journey.value, OF),
        Column("metric", TEXT, DATA, lambda row, _: row.score.metric),
        Column("score", Shape.SCORE, SEEN, lambda row, _: row.score, "portfolio.score"),
        Column(
            "answers", COUNT, DATA | SEEN, lambda row, _: row.score.answers, "portfolio.answers"
        ),
        Column("value", FIGURE, DATA, lambda row, _: row.score.value),
        Column("low", FIGURE, DATA, lambda row, _: row.score.low),
        Column("high", FIGURE, DATA, lambda row, _: row.score.high),
    ),
)


def _groups(found: Portfolio) -> Iterator[GroupOf]:
    yield from (GroupOf("phase", one) for one in found.phases)
    yield from (GroupOf("owner", one) for one in found.owners)
    yield from (GroupOf("level", one) for one in found.levels)
    yield from (GroupOf("parent", one) for one in found.parents)
    yield from (GroupOf("template", one.pooled) for one in found.templates)


GROUP_SCORES: Table[Portfolio, tuple[GroupOf, Score]] = Table(
    "group-scores",
    lambda found: [(one, score) for one in _groups(found) for score in one.row.scores],
    (
        Column("group", TEXT, DATA, lambda row, _: row[0].group),
        Column("name", TEXT, DATA, lambda row, _: row[0].row.name),
        Column("metric", TEXT, DATA, lambda row, _: row[1].metric),
        Column("answers", COUNT, DATA, lambda row, _: row[1].answers),
        Column("value", FIGURE, DATA, lambda row, _: row[1].value),
        Column("low", FIGURE, DATA, lambda row, _: row[1].low),
        Column("high", FIGURE, DATA, lambda row, _: row[1].high),
    ),
)
GROUP_COURSES: Table[Portfolio, tuple[GroupOf, TrendPoint]] = Table(
    "group-courses",
    lambda found: [(one, point) for one in _groups(found) for point in one.row.trend],
    (
        Column("group", TEXT, DATA, lambda row, _: row[0].group),
        Column("name", TEXT, DATA, lambda row, _: row[0].row.name),
        Column("from", TEXT, DATA, lambda row, _: row[1].from_),
        Column("n", COUNT, DATA, lambda row, _: row[1].n),
        Column("of", COUNT, DATA, lambda row, _: row[1].of),
        Column("value", FIGURE, DATA, lambda row, _: row[1].value),
    ),
)
FINDINGS: Table[Portfolio, Finding] = Table(
    "findings",
    lambda found: found.findings,
    (
        Column("code", TEXT, DATA, lambda row, _: row.code.value),
        Column("about", TEXT, DATA, lambda row, _: row.about),
        Column("text", TEXT, DATA, lambda row, _: row.text),
    ),
)
EVERY: tuple[Table[Portfolio, Any], ...] = (
    JOURNEYS,
    PHASES,
    OWNERS,
    LEVELS,
    PARENTS,
    REASONS,
    VALUES,
    COURSES,
    SCORES,
    GROUP_SCORES,
    GROUP_COURSES,
    FINDINGS,
)
