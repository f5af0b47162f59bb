"""A question as another process gets it: names of functions and classes, and Arrow bytes."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from cjmine.counting.executors import Question
from cjmine.counting.packed import packed, unpacked
from cjmine.eventlog.parts import LogPart


@dataclass(frozen=True, slots=True)
class Value:
    """A dataclass as bytes, and the name by which its class is found."""

    kind: str
    data: bytes

    def read(self) -> Any:
        """The dataclass."""
        return unpacked(self.data, found(self.kind))


@dataclass(frozen=True, slots=True)
class Task:
    """A question without objects: nothing that arrives can run what is not in a module."""

    prepare: str
    setup: Value
    count: str
    shared: Value

    def answer(self, part: LogPart) -> bytes:
        """What a part answers, packed. Raises what reading and counting it raise."""
        facts = found(self.prepare)(part.read(), self.setup.read())
        return packed(found(self.count)(facts, self.shared.read()))


def task_of(question: Question[Any, Any, Any, Any]) -> Task:
    """A question as it is sent."""
    return Task(
        name_of(question.prepare),
        value_of(question.setup),
        name_of(question.count),
        value_of(question.shared),
    )


def value_of(value: object) -> Value:
    """A frozen dataclass as it is sent. Raises TypeError like `packed`."""
    return Value(name_of(type(value)), packed(value))


def name_of(thing: Any) -> str:
    """The name of a function or class of a module.

    >>> name_of(value_of), found("cjmine.counting.shipped:value_of") is value_of
    ('cjmine.counting.shipped:value_of', True)
    """
    assert "<" not in thing.__qualname__, f"{thing.__qualname__} has no name of its own"
    return f"{thing.__module__}:{thing.__qualname__}"


def found(name: str) -> Any:
    """The function or class of that name."""
    module, _, inner = name.partition(":")
    return getattr(import_module(module), inner)
