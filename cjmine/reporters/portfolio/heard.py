"""What customers said, on the page of all journeys: by journey, and who has heard nothing."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from cjmine.ideas.insights import Heard
from cjmine.reporters.html.insights import INSIGHTS, quotations
from cjmine.reporters.html.markup import label, paragraph, said, section
from cjmine.reporters.language import Language
from cjmine.reporters.svg import element


def heard(
    every: Mapping[str, Heard], links: Mapping[str, str], unheard: int, language: Language
) -> Markup:
    """The insights of each journey; one that names no journey is in each that has its step."""
    parts = []
    for name, one in every.items():
        title = element("h3", element("a", label(name), href=links[name]))
        mine = quotations(one.insights, language) if one.insights else _nothing(language)
        parts += [title, mine]
    if unheard:
        many = language.count(unheard)
        parts.append(element("p", said(language, "insights.unheard", n=many), class_="muted"))
    return section(language, INSIGHTS, *parts)


def _nothing(language: Language) -> Markup:
    return paragraph(language, "insights.nothing")
