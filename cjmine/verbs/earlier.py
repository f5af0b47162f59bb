"""Reading what earlier runs wrote."""

from __future__ import annotations

from pathlib import Path

from cjmine.errors import Code, DataError, Place, Problem
from cjmine.regular_files import regular

_LARGEST = 1 << 28


def result_text(path: Path) -> str:
    """The text of a result of an earlier run. Raises DataError L102 for what cannot be read."""
    try:
        if path.stat().st_size > _LARGEST:
            raise OSError("it is too large")
        return regular(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(
            Problem(
                Code.FILE_UNREADABLE,
                "the result cannot be read",
                Place(path.as_posix()),
                cause=getattr(error, "strerror", None) or "it is no text in UTF-8, or too large",
            )
        ) from None
