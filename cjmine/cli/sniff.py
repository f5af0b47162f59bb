"""`cjmine sniff`: what is this file, and how would it be read?"""

from __future__ import annotations

from typing import Annotated

import typer

from cjmine.cli import options
from cjmine.cli.command import Without, command
from cjmine.cli.screen import put, screen_width
from cjmine.errors import DataError
from cjmine.ingest.source_options import SourceOptions
from cjmine.reporters.formats import TextOrJson
from cjmine.reporters.language import Lang


@command
def sniff(
    *,
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="Files, folders or globs.")],
    form: options.SimpleFormat = TextOrJson.TEXT,
    lang: options.Language = Lang.EN,
    sources: Annotated[SourceOptions, Without("max_rejects", "config")],
) -> None:
    """Say what a file is, which column plays which role and why.

    Prints the configuration block that reads it. Samples are masked; nothing is written.

    Example: cjmine sniff sample_logs/analytics.csv
    """
    from cjmine.reporters.language import language
    from cjmine.reporters.recognition import render
    from cjmine.reporters.terminal import Screen
    from cjmine.results.codec import to_json
    from cjmine.setup.sniff import describe

    found = describe(files, sources.flags())
    if form is TextOrJson.JSON:
        put(to_json(found.recognition) + "\n")
    else:
        put(render(found.recognition, Screen(language(lang), screen_width())))
    if found.problems:
        raise DataError(*found.problems)
