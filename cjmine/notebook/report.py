"""The report of a result in a notebook."""

from __future__ import annotations

from pathlib import Path

from cjmine.output import Access, write_text
from cjmine.results.discovery import Discovery
from cjmine.verbs.check import Outcome
from cjmine.verbs.discover import discover
from cjmine.verbs.settings import VARIANTS_REPORTED, DiscoverSettings
from cjmine.version import VERSION

PAGES = (".html", ".htm")


def report_check(file: Path, outcome: Outcome) -> None:
    """Write a check as one page that can be forwarded, with the flows of the same journeys.

    Raises OutputError O101.
    """
    from cjmine.ideal.allowed_flows import allowed_flows
    from cjmine.reporters.html import render
    from cjmine.reporters.html.report import Made, Report

    ideal = outcome.ideal
    journey = ideal.journey
    privacy = outcome.checked.privacy
    asked = DiscoverSettings(
        top=VARIANTS_REPORTED, min_group=privacy.min_group, release=privacy.release
    )
    made = Made("", VERSION, gap=journey.gap, until_goal=journey.until_goal, entry=journey.entry)
    found = discover(outcome.log.read(), asked.as_the_ideal_says(journey))
    write_text(
        file,
        render(Report(outcome.checked, found, made, path=allowed_flows(ideal))),
        Access.of(privacy.release),
    )


def report_discovery(file: Path, found: Discovery) -> None:
    """Write a discovery as one page that can be forwarded. Raises OutputError O101."""
    from cjmine.reporters.html import render
    from cjmine.reporters.html.report import Made, Report

    write_text(
        file, render(Report(None, found, Made("", VERSION))), Access.of(found.privacy.release)
    )
