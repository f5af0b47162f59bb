"""Writing files from the command line: each is named on stderr once it is there."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from cjmine.cli.screen import remark
from cjmine.errors import Code, OutputError, Place, Problem
from cjmine.reporters.escaping import visible


def write(file: Path, text: str) -> None:
    """Write a text file, whole or not at all, and say so. Raises OutputError O101."""
    from cjmine.output import write_text

    write_text(file, text)
    wrote(file)


def wrote(file: Path) -> None:
    """Say that a file was written."""
    remark(f"wrote {visible(str(file))}")


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
