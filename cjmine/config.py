"""`cjmine.toml`: which exports there are, how to read them, what their labels mean.

Only what is declared here or on the command line is read from an export. Unknown keys are errors
with their line, because a misspelt key would otherwise be an option that silently does nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from glob import glob
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationError,
    model_validator,
)

from cjmine.errors import Code, Place, Problem, UsageError, did_you_mean
from cjmine.sources import CustomerTable, Identifier, Kind, Roles, TimeColumn, TouchpointRule
from cjmine.toml_lines import KeyPath, key_lines

FILE_NAME = "cjmine.toml"


@dataclass(frozen=True, slots=True)
class DeclaredSource:
    """A `[source.NAME]` table: file patterns relative to the configuration, and how to read."""

    name: str
    files: tuple[str, ...]
    format: str
    roles: Roles
    own_domains: tuple[str, ...]
    extra_fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeclaredCustomers:
    """The `[customers]` table."""

    files: tuple[str, ...]
    customer: Identifier
    links: tuple[Identifier, ...]


@dataclass(frozen=True, slots=True)
class Config:
    """The whole configuration; `folder` is where its relative paths start."""

    path: Path
    folder: Path
    timezone: str | None = None
    sources: tuple[DeclaredSource, ...] = ()
    customers: DeclaredCustomers | None = None
    rules: tuple[TouchpointRule, ...] = ()

    def matching(self, name: str) -> list[Path]:
        """The files that a name or a glob in the configuration means, sorted."""
        path = self.folder / name
        if path.is_file():
            return [path]
        found = glob(name, root_dir=self.folder, recursive=True)
        return sorted(path for one in found if (path := self.folder / one).is_file())

    def customer_tables(self) -> tuple[CustomerTable, ...]:
        """The customer tables that exist, by file."""
        declared = self.customers
        if declared is None:
            return ()
        found = sorted({path for name in declared.files for path in self.matching(name)})
        if not found:
            raise UsageError(
                Problem(
                    Code.CONFIG_NOTHING,
                    "[customers] names no file that exists",
                    Place(str(self.path)),
                )
            )
        return tuple(
            CustomerTable(path, str(path), declared.customer, declared.links) for path in found
        )


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_listed)]


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError("unknown time zone; use a name such as Europe/Amsterdam") from None
    return name


Zone = Annotated[str, AfterValidator(_known_zone)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class _Identifier(_Strict):
    column: str
    kind: Kind = Field(Kind.CUSTOMER, alias="as")
    region: str | None = Field(None, pattern="^[A-Z]{2}$")

    def value(self) -> Identifier:
        return Identifier(self.column, self.kind, self.region)


class _Time(_Strict):
    column: str | None = None
    columns: Names = ()
    format: str | None = None
    zone: Zone | None = None

    @model_validator(mode="after")
    def _one_way(self) -> _Time:
        if (self.column is None) == (not self.columns):
            raise ValueError("name either column or columns")
        return self


class _Column(_Strict):
    column: str


_TEXT, _TABLE = "_text", "_table"
_Channel = Annotated[
    Annotated[str, Tag(_TEXT)] | Annotated[_Column, Tag(_TABLE)],
    Discriminator(lambda value: _TABLE if isinstance(value, dict) else _TEXT),
]


class _Source(_Strict):
    files: Names = Field(min_length=1)
    format: str = ""
    channel: _Channel | None = None
    customer: _Identifier | None = None
    case: _Column | None = None
    time: _Time | None = None
    activity: _Column | None = None
    keep: Names = ()
    own: Names = ()
    extra: Names = ()

    def value(self, name: str, timezone: str | None) -> DeclaredSource:
        time = self.time or _Time.model_construct()
        columns = (time.column,) if time.column else time.columns
        roles = Roles(
            time=TimeColumn(columns, time.format, time.zone or timezone),
            activity=self.activity.column if self.activity else None,
            customer=self.customer.value() if self.customer else None,
            case=self.case.column if self.case else None,
            channel=self.channel if isinstance(self.channel, str) else None,
            channel_column=self.channel.column if isinstance(self.channel, _Column) else None,
            keep=self.keep,
        )
        return DeclaredSource(name, self.files, self.format, roles, self.own, self.extra)


class _Customers(_Strict):
    files: Names = Field(min_length=1)
    customer: _Identifier
    links: tuple[_Identifier, ...] = Field(min_length=1)

    def value(self) -> DeclaredCustomers:
        links = tuple(link.value() for link in self.links)
        return DeclaredCustomers(self.files, self.customer.value(), links)


class _Touchpoint(_Strict):
    source: str | None = None
    label: str | None = None
    path: str | None = None
    glob: str | None = None
    pattern: str | None = None
    activity: str | None = Field(None, min_length=1)
    ignore: bool = False

    @model_validator(mode="after")
    def _complete(self) -> _Touchpoint:
        ways = [self.label, self.path, self.glob, self.pattern]
        if sum(way is not None for way in ways) != 1:
            raise ValueError("name exactly one of label, path, glob and pattern")
        if (self.activity is None) != self.ignore:
            raise ValueError("name either activity or ignore = true")
        return self

    def value(self) -> TouchpointRule:
        return TouchpointRule(
            self.activity, self.source, self.label, self.path, self.glob, self.pattern
        )


class _File(_Strict):
    timezone: Zone | None = None
    source: dict[str, _Source] = {}
    customers: _Customers | None = None
    touchpoint: tuple[_Touchpoint, ...] = ()


def read_config(path: Path) -> Config:
    """Read and check a configuration file.

    Raises
    ------
    UsageError
        C101 where it is not TOML, C102 for every key that is unknown or has a wrong value.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        written = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            Problem(
                Code.CONFIG_SYNTAX,
                "the configuration cannot be read",
                Place(str(path)),
                cause=getattr(error, "strerror", None) or "not UTF-8",
            )
        ) from None
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise UsageError(
            Problem(
                Code.CONFIG_SYNTAX,
                "the configuration is not valid TOML",
                Place(str(path), line),
                cause=str(error),
            )
        ) from None
    problems = list(_rules_without_source(path, written, lines := key_lines(text)))
    checked = None
    try:
        checked = _File.model_validate(written)
    except ValidationError as error:
        problems += [_problem(path, lines, dict(detail)) for detail in error.errors()]
    if problems or checked is None:
        raise UsageError(*sorted(problems, key=lambda problem: problem.place.line or 0))
    customers = checked.customers
    return Config(
        path=path,
        folder=path.parent,
        timezone=checked.timezone,
        sources=tuple(
            source.value(name, checked.timezone) for name, source in checked.source.items()
        ),
        customers=customers.value() if customers else None,
        rules=tuple(rule.value() for rule in checked.touchpoint),
    )


