"""What customers said, on the page of all journeys: by journey, and who has heard nothing."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from cjmine.ideas.insights import Heard, Insight
from cjmine.reporters.html.insights import INSIGHTS, quotations
from cjmine.reporters.html.markup import label, paragraph, said, section
from cjmine.reporters.language import Language
from cjmine.reporters.svg import element


def heard(
    every: Mapping[str, Heard], links: Mapping[str, str], unheard: int, language: Language
) -> Markup:
    """The insights of each journey; one that names no journey is in each that has its step.

    Those about no journey and no step are there once, before all others.
    """
    whole = dict.fromkeys(one for each in every.values() for one in each.insights if _of_all(one))
    parts = []
    if whole:
        parts += [element("h3", said(language, "insights.of-all")), quotations(whole, language)]
    for name, one in every.items():
        title = element("h3", element("a", label(name), href=links[name]))
        mine = [each for each in one.insights if not _of_all(each)]
        parts += [title, quotations(mine, language) if mine else _nothing(language)]
    if unheard:
        many = language.count(unheard)
        parts.append(element("p", said(language, "insights.unheard", n=many), class_="muted"))
    return section(language, INSIGHTS, *parts)


def _of_all(one: Insight) -> bool:
    return one.journey is None and one.place is None


def _nothing(language: Language) -> Markup:
    return paragraph(language, "insights.nothing")
