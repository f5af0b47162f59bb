"""The journey map, and the table that says the same in figures."""

from __future__ import annotations

from markupsafe import Markup

from cjmine.reporters import journey_map
from cjmine.reporters.html.markup import (
    Cell,
    abbreviated,
    count,
    details,
    label,
    paragraph,
    ratio,
    said,
    scrolled,
    section,
    share,
    table,
    text,
)
from cjmine.reporters.html.report import Report
from cjmine.reporters.language import Language
from cjmine.reporters.svg import element
from cjmine.results.check import Check


def render(report: Report, language: Language) -> Markup:
    """The picture first, its figures on request."""
    found = report.checked
    if found is None:
        return section(language, "map", paragraph(language, "needs-check"))
    parts = []
    if found.map.columns:
        picture = journey_map.render(found, language.code)
        parts.append(element("figure", scrolled(picture, said(language, "map"))))
    else:
        parts.append(paragraph(language, "map-older"))
    parts.append(details(said(language, "steps-figures"), _table(found, language)))
    return section(language, "map", *parts)


def _table(found: Check, language: Language) -> Markup:
    truncated = found.states.truncated
    of = None if truncated is None else found.log.journeys - truncated
    heads = ["step", "stage", "reached", "of-all", "matched", "went-on", "lost", "drop-off"]
    heads += ["change"] if found.baseline else []
    heads += ["exited", "open", "finished"]
    rows = []
    for row in found.steps:
        name = label(row.step)
        if row.moment_of_truth:
            name += " " + abbreviated("◆", said(language, "moment-of-truth"))
        cells = [
            Cell(name),
            text(row.stage),
            count(language, row.reached),
            share(language, row.reached, of),
            count(language, row.matched),
            count(language, row.went_on),
            count(language, row.abandoned),
            ratio(language, row.drop_off),
        ]
        if found.baseline:
            change = found.baseline.change_at(row.step)
            shown = language.points(change.value) if change else language.count(None)
            cells.append(Cell(label(shown), change.value if change else None, True))
        cells += [count(language, one) for one in (row.exited, row.open, row.finished)]
        rows.append(cells)
    shown = table(
        said(language, "steps-caption"), [said(language, f"head-{one}") for one in heads], rows
    )
    never = found.never
    parts = (never.finished, never.exited, never.abandoned, never.open)
    if all(one == 0 for one in parts):
        return shown
    names = ("completed", "exited", "abandoned", "open")
    told = Markup(" · ").join(
        said(language, f"state-{name}", count=language.count(one))
        for name, one in zip(names, parts, strict=True)
        if one != 0
    )
    return shown + element("p", said(language, "never") + " " + told)
