"""Examples of each deviation: its commonest traces, drawn as ideal, measured and marker row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.example_counts import ExampleCounts
from cjmine.conformance.alignments import NOWHERE, Move, align
from cjmine.conformance.compare import steps_of_activities
from cjmine.conformance.move_deviations import CLASSES
from cjmine.conformance.moves import MOVE_CLASS_OF, MoveClass, explain_moves
from cjmine.conformance.states import State
from cjmine.counting.groups import Ints
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.ideal.deviations import BY_CLASS, DeviationClass, Marker
from cjmine.results.check import Cell, Example
from cjmine.results.figures import Counted

MOST = 3
_LONGEST = 40  # columns; a longer trace explains nothing
_MARKERS = {kind: BY_CLASS[one].marker for one, kind in MOVE_CLASS_OF.items()}


def examples(
    counts: ExampleCounts, ideal: CompiledIdeal, activities: tuple[str, ...], min_group: int
) -> tuple[Example, ...]:
    """For each class the three commonest traces that have it, of enough customers each.

    Journeys of one trace that ended in different states are different examples: what is still to
    come is not drawn for open ones, and lost for abandoned ones.
    """
    drawing = _Drawing(counts, ideal, activities)
    enough = counts.customers >= max(min_group, 1)
    drawn: list[Example] = []
    for one in DeviationClass:
        taken = 0
        bit = 1 << CLASSES.index(one)
        for entry in drawing.commonest(np.flatnonzero(enough & ((counts.classes & bit) > 0))):
            if taken == MOST:
                break
            cells = drawing.cells(entry)
            if len(cells) <= _LONGEST:
                journeys = Counted(int(counts.journeys[entry]), counts.customers[entry])
                drawn.append(Example(one.value, journeys, cells))
                taken += 1
    return tuple(drawn)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Draws entries of the counted traces; activities are in the order of their names."""

    counts: ExampleCounts
    ideal: CompiledIdeal
    activities: tuple[str, ...]

    def commonest(self, wanted: Ints) -> list[int]:
        """The commonest first; among equals in the order of their activities, then by state."""
        journeys = self.counts.journeys
        top = wanted[np.argsort(-journeys[wanted], kind="stable")][: 20 * MOST]
        if len(wanted) > len(top):
            top = wanted[journeys[wanted] >= journeys[top[-1]]]

        def rank(entry: int) -> tuple[int, list[int], int]:
            state, *codes = self.counts.sequences.one(entry).tolist()
            return -int(journeys[entry]), codes, state

        return sorted(top.tolist(), key=rank)

    def cells(self, entry: int) -> tuple[Cell, ...]:
        """The columns of one entry, aligned anew: positions are not kept while counting."""
        code, *codes = self.counts.sequences.one(entry).tolist()
        state, labels = State(code), self.ideal.space.labels
        label = steps_of_activities(self.activities, self.ideal)[codes]
        starts = np.array([0, len(codes)])
        moves = align(self.ideal.space, label, starts)
        choices = self.ideal.choices
        explained = explain_moves(moves, label, starts, choices)
        cells = []
        before = NOWHERE
        for row, kind in enumerate(map(MoveClass, explained.kind)):
            ideal = measured = None
            choice, before = before, int(explained.choice[row])
            if before != NOWHERE:
                if before == choice:
                    continue  # one column a choice
                ideal = choices.names[before]
            elif moves.kind[row] != Move.LOG:
                ideal = labels[moves.label[row]]
            if moves.kind[row] != Move.MODEL:
                measured = self.activities[codes[moves.event[row]]]
            marker = _MARKERS.get(kind)
            if kind is MoveClass.TAIL:
                marker = Marker.SKIPPED if state is State.COMPLETED else Marker.LOST
            cells.append(Cell(ideal, measured, marker))
        return tuple(cells)
