"""The screen of a portfolio: by phase, by owner, templates, contact reasons, what to manage."""

from __future__ import annotations

from collections.abc import Iterator

from cjmine.reporters.escaping import visible
from cjmine.reporters.formats import Asked
from cjmine.reporters.portfolio.rows import journeys, owners, scores
from cjmine.reporters.portfolio.words import (
    coverage,
    funnel,
    gains,
    headline,
    movements,
    reason_name,
    to_list,
    without_journey,
)
from cjmine.reporters.terminal import Screen
from cjmine.results.portfolio import Portfolio

_MOST_FINDINGS, _MOST_REASONS = 12, 4


def render(found: Portfolio, asked: Asked) -> str:
    """A portfolio as plain text; ends without a line feed."""
    language = asked.language.about(found.privacy)
    screen = Screen(language, asked.width)
    parts = [
        screen.wrapped(visible(headline(found, language)), "  "),
        journeys(found, asked.arranged, screen),
        owners(found, asked.arranged, screen),
        scores(found, screen),
        _templates(found, screen),
        screen.wrapped(visible(said), "  ") if (said := movements(found, language)) else [],
        [line for one in gains(found, language) for line in screen.wrapped(visible(one), "  ")],
        _contacts(found, screen),
        _findings(found, screen),
        screen.notes(found.notes),
        language.say("portfolio.legend").split("\n"),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


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