def _rules_without_source(
    path: Path, written: dict[str, Any], lines: dict[KeyPath, int]
) -> Iterator[Problem]:
    """Rules for a source that the file does not declare, found even if other things are wrong."""
    sources, rules = written.get("source"), written.get("touchpoint")
    if not isinstance(sources, dict) or not isinstance(rules, list):
        return
    for place, rule in enumerate(rules):
        named = rule.get("source") if isinstance(rule, dict) else None
        if isinstance(named, str) and named not in sources:
            yield Problem(
                Code.CONFIG_VALUE,
                f'touchpoint.{place}.source: there is no source "{named}"',
                Place(str(path), _nearest(lines, ["touchpoint", place, "source"])),
                remedy=did_you_mean(named, list(sources)),
            )


def _problem(path: Path, lines: dict[KeyPath, int], detail: dict[str, Any]) -> Problem:
    where = [part for part in detail["loc"] if part not in (_TEXT, _TABLE)]
    key = ".".join(str(part) for part in where)
    message = str(detail["msg"]).removeprefix("Value error, ")
    remedy = ""
    if detail["type"] == "extra_forbidden":
        message = f'unknown key "{where[-1]}"'
        remedy = did_you_mean(str(where[-1]), _KEYS)
    elif key:
        message = f"{key}: {message[:1].lower()}{message[1:]}"
    return Problem(
        Code.CONFIG_VALUE, message, Place(str(path), _nearest(lines, where)), remedy=remedy
    )


_KEYS = sorted(
    {
        field.alias or name
        for model in (_File, _Source, _Customers, _Touchpoint, _Identifier, _Time)
        for name, field in model.model_fields.items()
    }
)


def _nearest(lines: dict[KeyPath, int], where: list[str | int]) -> int | None:
    """The line of a key, or of the nearest table that should hold it."""
    for length in range(len(where), 0, -1):
        if (line := lines.get(tuple(where[:length]))) is not None:
            return line
    return None
