"""How many journeys reach each step of the ideal, and how they go on from there."""

from __future__ import annotations

import numpy as np

from cjmine.analysis.folding import Gate, Part, hidden_cells
from cjmine.conformance.compare import Comparison
from cjmine.conformance.progress import Passed
from cjmine.conformance.states import State
from cjmine.results.check import NeverRow, StateCounts, StepRow
from cjmine.results.share import WITHHELD, share

_WENT_ON = 0
_COLUMN = np.zeros(len(State), np.int64)
_COLUMN[State.ABANDONED], _COLUMN[State.EXITED] = 1, 2
_COLUMN[State.OPEN], _COLUMN[State.COMPLETED] = 3, 4
_COLUMNS = 5


def step_rows(
    comparison: Comparison, passed: Passed, gate: Gate
) -> tuple[tuple[StepRow, ...], NeverRow]:
    """One row a step in the order of the ideal, and the journeys that have none.

    Truncated journeys are left out. Every other journey stands at the end of the log at the step
    of its last match, or has never matched one.
    """
    journey_file = comparison.ideal.journey
    labels = {name: number for number, name in enumerate(comparison.ideal.space.labels)}
    state, customer = comparison.states.of_journey, comparison.journeys.customer
    steps = len(labels)
    seen = np.flatnonzero(state != State.TRUNCATED)
    never = np.setdiff1d(seen, passed.journey)
    column = np.where(passed.is_last, _COLUMN[state[passed.journey]], _WENT_ON)
    where = np.concatenate([passed.step, np.full(len(never), steps)])
    what = np.concatenate([column, _COLUMN[state[never]]])
    who = np.concatenate([passed.journey, never])
    shape = (steps + 1, _COLUMNS)
    counts = np.bincount(where * _COLUMNS + what, minlength=shape[0] * shape[1]).reshape(shape)
    hidden = hidden_cells(where, what, customer[who], shape, gate.min_group)
    cells: list[list[int | None]] = [
        [None if hide else int(count) for hide, count in zip(*both, strict=True)]
        for both in zip(hidden, counts, strict=True)
    ]
    rows = []
    for step in journey_file.steps:
        number = labels[step.name]
        at = passed.step == number
        reached = passed.journey[at]
        few = gate.tells_too_much(Part.once(reached, seen))
        unmatched = passed.journey[at & ~passed.is_matched]
        matched = None if gate.count(unmatched) is None else len(reached) - len(unmatched)
        went_on, abandoned, exited, still_open, finished = cells[number]
        drop_off = WITHHELD
        if went_on is not None and abandoned is not None:
            drop_off = share(abandoned, abandoned + went_on)
        rows.append(
            StepRow(
                step=step.name,
                stage=journey_file.stage_of(step.name),
                moment_of_truth=step.moment_of_truth,
                reached=None if few else len(reached),
                matched=None if few else matched,
                went_on=went_on,
                abandoned=abandoned,
                exited=exited,
                open=still_open,
                finished=finished,
                drop_off=drop_off,
            )
        )
    _, abandoned, exited, still_open, finished = cells[steps]
    return tuple(rows), NeverRow(abandoned, exited, still_open, finished)


def state_counts(comparison: Comparison, gate: Gate) -> StateCounts:
    """The journeys in each state; small ones are withheld, and another so that none is told."""
    state = comparison.states.of_journey
    row = np.zeros(len(state), np.int64)
    shape = (1, len(State))
    customer = comparison.journeys.customer
    hidden = hidden_cells(row, state.astype(np.int64), customer, shape, gate.min_group)[0]
    shown = [None if hidden[one] else comparison.states.count(one) for one in State]
    return StateCounts(
        completed=shown[State.COMPLETED],
        exited=shown[State.EXITED],
        open=shown[State.OPEN],
        abandoned=shown[State.ABANDONED],
        truncated=shown[State.TRUNCATED],
    )
