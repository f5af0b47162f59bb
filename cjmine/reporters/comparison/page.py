"""The page of a comparison: both sides drawn, every measure, and the ways that one side has."""

from __future__ import annotations

from markupsafe import Markup

from cjmine.reporters.comparison import said as sentence
from cjmine.reporters.comparison import words
from cjmine.reporters.comparison.forest import forest
from cjmine.reporters.html.markup import (
    Cell,
    count,
    head,
    label,
    paragraph,
    said,
    scrolled,
    section,
    table,
    text,
)
from cjmine.reporters.language import Language
from cjmine.reporters.svg import element
from cjmine.results.compare import Compared, ComparedRow

CONTENTS = ("compare.sides", "compare.measures", "compare.ways")


def title(found: Compared, language: Language) -> str:
    """What is compared with what."""
    return words.title(found, language)


def body(found: Compared, language: Language) -> Markup:
    """The sections of the page."""
    language = language.judging(found.judged)
    sections = (_head, _sides, _measures, _ways)
    return Markup("\n").join(part(found, language) for part in sections)


def _head(found: Compared, language: Language) -> Markup:
    sentences = [sentence.sizes(found, language), sentence.ratio(found, language)]
    goal = found.rows[0]
    sentences.append(
        language.say(
            "compare.said",
            measure=words.measure(goal, found, language),
            difference=words.difference(goal, language),
            verdict=words.word(goal, language) or language.say("compare.no-verdict"),
        )
    )
    sentences += sentence.below(found, language)
    sentences += [sentence.power(found, language), *sentence.left_out(found, language)]
    parts = (element("p", label(one)) for one in sentences if one)
    return head(language, title(found, language), *parts)


def _sides(found: Compared, language: Language) -> Markup:
    drawn = forest(found, language)
    inside = [paragraph(language, "compare.sides-how")]
    if drawn:
        inside.append(element("figure", scrolled(drawn, said(language, "compare.sides"))))
    return section(language, "compare.sides", *inside)


def _measures(found: Compared, language: Language) -> Markup:
    heads = [
        said(language, "compare.head-measure"),
        *(label(words.group_name(place, found, language)) for place in (0, 1)),
        *(said(language, f"compare.head-{key}") for key in ("difference", "verdict", "q")),
    ]
    rows = (_cells(row, found, language) for row in found.rows)
    shown = table(said(language, "compare.measures-caption"), heads, rows)
    return section(language, "compare.measures", shown)


def _cells(row: ComparedRow, found: Compared, language: Language) -> list[Cell]:
    sides = (
        Cell(label(words.figure_with_counts(side, row, language)), side.value, True)
        for side in (row.a, row.b)
    )
    value = None if row.difference is None else row.difference.value
    return [
        text(words.measure(row, found, language)),
        *sides,
        Cell(label(words.difference(row, language)), value, True),
        text(words.verdict(row, language)),
        Cell(label(words.probability(row, language)), row.q, True),
    ]


def _ways(found: Compared, language: Language) -> Markup:
    rows = [
        [
            text(" › ".join(one.activities)),
            text(language.say("compare.only-in", side=words.group_name(place, found, language))),
            count(language, one.journeys),
        ]
        for place, many in ((1, found.gained), (0, found.lost))
        for one in many
    ]
    if not rows:
        return section(language, "compare.ways", paragraph(language, "compare.ways-none"))
    keys = ("compare.head-variant", "compare.head-side", "head-journeys")
    heads = [said(language, key) for key in keys]
    return section(
        language, "compare.ways", table(said(language, "compare.ways-caption"), heads, rows)
    )
