"""Channels and the commonest journeys, as a discovery lists them."""

from __future__ import annotations

from itertools import groupby

from markupsafe import Markup

from cjmine.privacy.small_groups import OTHER
from cjmine.reporters.html.markup import (
    Cell,
    abbreviated,
    count,
    details,
    label,
    paragraph,
    said,
    section,
    share,
    table,
)
from cjmine.reporters.html.report import Report
from cjmine.reporters.language import Language
from cjmine.reporters.svg import element
from cjmine.results.check import Check
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
        tables = (_channels(found, language), _switches(found, language))
        parts.append(counted_apart(report, language))
        parts.append(element("div", *(element("div", one) for one in tables), class_="beside"))
    if checked is not None and checked.map.channels:
        parts.append(details(said(language, "channels-steps"), _by_step(checked, language)))
    return section(language, "channels", *parts)


def journeys(report: Report, language: Language) -> Markup:
    """The commonest traces, and the touchpoints that journeys begin and end with."""
    found = report.discovery
    if found is None:
        return section(language, "journeys", paragraph(language, "needs-discovery"))
    return section(
        language,
        "journeys",
        counted_apart(report, language),
        _variants(found, language),
        details(said(language, "touchpoints-all"), _activities(found, language)),
    )


def counted_apart(report: Report, language: Language) -> Markup:
    """A sentence where the discovery cut its journeys in another way than the check."""
    if report.is_cut_alike or report.discovery is None:
        return Markup()
    journeys = language.count(report.discovery.log.journeys)
    return paragraph(language, "counted-apart", journeys=journeys)


def name(one: str, language: Language) -> Markup:
    """A touchpoint or channel; what is folded is told in words. A finished text."""
    return said(language, "other") if one == OTHER else label(one)


def _channels(found: Discovery, language: Language) -> Markup:
    of = found.log.journeys
    return table(
        said(language, "channels-caption"),
        [said(language, f"head-{one}") for one in ("channel", "events", "journeys", "of-all")],
        (
            [
                Cell(name(row.channel, language)),
                count(language, row.events),
                count(language, row.journeys),
                share(language, row.journeys, of),
            ]
            for row in found.channels
        ),
    )


def _switches(found: Discovery, language: Language) -> Markup:
    rows = found.switches[:_MOST_SWITCHES]
    if not rows:
        return paragraph(language, "switches-none")
    shown = table(
        said(language, "switches-caption"),
        [said(language, f"head-{one}") for one in ("from", "to", "times", "journeys", "of-all")],
        (
            [
                Cell(name(row.from_, language)),
                Cell(name(row.to, language)),
                count(language, row.count),
                count(language, row.journeys),
                share(language, row.journeys, found.log.journeys),
            ]
            for row in rows
        ),
    )
    more = len(found.switches) - len(rows)
    return shown + (
        paragraph(language, "more-rows", count=language.count(more)) if more else Markup()
    )


def _by_step(found: Check, language: Language) -> Markup:
    return table(
        said(language, "channels-steps"),
        [said(language, f"head-{one}") for one in ("step", "channel", "events", "of", "share")],
        (
            [
                Cell(label(row.step)),
                Cell(name(row.channel, language)),
                count(language, row.events),
                count(language, None if row.events is None else row.of),
                share(language, row.events, row.of),
            ]
            for row in found.map.channels
        ),
    )


def _variants(found: Discovery, language: Language) -> Markup:
    if not found.variants:
        return paragraph(language, "journeys-none")
    of = found.log.journeys
    goal = found.goal.activities if found.goal else ()
    shown = table(
        said(language, "variants-caption"),
        [said(language, f"head-{one}") for one in ("trace", "journeys", "of-all")],
        (
            [
                Cell(_trace(row, goal, language)),
                count(language, row.journeys),
                share(language, row.journeys, of),
            ]
            for row in found.variants
        ),
    )
    together = sum(row.journeys for row in found.variants)
    told = paragraph(
        language,
        "variants-together",
        count=language.count(len(found.variants)),
        variants=language.count(found.log.variants),
        share=language.share(together, of),
    )
    folded = found.privacy.folded_journeys
    if folded:
        counts = {"count": language.count(folded), "k": language.count(found.privacy.min_group)}
        told += paragraph(language, "variants-folded", **counts)
    return shown + told


def _trace(row: VariantRow, goal: tuple[str, ...], language: Language) -> Markup:
    steps = []
    for one, group in groupby(row.activities):
        times = len(list(group))
        again = Markup("&nbsp;×{}").format(times) if times > 1 else Markup()
        steps.append(name(one, language) + again)
    shown = Markup(' <span class="then">›</span> ').join(steps)
    if row.folded:
        return shown
    if row.activities and row.activities[-1] in goal:
        return shown + " " + abbreviated("✓", said(language, "ends-goal"))
    return shown + " " + abbreviated("■", said(language, "ends-here"))


def _activities(found: Discovery, language: Language) -> Markup:
    of = found.log.journeys
    heads = ("touchpoint", "events", "journeys", "of-all", "starts", "ends", "of-those")
    return table(
        said(language, "touchpoints-caption"),
        [said(language, f"head-{one}") for one in heads],
        (
            [
                Cell(name(row.activity, language)),
                count(language, row.events),
                count(language, row.journeys),
                share(language, row.journeys, of),
                count(language, row.starts_here),
                count(language, row.ends_here),
                share(language, row.ends_here, row.journeys),
            ]
            for row in found.activities
        ),
    )
