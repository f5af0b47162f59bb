"""The rows of a portfolio as they are listed: what they are called, and how they are doing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from cjmine.portfolio.declared import Level, Status
from cjmine.reporters.language import DASH, Language
from cjmine.reporters.scores import score_in_words
from cjmine.results.expectations import Verdict
from cjmine.results.map import Score
from cjmine.results.portfolio import (
    PooledRow,
    Portfolio,
    PortfolioJourney,
    Standing,
    TemplateRow,
    TrendPoint,
)
from cjmine.results.priorities import Amount
from cjmine.results.share import Share


@dataclass(frozen=True, slots=True)
class Line:
    """One journey, or one template with all its values, as it is listed; `id` names it alone.

    `differ` says which values of a template differ; it is empty where none does.
    """

    id: str
    name: str
    owner: str | None
    phase: str | None
    level: Level
    journeys: int | None
    goal: Share
    contact: Share | None
    state: str
    verdict: Verdict | None
    trend: tuple[TrendPoint, ...]
    movement: str
    scores: tuple[Score, ...]
    gain: Amount | None
    differ: str = ""

    @property
    def states(self) -> tuple[str, ...]:
        """What a list says: what is broken, and that values differ; where neither is, the state."""
        is_broken = self.verdict is Verdict.BROKEN
        return (
            *([self.state] if is_broken or not self.differ else []),
            *filter(None, [self.differ]),
        )


def lines(found: Portfolio, language: Language) -> list[Line]:
    """The journeys and templates in the order of the file."""
    templates = {one.template: one for one in found.templates}
    rows, seen = [], set()
    for one in found.journeys:
        template = templates.get(one.journey)
        if template is None:
            rows.append(
                Line(
                    one.journey,
                    one.journey,
                    one.owner,
                    one.phase,
                    one.level,
                    one.journeys,
                    one.goal,
                    one.contact,
                    state(one, language),
                    one.verdict,
                    one.trend,
                    movement(one, language),
                    one.scores,
                    one.gain,
                )
            )
        elif one.journey not in seen:
            seen.add(one.journey)
            rows.append(_template(one, template, language))
    return rows


def lines_of_level(found: Portfolio, level: Level, language: Language) -> list[Line]:
    """The journeys of one level, each together with all below it."""
    parents = {one.name: one for one in found.parents}
    rows = []
    for one in lines(found, language):
        if one.level is not level:
            continue
        row = parents.get(one.id)
        rows.append(one if row is None else _rolled_up(one, row, language))
    return rows


def left_out(found: Portfolio, level: Level) -> int:
    """How many journeys are neither of a level nor below one of it."""
    parent = {one.journey: one.parent for one in found.journeys}
    levels = {one.journey: one.level for one in found.journeys}
    count = 0
    for name in parent:
        above: str | None = name
        while above is not None and levels[above] is not level:
            above = parent[above]
        count += above is None
    return count


def _rolled_up(one: Line, row: PooledRow, language: Language) -> Line:
    return replace(
        one,
        name=f"{one.id} ({language.count(row.declared)})",
        journeys=row.journeys,
        goal=row.goal,
        contact=row.contact,
        state=pooled_state(row, language),
        differ="",
        verdict=row.verdict,
        trend=row.trend,
        movement=movement(row, language),
        scores=row.scores,
        gain=row.gain,
    )


def _template(first: PortfolioJourney, found: TemplateRow, language: Language) -> Line:
    pooled = found.pooled
    differ = [one.value for one in found.values if one.verdict is Standing.DIFFERS]
    said = ""
    if len(differ) == 1:
        said = language.say("portfolio.one-differs", value=differ[0])
    elif differ:
        said = language.say("portfolio.some-differ", n=language.count(len(differ)))
    name = language.say("portfolio.values", template=found.template, n=len(found.values))
    return Line(
        found.template,
        name,
        first.owner,
        first.phase,
        first.level,
        pooled.journeys,
        pooled.goal,
        pooled.contact,
        pooled_state(pooled, language),
        pooled.verdict,
        pooled.trend,
        movement(pooled, language),
        pooled.scores,
        pooled.gain,
        said,
    )


def state(one: PortfolioJourney, language: Language) -> str:
    """What is the matter with a journey, or that nothing is."""
    if one.status is Status.RETIRED:
        return language.say("portfolio.retired")
    if one.file is None:
        return language.say("portfolio.no-file")
    return _state(one, language)


def pooled_state(row: PooledRow, language: Language) -> str:
    """The worst of some journeys; a dash where none is measured."""
    return _state(row, language) if row.measured else DASH


def _state(one: PortfolioJourney | PooledRow, language: Language) -> str:
    """A verdict with the number of expectations that are broken."""
    if one.verdict is None or not one.journeys:
        return language.say("portfolio.no-data")
    if not one.expectations:
        return language.say("portfolio.no-expectations")
    if one.verdict is Verdict.BROKEN:
        return language.say("portfolio.broken", n=language.count(one.broken))
    return language.say(f"portfolio.{one.verdict.value}")


def movement(one: PortfolioJourney | PooledRow, language: Language) -> str:
    """What the goal did last, and since when; a dash without figures."""
    if one.movement is None:
        return DASH
    key = one.movement.value.replace(" ", "-")
    if one.moved_since is None:
        return language.say(f"portfolio.moved-{key}")
    return language.say(
        f"portfolio.moved-{key}", day=language.day(date.fromisoformat(one.moved_since))
    )


def answered(one: PortfolioJourney | PooledRow, language: Language) -> str:
    """What customers answered, each figure with its interval; a dash without any."""
    known = (row for row in one.scores if row.value is not None)
    return " · ".join(score_in_words(row, language) for row in known) or DASH


def in_words(
    column: str, one: PortfolioJourney | PooledRow, said: str, language: Language
) -> str | None:
    """A cell of a table that is words; None of other columns. `said` is the state of the row."""
    match column:
        case "state":
            return said
        case "movement":
            return movement(one, language)
        case "scores":
            return answered(one, language)
    return None
