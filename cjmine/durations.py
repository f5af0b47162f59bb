"""Durations as people write them: a number and a unit."""

from __future__ import annotations

import re

from cjmine.errors import Code, Problem, UsageError

_UNITS = {"s": 1, "m": 60, "min": 60, "h": 3600, "d": 86_400, "w": 604_800}
WRITTEN = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*(s|min|m|h|d|w)\s*$")


def microseconds(written: str) -> int:
    """A duration in microseconds; a bare number is refused because its unit would be a guess.

    >>> microseconds("30m"), microseconds("1.5 h")
    (1800000000, 5400000000)

    Raises UsageError U101.
    """
    found = WRITTEN.match(written)
    if found is None or float(found[1]) <= 0:
        raise UsageError(
            Problem(
                Code.USAGE,
                "a duration is a number with a unit",
                remedy="s, m (or min), h, d or w: for example 45m, 36h, 30d",
            )
        )
    return round(float(found[1]) * _UNITS[found[2]] * 1_000_000)
