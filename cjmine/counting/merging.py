"""Putting the answers of parts together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any, Protocol, TypeVar, cast


class Addable(Protocol):
    """Counts of parts that add up."""

    def __add__(self, other: Any, /) -> Any: ...


Partial = TypeVar("Partial", bound=Addable)


def merged(parts: Sequence[Partial]) -> Partial:
    """The answers of all parts together, neighbours first: each is merged only a few times.

    >>> merged(["a", "b", "c"])
    'abc'
    """
    found = list(parts)
    while len(found) > 1:
        pairs = [found[place : place + 2] for place in range(0, len(found), 2)]
        found = [pair[0] + pair[1] if len(pair) == 2 else pair[0] for pair in pairs]
    return found[0]


def summed(one: Partial, other: Partial, **merged: object) -> Partial:
    """Two dataclasses of counts as one: their fields add up, but those that are `merged` already.

    >>> from cjmine.eventlog.log import Registered
    >>> summed(Registered(3, 1), Registered(4, 2), silent=0)
    Registered(customers=7, silent=0)
    """
    names = [field.name for field in fields(cast(Any, one)) if field.name not in merged]
    sums = {name: getattr(one, name) + getattr(other, name) for name in names}
    return type(one)(**sums, **merged)
