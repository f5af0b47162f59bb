"""The table of journeys on the screen: by phase or by owner, with figures in columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cjmine.reporters.escaping import columns, padded, visible
from cjmine.reporters.formats import Arranged, Grouping
from cjmine.reporters.language import DASH
from cjmine.reporters.portfolio.lines import (
    Line,
    left_out,
    lines,
    lines_of_level,
    pooled_state,
)
from cjmine.reporters.portfolio.words import close, contact, phase_name
from cjmine.reporters.scores import close as close_score
from cjmine.reporters.scores import score_in_words
from cjmine.reporters.terminal import Screen
from cjmine.results.map import Score
from cjmine.results.portfolio import PooledRow, Portfolio

_OWNER, _GOAL, _CONTACT, _SCORE = 12, 15, 7, 12  # of owner the least
_STATE = 14  # at most
_WITH_SCORES = 97  # columns of a screen, from which on scores have one of their own


@dataclass(frozen=True, slots=True)
class _Table:
    """How wide the columns are that follow what they hold; owners give way to names.

    `metric` is the question whose score has a column; None where none has.
    """

    screen: Screen
    metric: str | None
    name: int
    owner: int
    journeys: int
    state: int

    @classmethod
    def of(cls, found: Portfolio, arranged: Arranged, screen: Screen) -> _Table:
        """The columns of both tables of the screen, alike."""
        language, every = screen.language, _listed(found, arranged, screen)
        groups = found.phases if arranged.by is Grouping.PHASE else found.owners
        rows: list[Line | PooledRow] = [*every, *groups]
        states = [said for one in every for said in one.states]
        states += [pooled_state(one, language) for one in groups]
        journeys = _widest(language.count(one.journeys) for one in rows) + 1
        journeys = max(journeys, columns(language.say("portfolio.head-journeys")))
        state, metric = min(_widest(states), _STATE), _metric(found, screen)
        room = screen.width - journeys - _GOAL - _CONTACT - state - 5
        room -= 0 if metric is None else _SCORE + 2
        names = [f"  {one.name}" for one in every]
        names += [phase_name(one, language) for one in groups]
        names += [language.say(f"portfolio.head-{head}") for head in ("journey", "by-owner")]
        name, owner = _widest(names), _widest(_second(one, arranged.by) for one in every)
        owner = min(max(owner, _OWNER), max(_OWNER, room - name))
        return cls(screen, metric, min(name, room - owner), owner, journeys, state)

    def head(self, first: str, second: str) -> str:
        """The headings."""
        say = self.screen.language.say
        score = "" if self.metric is None else f"  {padded(self.metric, _SCORE)}"
        return (
            f"{padded(first, self.name)} {padded(second, self.owner)}"
            f"{say('portfolio.head-journeys'):>{self.journeys}}"
            f"  {padded(say('portfolio.head-goal'), _GOAL)}"
            f"{say('portfolio.head-contact'):>{_CONTACT}}{score}  {say('portfolio.head-state')}"
        )

    def row(self, name: str, second: str, one: Line | PooledRow, state: str) -> str:
        """A journey, or a group of them."""
        language = self.screen.language
        score = "" if self.metric is None else f"  {padded(self._score(one.scores), _SCORE)}"
        return (
            f"{padded(name, self.name)} {padded(second, self.owner)}"
            f"{language.count(one.journeys):>{self.journeys}}"
            f"  {padded(close(one.goal, language), _GOAL)}"
            f"{contact(one.contact, language):>{_CONTACT}}{score}  {padded(state, self.state)}"
        ).rstrip()

    def below(self, state: str) -> str:
        """A further state of the row above."""
        score = 0 if self.metric is None else _SCORE + 2
        before = self.name + 1 + self.owner + self.journeys + 2 + _GOAL + _CONTACT + score + 2
        return f"{'':{before}}{visible(state)}"

    def _score(self, rows: Sequence[Score]) -> str:
        mine = (close_score(one, self.screen.language) for one in rows if one.metric == self.metric)
        return next(mine, DASH)


def journeys(found: Portfolio, arranged: Arranged, screen: Screen) -> list[str]:
    """A line a journey below its phase or owner, with the figures of these where that is asked."""
    return list(_journeys(found, arranged, screen))


def _journeys(found: Portfolio, arranged: Arranged, screen: Screen) -> Iterator[str]:
    language, level = screen.language, arranged.level
    by = arranged.by or Grouping.PHASE
    every = _listed(found, arranged, screen)
    groups = found.owners if by is Grouping.OWNER else found.phases
    table = _Table.of(found, arranged, screen)
    if every:
        second = "portfolio.phase" if by is Grouping.OWNER else "portfolio.head-owner"
        yield table.head(language.say("portfolio.head-journey"), language.say(second))
    for group in groups if every else ():
        mine = [one for one in every if _first(one, by) == group.name]
        if not mine and level is not None:
            continue
        if mine and arranged.by is not None:
            yield table.row(group.name, "", group, pooled_state(group, language))
        else:
            yield visible(group.name)
        yield from (line for one in mine for line in _lines_of(one, by, table))
        if not mine:
            yield f"  {language.say('portfolio.no-journey')}"
    rest = [one for one in every if _first(one, by) is None]
    if rest and groups:
        yield language.say("portfolio.no-owner" if by is Grouping.OWNER else "portfolio.no-phase")
    yield from (line for one in rest for line in _lines_of(one, by, table))
    if level is not None and (many := left_out(found, level)):
        yield "  " + language.say("portfolio.other-levels", n=language.count(many))


def _listed(found: Portfolio, arranged: Arranged, screen: Screen) -> list[Line]:
    level, language = arranged.level, screen.language
    return lines(found, language) if level is None else lines_of_level(found, level, language)


def _first(one: Line, by: Grouping) -> str | None:
    return one.owner if by is Grouping.OWNER else one.phase


def _second(one: Line, by: Grouping | None) -> str:
    return (one.phase if by is Grouping.OWNER else one.owner) or DASH


def _lines_of(one: Line, by: Grouping, table: _Table) -> Iterator[str]:
    first, *others = one.states
    yield table.row(f"  {one.name}", _second(one, by), one, first)
    yield from (table.below(said) for said in others)


def owners(found: Portfolio, arranged: Arranged, screen: Screen) -> list[str]:
    """A line an owner, with all their journeys together, where journeys are not listed so."""
    if not found.owners or arranged.by is not None:
        return []
    language = screen.language
    table = _Table.of(found, arranged, screen)
    rows = (
        table.row(phase_name(one, language), "", one, pooled_state(one, language))
        for one in found.owners
    )
    return [table.head(language.say("portfolio.head-by-owner"), ""), *rows]


def _widest(texts: Iterable[str]) -> int:
    return max((columns(visible(one)) for one in texts), default=0)


def scores(found: Portfolio, screen: Screen) -> list[str]:
    """What customers answered about each journey, as far as it has no column."""
    language = screen.language
    metric = _metric(found, screen)
    rows = []
    for one in lines(found, language):
        mine = (row for row in one.scores if row.value is not None and row.metric != metric)
        if said := [score_in_words(row, language) for row in mine]:
            text = language.say("portfolio.answered", journey=one.name, scores=" · ".join(said))
            rows += screen.wrapped(f"  {visible(text)}", "    ")
    return [language.say("portfolio.head-answered"), *rows] if rows else []


def _metric(found: Portfolio, screen: Screen) -> str | None:
    """The question of the column, on screens that are wide enough: NPS where it is asked."""
    if screen.width < _WITH_SCORES:
        return None
    asked = [score.metric for one in found.journeys for score in one.scores]
    return next((one for one in ("NPS", *asked) if one in asked), None)
