"""The choices of an ideal journey: what a comparison needs to see that a whole one was skipped.

The state space does not know which part a step was written in, so choices are taken from the parts.
What branches have in common at their beginning or end is first taken out of the choice, and a
choice that is a branch of another is part of that one: how a choice is written changes no name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from cjmine.ideal.nodes import (
    AnyOrder,
    Choice,
    Node,
    Optional,
    Repeat,
    Sequence,
    Step,
    choice_name,
    steps_of,
)

Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
_Parts = tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """A part that may come several times.

    `inside` flags its steps by label. `anew[b, a]`: where the step b comes after the step a, the
    part has begun anew, because b never follows a within it.
    """

    inside: Flags
    anew: Flags


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """The first steps of the branches of a choice, in the order of the file."""

    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices of an ideal, each before those inside of it; tables are by label.

    Choice c is called by `called[named[c]]`, in which each name is once. `holds[c, l]`: the step l
    occurs in the choice; `owns[c, l]`: and nowhere else. `within[c, r]`: the choice is inside the
    part `repeated[r]`.
    """

    called: tuple[FirstSteps, ...]
    named: Ints
    holds: Flags
    owns: Flags
    within: Flags
    repeated: tuple[Repeated, ...]

    @property
    def first(self) -> tuple[tuple[str, ...], ...]:
        """The first steps of each name."""
        return tuple(one.steps for one in self.called)

    @property
    def names(self) -> tuple[str, ...]:
        """What each choice is called: its first steps.

        >>> choices_of(Choice((Step("Keep"), Step("New"))), ("Keep", "New")).names
        ('Keep or New',)
        """
        return tuple(map(choice_name, self.first))

    def named_by(self, step: str) -> tuple[int, ...]:
        """The choices that a step is a first step of, as places in `first`."""
        return tuple(place for place, steps in enumerate(self.first) if step in steps)

    def is_about(self, step: str | None, name: str) -> bool:
        """Whether what is said about a step (None: about all) is about what is called so.

        >>> choices = choices_of(Choice((Step("Keep"), Step("New"))), ("Keep", "New"))
        >>> choices.is_about("New", "Keep or New"), choices.is_about("New", "Keep")
        (True, False)
        """
        if step is None or step == name:
            return True
        return any(self.names[place] == name for place in self.named_by(step))


def choices_of(root: Node, labels: tuple[str, ...]) -> Choices:
    """The choices of an ideal whose steps have these labels.

    >>> card, bill = (Sequence((Step("Log in"), Step(one))) for one in ("Card", "Bill"))
    >>> choices_of(Choice((card, bill)), ("Log in", "Card", "Bill")).first
    (('Card', 'Bill'),)
    """
    parts = _factored(root)
    found = _Found({name: place for place, name in enumerate(labels)})
    found.walk(_one(parts), ())
    total = found.occurrences(_one(parts))
    holds = np.array([found.occurrences(node) for node, _ in found.choices], np.int64)
    holds = holds.reshape(len(found.choices), len(labels))
    tuples = [found.first_steps(node) for node, _ in found.choices]
    place = {steps: number for number, steps in enumerate(dict.fromkeys(tuples))}
    within = [
        [one in repeats for one in range(len(found.repeated))] for _, repeats in found.choices
    ]
    return Choices(
        called=tuple(map(FirstSteps, place)),
        named=np.array([place[steps] for steps in tuples], np.int64),
        holds=holds > 0,
        owns=(holds > 0) & (holds == total),
        within=np.array(within, bool).reshape(len(found.choices), len(found.repeated)),
        repeated=tuple(found.repeated),
    )


