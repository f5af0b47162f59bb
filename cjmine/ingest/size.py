"""Sizes in bytes as people write them."""

from __future__ import annotations

import re

from cjmine.errors import Code, Place, Problem, UsageError

_SIZE = re.compile(r"(\d{1,15})\s*([kmgt]?)b?", re.IGNORECASE)
_UNITS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12}


def read_size(written: str, option: str) -> int:
    """The number of bytes that is written. Raises UsageError U101 for what is no size.

    >>> read_size("20GB", "--max-bytes"), read_size("1500", "--max-bytes")
    (20000000000, 1500)
    """
    found = _SIZE.fullmatch(written.strip())
    if found is None or not int(found[1]):
        raise UsageError(
            Problem(
                Code.USAGE,
                "a size is a number of bytes, or one with KB, MB, GB or TB",
                Place(option),
                remedy=f"for example {option} 20GB",
            )
        )
    return int(found[1]) * _UNITS[found[2].lower()]
