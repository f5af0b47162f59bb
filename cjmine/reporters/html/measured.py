"""Channels and the commonest journeys, as a discovery lists them."""

from __future__ import annotations

from itertools import groupby

from markupsafe import Markup

from cjmine.reporters.check.tables import CHANNELS_OF_STEPS, CHECKED_SEGMENTS
from cjmine.reporters.discovery.tables import ACTIVITIES, CHANNELS, SEGMENTS, SWITCHES, VARIANTS
from cjmine.reporters.html.markup import (
    Cell,
    abbreviated,
    details,
    paragraph,
    said,
    section,
)
from cjmine.reporters.html.report import Report
from cjmine.reporters.html.tables import name, page_table
from cjmine.reporters.language import Language
from cjmine.reporters.svg import element
from cjmine.results.discovery import Discovery, VariantRow

_MOST_SWITCHES = 20


def channels(report: Report, language: Language) -> Markup:
    """Which channels journeys use, and how they change between them."""
    found, checked = report.discovery, report.checked
    parts = []
    if found is None:
        parts.append(paragraph(language, "needs-discovery"))
    elif not found.channels:
        parts.append(paragraph(language, "channels-none"))
    else:
        used = page_table(CHANNELS, found, "channels-caption", language)
        tables = (used, _switches(found, language))
        parts.append(counted_apart(report, language))
        parts.append(element("div", *(element("div", one) for one in tables), class_="beside"))
    if checked is not None and checked.map.channels:
        by_step = page_table(CHANNELS_OF_STEPS, checked, "channels-steps", language)
        parts.append(details(said(language, "channels-steps"), by_step))
    return section(language, "channels", *parts)


def _segments(report: Report, language: Language) -> Markup:
    """The journeys by the values of a column, where they were asked for."""
    checked, found = report.checked, report.discovery
    if checked is not None and checked.segments is not None:
        return page_table(CHECKED_SEGMENTS, checked, "segments-caption", language)
    if found is not None and found.segments is not None:
        return page_table(SEGMENTS, found, "segments-caption", language)
    return Markup()


def journeys(report: Report, language: Language) -> Markup:
    """The commonest traces, and the touchpoints that journeys begin and end with."""
    found = report.discovery
    if found is None:
        needed = paragraph(language, "needs-discovery")
        return section(language, "journeys", _segments(report, language), needed)
    every = page_table(ACTIVITIES, found, "touchpoints-caption", language)
    return section(
        language,
        "journeys",
        _segments(report, language),
        counted_apart(report, language),
        _variants(found, language),
        details(said(language, "touchpoints-all"), every),
    )


def counted_apart(report: Report, language: Language) -> Markup:
    """A sentence where the discovery cut its journeys in another way than the check."""
    if report.is_cut_alike or report.discovery is None:
        return Markup()
    journeys = language.count(report.discovery.log.journeys)
    return paragraph(language, "counted-apart", journeys=journeys)


def _switches(found: Discovery, language: Language) -> Markup:
    rows = found.switches[:_MOST_SWITCHES]
    if not rows:
        return paragraph(language, "switches-none")
    shown = page_table(SWITCHES, found, "switches-caption", language, rows)
    more = len(found.switches) - len(rows)
    return shown + (
        paragraph(language, "more-rows", count=language.count(more)) if more else Markup()
    )


def _variants(found: Discovery, language: Language) -> Markup:
    if not found.variants:
        return paragraph(language, "journeys-none")
    goal = found.goal.activities if found.goal else ()

    def own(key: str, row: VariantRow) -> Cell | None:
        return Cell(_trace(row, goal, language)) if key == "activities" else None

    shown = page_table(VARIANTS, found, "variants-caption", language, own=own)
    together = sum(row.journeys for row in found.variants)
    words = paragraph(
        language,
        "variants-together",
        count=language.count(len(found.variants)),
        variants=language.count(found.log.variants),
        share=language.share(together, found.log.journeys),
    )
    folded = found.privacy.folded_journeys
    if folded:
        counts = {"count": language.count(folded), "k": language.count(found.privacy.min_group)}
        words += paragraph(language, "variants-folded", **counts)
    return shown + words


def _trace(row: VariantRow, goal: tuple[str, ...], language: Language) -> Markup:
    steps = []
    for one, group in groupby(row.activities):
        times = len(list(group))
        again = Markup("&nbsp;×{}").format(times) if times > 1 else Markup()
        steps.append(name(one, language) + again)
    shown = Markup(' <span class="then">›</span> ').join(steps)
    if row.folded:
        return shown
    if not set(goal).isdisjoint(row.activities):
        return shown + " " + abbreviated("✓", said(language, "ends-goal"))
    return shown + " " + abbreviated("■", said(language, "ends-here"))
