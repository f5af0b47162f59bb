"""What a load kept and dropped of its sources, by the names of their columns."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a column is kept for; one that is only compared is read, and in no saved log."""

    CUSTOMER = "customer"
    LINK = "link"
    CASE = "case"
    TIME = "time"
    ACTIVITY = "activity"
    CHANNEL = "channel"
    SCORE = "score"
    ATTRIBUTE = "attribute"
    READ = "read"
    COMPARED = "compared"

    @property
    def is_token(self) -> bool:
        """Whether its values are replaced by tokens.

        >>> Role.LINK.is_token, Role.TIME.is_token
        (True, False)
        """
        return self in (Role.CUSTOMER, Role.LINK, Role.CASE)


@dataclass(frozen=True, slots=True)
class KeptColumn:
    """A column that a load read; `kind` is what an identifier is, such as `phone`."""

    column: str
    role: Role
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class SourceColumns:
    """The columns of one source: the files of one name, format and channel.

    `channel` is that of all its events, None where a column has it. What is `dropped` is named as
    its format names it: a column, or a kind of content such as "query strings".
    """

    name: str
    format: str
    channel: str | None
    kept: tuple[KeptColumn, ...]
    dropped: tuple[str, ...]


def written(found: tuple[SourceColumns, ...]) -> list[object]:
    """The columns as JSON can hold them."""
    return [
        [
            *(one.name, one.format, one.channel),
            [[kept.column, kept.role.value, kept.kind] for kept in one.kept],
            list(one.dropped),
        ]
        for one in found
    ]


def read(found: object) -> tuple[SourceColumns, ...]:
    """The columns that `written` wrote.

    Raises ValueError, TypeError or AssertionError for anything else.

    >>> one = SourceColumns("web", "csv", None, (KeptColumn("who", Role.CUSTOMER),), ("note",))
    >>> read(written((one,))) == (one,)
    True
    """
    assert isinstance(found, list)
    rows = []
    for name, form, channel, kept, dropped in found:
        columns = tuple(
            KeptColumn(str(column), Role(role), None if kind is None else str(kind))
            for column, role, kind in kept
        )
        channel = None if channel is None else str(channel)
        rows.append(SourceColumns(str(name), str(form), channel, columns, tuple(map(str, dropped))))
    return tuple(rows)
