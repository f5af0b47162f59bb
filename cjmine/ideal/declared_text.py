"""The text of a file that people write by hand: read as a whole, UTF-8, of a size to review."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.regular_files import regular

_LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Words:
    """What messages call the file, and what helps where it cannot be read."""

    what: str
    remedy: str


def read_text(path: Path, label: str, words: Words) -> str:
    """The text of a file; `label` is what messages call it. Raises UsageError J104."""
    try:
        if path.stat().st_size > _LARGEST:
            raise UsageError(
                Problem(
                    Code.JOURNEY_SYNTAX,
                    f"the {words.what} cannot be read",
                    Place(label),
                    "it is larger than a megabyte",
                    "name the right file: this one is larger than people can review",
                )
            )
        raw = regular(path).read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise UsageError(
            Problem(
                Code.JOURNEY_SYNTAX,
                f"the {words.what} cannot be read",
                Place(label),
                cause=getattr(error, "strerror", None) or "",
                remedy=words.remedy,
            )
        ) from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise UsageError(
            Problem(
                Code.JOURNEY_SYNTAX,
                f"the {words.what} is not UTF-8",
                Place(label, line),
                remedy="save it as UTF-8",
            )
        ) from None
