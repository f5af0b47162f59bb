"""Declared columns by the names that a table has them by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cjmine.sources import Identifier, Roles


def as_found(declared: Roles, columns: Sequence[str]) -> Roles:
    r"""The roles with the names of the columns that they mean.

    A break or several blanks in a name are one blank, as tables are read. A time such as
    `date+clock` is the two columns that it names, unless one column has the whole name.

    >>> from cjmine.sources import TimeColumn
    >>> roles = Roles(time=TimeColumn(("date+clock",)), activity="what\nhappened")
    >>> found = as_found(roles, ["date", "clock", "what happened"])
    >>> found.time.columns, found.activity
    (('date', 'clock'), 'what happened')
    """

    def name(written: str) -> str:
        tidy = " ".join(written.split())
        return tidy if written not in columns and tidy in columns else written

    def maybe(written: str | None) -> str | None:
        return None if written is None else name(written)

    def identifier(one: Identifier) -> Identifier:
        return replace(one, column=name(one.column))

    time = declared.time
    if time is not None:
        parts = tuple(map(name, time.columns))
        if len(parts) == 1 and parts[0] not in columns and "+" in parts[0]:
            parts = tuple(name(part.strip()) for part in parts[0].split("+"))
        time = replace(time, columns=parts)
    return replace(
        declared,
        time=time,
        activity=maybe(declared.activity),
        case=maybe(declared.case),
        channel_column=maybe(declared.channel_column),
        customer=identifier(declared.customer) if declared.customer else None,
        keep=tuple(map(name, declared.keep)),
        links=tuple(map(identifier, declared.links)),
        delivery=maybe(declared.delivery),
        version=maybe(declared.version),
    )
