"""The journey map, and the table that says the same in figures."""

from __future__ import annotations

from markupsafe import Markup

from cjmine.reporters import journey_map
from cjmine.reporters.check.tables import SCORES, STEPS
from cjmine.reporters.html.markup import (
    Cell,
    abbreviated,
    details,
    label,
    paragraph,
    said,
    scrolled,
    section,
)
from cjmine.reporters.html.path import steps_below_each_other
from cjmine.reporters.html.report import Report
from cjmine.reporters.html.tables import page_table
from cjmine.reporters.journey_map.first import First
from cjmine.reporters.language import Language
from cjmine.reporters.priorities.first import first_places
from cjmine.reporters.svg import element
from cjmine.results.check import Check, StepRow


def render(report: Report, language: Language) -> Markup:
    """The picture first, its figures on request."""
    found = report.checked
    if found is None:
        return section(language, "map", paragraph(language, "needs-check"))
    parts = []
    if found.map.columns:
        firsts: tuple[First, ...] = ()
        if report.priorities is not None:
            firsts = first_places(report.priorities, found.map, language)
        parts.append(steps_below_each_other(found, language, firsts, report.heard))
        picture = journey_map.render(found, language.code, firsts=firsts, heard=report.heard)
        parts.append(element("figure", scrolled(picture, said(language, "map"))))
    else:
        parts.append(paragraph(language, "map-older"))
    parts.append(details(said(language, "steps-figures"), _table(found, language)))
    if found.map.scores:
        scores = page_table(SCORES, found, "scores-steps", language)
        parts.append(details(said(language, "scores-steps"), scores))
    return section(language, "map", *parts)


def _table(found: Check, language: Language) -> Markup:
    def own(key: str, row: StepRow) -> Cell | None:
        if key != "step" or not row.moment_of_truth:
            return None
        mark = abbreviated("◆", said(language, "moment-of-truth"))
        return Cell(label(row.step) + " " + mark)

    without = () if found.baseline else ("change",)
    shown = page_table(STEPS, found, "steps-caption", language, own=own, without=without)
    never = found.never
    parts = (never.finished, never.exited, never.abandoned, never.open)
    if all(one == 0 for one in parts):
        return shown
    names = ("completed", "exited", "abandoned", "open")
    counts = Markup(" · ").join(
        said(language, f"state-{name}", count=language.count(one))
        for name, one in zip(names, parts, strict=True)
        if one != 0
    )
    return shown + element("p", said(language, "never") + " " + counts)
