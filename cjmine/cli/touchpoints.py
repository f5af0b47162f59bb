"""`cjmine touchpoints`: what raw labels there are, and rules that name them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cjmine.cli import options
from cjmine.cli.progress import progress_bar
from cjmine.cli.screen import put, remark, say_notes


def touchpoints(
    sources: Annotated[
        list[str] | None, typer.Argument(metavar="SOURCE...", help="Exports or folders of them.")
    ] = None,
    shown: Annotated[
        str, typer.Option("--list", metavar="N|all", help="How many labels of a source to list.")
    ] = "25",
    min_group: Annotated[int, typer.Option(min=1, help="Fold groups of fewer customers.")] = 10,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Write the proposed rules (TOML) here."
        ),
    ] = None,
    case: options.Case = None,
    customer: options.Customer = None,
    activity: options.Activity = None,
    timestamp: options.Timestamp = None,
    channel: options.Channel = None,
    tz: options.Zone = None,
    time_format: options.TimeFormat = None,
    region: options.Region = None,
    object_type: options.ObjectType = None,
    config: options.Config = None,
    quiet: options.Quiet = False,
) -> None:
    """List raw labels by volume, what names each, and propose rules for the rest.

    Labels of few customers are counted and never shown; nothing is kept.

    Example: cjmine touchpoints sample_logs
    """
    from cjmine.ingest.inputs import find_inputs
    from cjmine.output import write_text
    from cjmine.touchpoints.find import (
        find_touchpoints,
        proposals_text,
        touchpoints_text,
    )

    flags = options.declared(
        case, customer, activity, timestamp, channel, tz, time_format, region, object_type,
        None, config,
    )  # fmt: skip
    listed = options.top(shown, "--list")
    with progress_bar() as progress:
        inputs = find_inputs(sources or [], flags, progress)
        if output is not None:
            options.spare([one.source.path for one in inputs.sources], [output])
        found = find_touchpoints(inputs, min_group, progress)
    say_notes(inputs.notes)
    put(touchpoints_text(found, listed))
    if output is not None:
        write_text(output, proposals_text(found))
        remark(f"wrote {output}: {sum(map(len, found.proposals))} rules")
