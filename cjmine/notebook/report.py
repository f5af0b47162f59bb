"""The report of a result in a notebook."""

from __future__ import annotations

from pathlib import Path

from cjmine.analysis.checked import Checked
from cjmine.analysis.measured import Discovery
from cjmine.output import write_text
from cjmine.version import VERSION

PAGES = (".html", ".htm")


def write_report(file: Path, checked: Checked | None, found: Discovery | None) -> None:
    """Write what was found as one page that can be forwarded. Raises OutputError O101."""
    from cjmine.reporters.html import render
    from cjmine.reporters.html.report import Made, Report

    write_text(file, render(Report(checked, found, Made("", VERSION))))
