"""Which journeys leave out a step or have a touchpoint extra, and how sure that is.

Where alignments are equally cheap, the one that is shown is a matter of convention: what it leaves
out may be left out in all of them, or in some.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from cjmine.conformance.alignments import Move
from cjmine.conformance.compare import Comparison, steps_of_activities
from cjmine.conformance.journey_rows import journey_rows
from cjmine.conformance.ranges import Ranges, attribution_ranges
from cjmine.conformance.reached_steps import counted_traces
from cjmine.counting.groups import Ints


class Sureness(IntEnum):
    """In which alignments of a trace a move occurs: each includes those after it."""

    POSSIBLE = 1  # in some of the cheapest
    SHOWN = 2  # in the one that is shown
    CERTAIN = 3  # in every one of the cheapest


@dataclass(frozen=True, slots=True)
class Attributions:
    """One row for each journey and what it may leave out or have extra, in order of journeys.

    `name` is a place among the steps of the ideal, which may be left out, and behind them the
    activities of the log, which may be extra. Journeys that are open or truncated have no row.
    """

    journey: Ints
    name: Ints
    sureness: npt.NDArray[np.uint8]


def attributions(comparison: Comparison) -> Attributions:
    """What all cheapest alignments of the journeys say together.

    Raises AssertionError where the alignment that is shown is not among the cheapest.
    """
    found = comparison.variants
    steps = len(comparison.ideal.space.labels)
    names = steps + len(found.activities)
    of_journey = counted_traces(comparison)
    counted = np.flatnonzero(np.bincount(of_journey, minlength=len(found) + 1)[:-1])
    ranges = _ranges(comparison, counted)
    left_out, extra = ranges.left_out, ranges.extra
    possible = np.concatenate(
        [
            counted[left_out.trace] * names + left_out.name,
            counted[extra.trace] * names + steps + extra.name,
        ]
    )
    order = np.argsort(possible, kind="stable")
    possible = possible[order]
    is_certain = np.concatenate([left_out.is_certain, extra.is_certain])[order]
    sureness = np.full(len(possible), Sureness.POSSIBLE, np.uint8)
    shown = _shown(comparison, counted, steps, names)
    place = np.searchsorted(possible, shown)
    if not np.array_equal(possible[place[place < len(possible)]], shown):
        raise AssertionError("the alignment shown is not among the cheapest")
    sureness[place] = Sureness.SHOWN
    if (sureness[is_certain] != Sureness.SHOWN).any():
        raise AssertionError("the alignment shown lacks what all of the cheapest have")
    sureness[is_certain] = Sureness.CERTAIN
    trace, name = np.divmod(possible, names) if names else (possible, possible)
    rows = journey_rows(trace, len(found), of_journey)
    return Attributions(rows.journey, name[rows.row], sureness[rows.row])


def _ranges(comparison: Comparison, traces: Ints) -> Ranges:
    """The ranges of some of the distinct traces."""
    found, space = comparison.variants, comparison.ideal.space
    lengths = found.lengths[traces]
    starts = np.append(0, np.cumsum(lengths))
    event = np.arange(starts[-1]) + np.repeat(found.starts[traces] - starts[:-1], lengths)
    step_of = steps_of_activities(found.activities, comparison.ideal)
    return attribution_ranges(space, found.codes[event], step_of, starts)


def _shown(comparison: Comparison, traces: Ints, steps: int, names: int) -> Ints:
    """The moves that do not match of some alignments shown: trace and name as one number."""
    found, moves = comparison.variants, comparison.moves
    is_asked = np.zeros(len(found), bool)
    is_asked[traces] = True
    asked = is_asked[moves.trace]
    model = np.flatnonzero((moves.kind == Move.MODEL) & asked)
    log = np.flatnonzero((moves.kind == Move.LOG) & asked)
    activity = found.codes[found.starts[moves.trace[log]] + moves.event[log]]
    return np.concatenate(
        [
            moves.trace[model] * names + moves.label[model],
            moves.trace[log] * names + steps + activity,
        ]
    )
