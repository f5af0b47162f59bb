"""`cjmine.toml`: which exports there are, how to read them, what their labels mean.

Only what is declared here or on the command line is read from an export. Unknown keys are errors
with their line, because a misspelt key would otherwise be an option that silently does nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from glob import glob
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from cjmine.config_columns import TABLE, TEXT
from cjmine.config_database import NO_SECRETS, looks_secret
from cjmine.config_schema import KEYS, FileSchema, tables_with
from cjmine.declared import NOTHING_DECLARED, Declared
from cjmine.declared_privacy import NO_PRIVACY_DECLARED, DeclaredPrivacy
from cjmine.errors import Code, Place, Problem, UsageError, did_you_mean, listed
from cjmine.regular_files import regular
from cjmine.sources import (
    ClassifierRule,
    CustomerTable,
    DeclaredCustomers,
    DeclaredSource,
    IdentityRules,
    TouchpointRule,
)
from cjmine.toml_lines import KeyPath, key_lines


@dataclass(frozen=True, slots=True)
class Config:
    """The whole configuration; `folder` is where its relative paths start."""

    path: Path
    folder: Path
    timezone: str | None = None
    sources: tuple[DeclaredSource, ...] = ()
    customers: DeclaredCustomers | None = None
    rules: tuple[TouchpointRule, ...] = ()
    identity: IdentityRules = field(default_factory=IdentityRules)
    classifiers: tuple[ClassifierRule, ...] = ()
    release: bool = False
    privacy: DeclaredPrivacy = NO_PRIVACY_DECLARED
    declared: Declared = NOTHING_DECLARED

    def matching(self, name: str) -> list[Path]:
        """The files that a name or a glob in the configuration means, sorted."""
        path = self.folder / name
        if path.is_file():
            return [path]
        found = glob(name, root_dir=self.folder, recursive=True)
        return sorted(path for one in found if (path := self.folder / one).is_file())

    def named_file(self, name: str | Path, key: str) -> Path:
        """The file that a key of a source names. Raises UsageError C103 where it is missing."""
        path = self.folder / name
        if not path.is_file():
            raise UsageError(
                Problem(
                    Code.CONFIG_NOTHING,
                    f"{key}: there is no file {name}",
                    Place(str(self.path)),
                )
            )
        return path

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


def read_config(path: Path) -> Config:
    """Read and check a configuration file.

    Raises
    ------
    UsageError
        C101 where it is not TOML, C102 for every key that is unknown or has a wrong value.
    """
    try:
        text = regular(path).read_text(encoding="utf-8-sig")
        written = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        deep = "values are nested too deeply" if isinstance(error, RecursionError) else "not UTF-8"
        raise UsageError(
            Problem(
                Code.CONFIG_SYNTAX,
                "the configuration cannot be read",
                Place(str(path)),
                cause=getattr(error, "strerror", None) or deep,
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
    problems += _stages_that_differ(path, written, lines)
    checked = None
    try:
        checked = FileSchema.model_validate(written)
    except ValidationError as error:
        problems += [_problem(path, lines, dict(detail)) for detail in error.errors()]
    if problems or checked is None:
        raise UsageError(*sorted(problems, key=lambda problem: problem.place.line or 0))
    customers = checked.customers
    return Config(
        path=path,
        folder=path.parent,
        timezone=checked.timezone,
        sources=tuple(source.value(name, checked) for name, source in checked.source.items()),
        customers=customers.value(checked.region, checked.nobody or ()) if customers else None,
        rules=tuple(rule.value() for rule in checked.touchpoint),
        identity=checked.identity.value(),
        classifiers=tuple(one.value(path.parent) for one in checked.classify),
        release=checked.privacy.release,
        privacy=checked.privacy.value(),
        declared=_declared(checked),
    )


def _declared(checked: FileSchema) -> Declared:
    return Declared(
        experiments=tuple(one.value(name) for name, one in checked.experiment.items()),
        changes=tuple(sorted((one.value() for one in checked.change), key=lambda one: one.on)),
        contact=checked.contact.value(),
        worth=checked.value.value(),
        like=checked.compare_like.columns if checked.compare_like else (),
        surveys=tuple(
            survey for one in checked.source.values() if (survey := one.survey()) is not None
        ),
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


def _stages_that_differ(
    path: Path, written: dict[str, Any], lines: dict[KeyPath, int]
) -> Iterator[Problem]:
    """Activities that two rules place in two stages."""
    rules = written.get("touchpoint")
    known: dict[str, str] = {}
    for place, rule in enumerate(rules if isinstance(rules, list) else []):
        activity, stage = (
            (rule.get("activity"), rule.get("stage")) if isinstance(rule, dict) else (None, None)
        )
        if not isinstance(activity, str) or not isinstance(stage, str):
            continue
        if known.setdefault(activity, stage) != stage:
            yield Problem(
                Code.CONFIG_VALUE,
                f'touchpoint.{place}.stage: "{activity}" is in stage "{known[activity]}" already',
                Place(str(path), _nearest(lines, ["touchpoint", place, "stage"])),
                remedy="an activity belongs in one stage",
            )


def _problem(path: Path, lines: dict[KeyPath, int], detail: dict[str, Any]) -> Problem:
    where = [part for part in detail["loc"] if part not in (TEXT, TABLE)]
    key = ".".join(str(part) for part in where)
    message = str(detail["msg"]).removeprefix("Value error, ")
    remedy = ""
    if detail["type"] == "extra_forbidden":
        message = f'unknown key "{where[-1]}"'
        remedy = _misplaced(str(where[-1])) or did_you_mean(str(where[-1]), KEYS)
        if where[0] == "source" and looks_secret(str(where[-1])):
            message = f'"{where[-1]}" is not written here: a configuration is shared'
            remedy = NO_SECRETS
    elif key:
        message = f"{key}: {message[:1].lower()}{message[1:]}"
    return Problem(
        Code.CONFIG_VALUE, message, Place(str(path), _nearest(lines, where)), remedy=remedy
    )


def _misplaced(key: str) -> str:
    """Where a key belongs that is written elsewhere; "" for one that no table has."""
    return f"it belongs in {listed(found)}" if (found := tables_with(key)) else ""


def _nearest(lines: dict[KeyPath, int], where: list[str | int]) -> int | None:
    """The line of a key, or of the nearest table that should hold it."""
    for length in range(len(where), 0, -1):
        if (line := lines.get(tuple(where[:length]))) is not None:
            return line
    return None
