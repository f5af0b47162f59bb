"""The choices of the command line that reporters answer; light, because `--help` lists them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from cjmine.errors import Code, Place, Problem, UsageError


class Format(StrEnum):
    """The reporters of a discovery, by the name of `--format`."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    CSV = "csv"
    HTML = "html"


class Table(StrEnum):
    """The tables of a discovery that CSV can hold."""

    ACTIVITIES = "activities"
    DIRECTLY_FOLLOWS = "directly-follows"
    VARIANTS = "variants"
    CHANNELS = "channels"
    SWITCHES = "switches"
    LOOPS = "loops"
    SEGMENTS = "segments"
    SOURCES = "sources"


class CheckFormat(StrEnum):
    """The reporters of a check, by the name of `--format`."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    CSV = "csv"
    GITHUB = "github"
    JUNIT = "junit"
    HTML = "html"


class CheckTable(StrEnum):
    """The tables of a check that CSV can hold."""

    STEPS = "steps"
    DEVIATIONS = "deviations"
    EXPECTATIONS = "expectations"
    TIMINGS = "timings"


class TextOrJson(StrEnum):
    """The reporters of what looks at sources, by the name of `--format`."""

    TEXT = "text"
    JSON = "json"


class Model(StrEnum):
    """The miners of process models."""

    INDUCTIVE = "inductive"
    HEURISTICS = "heuristics"


class View(StrEnum):
    """What a picture shows."""

    JOURNEY = "journey"
    FLOW = "flow"
    VARIANTS = "variants"
    MODEL = "model"


class PictureFormat(StrEnum):
    """How a picture is written to stdout."""

    SVG = "svg"
    DOT = "dot"


class PictureFile(StrEnum):
    """The files that a picture can be, by their suffix."""

    SVG = ".svg"
    PNG = ".png"
    DOT = ".dot"
    HTML = ".html"


_SUFFIXES = {
    ".txt": Format.TEXT,
    ".json": Format.JSON,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".csv": Format.CSV,
    ".html": Format.HTML,
}


_CHECK_SUFFIXES = {
    ".txt": CheckFormat.TEXT,
    ".json": CheckFormat.JSON,
    ".md": CheckFormat.MARKDOWN,
    ".markdown": CheckFormat.MARKDOWN,
    ".csv": CheckFormat.CSV,
    ".xml": CheckFormat.JUNIT,
    ".html": CheckFormat.HTML,
}


def format_of(file: Path) -> Format:
    """The format of a discovery that a file's suffix asks for. Raises UsageError U101."""
    found = _SUFFIXES.get(file.suffix.lower())
    if found is None:
        raise _unknown_suffix(file, _SUFFIXES)
    return found


def check_format_of(file: Path) -> CheckFormat:
    """The format of a check that a file's suffix asks for. Raises UsageError U101."""
    found = _CHECK_SUFFIXES.get(file.suffix.lower())
    if found is None:
        raise _unknown_suffix(file, _CHECK_SUFFIXES)
    return found


def picture_file_of(file: Path) -> PictureFile:
    """The kind of picture that a file's suffix asks for. Raises UsageError U101."""
    try:
        return PictureFile(file.suffix.lower())
    except ValueError:
        raise _unknown_suffix(file, [one.value for one in PictureFile]) from None


def _unknown_suffix(file: Path, known: Iterable[str]) -> UsageError:
    return UsageError(
        Problem(
            Code.USAGE,
            "the suffix of the output file names no format",
            Place(str(file)),
            remedy="use one of " + ", ".join(sorted(known)),
        )
    )
