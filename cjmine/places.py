"""Texts with places, and what comes in them: numbers have separators between thousands."""

from __future__ import annotations

import re

_PLACE = re.compile(r"\{\*?\}")


def filled(text: str, said: list[str]) -> str:
    """A text with its places filled in; what comes in them may hold braces itself.

    >>> filled("{} and {*}", ["a {}", "b"])
    'a {} and b'
    """
    parts = _PLACE.split(text)
    if len(said) != len(parts) - 1:
        raise ValueError("a sentence has as many places as there is to say")
    between = (one + part for one, part in zip(said, parts[1:], strict=True))
    return parts[0] + "".join(between)


def written(one: str | int) -> str:
    """What comes in a place, as English writes it."""
    return one if isinstance(one, str) else f"{one:,}"
