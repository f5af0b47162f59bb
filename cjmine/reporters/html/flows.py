"""The flow map in four levels of detail, switched without a script, and its largest flows."""

from __future__ import annotations

from markupsafe import Markup

from cjmine.diagrams.layered import layered
from cjmine.reporters.discovery.tables import FLOWS
from cjmine.reporters.flow_map import flow_level, flow_svg
from cjmine.reporters.html.markup import (
    details,
    paragraph,
    said,
    scrolled,
    section,
)
from cjmine.reporters.html.measured import counted_apart
from cjmine.reporters.html.report import Report
from cjmine.reporters.html.tables import page_table
from cjmine.reporters.language import Language
from cjmine.reporters.svg import element
from cjmine.results.discovery import Discovery

_BUTTON = Markup(
    '<span class="choice"><input type="radio" name="level" id="level-{level}"{checked}>'
    '<label for="level-{level}">{shown}</label></span>'
)
_LEVELS = (50, 80, 96, 100)
_FIRST = 80
_MOST_DRAWN = 400  # a picture of more says nothing, and takes seconds and half a megabyte
_MOST = 50


def render(report: Report, language: Language) -> Markup:
    """One picture at a time; the built-in layout draws the same everywhere."""
    found = report.discovery
    if found is None:
        return section(language, "flows", paragraph(language, "needs-discovery"))
    if not found.directly_follows:
        return section(language, "flows", paragraph(language, "flows-none"))
    buttons, pictures = [], []
    for level in _LEVELS:
        checked = Markup(" checked") if level == _FIRST else Markup()
        shown = said(language, "level", share=language.number(f"{level} %"))
        buttons.append(_BUTTON.format(level=level, checked=checked, shown=shown))
        picture = _picture(report, found, level, language)
        pictures.append(element("div", scrolled(picture, shown), class_=f"level l{level}"))
    chosen = element(
        "fieldset",
        element("legend", said(language, "levels")),
        *buttons,
        *pictures,
        class_="levels",
    )
    figures = details(said(language, "flows-figures"), _table(found, language))
    return section(language, "flows", counted_apart(report, language), chosen, figures)


def _picture(report: Report, found: Discovery, level: int, language: Language) -> Markup:
    flows = len(flow_level(found, level / 100).edges)
    if flows > _MOST_DRAWN:
        count, share = language.count(flows), language.number(f"{level} %")
        return paragraph(language, "flows-many", count=count, share=share, paths=f"{level}%")
    return flow_svg(found, level / 100, report.path, language.code, layered)


def _table(found: Discovery, language: Language) -> Markup:
    rows = found.directly_follows[:_MOST]
    shown = page_table(FLOWS, found, "flows-caption", language, rows)
    more = len(found.directly_follows) - len(rows)
    return shown + (
        paragraph(language, "more-rows", count=language.count(more)) if more else Markup()
    )
