"""Choices of which nothing was seen: their model moves are blamed on no step of a branch."""

from __future__ import annotations

import numpy as np

from cjmine.conformance.alignments import NOWHERE
from cjmine.counting.groups import Flags, Ints
from cjmine.ideal.choices import Choices, Repeated


def skipped_choices(
    choices: Choices, trace: Ints, label: Ints, is_seen: Flags, is_left_out: Flags
) -> Ints:
    """For each move the name of the choice that is skipped with it, `NOWHERE` without one.

    `is_seen` flags the moves on steps of which an event was seen: matches, and model moves with an
    event of the same step elsewhere; `is_left_out` all other model moves. A choice is skipped when
    a journey comes past it and none of its moves on the way is seen; of choices inside each other
    it is the outermost. In a part that repeats, each time is looked at on its own.

    >>> from cjmine.ideal.choices import choices_of
    >>> from cjmine.ideal.nodes import Choice, Step
    >>> choices = choices_of(Choice((Step("Keep"), Step("New"))), ("Keep", "New"))
    >>> one, yes = np.zeros(1, np.int64), np.ones(1, bool)
    >>> skipped_choices(choices, one, one, ~yes, yes).tolist()
    [0]
    """
    found = np.full(len(trace), NOWHERE, np.int64)
    if not len(choices.named):
        return found
    asked = np.flatnonzero(is_left_out)
    is_owned: Flags = np.logical_or.reduce(choices.owns)
    asked = asked[is_owned[label[asked]]]
    if not len(asked):
        return found
    is_asked: Flags = np.zeros(int(trace[-1]) + 1, bool)
    is_asked[trace[asked]] = True
    rows = np.flatnonzero((is_seen | is_left_out) & is_asked[trace])
    trace, label, is_seen = trace[rows], label[rows], is_seen[rows]
    begins = np.diff(trace, prepend=-1) != 0
    anew = [_begun_anew(part, np.cumsum(begins) - 1, label) for part in choices.repeated]
    chosen = np.full(len(rows), NOWHERE, np.int64)
    for choice, name in enumerate(choices.named.tolist()):
        repeats = np.flatnonzero(choices.within[choice]).tolist()
        passage = np.cumsum(np.logical_or.reduce([begins, *(anew[one] for one in repeats)]))
        inside = choices.holds[choice][label]
        has_seen = np.zeros(int(passage[-1]) + 1, bool)
        has_seen[passage[inside & is_seen]] = True
        is_mine = choices.owns[choice][label] & ~is_seen & ~has_seen[passage]
        chosen[is_mine & (chosen == NOWHERE)] = name
    found[rows] = chosen
    return found


def _begun_anew(part: Repeated, trace: Ints, label: Ints) -> Flags:
    """At which rows a part that repeats begins again, for all traces at once, row by row.

    A part goes on for as long as its steps can be of one time.
    """
    anew = np.zeros(len(label), bool)
    rows = np.flatnonzero(part.inside[label])
    if not len(rows):
        return anew
    first = np.flatnonzero(np.diff(trace[rows], prepend=-1))
    lengths = np.diff(np.append(first, len(rows)))
    met = np.zeros((len(first), len(part.inside)), bool)
    active = np.arange(len(first))
    for depth in range(int(lengths.max())):
        active = active[lengths[active] > depth]
        here = rows[first[active] + depth]
        again = (met[active] & part.anew[label[here]]).any(axis=1)
        met[active[again]] = False
        met[active, label[here]] = True
        anew[here] = again
    return anew
