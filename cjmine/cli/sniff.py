"""`cjmine sniff`: what is this file, and how would it be read?"""

from __future__ import annotations

from typing import Annotated

import typer

from cjmine.cli import options
from cjmine.cli.screen import put
from cjmine.errors import DataError


def sniff(
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="Files, folders or globs.")],
    case: options.Case = None,
    customer: options.Customer = None,
    activity: options.Activity = None,
    timestamp: options.Timestamp = None,
    channel: options.Channel = None,
    tz: options.Zone = None,
    time_format: options.TimeFormat = None,
    region: options.Region = None,
    object_type: options.ObjectType = None,
    quiet: options.Quiet = False,
) -> None:
    """Say what a file is, which column plays which role and why.

    Prints the configuration block that reads it. Samples are masked; nothing is written.

    Example: cjmine sniff sample_logs/analytics.csv
    """
    from cjmine.setup.sniff import describe

    flags = options.declared(
        case,
        customer,
        activity,
        timestamp,
        channel,
        tz,
        time_format,
        region,
        object_type,
        None,
        None,
    )
    found = describe(files, flags)
    put(found.text)
    if found.problems:
        raise DataError(*found.problems)
