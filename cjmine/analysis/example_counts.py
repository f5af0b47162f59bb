"""The compared traces with the deviations that they have: what examples are chosen from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import Cells, cells, rows
from cjmine.analysis.deviation_counts import codes_in
from cjmine.conformance.facts import Facts
from cjmine.conformance.move_deviations import CLASSES
from cjmine.conformance.moves import MOVE_CLASS_OF, MoveClass
from cjmine.conformance.states import State
from cjmine.counting.groups import Ints
from cjmine.eventlog.sequences import Sequences, narrow, together
from cjmine.ideal.deviations import DeviationClass


@dataclass(frozen=True, slots=True)
class ExampleCounts:
    """One entry a trace and state: `sequences` hold the state, then the activities.

    `classes` has the bit of each deviation class that the journeys of an entry have.
    """

    sequences: Sequences
    classes: Ints
    journeys: Ints
    customers: Ints

    def __add__(self, other: ExampleCounts) -> ExampleCounts:
        """Equal traces have equal deviations."""
        both = together(self.sequences, other.sequences)
        many = len(both.sequences)
        classes = np.zeros(many, np.int64)
        classes[both.number] = np.concatenate([self.classes, other.classes])

        def total(first: Ints, second: Ints) -> Ints:
            return np.bincount(both.number, np.concatenate([first, second]), many).astype(np.int64)

        return ExampleCounts(
            both.sequences,
            classes,
            total(self.journeys, other.journeys),
            total(self.customers, other.customers),
        )


def count_examples(facts: Facts, activities: tuple[str, ...]) -> ExampleCounts:
    """Count journeys by trace and state; activities are those of the whole log, in order."""
    found, many = facts.comparison.variants, len(State)
    own = codes_in(activities, found.activities)
    group = facts.variant * many + facts.state
    counted: Cells = cells(rows(group, facts.customer, len(found) * many, facts.customers))
    entries = np.flatnonzero(counted.count)
    variant, state = np.divmod(entries, many)
    lengths = found.lengths[variant] + 1
    starts = np.append(0, np.cumsum(lengths))
    shift = np.repeat(found.starts[variant] - starts[:-1] - 1, lengths)
    place = np.arange(starts[-1]) + shift
    is_first = np.zeros(len(place), bool)
    is_first[starts[:-1]] = True
    codes = np.empty(len(place), np.int64)
    codes[is_first] = state
    codes[~is_first] = own[found.codes[place[~is_first]]]
    return ExampleCounts(
        Sequences(narrow(codes, max(len(activities), many)), starts),
        _classes(facts)[entries],
        counted.count[entries],
        counted.customers[entries],
    )


def _classes(facts: Facts) -> Ints:
    """The bits of the classes that each pair of trace and state has."""
    moves, kind = facts.comparison.moves, facts.comparison.explained.kind
    bits = np.zeros(len(MoveClass), np.int64)
    for one, of_moves in MOVE_CLASS_OF.items():
        bits[of_moves] = 1 << CLASSES.index(one)
    skipped = 1 << CLASSES.index(DeviationClass.SKIPPED)
    found = np.zeros((len(facts.comparison.variants), len(State)), np.int64)
    if len(kind):
        has = np.flatnonzero(np.diff(moves.starts))
        begins = moves.starts[:-1][has]
        found[has] = np.bitwise_or.reduceat(bits[kind], begins)[:, None]
        tails = np.bitwise_or.reduceat(np.where(kind == MoveClass.TAIL, skipped, 0), begins)
        found[has, State.COMPLETED] |= tails
    found[:, State.ABANDONED] |= 1 << CLASSES.index(DeviationClass.ABANDONED)
    found[:, [State.TRUNCATED, State.OPEN]] = 0
    return found.ravel()
