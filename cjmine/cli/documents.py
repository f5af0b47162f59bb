"""Results that are words: one document on stdout and in files, as text, Markdown or JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from cjmine.cli.outputs import write
from cjmine.cli.screen import put, screen_width
from cjmine.reporters.formats import WordsOrJson, words_format_of
from cjmine.reporters.language import Lang
from cjmine.reporters.terminal import Screen

WordsFormat = Annotated[WordsOrJson, typer.Option("--format", "-f", help="What goes to stdout.")]
Documents = Annotated[
    list[Path] | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Also write a file; the suffix decides (.txt .md .json).",
    ),
]
# A result in a format; for text also the screen, and for Markdown its language.
Rendered = Callable[[WordsOrJson, Screen], str]


def deliver(
    render: Rendered, form: WordsOrJson, files: Sequence[Path], lang: Lang, release: bool
) -> None:
    """Write a document to files, each in the format of its suffix, and to stdout.

    Raises UsageError U101 for an unknown suffix, before anything is written, and OutputError O101.
    """
    from cjmine.reporters.language import language

    forms = [words_format_of(file) for file in files]
    for file, one in zip(files, forms, strict=True):
        write(file, render(one, Screen(language(lang))) + "\n", release)
    put(render(form, Screen(language(lang), screen_width())) + "\n")
