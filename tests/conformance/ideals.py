"""Random nested ideals, and traces that stray from them: the hard cases of an alignment.

`ideals()` always nests: parts of every kind stand in each other, a name now and then stands twice.
`traces(root)` begins mostly with a word that the ideal accepts and then damages it, so that
matched, extra and missing steps stand side by side.
"""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from cjmine.conformance.alignments import NOWHERE, Alignments, align
from cjmine.ideal.nodes import AnyOrder, Choice, Node, Optional, Repeat, Sequence, Step, steps_of
from cjmine.ideal.space import StateSpace, compile_space

NAMES = tuple("ABCDEFGHIJKLMNOP")
UNKNOWN = ("x", "y")
MOST_STATES = 60  # an oracle must walk through all of them
KINDS = ("step", "sequence", "choice", "any-order", "maybe", "repeat")


@st.composite
def ideals(draw: st.DrawFn, depth: int = 3) -> Node:
    """An ideal of a few parts in a row, each of any kind."""
    used: list[str] = []

    def step() -> Step:
        if used and (len(used) == len(NAMES) or draw(st.integers(0, 7)) == 7):
            return Step(draw(st.sampled_from(used)))
        used.append(NAMES[len(used)])
        return Step(used[-1])

    def several(depth: int, most: int) -> tuple[Node, ...]:
        return tuple(part(depth) for _ in range(draw(st.integers(2, most))))

    def part(depth: int) -> Node:
        match draw(st.sampled_from(KINDS)) if depth else "step":
            case "sequence":
                return Sequence(several(depth - 1, 3))
            case "choice":
                return Choice(several(depth - 1, 3))
            case "any-order":
                return AnyOrder(several(depth - 1, 2))
            case "maybe":
                return Optional(part(depth - 1))
            case "repeat":
                least = draw(st.integers(0, 2))
                most = draw(st.none() | st.integers(max(least, 1), 3))
                return Repeat(part(depth - 1), least, most)
            case _:
                return step()

    while True:
        root = Sequence(tuple(part(depth - 1) for _ in range(draw(st.integers(2, 4)))))
        if compile_space(root).states <= MOST_STATES:
            return root
        used.clear()
        depth = max(depth - 1, 1)


@st.composite
def accepted_words(draw: st.DrawFn, space: StateSpace, enough: int = 10) -> list[str]:
    """A word that the ideal accepts; from `enough` steps on it makes for the end."""
    word: list[str] = []
    state = 0
    while True:
        ways = np.flatnonzero(space.source == state)
        left = space.to_end[state]
        if left == 0 and (len(word) >= enough or not len(ways) or draw(st.booleans())):
            return word
        if len(word) >= enough:
            ways = ways[space.to_end[space.target[ways]] < left]
        way = draw(st.sampled_from(ways.tolist()))
        word.append(space.labels[space.label[way]])
        state = int(space.target[way])


@st.composite
def traces(draw: st.DrawFn, root: Node) -> list[str]:
    """A damaged word of the ideal; now and then an empty trace or any word at all."""
    space = compile_space(root)
    names = st.sampled_from((*space.labels, *UNKNOWN))
    match draw(st.integers(0, 9)):
        case 0:
            return []
        case 1:
            return draw(st.lists(names, max_size=10))
    trace = draw(accepted_words(space))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(trace)))
        match draw(st.sampled_from(("add", "drop", "swap", "move", "change", "again", "cut"))):
            case "add":
                trace.insert(at, draw(names))
            case "drop":
                del trace[at : at + 1]
            case "swap":
                trace[at : at + 2] = trace[at : at + 2][::-1]
            case "move" if trace:
                event = trace.pop(draw(st.integers(0, len(trace) - 1)))
                trace.insert(min(at, len(trace)), event)
            case "change":
                trace[at : at + 1] = [draw(names)]
            case "again":
                trace[at:at] = trace[at - 1 : at] * draw(st.integers(1, 5))
            case "cut":
                del trace[at:]
    return trace


def logs(root: Node, most: int = 6) -> st.SearchStrategy[list[list[str]]]:
    """Several traces against one ideal, at least one."""
    return st.lists(traces(root), min_size=1, max_size=most)


ideals_and_logs = ideals().flatmap(lambda root: st.tuples(st.just(root), logs(root)))


def sequence(names: str) -> Sequence:
    """The ideal of single letters one after the other."""
    return Sequence(tuple(map(Step, names)))


def coded(space: StateSpace, given: list[list[str]]) -> tuple[np.ndarray, np.ndarray]:
    """Traces as `align` takes them: labels, and where each trace begins."""
    number = {name: place for place, name in enumerate(space.labels)}
    labels = [number.get(name, NOWHERE) for trace in given for name in trace]
    return np.array(labels, np.int32), np.cumsum([0, *map(len, given)])


def aligned(space: StateSpace, given: list[list[str]]) -> Alignments:
    """The alignments of traces."""
    return align(space, *coded(space, given))


def names_of(root: Node) -> tuple[str, ...]:
    """The distinct names of the steps."""
    return tuple({step.name: None for step in steps_of(root)})
