"""One result as a page."""

from __future__ import annotations

from cjmine.reporters import html
from cjmine.reporters.formats import Asked
from cjmine.reporters.html.report import Made, Report
from cjmine.results.check import Check
from cjmine.results.discovery import Discovery
from cjmine.version import VERSION


def render(found: Check | Discovery, asked: Asked) -> str:
    """A check or a discovery as a page that says how it was made; ends without a line feed."""
    made = asked.made or Made("", VERSION)
    report = Report(found, None, made) if isinstance(found, Check) else Report(None, found, made)
    return html.render(report, asked.lang).rstrip("\n")
