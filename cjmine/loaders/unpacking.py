"""What a packed file unpacks to, looked at before any parser works on it."""

from __future__ import annotations

from pathlib import Path

from cjmine.loaders.budgets import MOST_DEFLATED, USUAL_TIMES
from cjmine.loaders.files import chunks, is_gzip

_BEGINNING = 1 << 24


def look_ahead(path: Path, label: str, most: int, everything: bool = False) -> None:
    """Look whether a packed file unpacks to too much, as far as that is in doubt.

    One that begins like a text is left to the pass that reads it; `everything` is for a parser of
    another library, which counts nothing. Raises DataError L113, L130.
    """
    size = path.stat().st_size
    if not is_gzip(path) or MOST_DEFLATED * size <= most:
        return
    at: list[int] = []
    read = 0
    for chunk in chunks(path, label, most, at.append):
        read += len(chunk)
        if not everything and read > _BEGINNING and read <= USUAL_TIMES * at[-1]:
            return
