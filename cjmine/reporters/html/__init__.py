"""The report: one HTML file that people forward, read on any screen and print."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from cjmine.reporters.check.choices import spoken
from cjmine.reporters.html import data, expectations, flows, measured, steps, times, verdict
from cjmine.reporters.html.page import page
from cjmine.reporters.html.report import Report
from cjmine.reporters.language import Lang
from cjmine.reporters.language import language as words_of

_CHECKED = (verdict.render, steps.render, expectations.render)  # about judged journeys
_SECTIONS = (
    flows.render,
    times.render,
    measured.channels,
    measured.journeys,
    data.quality,
    data.reproduction,
)


def render(report: Report, lang: Lang = Lang.EN) -> str:
    """A report as one self-contained HTML document, ending with a line feed.

    Sections whose figures are absent say which run gives them.
    """
    language = words_of(lang).about(report.privacy)
    judged = None
    if report.checked is not None:
        judged = report.checked.judged
        report = replace(report, checked=spoken(report.checked, language))
    parts = [part(report, language.judging(judged)) for part in _CHECKED]
    parts += [part(report, language) for part in _SECTIONS]
    body = Markup("\n").join(parts)
    return page(verdict.title(report, language), body, language)
