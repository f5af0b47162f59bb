"""What customers said, on the page of all journeys: by journey, and who has heard nothing."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from cjmine.ideas.insights import Heard
from cjmine.reporters.html.insights import INSIGHTS, quotations
from cjmine.reporters.html.markup import label, paragraph, section
from cjmine.reporters.language import Language
from cjmine.reporters.svg import element


def heard(said: Mapping[str, Heard], links: Mapping[str, str], language: Language) -> Markup:
    """The insights of each journey; one that names no journey is in each that has its step."""
    parts = []
    for name, one in said.items():
        title = element("h3", element("a", label(name), href=links[name]))
        mine = quotations(one.insights, language) if one.insights else _nothing(language)
        parts += [title, mine]
    return section(language, INSIGHTS, *parts)


def _nothing(language: Language) -> Markup:
    return paragraph(language, "insights.nothing")
