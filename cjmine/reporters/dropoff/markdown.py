"""The tables of a drop-off for a job summary, a wiki or a pull request."""

from __future__ import annotations

from collections.abc import Sequence

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
from cjmine.reporters.formats import Asked
from cjmine.reporters.language import Language
from cjmine.reporters.markdown_table import markdown, markdown_table, note, written
from cjmine.results.dropoff import CauseKind, Dropoff, Horizon


def render(found: Dropoff, asked: Asked) -> str:
    """A drop-off as Markdown; ends without a line feed."""
    language = asked.language.about(found.privacy)
    parts = [
        f"## {markdown(headline(found, language))}",
        _horizons(in_time(found.horizons, language), language),
    ]
    if found.horizons:
        said = (young(found, found.horizons[-1], language), too_young(found, language))
        parts += [markdown(one) for one in said if one]
    parts += _segments(found, language)
    if any(row.abandoned for row in found.steps):
        parts.append(f"### {language.say('dropoff.steps')}")
        parts.append(markdown_table(STEPS, found, language))
        parts.append(f"### {language.say('dropoff.next')}")
        parts.append(
            markdown_table(NEXT, found, language, lambda key, row: _own(key, row, language))
        )
    if found.notes:
        parts.append(f"### {language.say('report.notes')}")
        parts.append("\n".join(note(one, language) for one in found.notes))
    return "\n\n".join(one for one in parts if one)


def _own(key: str, row: NextAt, language: Language) -> str | None:
    return markdown(next_name(row.row, language)) if key == "what" else None


def _horizons(found: Sequence[tuple[str, Horizon]], language: Language) -> str:
    if not found:
        return ""
    heads = [
        language.say("dropoff.head-time"),
        *(markdown(cause_name(one, language)) for one in found[0][1].causes),
        language.say("dropoff.under-way"),
    ]
    rows = [
        [
            name,
            *(cause_share(cause, language) for cause in one.causes),
            part(one.under_way, language),
        ]
        for name, one in found
    ]
    return written(heads, rows, len(rows), language)


def _segments(found: Dropoff, language: Language) -> list[str]:
    if found.segments is None:
        return []
    if found.segments.cohort is not None:
        time = language.seconds(found.horizons[-1].at_seconds)
        title = language.say(f"dropoff.by-{found.segments.cohort.value}", time=time)
        return [f"### {title}", _horizons(cohort_rows(found.segments, language), language)]
    parts = []
    for one in found.segments.values:
        name = markdown(segment_name(one.value, language))
        journeys = language.counted("journey", one.journeys)
        parts += [f"### {markdown(found.segments.by)} {name}: {journeys}"]
        parts.append(_horizons(in_time(one.horizons, language), language))
        said = [
            f"{markdown(row.cause)} {difference(row.change, language)}"
            for row in one.differences
            if row.change is not None
            and row.kind is CauseKind.GOAL
            and row.at_seconds == one.horizons[-1].at_seconds
        ]
        if said:
            first = markdown(found.segments.values[0].value)
            parts.append(language.say("dropoff.against", first=first, said=" · ".join(said)))
    return parts