@dataclass(slots=True)
class _Found:
    """Choices and repeated parts met so far, from the outside in."""

    label: dict[str, int]
    choices: list[tuple[Choice, tuple[int, ...]]] = field(default_factory=list)
    repeated: list[Repeated] = field(default_factory=list)

    def walk(self, node: Node, repeats: tuple[int, ...]) -> None:
        match node:
            case Step():
                return
            case Optional():
                return self.walk(node.node, repeats)
            case Repeat():
                if node.max != 1 and _has_choice(node.node):
                    repeats = (*repeats, len(self.repeated))
                    self.repeated.append(self._repeated(node.node))
                return self.walk(node.node, repeats)
            case Choice():
                self.choices.append((node, repeats))
        for part in node.nodes:
            self.walk(part, repeats)

    def occurrences(self, node: Node) -> Ints:
        places = [self.label[step.name] for step in steps_of(node)]
        return np.bincount(np.array(places, np.int64), minlength=len(self.label))

    def first_steps(self, node: Node) -> tuple[str, ...]:
        return tuple(sorted(set(_first(node)), key=self.label.__getitem__))

    def _repeated(self, body: Node) -> Repeated:
        follows = np.zeros((len(self.label), len(self.label)), bool)
        inside = self._mark_followers(body, follows)
        return Repeated(inside, ~follows)

    def _mark_followers(self, node: Node, follows: Flags) -> Flags:
        """Set `follows[b, a]` where b may come after a within a part; the steps of the part."""
        match node:
            case Step():
                return self.occurrences(node) > 0
            case Optional():
                return self._mark_followers(node.node, follows)
            case Repeat():
                inside = self._mark_followers(node.node, follows)
                if node.max != 1:
                    follows[np.ix_(inside, inside)] = True
                return inside
        before = np.zeros(len(self.label), bool)
        for part in node.nodes:
            inside = self._mark_followers(part, follows)
            if not isinstance(node, Choice):
                follows[np.ix_(inside, before)] = True
            if isinstance(node, AnyOrder):
                follows[np.ix_(before, inside)] = True
            before |= inside
        return before


def _has_choice(node: Node) -> bool:
    match node:
        case Step():
            return False
        case Optional() | Repeat():
            return _has_choice(node.node)
        case Choice():
            return True
    return any(map(_has_choice, node.nodes))


def _first(node: Node) -> Iterator[str]:
    """The first step of a part in the file; of a choice that of each branch."""
    match node:
        case Step():
            yield node.name
        case Optional() | Repeat():
            yield from _first(node.node)
        case Choice():
            for part in node.nodes:
                yield from _first(part)
        case _:
            yield from _first(node.nodes[0])


def _one(parts: _Parts) -> Node:
    return parts[0] if len(parts) == 1 else Sequence(parts)


def _factored(node: Node) -> _Parts:
    """A part as parts in a row, without marks; what branches begin or end with is outside."""
    match node:
        case Step():
            return (Step(node.name),)
        case Optional():
            return (Optional(_one(_factored(node.node))),)
        case Repeat():
            return (Repeat(_one(_factored(node.node)), node.min, node.max),)
        case AnyOrder():
            return (AnyOrder(tuple(_one(_factored(part)) for part in node.nodes)),)
        case Sequence():
            return tuple(part for one in node.nodes for part in _factored(one))
    return _between([_factored(part) for part in node.nodes])


def _between(branches: Iterable[_Parts]) -> _Parts:
    """A choice between branches, as parts in a row."""
    spliced = [branch for one in branches for branch in _branches(one)]
    some = [branch for branch in spliced if branch]
    may_be_left_out = len(some) < len(spliced)
    for split, joined in (
        (lambda one: (one[0], one[1:]), lambda same, rest: (same, *rest)),
        (lambda one: (one[-1], one[:-1]), lambda same, rest: (*rest, same)),
    ):
        some = _grouped(some, split, joined)
    if not some:
        return ()
    parts = some[0] if len(some) == 1 else (Choice(tuple(map(_one, some))),)
    return (Optional(_one(parts)),) if may_be_left_out else parts


def _branches(parts: _Parts) -> list[_Parts]:
    """The branches of what is only a choice; else the one branch that it is."""
    match parts:
        case (Choice() as inner,):
            return [one.nodes if isinstance(one, Sequence) else (one,) for one in inner.nodes]
    return [parts]


def _grouped(
    branches: list[_Parts],
    split: Callable[[_Parts], tuple[Node, _Parts]],
    joined: Callable[[Node, _Parts], _Parts],
) -> list[_Parts]:
    """Branches with one part in common made one, with a choice between what is left of them."""
    groups: dict[Node, list[_Parts]] = {}
    for branch in branches:
        same, rest = split(branch)
        groups.setdefault(same, []).append(rest)
    return [joined(same, _between(rests)) for same, rests in groups.items()]
