"""`cjmine schema`: the JSON Schemas of what cjmine reads and writes."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cjmine.cli.command import command
from cjmine.cli.screen import put, remark
from cjmine.reporters.escaping import visible
from cjmine.shown_paths import shown_path


class Described(StrEnum):
    """What has a schema: the files that people declare, and the JSON of the results."""

    JOURNEY = "journey"
    CHECK = "check"
    DISCOVER = "discover"
    TREND = "trend"
    COMPARE = "compare"
    DROPOFF = "dropoff"
    HINTS = "hints"
    SATISFACTION = "satisfaction"
    PRIORITIES = "priorities"
    CONTACT = "contact"
    OUTLIERS = "outliers"
    PORTFOLIO = "portfolio"
    PORTFOLIO_FILE = "portfolio-file"
    IDEAS_FILE = "ideas-file"
    INSIGHTS_FILE = "insights-file"
    IDEAS = "ideas"
    IDEA_LIST = "idea-list"
    BASELINE = "baseline"
    TOUCHPOINTS = "touchpoints"
    IDENTITY = "identity"
    MATURITY = "maturity"
    MATURITY_FILE = "maturity-file"
    DOCTOR = "doctor"
    SNIFF = "sniff"
    CLASSIFIER = "classifier"
    PRIVACY_REGISTER = "privacy-register"
    PRIVACY_NOTICE = "privacy-notice"
    PRIVACY_PURGE = "privacy-purge"


_OF_FILES = {
    Described.JOURNEY: ("cjmine.ideal", "journey.schema.json"),
    Described.PORTFOLIO_FILE: ("cjmine.portfolio", "portfolio.schema.json"),
    Described.IDEAS_FILE: ("cjmine.ideas", "ideas.schema.json"),
    Described.INSIGHTS_FILE: ("cjmine.ideas", "insights.schema.json"),
    Described.MATURITY_FILE: ("cjmine.maturity", "maturity.schema.json"),
}


@command
def schema(
    *,
    what: Annotated[
        Described,
        typer.Argument(
            metavar="|".join(Described),
            help="The journey file, a baseline, or what a verb writes with -f json.",
        ),
    ] = Described.JOURNEY,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write it to a file.")
    ] = None,
) -> None:
    """Print a JSON Schema: editors complete journey files by it, programs read results by it.

    Example: cjmine schema -o journey.schema.json
    """
    text = _schema_of(what)
    if output is None:
        put(text)
        return
    from cjmine.output import Access, write_text

    write_text(output, text, Access.SHARED)
    remark(f"wrote {visible(shown_path(output))}")


def _schema_of(what: Described) -> str:
    if what in _OF_FILES:
        from importlib.resources import files

        package, name = _OF_FILES[what]
        return (files(package) / name).read_text(encoding="utf-8")
    from cjmine.results.codec import schema_of
    from cjmine.results.schema import result_schema

    return result_schema(schema_of(what.value))
