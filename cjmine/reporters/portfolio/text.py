"""The screen of a portfolio: by phase, by owner, templates, contact reasons, what to manage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cjmine.reporters.escaping import columns, padded, visible
from cjmine.reporters.formats import Asked
from cjmine.reporters.portfolio.lines import Line, lines, pooled_state
from cjmine.reporters.portfolio.words import (
    close,
    contact,
    coverage,
    funnel,
    gains,
    headline,
    movements,
    phase_name,
    reason_name,
    to_list,
    without_journey,
)
from cjmine.reporters.terminal import Screen
from cjmine.results.portfolio import PooledRow, Portfolio

_OWNER, _GOAL, _CONTACT, _STATE = 12, 15, 7, 14  # of owner the least, of state the most
_HEADS = ("journeys", "goal", "contact", "state")
_MOST_FINDINGS, _MOST_REASONS = 12, 4


@dataclass(frozen=True, slots=True)
class _Columns:
    """How wide the columns are that follow what they hold; owners give way to names."""

    name: int
    owner: int
    journeys: int
    state: int

    @classmethod
    def of(cls, found: Portfolio, screen: Screen) -> _Columns:
        """The columns of both tables of the screen, alike."""
        language = screen.language
        every = lines(found, language)
        rows: list[Line | PooledRow] = [*every, *found.owners]
        states = [one.state for one in every]
        states += [pooled_state(one, language) for one in found.owners]
        journeys = _widest(language.count(one.journeys) for one in rows) + 1
        journeys = max(journeys, columns(language.say("portfolio.head-journeys")))
        state = min(_widest(states), _STATE)
        room = screen.width - journeys - _GOAL - _CONTACT - state - 5
        names = [f"  {one.name}" for one in every]
        names += [phase_name(one, language) for one in found.owners]
        names += [language.say(f"portfolio.head-{head}") for head in ("journey", "by-owner")]
        name, owner = _widest(names), _widest(one.owner or "" for one in every)
        owner = min(max(owner, _OWNER), max(_OWNER, room - name))
        return cls(min(name, room - owner), owner, journeys, state)


def _widest(texts: Iterable[str]) -> int:
    return max((columns(visible(one)) for one in texts), default=0)


def render(found: Portfolio, asked: Asked) -> str:
    """A portfolio as plain text; ends without a line feed."""
    language = asked.language.about(found.privacy)
    screen = Screen(language, asked.width)
    wide = _Columns.of(found, screen)
    parts = [
        screen.wrapped(visible(headline(found, language)), "  "),
        _by_phase(found, screen, wide),
        _owners(found, screen, wide),
        _templates(found, screen),
        screen.wrapped(visible(said), "  ") if (said := movements(found, language)) else [],
        [line for one in gains(found, language) for line in screen.wrapped(visible(one), "  ")],
        _contacts(found, screen),
        _findings(found, screen),
        screen.notes(found.notes),
        language.say("portfolio.legend").split("\n"),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _head(first: str, second: str, screen: Screen, wide: _Columns) -> str:
    heads = (screen.language.say(f"portfolio.head-{one}") for one in _HEADS)
    journeys, goal, contacts, state = heads
    return (
        f"{padded(first, wide.name)} {padded(second, wide.owner)}{journeys:>{wide.journeys}}"
        f"  {padded(goal, _GOAL)}{contacts:>{_CONTACT}}  {state}"
    )


def _by_phase(found: Portfolio, screen: Screen, wide: _Columns) -> list[str]:
    """A line a journey, below its phase; those of no phase come last."""
    language = screen.language
    every = lines(found, language)
    if not every:
        return []
    say = language.say
    rows = [_head(say("portfolio.head-journey"), say("portfolio.head-owner"), screen, wide)]
    for phase in found.phases:
        mine = [one for one in every if one.phase == phase.name]
        rows.append(visible(phase.name))
        rows += [_line(one, screen, wide) for one in mine]
        if not mine:
            rows.append(f"  {say('portfolio.no-journey')}")
    rest = [one for one in every if one.phase is None]
    if rest and found.phases:
        rows.append(say("portfolio.no-phase"))
    return rows + [_line(one, screen, wide) for one in rest]


def _line(one: Line, screen: Screen, wide: _Columns) -> str:
    return _row(f"  {one.name}", one.owner or "–", one, one.state, screen, wide)


def _row(
    name: str, second: str, one: Line | PooledRow, state: str, screen: Screen, wide: _Columns
) -> str:
    language = screen.language
    goal = padded(close(one.goal, language), _GOAL)
    return (
        f"{padded(name, wide.name)} {padded(second, wide.owner)}"
        f"{language.count(one.journeys):>{wide.journeys}}"
        f"  {goal}{contact(one.contact, language):>{_CONTACT}}  {padded(state, wide.state)}"
    ).rstrip()


def _owners(found: Portfolio, screen: Screen, wide: _Columns) -> list[str]:
    """A line an owner, with all their journeys together."""
    if not found.owners:
        return []
    language = screen.language
    rows = [_head(language.say("portfolio.head-by-owner"), "", screen, wide)]
    for one in found.owners:
        said = pooled_state(one, language)
        rows.append(_row(phase_name(one, language), "", one, said, screen, wide))
    return rows


def _templates(found: Portfolio, screen: Screen) -> list[str]:
    return [
        line
        for one in found.templates
        for line in screen.wrapped(visible(funnel(one, screen.language)), "  ")
    ]


def _contacts(found: Portfolio, screen: Screen) -> list[str]:
    language = screen.language
    said = coverage(found, language)
    if not said:
        return []
    rows = screen.wrapped(said, "  ")
    without = without_journey(found)
    named = [
        f"{reason_name(one, language)} {language.count(one.contacts)}"
        for one in without[:_MOST_REASONS]
    ]
    if len(without) > _MOST_REASONS:
        more = language.count(len(without) - _MOST_REASONS)
        named.append(language.say("portfolio.more", n=more))
    if named:
        text = language.say("portfolio.without", reasons=" · ".join(named))
        rows += screen.wrapped(f"  {visible(text)}", "    ")
    return rows


def _findings(found: Portfolio, screen: Screen) -> list[str]:
    return list(_listed(found, screen))


def _listed(found: Portfolio, screen: Screen) -> Iterator[str]:
    findings = to_list(found)
    if not findings:
        return
    language = screen.language
    yield language.say("portfolio.findings")
    for one in findings[:_MOST_FINDINGS]:
        yield from screen.note(one.note)
    if len(findings) > _MOST_FINDINGS:
        more = language.count(len(findings) - _MOST_FINDINGS)
        yield "  " + language.say("portfolio.more-findings", n=more)
