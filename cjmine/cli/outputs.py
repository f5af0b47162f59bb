"""Writing files from the command line: each is named on stderr once it is there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cjmine.cli.screen import remark
from cjmine.errors import Code, OutputError, Place, Problem
from cjmine.progress import Phase, Progress, ProgressEvent
from cjmine.reporters.escaping import visible
from cjmine.reporters.formats import Asked, Format
from cjmine.shown_paths import shown_path

if TYPE_CHECKING:
    from cjmine.reporters.result import Reported

Outputs = Annotated[
    list[Path] | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Also write a file; the suffix decides (.html .txt .json .md .csv).",
    ),
]


def write_results(
    found: Reported,
    files: Sequence[Path],
    forms: Sequence[Format],
    asked: Asked,
    release: bool,
    progress: Progress,
) -> None:
    """Write a result to files, each in its format. Raises OutputError O101."""
    from cjmine.reporters.registry import render

    for file, form in zip(files, forms, strict=True):
        progress(ProgressEvent(Phase.WRITE, shown_path(file)))
        write(file, render(found, form, asked), release)


def write(file: Path, text: str, release: bool) -> None:
    """Write a result, whole or not at all, and say so. Raises OutputError O101.

    One that was not made for release can be read by its owner alone.
    """
    from cjmine.output import Access, write_text

    write_text(file, text, Access.of(release))
    wrote(file, release)


def wrote(file: Path, release: bool = False) -> None:
    """Say that a file was written; what is said of a released one names no folder."""
    remark(f"wrote {visible(file.name if release else shown_path(file))}")


def refuse_existing(files: Iterable[Path], remedy: str) -> None:
    """Refuse to replace a file that people may have edited. Raises OutputError O102."""
    for file in files:
        if file.exists():
            raise OutputError(
                Problem(
                    Code.OUTPUT_EXISTS,
                    "the file exists, and people may have written in it",
                    Place(str(file)),
                    remedy=remedy,
                )
            )
