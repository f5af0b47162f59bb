"""Journeys and templates, read from a portfolio file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TypeVar

import yaml

from cjmine.errors import Code, did_you_mean
from cjmine.ideal.nodes import UNMARKED, Mark
from cjmine.ideal.yaml_nodes import (
    Named,
    Problems,
    Table,
    day,
    duration,
    mark_of,
    name,
    names,
    table,
)
from cjmine.portfolio.declared import (
    AS_THE_TEMPLATE,
    Entry,
    Level,
    Override,
    Status,
    Variation,
)
from cjmine.portfolio.keys import OVERRIDE

_SUFFIXES = (".yaml", ".yml", ".bpmn", ".pnml")
Choice = TypeVar("Choice", Level, Status)


@dataclass(frozen=True, slots=True)
class Places:
    """Where the file names an entry, its phase and its parent."""

    name: Mark
    phase: Mark = UNMARKED
    parent: Mark = UNMARKED


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """An entry, and where the file has its names."""

    entry: Entry
    places: Places


def is_journey_file(written: str) -> bool:
    """Whether a journey is named by its file.

    >>> is_journey_file("moving.yaml"), is_journey_file("bill question")
    (True, False)
    """
    return written.lower().endswith(_SUFFIXES)


def read_entry(keys: Table, problems: Problems) -> ReadEntry:
    """A journey or a template; without a name ("") where that is missing or wrong."""
    first = keys.get("template") or keys.get("journey")
    written = None if first is None else name(first.value, first.key, problems)
    file = written if written is not None and is_journey_file(written) else None
    if first is not None and first.key == "template" and written is not None and file is None:
        problems.add(
            Code.JOURNEY_VALUE,
            mark_of(first.value),
            "a template is a journey file",
            remedy="for example template: retire.yaml",
        )
    called = _named(keys, "name", problems)
    stem = written or "" if file is None else PurePosixPath(file.replace("\\", "/")).stem
    phase, parent = _named(keys, "phase", problems), _named(keys, "parent", problems)
    level, status = (
        _choice(keys, "level", Level, problems),
        _choice(keys, "status", Status, problems),
    )
    owner, review = _named(keys, "owner", problems), keys.get("review-by")
    column, values = _values(keys, problems)
    entry = Entry(
        name=called.name if called else stem,
        file=file,
        phase=phase.name if phase else None,
        level=level or Level.JOURNEY,
        parent=parent.name if parent else None,
        owner=owner.name if owner else None,
        review_by=day(review.value, "review-by", problems) if review else None,
        status=status or (Status.IDEA if file is None else Status.LIVE),
        column=column,
        values=tuple(values),
        mark=keys.at if first is None else mark_of(first.value),
    )
    places = Places(
        called.at if called else entry.mark,
        phase.at if phase else UNMARKED,
        parent.at if parent else UNMARKED,
    )
    return ReadEntry(entry, places)


def _named(keys: Table, key: str, problems: Problems) -> Named | None:
    entry = keys.get(key)
    found = name(entry.value, key, problems) if entry else None
    return None if entry is None or found is None else Named(found, mark_of(entry.value))


def _choice(keys: Table, key: str, kind: type[Choice], problems: Problems) -> Choice | None:
    found = _named(keys, key, problems)
    if found is None:
        return None
    known = [one.value for one in kind]
    if found.name not in known:
        near = did_you_mean(found.name, known)
        problems.add(Code.JOURNEY_VALUE, found.at, f"{key} is one of few words", remedy=near)
        return None
    return kind(found.name)


def _values(keys: Table, problems: Problems) -> tuple[str | None, list[Variation]]:
    """The column of a template, and its values with what differs for each."""
    entry, overrides = keys.get("for"), keys.get("overrides")
    if entry is None:
        return None, []
    node = entry.value
    if not isinstance(node, yaml.MappingNode) or len(node.value) != 1:
        problems.add(
            Code.JOURNEY_VALUE,
            mark_of(node),
            "for is one column with its values",
            remedy="for example for: {fund: [A, B, C]}",
        )
        return None, []
    column = name(node.value[0][0], "a column", problems)
    values = names(node.value[0][1], "values", problems)
    known = [one.name for one in values]
    differing = dict(_overrides(overrides.value, known, problems)) if overrides else {}
    return column, [Variation(one, differing.get(one, AS_THE_TEMPLATE)) for one in known]


def _overrides(
    node: yaml.Node, known: list[str], problems: Problems
) -> Iterator[tuple[str, Override]]:
    if not isinstance(node, yaml.MappingNode):
        problems.add(
            Code.JOURNEY_VALUE,
            mark_of(node),
            "overrides are values with keys",
            remedy="for example overrides: {B: {owner: pensions}}",
        )
        return
    seen: set[str] = set()
    for key, value in node.value:
        one = name(key, "a value", problems)
        keys = table(value, OVERRIDE, problems)
        if one is None or keys is None:
            continue
        if one in seen:
            problems.add(Code.JOURNEY_DUPLICATE, mark_of(key), f'"{one}" stands here twice')
        elif one not in known:
            near = did_you_mean(one, known)
            problems.add(Code.JOURNEY_NAME, mark_of(key), f'"for" has no value "{one}"', "", near)
        else:
            seen.add(one)
            yield one, _override(keys, problems)


def _override(keys: Table, problems: Problems) -> Override:
    owner, review, longest = (keys.get(key) for key in ("owner", "review-by", "deadline"))
    return Override(
        owner=name(owner.value, "owner", problems) if owner else None,
        review_by=day(review.value, "review-by", problems) if review else None,
        status=_choice(keys, "status", Status, problems),
        deadline=duration(longest.value, "deadline", problems) if longest else None,
    )
