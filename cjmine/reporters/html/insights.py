"""What customers said, in the report: by step, with its source, and the steps without any."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from cjmine.ideas.insights import Heard, Insight
from cjmine.reporters.html.markup import label, said, section
from cjmine.reporters.journey_map.heard import quoted
from cjmine.reporters.language import Language
from cjmine.reporters.svg import element

INSIGHTS = "insights.heard"


def insights(found: Heard, language: Language) -> Markup:
    """The section of a report."""
    parts = [quotations(found.insights, language)] if found.insights else []
    if found.silent:
        text = said(language, "insights.silent", steps=" · ".join(found.silent))
        parts.append(element("p", text, class_="muted"))
    if found.left_out:
        many = language.count(found.left_out)
        parts.append(element("p", said(language, "insights.left-out", n=many), class_="muted"))
    return section(language, INSIGHTS, *parts)


def quotations(every: Iterable[Insight], language: Language) -> Markup:
    """A list of insights, each with its place; one without a source is marked."""
    return element("ul", *(_item(one, language) for one in every), class_="insights")


def _item(one: Insight, language: Language) -> Markup:
    text = quoted(one, language)
    if one.place is not None:
        text = language.say("insights.at", step=one.place, said=text)
    return element("li", label(text), class_="muted" if one.source is None else "heard")
