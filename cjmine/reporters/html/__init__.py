"""The report: one HTML file that people forward, read on any screen and print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from cjmine.reporters.check.choices import spoken
from cjmine.reporters.dropoff.sections import BY_TIME, by_time
from cjmine.reporters.html import data, expectations, flows, measured, steps, times, verdict
from cjmine.reporters.html.insights import INSIGHTS, insights
from cjmine.reporters.html.page import page
from cjmine.reporters.html.report import Basis, Report
from cjmine.reporters.language import Lang, Language
from cjmine.reporters.language import language as words_of
from cjmine.reporters.priorities.page import EVERY, every

_CHECKED = (verdict.render, steps.render, expectations.render)  # about judged journeys
_SECTIONS = (flows.render, times.render, measured.channels, measured.journeys)
_BASIS = (data.quality, data.reproduction)
ON_THE_BASIS = ("quality", "reproduction")
_CONTENTS = (
    *("map", "expectations", "flows", "times", "channels", "journeys"),
    *ON_THE_BASIS,
)


def render(report: Report, lang: Lang = Lang.EN, above: str | None = None) -> str:
    """A report as one self-contained HTML document, ending with a line feed.

    Sections whose figures are absent say which run gives them. `above` is the page of all journeys
    beside it, where there is one.
    """
    language = words_of(lang).about(report.privacy)
    judged = None
    if report.checked is not None:
        judged = report.checked.judged
        report = replace(report, checked=spoken(report.checked, language))
    parts = [part(report, language.judging(judged)) for part in _CHECKED]
    parts += [part(report, language) for part in _SECTIONS]
    contents = list(_CONTENTS)
    if report.dropoff is not None:
        parts.append(by_time(report.dropoff, language))
        contents.insert(contents.index("quality"), BY_TIME)
    if report.priorities is not None:
        at = contents.index("expectations") + 1
        parts.insert(at + 1, every(report.priorities, language.judging(judged)))
        contents.insert(at, EVERY)
    if report.heard is not None:
        at = contents.index("expectations")
        parts.insert(at + 1, insights(report.heard, language))
        contents.insert(at, INSIGHTS)
    title = verdict.title(report, language)
    return framed(title, parts, contents, report.basis, language, above)


def framed(
    title: str,
    sections: Sequence[Markup],
    contents: Sequence[str],
    basis: Basis,
    language: Language,
    above: str | None = None,
) -> str:
    """Sections as a document that ends with what they rest on, and with a line feed."""
    parts = [*sections, *(part(basis, language) for part in _BASIS)]
    return page(title, Markup("\n").join(parts), contents, language, above)
