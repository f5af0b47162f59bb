"""`cjmine sniff`: what is this file, and how would it be read?"""

from __future__ import annotations

from typing import Annotated

import typer

from cjmine.cli.command import Without, command
from cjmine.cli.screen import put
from cjmine.errors import DataError
from cjmine.ingest.source_options import SourceOptions


@command
def sniff(
    *,
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="Files, folders or globs.")],
    sources: Annotated[SourceOptions, Without("max_rejects", "config")],
) -> None:
    """Say what a file is, which column plays which role and why.

    Prints the configuration block that reads it. Samples are masked; nothing is written.

    Example: cjmine sniff sample_logs/analytics.csv
    """
    from cjmine.setup.sniff import describe

    found = describe(files, sources.flags())
    put(found.text)
    if found.problems:
        raise DataError(*found.problems)
