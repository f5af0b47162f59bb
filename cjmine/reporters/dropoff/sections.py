"""The parts of a page about a drop-off, for its own page and for the report."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from cjmine.reporters.dropoff.chart import chart
from cjmine.reporters.dropoff.tables import NEXT, STEPS, NextAt
from cjmine.reporters.dropoff.words import (
    cause_name,
    cause_share,
    cohort_rows,
    difference,
    in_time,
    next_name,
    part,
    segment_name,
    too_young,
    young,
)
from cjmine.reporters.html.markup import Cell, label, paragraph, said, section, table, text
from cjmine.reporters.html.tables import page_table
from cjmine.reporters.language import Language
from cjmine.reporters.svg import element
from cjmine.results.dropoff import Dropoff, DropoffStep, Horizon

BY_TIME = "dropoff.curve"


def by_time(found: Dropoff, language: Language) -> Markup:
    """The section of a report: the curves as picture and figures, and what came next."""
    return section(
        language,
        BY_TIME,
        *in_figures(found, language),
        paragraph(language, "dropoff.method"),
        *came_next(found, language),
    )


def in_figures(found: Dropoff, language: Language) -> list[Markup]:
    """The picture, its figures after some times, and who is too young for them."""
    notes = [young(found, one, language) for one in found.horizons[-1:]]
    notes.append(too_young(found, language))
    return [
        element("div", chart(found, language), class_="curve"),
        _horizons(in_time(found.horizons, language), language),
        *(element("p", label(one)) for one in notes if one),
    ]


def _horizons(found: Sequence[tuple[str, Horizon]], language: Language, by: str = "") -> Markup:
    """The figures after some times, or of cohorts; `by` says whose they are."""
    if not found:
        return paragraph(language, "dropoff.no-steps")
    heads = [
        said(language, "dropoff.head-time"),
        *(label(cause_name(one, language)) for one in found[0][1].causes),
        said(language, "dropoff.under-way"),
    ]
    rows = [
        [
            text(name),
            *(Cell(label(cause_share(cause, language)), cause.value, True) for cause in one.causes),
            Cell(label(part(one.under_way, language)), one.under_way, True),
        ]
        for name, one in found
    ]
    caption = label(by) if by else said(language, "dropoff.horizons")
    return table(caption, heads, rows)


def left(found: Dropoff, language: Language) -> list[Markup]:
    """Where journeys are left, the most first, and what came next."""
    rows = _by_loss(found)
    if not rows:
        return [paragraph(language, "dropoff.no-steps")]
    steps = page_table(STEPS, found, "dropoff.steps", language, rows)
    return [steps, *came_next(found, language)]


def came_next(found: Dropoff, language: Language) -> list[Markup]:
    """What came next after the steps at which journeys are left, where that is shown."""
    rows = [NextAt(step.step, row) for step in _by_loss(found) for row in step.next]
    if not rows:
        return []

    def own(key: str, row: NextAt) -> Cell | None:
        return text(next_name(row.row, language)) if key == "what" else None

    time = language.seconds(found.next_seconds)
    return [
        paragraph(language, "dropoff.next-within", time=time),
        page_table(NEXT, found, "dropoff.next", language, rows, own),
    ]


def _by_loss(found: Dropoff) -> list[DropoffStep]:
    return sorted(
        (row for row in found.steps if row.abandoned), key=lambda row: -(row.abandoned or 0)
    )


def segments(found: Dropoff, language: Language) -> list[Markup]:
    """A table a value, and how it differs from the first."""
    if found.segments is None:
        return []
    if found.segments.cohort is not None:
        time = language.seconds(found.horizons[-1].at_seconds)
        title = language.say(f"dropoff.by-{found.segments.cohort.value}", time=time)
        return [_horizons(cohort_rows(found.segments, language), language, title)]
    parts = []
    for one in found.segments.values:
        name = segment_name(one.value, language)
        journeys = language.counted("journey", one.journeys)
        caption = f"{found.segments.by} {name}: {journeys}"
        if not one.horizons:
            parts.append(element("p", label(caption)))
            continue
        parts.append(_horizons(in_time(one.horizons, language), language, caption))
        known = [row for row in one.differences if row.change is not None]
        if known:
            against = language.say("dropoff.against", first=found.segments.values[0].value, said="")
            rows = [
                [
                    Cell(label(language.seconds(row.at_seconds)), row.at_seconds),
                    text(row.cause),
                    Cell(label(difference(row.change, language)), None, True),
                ]
                for row in known
            ]
            heads = ["dropoff.head-time", "dropoff.head-cause", "head-change"]
            parts.append(
                table(label(f"{name}, {against}"), [said(language, one) for one in heads], rows)
            )
    return parts
