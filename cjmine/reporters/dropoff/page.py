"""The page of a drop-off: the curves, the same as figures, and where journeys are left."""

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
    headline,
    in_time,
    next_name,
    part,
    segment_name,
    too_young,
    young,
)
from cjmine.reporters.html.markup import Cell, head, label, paragraph, said, section, table, text
from cjmine.reporters.html.tables import page_table
from cjmine.reporters.language import Language
from cjmine.reporters.svg import element
from cjmine.results.dropoff import Dropoff, Horizon

CONTENTS = ("dropoff.horizons", "dropoff.steps")


def title(found: Dropoff, language: Language) -> str:
    """The title of the page."""
    name = language.say("dropoff.title")
    return f"{name}: {found.journey}" if found.journey else name


def body(found: Dropoff, language: Language) -> Markup:
    """The sections of the page: the picture first."""
    picture = element("div", chart(found, language), class_="curve")
    notes = [young(found, one, language) for one in found.horizons[-1:]]
    notes.append(too_young(found, language))
    parts = [
        head(language, title(found, language), element("p", label(headline(found, language)))),
        section(
            language,
            "dropoff.horizons",
            picture,
            _horizons(in_time(found.horizons, language), language),
            *(element("p", label(one)) for one in notes if one),
            *_segments(found, language),
            paragraph(language, "dropoff.method"),
        ),
        section(language, "dropoff.steps", *_steps(found, language)),
    ]
    return Markup("\n").join(parts)


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


def _steps(found: Dropoff, language: Language) -> list[Markup]:
    if not any(row.abandoned for row in found.steps):
        return [paragraph(language, "dropoff.no-steps")]
    left = sorted(
        (row for row in found.steps if row.abandoned), key=lambda row: -(row.abandoned or 0)
    )
    parts = [page_table(STEPS, found, "dropoff.steps", language, left)]
    rows = [NextAt(step.step, row) for step in left for row in step.next]
    if rows:

        def own(key: str, row: NextAt) -> Cell | None:
            return text(next_name(row.row, language)) if key == "what" else None

        time = language.seconds(found.next_seconds)
        parts.append(paragraph(language, "dropoff.next-within", time=time))
        parts.append(page_table(NEXT, found, "dropoff.next", language, rows, own))
    return parts


def _segments(found: Dropoff, language: Language) -> list[Markup]:
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
