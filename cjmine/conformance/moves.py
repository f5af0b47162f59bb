"""Every move of an alignment explained once: which named deviation it belongs to.

Definitions: DESIGN section 8. The names follow Grohs, van der Aa and Rehse (BPM 2024: inserted is
called unexpected here); an auditor's three groups are missing, extra and different.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from cjmine.conformance.alignments import NOWHERE, Alignments, Move
from cjmine.conformance.choices import skipped_choices
from cjmine.counting.groups import Flags, Ints
from cjmine.ideal.choices import Choices
from cjmine.ideal.deviations import DEVIATIONS, Evidence


class MoveClass(IntEnum):
    """What a move belongs to. A tail is what the ideal still asks for after the last match."""

    MATCHED = 0
    SWAPPED = 1
    OUT_OF_ORDER = 2
    REPLACED = 3
    TAIL = 4
    SKIPPED = 5
    REPEATED = 6
    UNEXPECTED = 7


# The class of the moves that make a deviation, for each that is counted by moves.
MOVE_CLASS_OF = {
    one.of_class: MoveClass[one.of_class.name]
    for one in DEVIATIONS
    if one.evidence in (Evidence.LOG_MOVE, Evidence.MODEL_MOVE)
}


@dataclass(frozen=True, slots=True)
class Explained:
    """One entry a move, in the order of the alignments.

    `before` counts the matches before the move in its trace; `partner` is the other move of a
    swapped, out-of-order or replaced pair, `NOWHERE` without one. `choice` names the choice that is
    skipped, or comes in the tail, with a model move: none of it was seen; else `NOWHERE`.
    `at_once` says of a repeated event that no match lies between it and the event of the same step
    before it, or after it where there is none before.
    """

    kind: npt.NDArray[np.uint8]
    before: Ints
    partner: Ints
    choice: Ints
    at_once: Flags

    def count(self, kind: MoveClass, moves: Alignments, what: Move) -> Ints:
        """How many moves of one sort belong to a kind, for each trace."""
        seen = (self.kind == kind) & (moves.kind == what)
        return np.diff(np.concatenate([[0], np.cumsum(seen)])[moves.starts])


def explain_moves(
    moves: Alignments, event_label: npt.NDArray[np.int32], starts: Ints, choices: Choices
) -> Explained:
    """Give every move its kind, in the fixed order of precedence.

    `event_label` and `starts` are the traces that were aligned, `choices` those of the ideal. What
    is left out of a choice of which nothing was seen is skipped, and not replaced.

    >>> from cjmine.conformance.alignments import align
    >>> from cjmine.ideal.choices import choices_of
    >>> from cjmine.ideal.nodes import Sequence, Step
    >>> from cjmine.ideal.space import compile_space
    >>> root = Sequence((Step("A"), Step("B"), Step("C")))
    >>> space = compile_space(root)
    >>> labels, starts = np.array([0, 2, 1], np.int32), np.array([0, 3])
    >>> choices = choices_of(root, space.labels)
    >>> found = explain_moves(align(space, labels, starts), labels, starts, choices)
    >>> [MoveClass(kind).name for kind in found.kind]
    ['MATCHED', 'SWAPPED', 'MATCHED', 'SWAPPED']
    """
    trace = moves.trace
    is_match = moves.kind == Move.SYNCHRONOUS
    is_log, is_model = moves.kind == Move.LOG, moves.kind == Move.MODEL
    upto = np.concatenate([[0], np.cumsum(is_match)])
    before = upto[:-1] - upto[moves.starts[:-1]][trace]
    matches = np.diff(upto[moves.starts])
    tail = before == matches[trace]
    label = moves.label.astype(np.int64)
    if is_log.any():
        label[is_log] = event_label[starts[trace[is_log]] + moves.event[is_log]]
    side = int(label.max(initial=0)) + 1
    key = trace * side + label
    known = label >= 0
    seen = _Seen.of(len(moves.cost) * side, key, is_log & known, is_model, is_match)
    kind = np.full(len(trace), MoveClass.MATCHED, np.uint8)
    kind[is_log], kind[is_model] = MoveClass.UNEXPECTED, MoveClass.SKIPPED
    partner = np.full(len(trace), NOWHERE, np.int64)

    pairs = _same_step_pairs(key, before, is_log, known & (seen.both[key]) & ~is_match)
    apart = np.abs(before[pairs[0]] - before[pairs[1]])
    for one, other in (pairs, pairs[::-1]):
        kind[one] = np.where(apart == 1, MoveClass.SWAPPED, MoveClass.OUT_OF_ORDER)
        partner[one] = other

    is_left_out = kind == MoveClass.SKIPPED
    choice = skipped_choices(
        choices, trace, label, (is_match | is_model) & ~is_left_out, is_left_out
    )
    rest = ((kind == MoveClass.UNEXPECTED) | is_left_out) & (choice == NOWHERE)
    for one, other in _lonely_pairs(trace, before, rest & ~tail, is_log):
        kind[one], kind[other] = MoveClass.REPLACED, MoveClass.REPLACED
        partner[one], partner[other] = other, one

    kind[(kind == MoveClass.SKIPPED) & tail] = MoveClass.TAIL
    again = known & seen.matched[key] & (kind == MoveClass.UNEXPECTED)
    kind[again] = MoveClass.REPEATED
    at_once = again & _beside_its_like(key, before, is_match, ~is_model & known, again)
    return Explained(kind, before, partner, choice, at_once)


@dataclass(frozen=True, slots=True)
class _Seen:
    """Which pairs of trace and step have a log and a model move, and which a match."""

    both: Flags
    matched: Flags

    @classmethod
    def of(cls, pairs: int, key: Ints, is_log: Flags, is_model: Flags, is_match: Flags) -> _Seen:
        logs, models, matched = (np.zeros(pairs, bool) for _ in range(3))
        logs[key[is_log]] = True
        models[key[is_model]] = True
        matched[key[is_match]] = True
        return cls(logs & models, matched)


def _same_step_pairs(key: Ints, before: Ints, is_log: Flags, unmatched: Flags) -> tuple[Ints, Ints]:
    """Log and model moves of one step and trace (`key`), the nearest first, then the leftmost.

    `unmatched` are the moves of those steps that have both kinds in one trace. The nearest two of
    opposite sorts are neighbours, or moves at the same place as one of them: of several that are
    equally far from their next opposite, the first one is taken.
    """
    left = np.flatnonzero(unmatched)
    left = left[np.argsort(key[left], kind="stable")]
    found: list[Ints] = []
    while len(left) > 1:
        one, other = left[:-1], left[1:]
        beside = np.flatnonzero((key[one] == key[other]) & (is_log[one] != is_log[other]))
        if not len(beside):
            break
        apart = before[other[beside]] - before[one[beside]]
        best = beside[np.lexsort((beside, apart, key[one[beside]]))]
        best = best[np.diff(key[left[best]], prepend=-1) != 0]
        alike = (key[one] == key[other]) & (is_log[one] == is_log[other])
        alike &= before[one] == before[other]
        place = np.arange(len(left))
        place[1:][alike] = 0
        leftmost = np.maximum.accumulate(place)[best]
        found += [left[leftmost], left[best + 1]]
        stays = np.ones(len(left), bool)
        stays[leftmost] = stays[best + 1] = False
        left = left[stays]
    first = np.concatenate([np.zeros(0, np.int64), *found[::2]])
    second = np.concatenate([np.zeros(0, np.int64), *found[1::2]])
    return first, second


def _lonely_pairs(trace: Ints, before: Ints, rest: Flags, is_log: Flags) -> list[tuple[Ints, Ints]]:
    """A log and a model move that are alone between two matches."""
    left = np.flatnonzero(rest)
    if not len(left):
        return []
    fresh = np.ones(len(left), bool)
    fresh[1:] = (np.diff(trace[left]) != 0) | (np.diff(before[left]) != 0)
    starts = np.flatnonzero(fresh)
    sizes = np.diff(np.append(starts, len(left)))
    two = starts[sizes == 2]
    one, other = left[two], left[two + 1]
    mixed = is_log[one] != is_log[other]
    return [(one[mixed], other[mixed])]


def _beside_its_like(
    key: Ints, before: Ints, is_match: Flags, has_label: Flags, again: Flags
) -> Flags:
    """Whether no match lies between an event and the one of its step before it (else after)."""
    result = np.zeros(len(key), bool)
    if not again.any():
        return result
    repeated = np.zeros(int(key.max()) + 1, bool)
    repeated[key[again]] = True
    events = np.flatnonzero(has_label)
    events = events[repeated[key[events]]]
    order = np.argsort(key[events], kind="stable")
    events = events[order]
    same = key[events[1:]] == key[events[:-1]]
    one, other = events[:-1], events[1:]
    near = same & (before[other] - before[one] - is_match[one] == 0)
    has_previous = np.concatenate([[False], same])
    by_previous = np.concatenate([[False], near])
    by_next = np.concatenate([near, [False]])
    result[events] = np.where(has_previous, by_previous, by_next)
    return result
