"""`cjmine identity`: how identifiers of different channels become one customer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cjmine.cli import options
from cjmine.cli.progress import progress_bar
from cjmine.cli.screen import put, say_notes

app = typer.Typer(no_args_is_help=True, help="How identifiers become customers.")


@app.callback()
def _identity() -> None:
    """How identifiers become customers."""


@app.command("report")
def report(
    sources: Annotated[
        list[str] | None, typer.Argument(metavar="SOURCE...", help="Exports or folders of them.")
    ] = None,
    key_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Key of the pseudonyms; else CJMINE_KEY.")
    ] = None,
    customer: options.Customer = None,
    activity: options.Activity = None,
    timestamp: options.Timestamp = None,
    channel: options.Channel = None,
    tz: options.Zone = None,
    time_format: options.TimeFormat = None,
    region: options.Region = None,
    max_rejects: options.MaxRejects = "0",
    config: options.Config = None,
    quiet: options.Quiet = False,
) -> None:
    """Say how many events each rule links, what was cut, and what a rule changes.

    Example: cjmine identity report sample_logs
    """
    from cjmine.ingest.inputs import find_inputs
    from cjmine.privacy.key import find_key, throw_away_key
    from cjmine.verbs.identity import identity_report, identity_text

    flags = options.declared(
        None, customer, activity, timestamp, channel, tz, time_format, region, None, None, config
    )
    key = find_key(key_file) or throw_away_key()
    with progress_bar() as progress:
        inputs = find_inputs(sources or [], flags, progress)
        found = identity_report(inputs, key, options.reject_budget(max_rejects), progress)
    say_notes(inputs.notes)
    put(identity_text(found, inputs))
