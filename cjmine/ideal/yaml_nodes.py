"""Names, lists, durations and numbers out of YAML nodes; mistakes gather with their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from cjmine.durations import microseconds
from cjmine.errors import Code, Place, Problem, UsageError, did_you_mean
from cjmine.ideal.keys import LONGEST_NAME, MOST, MOST_MONEY, Keys
from cjmine.ideal.nodes import Mark

_TEXT, _NULL = "tag:yaml.org,2002:str", "tag:yaml.org,2002:null"
_BOOL, _INT = "tag:yaml.org,2002:bool", "tag:yaml.org,2002:int"
_NUMBERS = (_INT, "tag:yaml.org,2002:float")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_AMOUNT = re.compile(r"\d{1,10}(\.\d{1,10})?")


@dataclass(slots=True)
class Problems:
    """All that is wrong with a file, in the order in which it was found."""

    file: str
    found: list[Problem] = field(default_factory=list)

    def add(self, code: Code, at: Mark, message: str, cause: str = "", remedy: str = "") -> None:
        """Remember a problem at a place."""
        place = Place(self.file, at.line or None, position=at.column or None)
        self.found.append(Problem(code, message, place, cause, remedy))

    def raise_all(self, elsewhere: Sequence[Problem] = ()) -> None:
        """Raise UsageError with every problem, sorted by place; nothing where there is none.

        Problems of other files, those `elsewhere`, come last.
        """
        if self.found or elsewhere:
            self.found.sort(key=lambda one: (one.place.line or 0, one.place.position or 0))
            raise UsageError(*self.found, *elsewhere)


def mark_of(node: yaml.Node) -> Mark:
    """Where a node begins."""
    return Mark(node.start_mark.line + 1, node.start_mark.column + 1)


@dataclass(frozen=True, slots=True)
class Entry:
    """A key of a mapping, and its value."""

    key: str
    at: Mark
    value: yaml.Node


@dataclass(frozen=True, slots=True)
class Table:
    """The entries of a mapping, by key."""

    at: Mark
    entries: tuple[Entry, ...]

    def get(self, key: str) -> Entry | None:
        """The entry of a key."""
        return next((entry for entry in self.entries if entry.key == key), None)


def table(node: yaml.Node, keys: Keys[Any], problems: Problems) -> Table | None:
    """The entries of a mapping with these keys; None where it is no mapping."""
    if not isinstance(node, yaml.MappingNode):
        first = ", ".join(keys.names[:6])
        problems.add(
            Code.JOURNEY_VALUE,
            mark_of(node),
            f"{keys.what} needs keys and values",
            remedy=f"keys: {first}",
        )
        return None
    entries: list[Entry] = []
    for key_node, value in node.value:
        at = mark_of(key_node)
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
        if key is None or key not in keys.names:
            shown = f'unknown key "{_short(key)}"' if isinstance(key, str) else "a key is a word"
            near = did_you_mean(key, keys.names) if isinstance(key, str) else ""
            problems.add(Code.JOURNEY_KEY, at, f"{shown} in {keys.what}", remedy=near)
        elif any(entry.key == key for entry in entries):
            problems.add(Code.JOURNEY_DUPLICATE, at, f'the key "{key}" stands here twice')
        else:
            entries.append(Entry(key, at, value))
    return Table(mark_of(node), tuple(entries))


def check_needed(found: Table, keys: Keys[Any], problems: Problems) -> None:
    """Add a problem for each key that may not be left out and is, with what belongs there."""
    for key in keys.keys:
        if key.is_needed and found.get(key.name) is None:
            about = key.about[0].lower() + key.about[1:].rstrip(".")
            problems.add(
                Code.JOURNEY_MISSING,
                found.at,
                f'{keys.what} needs "{key.name}"',
                remedy=f"{key.name}: {about}",
            )


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why a text cannot be a name, and what helps."""

    cause: str
    remedy: str
    rule: str = f"is one line of at most {LONGEST_NAME} characters, all of which can be seen"


def flaw_of(text: str) -> Flaw | None:
    r"""What keeps a text that is not empty from being a name; None where nothing does.

    >>> flaw_of("two\nlines").remedy, flaw_of("Checkout")
    ('type it anew', None)
    """
    if len(text) > LONGEST_NAME:
        return Flaw(f"it has {len(text):,}", "shorten it")
    if not text.isprintable():
        return Flaw("it has a line feed or a hidden character", "type it anew")
    return None


