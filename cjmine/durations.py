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


def in_words(duration: int) -> str:
    """A duration in microseconds as people read it, in the unit that fits.

    >>> in_words(14 * 86_400_000_000), in_words(90_000_000), in_words(1)
    ('14 days', '1.5 minutes', '0 seconds')
    """
    seconds = duration / 1_000_000
    units = (("day", 86_400), ("hour", 3600), ("minute", 60))
    name, unit = next((one for one in units if seconds >= one[1]), ("second", 1))
    written = f"{seconds / unit:,.1f}".removesuffix(".0")
    return f"{written} {name}" if written == "1" else f"{written} {name}s"
