"""What files are, and how they would be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from cjmine.results.figures import STRICT


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role, the column that plays it, why, and a sample of its values that is masked.

    A row that is not `sure` is a proposal, by which nothing is read unless somebody says so.
    """

    role: str
    column: str
    because: str
    sample: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column of a table, a sample of its values that is masked, and the roles it could play."""

    column: str
    sample: str
    could_be: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecognisedFile:
    """One file: its format in words, its roles, what is not read, and the lines that read it.

    `columns` are all columns of a table. `command` reads it where some roles are not sure.
    """

    file: str
    description: str
    roles: tuple[RoleRow, ...]
    not_read: tuple[str, ...]
    configuration: tuple[str, ...]
    columns: tuple[ColumnRow, ...] = ()
    command: str = ""


@dataclass(frozen=True, slots=True)
class UnknownFile:
    """One file of a folder that cannot be read, and why."""

    file: str
    because: str


@dataclass(frozen=True, slots=True)
class Recognition:
    """All files that were looked at, in their order."""

    __pydantic_config__: ClassVar[Mapping[str, object]] = STRICT

    schema: Literal["cjmine/sniff/1"]
    files: tuple[RecognisedFile | UnknownFile, ...]
