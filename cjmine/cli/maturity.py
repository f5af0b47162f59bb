"""`cjmine maturity`: how far an organisation is with its journeys, by what its files show."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from cjmine.cli import options
from cjmine.cli.command import command
from cjmine.cli.documents import Documents, WordsFormat, deliver
from cjmine.cli.screen import put, say_notes
from cjmine.reporters.formats import WordsOrJson, words_format_of
from cjmine.reporters.language import Lang
from cjmine.verbs.maturity_settings import MaturitySettings


@command
def maturity(
    *,
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER", help="Where journey files, cjmine.toml and results are; else here."
        ),
    ] = Path(),
    settings: MaturitySettings,
    questions: Annotated[
        bool, typer.Option("--questions", help="Print a first maturity.yaml, and look at nothing.")
    ] = False,
    form: WordsFormat = WordsOrJson.TEXT,
    output: Documents = None,
    lang: options.Language = Lang.EN,
) -> None:
    """Say how far mapping, mining and managing of journeys are, and what to do next.

    Each tick names the file that shows it, and its day; what is only said ticks nothing.

    Example: cjmine maturity sample_logs
    """
    from cjmine.reporters.language import language
    from cjmine.reporters.maturity import questions_text, render
    from cjmine.verbs.maturity import maturity as look

    for file in output or []:
        words_format_of(file)
    if questions:
        put(questions_text(language(lang)) + "\n")
        return
    found = look(folder, settings)
    say_notes(found.notes, lang)
    deliver(partial(render, found), form, output or [], lang, release=False)