def name(node: yaml.Node, what: str, problems: Problems) -> str | None:
    """A name; what YAML reads as something else is shown with the quotes that it needs."""
    if not isinstance(node, yaml.ScalarNode):
        problems.add(Code.JOURNEY_VALUE, mark_of(node), f"{what} is one text")
        return None
    if node.tag == _NULL and not node.value:
        problems.add(Code.JOURNEY_VALUE, mark_of(node), f"{what} is empty")
        return None
    if node.tag != _TEXT:
        problems.add(
            Code.JOURNEY_QUOTES,
            mark_of(node),
            f"{what} is read by YAML as something else than text",
            remedy=f'put it in quotes: "{_short(node.value)}"',
        )
        return None
    found = str(node.value).strip()
    if not found:
        problems.add(Code.JOURNEY_VALUE, mark_of(node), f"{what} is empty")
        return None
    flaw = flaw_of(found)
    if flaw is not None:
        message, cause, remedy = f"{what} {flaw.rule}", flaw.cause, flaw.remedy
        problems.add(Code.JOURNEY_VALUE, mark_of(node), message, cause, remedy)
        return None
    return found


@dataclass(frozen=True, slots=True)
class Named:
    """A name with its place."""

    name: str
    at: Mark


def names(node: yaml.Node, what: str, problems: Problems) -> tuple[Named, ...]:
    """One name or a list of names."""
    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    if isinstance(node, yaml.SequenceNode) and not nodes:
        problems.add(Code.JOURNEY_VALUE, mark_of(node), f"the list of {what} is empty")
    found: list[Named] = []
    for one in nodes:
        text = name(one, what, problems)
        if text is None:
            continue
        if any(other.name == text for other in found):
            problems.add(Code.JOURNEY_DUPLICATE, mark_of(one), f'"{text}" stands here twice')
            continue
        found.append(Named(text, mark_of(one)))
    return tuple(found)


def items(node: yaml.Node, what: str, problems: Problems) -> Iterator[yaml.Node]:
    """The items of a list."""
    if isinstance(node, yaml.SequenceNode):
        yield from node.value
    else:
        problems.add(Code.JOURNEY_VALUE, mark_of(node), f"{what} is a list")


def day(node: yaml.Node, what: str, problems: Problems) -> date | None:
    """A day, such as 2027-03-31."""
    written = node.value.strip() if isinstance(node, yaml.ScalarNode) else ""
    try:
        if not _DAY.fullmatch(written):
            raise ValueError
        return date.fromisoformat(written)
    except ValueError:
        problems.add(
            Code.JOURNEY_VALUE, mark_of(node), f"{what} is a day", remedy="for example 2027-03-31"
        )
        return None


def duration(node: yaml.Node, what: str, problems: Problems) -> int | None:
    """A duration in microseconds."""
    if isinstance(node, yaml.ScalarNode) and len(node.value) < 40:
        try:
            return microseconds(node.value)
        except UsageError as error:
            problem = error.problems[0]
            problems.add(
                Code.JOURNEY_VALUE, mark_of(node), f"{what}: {problem.message}", "", problem.remedy
            )
            return None
    problems.add(
        Code.JOURNEY_VALUE, mark_of(node), f"{what} is a duration", remedy="for example 45m or 30d"
    )
    return None


def whole(node: yaml.Node, what: str, least: int, problems: Problems) -> int | None:
    """A whole number of at least `least`."""
    if isinstance(node, yaml.ScalarNode) and node.tag == _INT and node.value.isdecimal():
        found = int(node.value) if len(node.value) < 7 else -1
        if found >= least:
            return found
    problems.add(
        Code.JOURNEY_VALUE, mark_of(node), f"{what} is a whole number from {least:,} to {MOST:,}"
    )
    return None


def amount(node: yaml.Node, what: str, problems: Problems) -> float | None:
    """An amount of money: a number above 0, with digits and at most one point."""
    if isinstance(node, yaml.ScalarNode) and node.tag in _NUMBERS and _AMOUNT.fullmatch(node.value):
        found = float(node.value)
        if 0 < found <= MOST_MONEY:
            return found
    problems.add(
        Code.JOURNEY_VALUE,
        mark_of(node),
        f"{what} is a number above 0",
        remedy="write the amount alone, such as 7.50",
    )
    return None


def truth(node: yaml.Node, what: str, problems: Problems) -> bool:
    """True or false."""
    if isinstance(node, yaml.ScalarNode) and node.tag == _BOOL:
        found = yaml.constructor.SafeConstructor.bool_values.get(node.value.lower())
        if found is not None:
            return bool(found)
    problems.add(Code.JOURNEY_VALUE, mark_of(node), f"{what} is true or false")
    return False


def _short(text: str) -> str:
    shown = "".join(sign if sign.isprintable() else "?" for sign in text)
    return shown if len(shown) <= 40 else shown[:39] + "…"
