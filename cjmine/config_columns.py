"""The tables of `cjmine.toml` that name a column, and say how to read it."""

from __future__ import annotations

from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag, model_validator

from cjmine.config_types import Names, Strict
from cjmine.sources import Identifier, Kind


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError("unknown time zone; use a name such as Europe/Amsterdam") from None
    return name


Zone = Annotated[str, AfterValidator(_known_zone)]


Region = Annotated[str, Field(pattern="^[A-Z]{2}$")]


class IdentifierTable(Strict):
    """A column whose values identify a customer."""

    column: str
    kind: Kind = Field(Kind.CUSTOMER, alias="as")
    region: Region | None = None
    width: int | None = Field(None, ge=1, le=40)

    def value(self, region: str | None, nobody: Names = ()) -> Identifier:
        """The value that loaders read."""
        wanted = self.region or (region if self.kind is Kind.PHONE else None)
        return Identifier(self.column, self.kind, wanted, self.width, nobody)


class TimeTable(Strict):
    """The columns of the time."""

    column: str | None = None
    columns: Names = ()
    format: str | None = None
    zone: Zone | None = None

    @model_validator(mode="after")
    def _one_way(self) -> TimeTable:
        if self.column is not None and self.columns:
            raise ValueError("name either column or columns")
        if not (self.column or self.columns or self.format or self.zone):
            raise ValueError("name a column, columns, a format or a zone")
        return self

    @property
    def is_columns(self) -> bool:
        """Whether it names where the time is."""
        return self.column is not None or bool(self.columns)


class ColumnTable(Strict):
    """A column of which nothing more is said."""

    column: str


def _named(value: object) -> object:
    """The name of a column alone is short for a table that says no more."""
    return {"column": value} if isinstance(value, str) else value


Who = Annotated[IdentifierTable, BeforeValidator(_named)]
What = Annotated[ColumnTable, BeforeValidator(_named)]
When = Annotated[TimeTable, BeforeValidator(_named)]


TEXT, TABLE = "_text", "_table"
Channel = Annotated[
    Annotated[str, Tag(TEXT)] | Annotated[ColumnTable, Tag(TABLE)],
    Discriminator(lambda value: TABLE if isinstance(value, dict) else TEXT),
]
