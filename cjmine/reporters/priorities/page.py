"""The page of priorities: the ranked picture, what it rests on, and every deviation."""

from __future__ import annotations

from markupsafe import Markup

from cjmine.reporters.html.markup import (
    Cell,
    count,
    head,
    label,
    paragraph,
    ratio,
    said,
    scrolled,
    section,
    table,
    text,
)
from cjmine.reporters.language import Language
from cjmine.reporters.priorities import words
from cjmine.reporters.priorities.bars import bars
from cjmine.reporters.svg import element
from cjmine.results.priorities import Amount, Gap, Priorities, PriorityItem

EVERY = "priorities.every"
CONTENTS = ("priorities.ranked", EVERY)


def title(found: Priorities, language: Language) -> str:
    """The title of the page."""
    name = language.say("priorities.title")
    return f"{name}: {found.journey}" if found.journey else name


def body(found: Priorities, language: Language) -> Markup:
    """The sections of the page: the picture first."""
    language = language.judging(found.judged)
    sentences = (words.headline(found, language), words.terms(found, None, language))
    said_so = [element("p", label(one)) for one in sentences]
    parts = (
        head(language, title(found, language), *said_so),
        _ranked(found, language),
        every(found, language),
    )
    return Markup("\n").join(parts)


def _ranked(found: Priorities, language: Language) -> Markup:
    drawn = bars(found, language)
    inside = [paragraph(language, "priorities.ranked-how")]
    if drawn:
        inside.append(element("figure", scrolled(drawn, said(language, "priorities.picture"))))
    else:
        inside.append(paragraph(language, "priorities.no-gain"))
    return section(language, "priorities.ranked", *inside)


def every(found: Priorities, language: Language) -> Markup:
    """Every deviation with what like journeys say, for its own page and for the report."""
    if not found.items:
        return section(language, EVERY, paragraph(language, "priorities.nothing"))
    keys = ("item", "journeys", "goal", "support", "naive", "comparable", "held", "gain")
    keys += ("q", "verdict", *(("money",) if found.worth is not None else ()))
    heads = [said(language, f"priorities.head-{key}") for key in keys]
    rows = (_cells(row, found, language) for row in found.items)
    shown = table(said(language, "priorities.every-caption"), heads, rows)
    below = [element("p", label(one)) for one in words.below(found, language, 1.0)]
    return section(language, EVERY, shown, *below)


def _cells(row: PriorityItem, found: Priorities, language: Language) -> list[Cell]:
    worth = words.money(row.money, found.worth, language)
    return [
        text(words.name(row, language)),
        count(language, row.journeys),
        ratio(language, row.goal),
        Cell(label(words.part(row.support, language)), row.support, True),
        _figure(words.gap(row.naive, language), row.naive),
        Cell(label(words.part(row.comparable, language)), row.comparable, True),
        _figure(words.gap(row.effect, language), row.effect),
        _figure(words.amount(row.gain, language), row.gain),
        Cell(label(words.q_value(row, language).removeprefix("q ")), row.q, True),
        text(words.verdict(row, language)),
        *([_figure(worth, row.money)] if found.worth is not None else []),
    ]


def _figure(shown: str, of: Gap | Amount | None) -> Cell:
    return Cell(label(shown), None if of is None else of.value, True)
