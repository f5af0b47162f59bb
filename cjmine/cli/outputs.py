"""Writing files from the command line: each is named on stderr once it is there."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from cjmine.cli.screen import remark
from cjmine.errors import Code, OutputError, Place, Problem
from cjmine.reporters.escaping import visible
from cjmine.shown_paths import shown_path


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
