"""Priorities as a backlog for a wiki, a pull request or an issue: a table, then a list to tick."""

from __future__ import annotations

from cjmine.reporters.formats import Asked
from cjmine.reporters.language import Language
from cjmine.reporters.markdown_table import MOST_ROWS, markdown, note, written
from cjmine.reporters.priorities.words import (
    amount,
    below,
    ceilings,
    details,
    gains,
    gap,
    headline,
    money,
    name,
    part,
    q_value,
    terms,
    times,
    verdict,
)
from cjmine.results.priorities import Priorities, PriorityItem


def render(found: Priorities, asked: Asked) -> str:
    """Priorities as Markdown; ends without a line feed."""
    language = asked.language.about(found.privacy).judging(found.judged)
    scale = times(found, asked.ranking.per)
    parts = [
        f"## {markdown(headline(found, language))}",
        markdown(terms(found, asked.ranking.per, language)),
        _backlog(found, asked, language),
        _table(found, language, scale),
        *(markdown(said) for said in below(found, language, scale)),
    ]
    if found.notes:
        parts.append(f"### {language.say('report.notes')}")
        parts.append("\n".join(note(one, language) for one in found.notes))
    return "\n\n".join(one for one in parts if one)


def _backlog(found: Priorities, asked: Asked, language: Language) -> str:
    """A task for each item that gains, in order; where none does, for each ceiling."""
    scale = times(found, asked.ranking.per)
    tasks = []
    for row in (gains(found) or ceilings(found))[: asked.ranking.top]:
        title = f"**{markdown(name(row, language))}** ({row.code})"
        gain = language.say("priorities.said-gain", gain=amount(row.gain, language, scale))
        said = details(row, found, language, scale)
        tasks.append(f"- [ ] {title}: {markdown(gain)}; {markdown(said)}")
    return "\n".join(tasks)


def _table(found: Priorities, language: Language, scale: float) -> str:
    if not found.items:
        return markdown(language.say("priorities.nothing"))
    keys = ("item", "journeys", "goal", "comparable", "naive", "held", "gain", "q", "verdict")
    heads = [language.say(f"priorities.head-{key}") for key in keys]
    if found.worth is not None:
        heads.append(language.say("priorities.head-money"))
    cells = (_cells(row, found, language, scale) for row in found.items[:MOST_ROWS])
    return written(heads, cells, len(found.items), language)


def _cells(row: PriorityItem, found: Priorities, language: Language, scale: float) -> list[str]:
    worth = money(row.money, found.worth, language, scale)
    return [
        markdown(name(row, language)),
        language.count(row.journeys),
        language.share(row.goal.n, row.goal.of),
        part(row.comparable, language),
        gap(row.naive, language),
        gap(row.effect, language),
        amount(row.gain, language, scale),
        q_value(row, language).removeprefix("q ").replace("<", "&lt;"),
        verdict(row, language),
        *([worth] if found.worth is not None else []),
    ]
