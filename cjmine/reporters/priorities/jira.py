"""Priorities as the table that Jira imports: one issue for each deviation that costs goals."""

from __future__ import annotations

from cjmine.reporters.formats import Asked
from cjmine.reporters.jira import Issue, as_table, label
from cjmine.reporters.language import Language
from cjmine.reporters.priorities.words import (
    amount,
    details,
    gains,
    held_equal,
    name,
    terms,
    times,
)
from cjmine.results.priorities import Priorities, PriorityItem

_PRIORITIES = ("Highest", "High", "Medium", "Low")  # of the ranks 1, 2 and 3, and further ones


def render(found: Priorities, asked: Asked) -> str:
    """The issues as CSV, the first rank first; ends without a line feed.

    Names and values of fields are Jira's own; what is described is in the language asked for.
    """
    language = asked.language.about(found.privacy).judging(found.judged)
    return as_table(
        [
            Issue(
                _summary(row, found, language, asked),
                _description(row, found, language, asked),
                tuple(one for one in ("cjmine", row.code, label(found.journey)) if one),
                _PRIORITIES[min(rank, len(_PRIORITIES) - 1)],
            )
            for rank, row in enumerate(gains(found)[: asked.ranking.top])
        ]
    )


def _summary(row: PriorityItem, found: Priorities, language: Language, asked: Asked) -> str:
    gain = amount(row.gain, language, times(found, asked.ranking.per))
    said = language.say("priorities.said-gain", gain=gain)
    return f"{name(row, language)}: {said}"


def _description(row: PriorityItem, found: Priorities, language: Language, asked: Asked) -> str:
    """What the gain rests on, in sentences on one line: no cell holds a line feed."""
    scale = times(found, asked.ranking.per)
    journeys = language.counted("journey", row.journeys)
    said = (
        f"{journeys}; {details(row, found, language, scale)}.",
        terms(found, asked.ranking.per, language),
        held_equal(found, language),
    )
    return " ".join(said)
