"""The page of a satisfaction: the score, who answered, what goes with it, peak and end."""

from __future__ import annotations

from markupsafe import Markup

from cjmine.reporters.html.markup import head, label, paragraph, said, section, table, text
from cjmine.reporters.language import Language
from cjmine.reporters.satisfaction.sections import Cells, end_rows, group_rows, moment_rows
from cjmine.reporters.satisfaction.words import (
    duration,
    headline,
    truths,
    weighted,
    who_answered,
)
from cjmine.reporters.svg import element
from cjmine.results.satisfaction import Satisfaction

CONTENTS = ("satisfaction.groups", "satisfaction.moments", "satisfaction.ends")


def title(found: Satisfaction, language: Language) -> str:
    """The title of the page."""
    name = language.say("satisfaction.title")
    return f"{name}: {found.journey}" if found.journey else name


def body(found: Satisfaction, language: Language) -> Markup:
    """The sections of the page."""
    sentences = [
        one
        for score in found.scores
        for one in (
            headline(found, score, language),
            who_answered(score, language),
            weighted(score, language),
        )
        if one
    ] or [language.say("satisfaction.nothing")]
    paragraphs = (element("p", label(one)) for one in sentences)
    groups = [_table("groups", group_rows(one, language), language) for one in found.scores]
    moments = [
        _table("moments", moment_rows(found, one, language), language) for one in found.scores
    ]
    moments += [element("p", label(f"{what}: {steps}")) for what, steps in truths(found, language)]
    ends = [_table("ends", end_rows(one, language), language) for one in found.scores]
    ends += [
        element("p", label(sentence))
        for one in found.scores
        if (sentence := duration(one.duration, language))
    ]
    return Markup("\n").join(
        (
            head(language, title(found, language), *paragraphs),
            section(
                language,
                "satisfaction.groups",
                *groups,
                paragraph(language, "satisfaction.method"),
            ),
            section(
                language,
                "satisfaction.moments",
                *moments,
                paragraph(language, "satisfaction.moments-method"),
            ),
            section(language, "satisfaction.ends", *ends),
        )
    )


def _table(name: str, made: Cells, language: Language) -> Markup:
    heads, rows = made
    if not rows:
        return paragraph(language, "satisfaction.no-rows")
    caption = said(language, f"satisfaction.{name}")
    cells = ([text(cell) for cell in row] for row in rows)
    return table(caption, [label(one) for one in heads], cells)
