"""Putting the answers of parts together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

Partial = TypeVar("Partial")


def merged(parts: Sequence[Partial], merge: Callable[[Partial, Partial], Partial]) -> Partial:
    """The answers of all parts together, neighbours first: each is merged only a few times.

    >>> merged(["a", "b", "c"], lambda one, other: one + other)
    'abc'
    """
    found = list(parts)
    while len(found) > 1:
        pairs = [found[place : place + 2] for place in range(0, len(found), 2)]
        found = [merge(*pair) if len(pair) == 2 else pair[0] for pair in pairs]
    return found[0]
