"""The choices of the command line that reporters answer; light, because `--help` lists them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from cjmine.errors import Code, Place, Problem, UsageError


class Format(StrEnum):
    """The reporters of a discovery, by the name of `--format`."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    CSV = "csv"


class Table(StrEnum):
    """The tables of a discovery that CSV can hold."""

    ACTIVITIES = "activities"
    DIRECTLY_FOLLOWS = "directly-follows"
    VARIANTS = "variants"
    CHANNELS = "channels"
    SWITCHES = "switches"
    LOOPS = "loops"
    SOURCES = "sources"


class Model(StrEnum):
    """The miners of process models."""

    INDUCTIVE = "inductive"
    HEURISTICS = "heuristics"


_SUFFIXES = {
    ".txt": Format.TEXT,
    ".json": Format.JSON,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".csv": Format.CSV,
}


def format_of(file: Path) -> Format:
    """The format that a file's suffix asks for. Raises UsageError U101."""
    try:
        return _SUFFIXES[file.suffix.lower()]
    except KeyError:
        raise UsageError(
            Problem(
                Code.USAGE,
                "the suffix of the output file names no format",
                Place(str(file)),
                remedy="use one of " + ", ".join(sorted(_SUFFIXES)),
            )
        ) from None
