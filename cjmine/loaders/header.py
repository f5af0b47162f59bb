"""Names of columns as tables have them on top."""

from __future__ import annotations

import re
from collections.abc import Sequence

_DATA_LIKE = re.compile(r"^[+-]?\d[\d.,:/+\-TZ ]*$|@\w")


def looks_like_data(name: str) -> bool:
    """Whether a name is rather a number, a time or an address.

    >>> looks_like_data("2024-05-13"), looks_like_data("customer")
    (True, False)
    """
    return _DATA_LIKE.search(name) is not None


def unique_names(names: Sequence[str]) -> tuple[str, ...]:
    """Names that differ: nameless columns are numbered, repeated names get a number behind.

    >>> unique_names(["a", "", "a"])
    ('a', 'column 2', 'a 2')
    """
    written = {name for name in names if name}
    unique: dict[str, None] = {}
    times: dict[str, int] = {}  # each name counts on from where it was: hostile ones are one name
    for position, name in enumerate(names, 1):
        base = called = name or f"column {position}"
        again = times.get(base, 1)
        while called in unique or (called != name and called in written):
            again += 1
            called = f"{base} {again}"
        times[base] = again
        unique[called] = None
    return tuple(unique)
