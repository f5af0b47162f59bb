"""The layouts of a log in the W3C extended format: what its directives declare from where on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from cjmine.errors import Code, DataError, Place, Problem
from cjmine.loaders.files import chunks

_FIELDS = re.compile(rb"#Fields:[ \t]*(.*)", re.IGNORECASE)
_DATE = re.compile(rb"#Date:[ \t]*(\d{4}-\d\d-\d\d)", re.IGNORECASE)
_MOST_LAYOUTS = 2000


@dataclass(frozen=True, slots=True)
class Layout:
    """What the lines from `line` on hold: the fields, and the day where no field has it."""

    line: int
    fields: tuple[str, ...]
    day: str | None = None


def layouts(path: Path, label: str) -> list[Layout]:
    """The layouts of a file, in order; those that change nothing are left out.

    Raises DataError L102, L113, L122 where there is no `#Fields:` line, or there are too many.
    """
    found: list[Layout] = []
    for line, directive in _directives(path, label):
        fields, day = _FIELDS.match(directive), _DATE.match(directive)
        before = found[-1] if found else Layout(line, ())
        after = before
        if fields is not None:
            names = fields[1].decode("utf-8", "replace").split()
            after = replace(before, line=line, fields=tuple(names))
        elif day is not None:
            after = replace(before, line=line, day=day[1].decode())
        if (after.fields, after.day if "date" not in after.fields else None) != (
            before.fields,
            before.day if "date" not in before.fields else None,
        ):
            found.append(after)
        elif found:
            found[-1] = replace(before, day=after.day)
    found = [one for one in found if one.fields]
    if not found or len(found) > _MOST_LAYOUTS:
        message = "there is no #Fields line" if not found else "the #Fields lines change too often"
        raise DataError(Problem(Code.LOG_FORMAT, message, Place(label, 1)))
    return found


def _directives(path: Path, label: str) -> Iterator[tuple[int, bytes]]:
    """The lines that begin with a hash, with their numbers."""
    number, held = 1, b""
    for chunk in chunks(path, label, most=None):
        piece = held + chunk
        end = piece.rfind(b"\n") + 1
        held = piece[end:]
        place, counted = 0, 0
        while place >= 0 and place < end:
            if piece.startswith(b"#", place):
                number += piece.count(b"\n", counted, place)
                counted = place
                stop = piece.find(b"\n", place, end)
                yield number, piece[place:stop].rstrip(b"\r")
            found = piece.find(b"\n#", place, end)
            place = found + 1 if found >= 0 else -1
        number += piece.count(b"\n", counted, end)
    if held.startswith(b"#"):
        yield number, held.rstrip(b"\r")
