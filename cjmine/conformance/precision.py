"""How much of what the ideal allows was ever seen."""

from __future__ import annotations

import numpy as np

from cjmine.conformance.alignments import Move
from cjmine.conformance.compare import Comparison


def precision(comparison: Comparison) -> float | None:
    """Align-ETC: of the steps allowed where journeys have been, the share that was ever taken.

    Each journey is read as the run of the ideal that its alignment goes through. At each beginning
    of a run, weighted with the journeys that go on from there: the distinct next steps of runs,
    over the distinct next steps that the ideal allows. 1 for an ideal without freedom; None
    without any run. Source: Adriansyah, Munoz-Gama, Carmona, van Dongen, van der Aalst, Measuring
    precision of modeled behavior (2015), one optimal alignment a trace.
    """
    moves, space = comparison.moves, comparison.ideal.space
    steps = max(len(space.labels), 1)
    rows = np.flatnonzero(moves.kind != Move.LOG)
    trace = moves.trace[rows]
    label, state = moves.label[rows].astype(np.int64), moves.state[rows].astype(np.int64)
    bounds = np.searchsorted(trace, np.arange(len(comparison.variants) + 1))
    lengths = np.diff(bounds)
    ways = np.unique(space.source * steps + space.label)
    first_way = np.searchsorted(ways, np.arange(space.states + 1) * steps)
    allowed = taken = 0
    node = np.zeros(len(lengths), np.int64)
    here = np.zeros(len(lengths), np.int64)
    active = np.flatnonzero(lengths > 0)
    depth = 0
    while len(active):
        weight = np.bincount(node[active], comparison.variants.journeys[active])
        places = np.unique(node[active] * space.states + here[active])
        many = first_way[places % space.states + 1] - first_way[places % space.states]
        place = np.repeat(np.arange(len(places)), many)
        begins = np.cumsum(many) - many
        way = ways[first_way[places % space.states][place] + np.arange(len(place)) - begins[place]]
        options = np.unique(places[place] // space.states * steps + way % steps)
        allowed += int(weight[options // steps].sum())
        onward = node[active] * steps + label[bounds[active] + depth]
        seen, number = np.unique(onward, return_inverse=True)
        taken += int(weight[seen // steps].sum())
        node[active], here[active] = number, state[bounds[active] + depth]
        depth += 1
        active = active[lengths[active] > depth]
    return taken / allowed if allowed else None
