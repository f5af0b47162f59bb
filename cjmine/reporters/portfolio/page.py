"""The page of a portfolio: the life cycle as a picture, and below it what is to be managed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from cjmine.reporters.html.markup import Cell, head, label, paragraph, section
from cjmine.reporters.html.tables import page_table
from cjmine.reporters.language import Language
from cjmine.reporters.notes import note_text
from cjmine.reporters.portfolio.cards import Links, life_cycle
from cjmine.reporters.portfolio.funnel_plot import funnel_plot
from cjmine.reporters.portfolio.lines import in_words, pooled_state, state
from cjmine.reporters.portfolio.tables import JOURNEYS, OWNERS, REASONS, VALUES
from cjmine.reporters.portfolio.words import (
    coverage,
    funnel,
    headline,
    home,
    in_short,
    reason_name,
    standing,
)
from cjmine.reporters.svg import element
from cjmine.results.portfolio import Portfolio, ReasonRow

CONTENTS = (
    "portfolio.life-cycle",
    "portfolio.to-manage",
    "portfolio.owners",
    "portfolio.templates",
    "portfolio.reasons",
    "portfolio.figures",
)
_NOTHING: Links = {}


def title(found: Portfolio, language: Language) -> str:
    """The title of the page."""
    return language.say("portfolio.title")


def body(found: Portfolio, language: Language, links: Links = _NOTHING) -> Markup:
    """The sections of the page; `links` are the reports of journeys beside it, by their names."""
    short = [element("p", label(one), class_="verdict") for one in in_short(found, language)]
    parts = [
        head(
            language, title(found, language), element("p", label(headline(found, language))), *short
        ),
        section(language, CONTENTS[0], life_cycle(found, links, language)),
        section(language, CONTENTS[1], _findings(found, language)),
        section(language, CONTENTS[2], _owners(found, language)),
        section(language, CONTENTS[3], *_templates(found, language)),
        section(language, CONTENTS[4], *_reasons(found, language)),
        section(language, CONTENTS[5], _figures(found, language)),
    ]
    return Markup("\n").join(parts)


def _own(key: str, shown: Callable[[Any], str]) -> Callable[[str, Any], Cell | None]:
    return lambda name, row: Cell(label(shown(row))) if name == key else None


def _figured(state: Callable[[Any], str], language: Language) -> Callable[[str, Any], Cell | None]:
    """The cells of a row that are words: its state, what its goal did, what customers answered."""

    def own(name: str, row: Any) -> Cell | None:
        words = in_words(name, row, state(row), language)
        return None if words is None else Cell(label(words))

    return own


def _findings(found: Portfolio, language: Language) -> Markup:
    if not found.findings:
        return paragraph(language, "portfolio.nothing")
    rows = (
        element(
            "li",
            label(note_text(one.note, language)),
            element("span", label(f" {one.code.value}"), class_="muted"),
        )
        for one in found.findings
    )
    return element("ul", *rows)


def _owners(found: Portfolio, language: Language) -> Markup:
    if not found.owners:
        return paragraph(language, "portfolio.no-owners")
    own = _figured(lambda row: pooled_state(row, language), language)
    return page_table(OWNERS, found, "portfolio.owners-caption", language, own=own)


def _templates(found: Portfolio, language: Language) -> list[Markup]:
    if not found.templates:
        return [paragraph(language, "portfolio.no-templates")]
    parts = []
    for one in found.templates:
        parts.append(element("p", label(funnel(one, language))))
        if picture := funnel_plot(one, language):
            parts.append(element("figure", picture))
    own = _own("verdict", lambda row: standing(row.row, language))
    parts.append(page_table(VALUES, found, "portfolio.values-caption", language, own=own))
    return [*parts, paragraph(language, "portfolio.method")]


def _reasons(found: Portfolio, language: Language) -> list[Markup]:
    said = coverage(found, language)
    if not said:
        return [paragraph(language, "portfolio.no-contact")]
    shown = {"reason": reason_name, "journey": home}

    def own(name: str, row: ReasonRow) -> Cell | None:
        return Cell(label(shown[name](row, language))) if name in shown else None

    table = page_table(REASONS, found, "portfolio.reasons-caption", language, own=own)
    return [element("p", label(said)), table]


def _figures(found: Portfolio, language: Language) -> Markup:
    own = _figured(lambda row: state(row, language), language)
    return page_table(JOURNEYS, found, "portfolio.figures-caption", language, own=own)
