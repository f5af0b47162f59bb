"""The deviations that moves show: who has which how often, at which step, choice or touchpoint."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cjmine.conformance.alignments import NOWHERE, Move
from cjmine.conformance.compare import Comparison
from cjmine.conformance.journey_rows import distinct_rows, journey_rows
from cjmine.conformance.moves import MOVE_CLASS_OF, MoveClass
from cjmine.conformance.reached_steps import Passed, StepsOfTraces, counted_traces
from cjmine.conformance.states import State
from cjmine.counting.groups import Flags, Ints
from cjmine.ideal.deviations import BY_CLASS, DeviationClass, Evidence


@dataclass(frozen=True, slots=True)
class Deviations:
    """Who has which deviation how often: one row for each journey, class and name.

    Only counted journeys. `name` is a place in `names`: the steps, then the choices, then
    the activities of the log. `is_passed`: the journey passes the step, or a step of the choice.
    Rows of one class and name are in the order of journeys.
    """

    names: tuple[str, ...]
    of_class: npt.NDArray[np.uint8]
    name: Ints
    journey: Ints
    times: Ints
    is_passed: Flags


CLASSES = tuple(DeviationClass)


def is_extra(comparison: Comparison) -> Flags:
    """Which moves are events that are unexpected there.

    Each event of a touchpoint that the ideal does not declare is, also where it replaced a step:
    so every place that counts such a touchpoint has the same figure.
    """
    moves, kind, traces = comparison.moves, comparison.explained.kind, comparison.variants
    found: Flags = kind == MoveClass.UNEXPECTED
    rows = np.flatnonzero((kind == MoveClass.REPLACED) & (moves.kind == Move.LOG))
    event = traces.starts[moves.trace[rows]] + moves.event[rows]
    found[rows] = comparison.label[event] == NOWHERE
    return found


def deviations(comparison: Comparison, found: StepsOfTraces, passed: Passed) -> Deviations:
    """The deviations that moves show: pairs count once, an abandoned journey once."""
    moves, explained, traces = comparison.moves, comparison.explained, comparison.variants
    labels, choices = comparison.ideal.space.labels, comparison.ideal.choices.names
    steps, places = len(labels), len(labels) + len(choices)
    names = (*labels, *choices, *traces.activities)
    found_class = _CLASS[explained.kind, moves.kind]
    found_class[is_extra(comparison)] = CLASSES.index(DeviationClass.UNEXPECTED)
    rows = np.flatnonzero(found_class != NOWHERE)
    found_class, trace = found_class[rows], moves.trace[rows]
    is_log, choice = moves.kind[rows] == Move.LOG, explained.choice[rows]
    label = np.where(choice == NOWHERE, moves.label[rows], steps + choice)
    place = traces.starts[trace[is_log]] + moves.event[rows[is_log]]
    extra = found_class[is_log] == CLASSES.index(DeviationClass.UNEXPECTED)
    label[is_log] = np.where(extra, places + traces.codes[place], comparison.label[place])
    group = found_class * len(names) + label
    is_tail = explained.kind[rows] == MoveClass.TAIL
    # Each trace twice: as completed journeys have it, and as all others do.
    state, of_journey = comparison.states.of_journey, counted_traces(comparison)
    completed = state == State.COMPLETED
    groups = len(CLASSES) * len(names)
    key = np.concatenate([(2 * trace + 1) * groups + group, (2 * trace * groups + group)[~is_tail]])
    keys, times = distinct_rows(key)
    twice = keys // groups
    is_completed = completed & (of_journey < len(traces))
    spread = journey_rows(twice, 2 * len(traces), 2 * of_journey + is_completed)
    of_class, name = np.divmod(keys % groups, len(names)) if names else (keys, keys)
    at_place = np.flatnonzero(name < places)
    times[at_place[name[at_place] >= steps]] = 1  # a choice is skipped once a journey
    is_passed = np.zeros(len(keys), bool)
    is_passed[at_place] = found.places[twice[at_place] // 2, name[at_place]]
    row = spread.row
    lost = np.flatnonzero(passed.is_last & (state[passed.journey] == State.ABANDONED))
    abandoned = np.full(len(lost), CLASSES.index(DeviationClass.ABANDONED))
    once = np.ones(len(lost), np.int64)
    return Deviations(
        names,
        np.concatenate([of_class[row], abandoned]).astype(np.uint8),
        np.concatenate([name[row], passed.step[lost]]),
        np.concatenate([spread.journey, passed.journey[lost]]),
        np.concatenate([times[row], once]),
        np.concatenate([is_passed[row], once > 0]),
    )


# The class that each kind of move makes a deviation of, `NOWHERE` for none: of a pair, the move
# that shows the step; what is left undone after the last match is skipped in completed journeys.
_CLASS = np.full((len(MoveClass), len(Move)), NOWHERE, np.int64)
for _class, _kind in MOVE_CLASS_OF.items():
    _by_log = BY_CLASS[_class].evidence is Evidence.LOG_MOVE
    _CLASS[_kind, Move.LOG if _by_log else Move.MODEL] = CLASSES.index(_class)
_CLASS[MoveClass.TAIL, Move.MODEL] = CLASSES.index(DeviationClass.SKIPPED)
