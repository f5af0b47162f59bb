"""Steps that journeys leave out or turn round: how many do, and what like journeys achieve.

A step that many leave out may not be needed. Whether the goal suffers is asked of
like journeys, from the first later step on: those that came there with the step, and those without.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import Cohorts, cohorts_of, rows
from cjmine.analysis.compared_part import Part
from cjmine.analysis.hints.needed_edits import crossed
from cjmine.analysis.like.after import trials_after_events
from cjmine.analysis.like.at_steps import trials_skipped
from cjmine.analysis.like.counts import ItemStrata, LikeCounts, SwayedCounts, swayed, tallied
from cjmine.analysis.like.kinds import AskLike
from cjmine.analysis.like.trials import Family, Surroundings, Trials, surroundings, trials_beside
from cjmine.conformance.alignments import NOWHERE, Move
from cjmine.conformance.facts import Facts
from cjmine.conformance.move_deviations import CLASSES
from cjmine.conformance.moves import MoveClass
from cjmine.conformance.reached_steps import counted_traces
from cjmine.conformance.states import State
from cjmine.counting.groups import Ints
from cjmine.counting.merging import summed
from cjmine.ideal.deviations import DeviationClass
from cjmine.ideal.nodes import Choice, Node, Optional, Repeat, Step


def optional_steps(node: Node) -> frozenset[str]:
    """The steps that are optional by themselves, outside choices: each journey comes past them.

    >>> from cjmine.ideal.nodes import Sequence
    >>> sorted(optional_steps(Sequence((Optional(Step("A")), Choice((Step("B"), Step("C")))))))
    ['A']
    """
    match node:
        case Step() | Choice():
            return frozenset()
        case Optional(node=inner):
            return frozenset((_alone(inner),)) - {""} or optional_steps(inner)
        case Repeat(node=inner, min=0):
            return frozenset((_alone(inner),)) - {""} or optional_steps(inner)
        case Repeat():
            return optional_steps(node.node)
        case _:
            return frozenset().union(*map(optional_steps, node.nodes))


def _alone(node: Node) -> str:
    """The name of a part that is one step; "" for any other part."""
    match node:
        case Step():
            return node.name
        case Optional() | Repeat():
            return _alone(node.node)
        case _:
            return ""


@dataclass(frozen=True, slots=True)
class AskLeftOut:
    """The question: what like journeys have in common, and which steps are optional."""

    like: AskLike
    optional: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOutCounts:
    """One group a place: a step or choice that journeys came past without it, of all that did.

    `swapped` has one group a step: of the journeys that pass it, those that have it at another
    side of its neighbour. `crossed` counts them by that neighbour, one row a step.
    """

    like: LikeCounts
    skipped: Cohorts
    swapped: Cohorts
    crossed: Ints

    def __add__(self, other: LeftOutCounts) -> LeftOutCounts:
        return summed(self, other)


def count_left_out(about: Surroundings, asked: AskLeftOut) -> LeftOutCounts:
    """The counts of a part."""
    trials = _trials(about, asked)
    return LeftOutCounts(
        like=tallied(trials, _reaches(about, trials)),
        skipped=_skipped(about, trials),
        swapped=_swapped(about.facts),
        crossed=_crossed(about.facts),
    )


@dataclass(frozen=True, slots=True)
class AskSwayed:
    """The question for some items, with their strata over the whole log."""

    asked: AskLeftOut
    items: tuple[ItemStrata, ...]


def count_swayed(part: Part, question: AskSwayed) -> SwayedCounts:
    """How the customers of a part sway what leaving a step out, or turning it round, does."""
    about = surroundings(part, question.asked.like)
    trials = _trials(about, question.asked)
    return swayed(trials, _reaches(about, trials), about.facts.customer, question.items)


def _trials(about: Surroundings, asked: AskLeftOut) -> Trials:
    left_out = trials_skipped(about, frozenset(asked.optional))
    return trials_beside([trials_after_events(about), *left_out])


def _reaches(about: Surroundings, trials: Trials) -> Ints:
    found: Ints = (about.facts.state[trials.journey] == State.COMPLETED).astype(np.int64)
    return found


def _skipped(about: Surroundings, trials: Trials) -> Cohorts:
    """The journeys at the first later step, and those of them that came there without the step."""
    facts, items = about.facts, about.items
    begin = about.marks.begin(Family.LATER)
    size, several = len(items.places), max(len(items.steps), 1)
    place = (about.landmark_of(trials.stratum) - begin) // several
    is_without = np.zeros(len(trials), bool)
    first = items.begin(DeviationClass.SKIPPED)
    is_skip = (trials.held.item >= first) & (trials.held.item < first + size)
    is_without[trials.held.trial[is_skip]] = True
    at = np.flatnonzero((place >= 0) & (place < size))
    return cohorts_of(
        rows(place[at], facts.customer[trials.journey[at]], size, facts.customers), is_without[at]
    )


def _swapped(facts: Facts) -> Cohorts:
    passed, table = facts.passed, facts.deviations
    at = np.flatnonzero(table.of_class == CLASSES.index(DeviationClass.SWAPPED))
    steps = max(facts.step_count, 1)
    # A lost journey may have turned its last step round without passing it.
    key = np.sort(np.append(2 * (passed.journey * steps + passed.step),
                            2 * (table.journey[at] * steps + table.name[at]) + 1))  # fmt: skip
    first = np.flatnonzero(np.diff(key // 2, prepend=-1))
    swaps = np.bitwise_or.reduceat(key & 1, first) > 0 if len(first) else key > 0
    journey, step = np.divmod(key[first] // 2, steps)
    return cohorts_of(rows(step, facts.customer[journey], facts.step_count, facts.customers), swaps)


def _crossed(facts: Facts) -> Ints:
    """The counted journeys that turn two steps round: one row for the step that moved."""
    comparison, steps = facts.comparison, facts.step_count
    moves, explained, traces = comparison.moves, comparison.explained, comparison.variants
    log_moves = np.flatnonzero((explained.kind == MoveClass.SWAPPED) & (moves.kind == Move.LOG))
    event = traces.starts[moves.trace[log_moves]] + moves.event[log_moves]
    step = comparison.label[event].astype(np.int64)
    other = crossed(moves, explained, log_moves, step)
    times = np.bincount(counted_traces(comparison), minlength=len(traces) + 1)
    known = np.flatnonzero(other != NOWHERE)
    weight = times[moves.trace[log_moves[known]]]
    found = np.bincount(step[known] * steps + other[known], weight, steps * steps)
    return found.astype(np.int64)
