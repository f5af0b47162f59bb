"""The answer that a report begins with: what is broken, what it costs, what to do first."""

from __future__ import annotations

from markupsafe import Markup

from cjmine.reporters.html.findings import costliest
from cjmine.reporters.html.markup import label, said, scrolled
from cjmine.reporters.html.report import Report
from cjmine.reporters.language import Language
from cjmine.reporters.priorities.bars import bars
from cjmine.reporters.priorities.first import what_to_do
from cjmine.reporters.svg import element

_GAINS, _CEILINGS = 5, 3


def answer(report: Report, language: Language) -> list[Markup]:
    """Sentences, and the ranked picture with whiskers; nothing without priorities."""
    found = report.priorities
    if found is None:
        return []
    worst = "" if report.checked is None else costliest(report.checked, language)
    sentences = [one for one in (worst, label(what_to_do(found, language))) if one]
    parts = [element("p", Markup(" ").join(sentences), class_="answer")] if sentences else []
    drawn = bars(found, language, first=_GAINS, most=_CEILINGS)
    if drawn:
        caption = element("figcaption", said(language, "answer-picture"))
        picture = scrolled(drawn, said(language, "priorities.picture"))
        parts.append(element("figure", picture, caption))
    return parts
