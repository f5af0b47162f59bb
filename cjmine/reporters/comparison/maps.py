"""The journey maps of both sides, below each other; on the second one the change of each step."""

from __future__ import annotations

from markupsafe import Markup

from cjmine.reporters import journey_map
from cjmine.reporters.comparison.words import group_name
from cjmine.reporters.html.markup import label, paragraph, said, scrolled, section
from cjmine.reporters.language import Language
from cjmine.reporters.svg import element
from cjmine.results.check import Check
from cjmine.results.compare import Compared

MAPS = "compare.maps"


def render(found: Compared, sides: tuple[Check, Check], language: Language) -> Markup:
    """A section with both maps, each under the name of its side."""
    parts = [paragraph(language, "compare.maps-how")]
    for place, one in enumerate(sides):
        name = label(group_name(place, found, language))
        picture = scrolled(journey_map.render(one, language.code), said(language, MAPS))
        parts += [element("h3", name), element("figure", picture)]
    return section(language, MAPS, *parts)
