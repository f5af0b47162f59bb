"""`cjmine doctor`: whether a saved log on disk is whole."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from cjmine.cli import options
from cjmine.cli.command import command
from cjmine.cli.documents import Documents, WordsFormat, deliver
from cjmine.errors import Code, DataError, Place, Problem
from cjmine.reporters.formats import WordsOrJson
from cjmine.reporters.language import Lang
from cjmine.verbs.settings import Settings


@command
def doctor(
    *,
    log: Annotated[Path, typer.Argument(metavar="LOG", help="A saved log: a folder or a file.")],
    settings: Settings,
    form: WordsFormat = WordsOrJson.TEXT,
    output: Documents = None,
    lang: options.Language = Lang.EN,
) -> None:
    """Look whether a saved log is whole, and what lies in its folder that is no part of it.

    Files that an interrupted load left are named; reading passes them over, and the next load
    deletes them. Exit status 3 where a file of the log is missing or damaged.

    Example: cjmine doctor log/
    """
    from cjmine.reporters.doctor import render
    from cjmine.verbs.doctor import examine

    found = examine(log, str(log), settings)
    deliver(partial(render, found), form, output or [], lang, settings.release)
    problems = [
        Problem(
            Code.LOG_FORMAT,
            f"a file of the log is not as the log says: {one.trouble.replace('-', ' ')}",
            Place(one.file),
            remedy="bring the file back from a copy, or load the exports again",
        )
        for one in found.runs
        if one.trouble is not None
    ]
    if problems:
        raise DataError(*problems)
