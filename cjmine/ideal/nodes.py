"""What an ideal journey is made of: steps, and the five ways in which they are put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the journey file: line and column; both count from 1, 0 where there is no file."""

    line: int = 0
    column: int = 0


UNMARKED = Mark()


@dataclass(frozen=True, slots=True)
class Within:
    """How long after another step a step may come, in microseconds; None is no bound.

    `after` names the other step; None means the matched step before it.
    """

    min: int | None = None
    max: int | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """The evidence that a step was tried and failed.

    `activities` are other labels of the same touchpoint, such as its error page; `column` is an
    attribute of the log that holds one of `values`.
    """

    activities: tuple[str, ...] = ()
    column: str | None = None
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One touchpoint of the ideal journey; `channels` are those it may happen in, () any.

    `keep` is the reason why it must stay as it is, where one is declared.
    """

    name: str
    channels: tuple[str, ...] = ()
    within: Within | None = None
    failed: Failed | None = None
    moment_of_truth: bool = False
    keep: str | None = None
    mark: Mark = UNMARKED


@dataclass(frozen=True, slots=True)
class Sequence:
    """One after the other."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Exactly one of the branches."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOrder:
    """All of the branches; their steps may come in any order, each branch in its own."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Optional:
    """An optional part."""

    node: Node


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part that comes `min` to `max` times; `max` None is as often as one likes."""

    node: Node
    min: int = 1
    max: int | None = None


def choice_name(first: Iterable[str], joined: str = "or") -> str:
    """What a choice is called: the first steps of its branches.

    >>> choice_name(("Keep contract", "New contract"))
    'Keep contract or New contract'
    """
    return f" {joined} ".join(first)


Node = Step | Sequence | Choice | AnyOrder | Optional | Repeat


def steps_of(node: Node) -> Iterator[Step]:
    """The steps of a part, in the order of the file.

    >>> [step.name for step in steps_of(Sequence((Step("Search"), Optional(Step("Compare")))))]
    ['Search', 'Compare']
    """
    match node:
        case Step():
            yield node
        case Optional() | Repeat():
            yield from steps_of(node.node)
        case _:
            for part in node.nodes:
                yield from steps_of(part)
