"""All cheapest alignments of traces at once: the places that they go through, and their moves.

Alignments of one trace part and meet again, and those of several traces meet where the traces end
alike. What lies on any of them is a graph of places, each of which is looked at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cjmine.conformance.alignments import NOWHERE, Ways
from cjmine.conformance.suffixes import Costs, Table

Ints = npt.NDArray[np.int64]
_NEW, _MET = 2, 1


@dataclass(frozen=True, slots=True)
class Level:
    """The places with equally many events to come, and every move that is among the cheapest.

    A place is a node of the tree of endings and a state, as one number: node times states plus
    state. `place[i]` has `sign[i]` as its next event; `match[i]` and `log[i]` are where these
    moves lead, `NOWHERE` if they are not among the cheapest. Model moves lead from `source` to
    `target`, both of this level, by the step `label`; those of a source are in one row, and
    sources with less cost to come are first.
    """

    place: Ints
    sign: Ints
    match: Ints
    log: Ints
    source: Ints
    target: Ints
    label: Ints


def cheapest_moves(costs: Costs, ways: Ways, by_sign: npt.NDArray[np.int16]) -> list[Level]:
    """What lies on the cheapest alignments of all traces, without events to come first.

    `by_sign[s, e]` is where the event e leads from the state s if it matches, `NOWHERE` if not.
    """
    states, table = costs.table.shape[1], costs.table.ravel()
    met = np.zeros(len(table), np.uint8)
    met[costs.node * states] = _NEW
    bounds = costs.levels.tolist()
    found: list[Level] = []
    for low, high in zip(bounds[-2::-1], bounds[:0:-1], strict=True):
        part = slice(low * states, high * states)
        source, target, label = _model_moves(met[part], table[part], ways, states)
        place = np.flatnonzero(met[part]) + part.start
        node, state = place // states, place % states
        left, above, sign = table[place], costs.parent[node] * states, costs.label[node]
        match, log = np.full(len(place), NOWHERE), np.full(len(place), NOWHERE)
        if low:
            is_log = table[above + state] + 1 == left
            log[is_log] = (above + state)[is_log]
            asked = np.flatnonzero(sign >= 0)
            onto = by_sign[state[asked], sign[asked]].astype(np.int64)
            asked, onto = asked[onto >= 0], onto[onto >= 0]
            onto += above[asked]
            is_match = table[onto] == left[asked]
            match[asked[is_match]] = onto[is_match]
            met[match[match != NOWHERE]] = _NEW
            met[log[is_log]] = _NEW
        first = part.start
        found.append(Level(place, sign, match, log, source + first, target + first, label))
    return found[::-1]


def _model_moves(
    met: npt.NDArray[np.uint8], left: Table, ways: Ways, states: int
) -> tuple[Ints, Ints, Ints]:
    """The model moves among the cheapest from the places met so far; where they lead is met too."""
    out = np.diff(ways.of_state)
    rows = [np.zeros((3, 0), np.int64)]
    fresh = np.flatnonzero(met)
    while len(fresh):
        met[fresh] = _MET
        fresh = fresh[left[fresh] > 0]
        state = fresh % states
        many = out[state]
        one = np.repeat(np.arange(len(fresh)), many)
        way = np.arange(len(one)) + (ways.of_state[state] - np.cumsum(many) + many)[one]
        source = fresh[one]
        target = source - state[one] + ways.target[way]
        good = left[target] + 1 == left[source]
        source, target = source[good], target[good]
        rows.append(np.stack([source, target, ways.label[way[good]]]))
        met[target[met[target] == 0]] = _NEW
        fresh = np.flatnonzero(met == _NEW) if len(target) else target
    every = np.concatenate(rows, axis=1)
    source, target, label = every[:, np.argsort(left[every[0]], kind="stable")]
    return source, target, label
