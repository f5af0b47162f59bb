"""Which edits of the journey file the deviations of a trace ask for, together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cjmine.conformance.alignments import NOWHERE, Alignments, Move, align
from cjmine.conformance.journey_rows import distinct_rows
from cjmine.conformance.moves import Explained, MoveClass, explain_moves
from cjmine.counting.groups import Flags, Ints
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.ideal.edits import Edit, EditKind
from cjmine.wildcards import fits

MOST_OFTEN = 5
_STEP, _CHOICE, _ALLOW, _REPEAT, _ORDER, _NONE = range(6)
_MOST_EDITS = 62  # the edits of a trace are bits of one number
_ASKED = 300


@dataclass(frozen=True, slots=True)
class Needs:
    """Rows of a trace and one edit that its deviations ask for, as a number; sorted by trace."""

    trace: Ints
    key: Ints

    def without(self, traces: Flags) -> Needs:
        """The rows of all other traces."""
        stays = ~traces[self.trace]
        return Needs(self.trace[stays], self.key[stays])

    def with_(self, other: Needs) -> Needs:
        """The rows of both, sorted."""
        trace = np.concatenate([self.trace, other.trace])
        order = np.argsort(trace, kind="stable")
        return Needs(trace[order], np.concatenate([self.key, other.key])[order])


@dataclass(frozen=True, slots=True)
class Keys:
    """How edits are numbered: by kind and one or two names of the ideal or of the log.

    `contacts` are names of contact, in which `*` holds for any text: they are never designed in.
    """

    ideal: CompiledIdeal
    activities: tuple[str, ...]
    contacts: tuple[str, ...] = ()

    @property
    def side(self) -> int:
        """One more than any name is numbered."""
        names = (self.ideal.space.labels, self.activities, self.ideal.choices.first)
        return 1 + max(map(len, names))

    def of(self, kind: int | Ints, one: Ints, other: int | Ints = 0) -> Ints:
        """The numbers of edits."""
        found: Ints = (kind * self.side + one) * self.side + other
        return found

    def edit(self, key: int) -> Edit | None:
        """The edit with a number; None where no edit lets journeys do what they did.

        Without the goal no journey is one; a step that says why it is kept stays as it is; and
        what is declared as friction or contact, or has a budget, is known to be unwanted.
        """
        rest, other = divmod(key, self.side)
        kind, one = divmod(rest, self.side)
        labels, journey = self.ideal.space.labels, self.ideal.journey
        kept = {step.name for step in journey.steps if step.keep}
        if kind in (_STEP, _REPEAT, _ORDER) and kept & set(labels[one : max(one, other) + 1]):
            return None
        if kind == _STEP:
            name = labels[one]
            is_end = name in journey.goal or name in journey.entry
            return None if is_end else Edit(EditKind.OPTIONAL, (name,))
        if kind == _CHOICE:
            holds = self.ideal.choices.holds[self.ideal.choices.named == one][0]
            names = tuple(labels[label] for label in np.flatnonzero(holds).tolist())
            return None if set(names) & {*journey.goal, *kept} else Edit(EditKind.OPTIONAL, names)
        if kind == _ALLOW:
            name = self.activities[one]
            budgets = (promise.step for promise in journey.expectations)
            is_meant = name in (*journey.friction, *budgets)
            is_meant |= any(fits(name, one) for one in self.contacts)
            return None if is_meant else Edit(EditKind.ALLOW, (name,))
        if kind == _REPEAT:
            return Edit(EditKind.REPEAT, (labels[one],), MOST_OFTEN)
        return Edit(EditKind.ANY_ORDER, (labels[one], labels[other])) if kind == _ORDER else None


def asking(needs: Needs, keys: Keys, edits: Iterable[Edit], traces: int) -> Flags:
    """Which of so many traces ask for one of some edits, however often a step may come."""
    wanted = {(one.kind, one.names) for one in edits}
    key, place = _distinct(needs.key)
    known = [keys.edit(one) for one in key.tolist()]
    is_wanted = np.array([one is not None and (one.kind, one.names) in wanted for one in known])
    found = np.zeros(traces, bool)
    found[needs.trace[is_wanted.astype(bool)[place]]] = True
    return found


def needs_of(
    keys: Keys, code: npt.NDArray[np.integer], label: npt.NDArray[np.int32], starts: Ints
) -> Needs:
    """What some traces ask for, from the alignment that is shown.

    `code` is the activity of each event, `label` its step or `NOWHERE`; trace v has the events
    `starts[v]` up to `starts[v + 1]`, without those that may come anywhere.
    """
    moves = align(keys.ideal.space, label, starts)
    explained = explain_moves(moves, label, starts, keys.ideal.choices)
    is_log = np.flatnonzero(moves.kind == Move.LOG)
    is_model = np.flatnonzero(moves.kind == Move.MODEL)
    event = starts[moves.trace[is_log]] + moves.event[is_log]
    step, kind = label[event].astype(np.int64), explained.kind[is_log]
    other = crossed(moves, explained, is_log, step)
    in_order = keys.of(_ORDER, np.minimum(step, other), np.maximum(step, other))
    in_order[other == NOWHERE] = keys.of(_NONE, np.zeros(1, np.int64))[0]
    again = kind == MoveClass.REPEATED
    first = np.where(step == NOWHERE, keys.of(_ALLOW, code[event].astype(np.int64)), in_order)
    first = np.where(again, keys.of(_REPEAT, step), first)
    apart = again & ~explained.at_once[is_log]
    paired = np.isin(explained.kind[is_model], (MoveClass.SWAPPED, MoveClass.OUT_OF_ORDER))
    left_out = is_model[~paired]
    choice = explained.choice[left_out]
    missing = np.where(
        choice == NOWHERE,
        keys.of(_STEP, moves.label[left_out].astype(np.int64)),
        keys.of(_CHOICE, choice),
    )
    trace = np.concatenate([moves.trace[is_log], moves.trace[is_log[apart]], moves.trace[left_out]])
    key = np.concatenate([first, in_order[apart], missing])
    most = int(key.max(initial=0)) + 1
    rows, _ = distinct_rows(trace * most + key)
    return Needs(*np.divmod(rows, most))


def crossed(moves: Alignments, explained: Explained, rows: Ints, step: Ints) -> Ints:
    """The step furthest from its place that an event of a step came on the wrong side of.

    For each of some log moves; `NOWHERE` where there is none.
    """
    is_match = moves.kind == Move.SYNCHRONOUS
    places = np.flatnonzero(is_match)
    upto = np.cumsum(is_match)
    if not len(places):
        return np.full(len(rows), NOWHERE, np.int64)
    before, after = upto[rows] - 1, np.minimum(upto[rows], len(places) - 1)

    def label(place: Ints, is_there: Flags) -> Ints:
        match = places[np.maximum(place, 0)]
        same = is_there & (moves.trace[match] == moves.trace[rows])
        return np.where(same, moves.label[match], NOWHERE).astype(np.int64)

    last, next_ = label(before, before >= 0), label(after, upto[rows] < len(places))
    partner = explained.partner[rows]
    came_late = np.where(partner == NOWHERE, last > step, partner < rows)
    came_early = np.where(partner == NOWHERE, (next_ >= 0) & (next_ < step), partner > rows)
    found = np.where(came_late, last, np.where(came_early, next_, NOWHERE))
    return np.where(found == step, NOWHERE, found)


@dataclass(frozen=True, slots=True)
class Sets:
    """Sets of edits, each as bits, and how many journeys have traces that ask for just that."""

    edits: tuple[Edit, ...]
    bits: Ints
    journeys: Ints

    def ranked(
        self, largest: int, top: int, refused: frozenset[tuple[Edit, ...]]
    ) -> list[tuple[Edit, ...]]:
        """The sets of at most so many edits that fit the most journeys for each of their edits."""
        size = np.bitwise_count(self.bits).astype(np.int64)
        asked = np.flatnonzero((size > 0) & (size <= largest))
        asked = asked[np.argsort(-self.journeys[asked], kind="stable")[:_ASKED]]
        rated = [
            (-int(self.journeys[(self.bits & ~one) == 0].sum()) / one.bit_count(), one)
            for one in self.bits[asked].tolist()
        ]
        rated.sort(key=lambda one: (one[0], one[1].bit_count(), one[1]))
        found = (self._edits(one) for _, one in rated)
        return [one for one in found if one not in refused][:top]

    def _edits(self, bits: int) -> tuple[Edit, ...]:
        return tuple(edit for place, edit in enumerate(self.edits) if bits >> place & 1)


def sets_of(needs: Needs, journeys: Ints, keys: Keys) -> Sets:
    """What traces ask for, put together; traces that no edit helps are left out."""
    key, place = _distinct(needs.key)
    edits = [keys.edit(one) for one in key.tolist()]
    starts = np.flatnonzero(np.diff(needs.trace, prepend=-1))
    if not len(starts):
        return Sets((), np.zeros(0, np.int64), np.zeros(0, np.int64))
    row = np.cumsum(np.diff(needs.trace, prepend=-1) != 0) - 1  # the trace of each need
    is_edit = np.array([one is not None for one in edits], bool)
    helped = np.logical_and.reduceat(is_edit[place], starts)
    weight = np.bincount(place, journeys[needs.trace] * helped[row], len(key))
    order = np.argsort(-weight, kind="stable")
    chosen = order[weight[order] > 0][:_MOST_EDITS]
    bit = np.full(len(key), NOWHERE, np.int64)
    bit[chosen] = np.arange(len(chosen))
    known = bit[place] != NOWHERE
    bits = np.bitwise_or.reduceat(np.where(known, 1 << np.maximum(bit[place], 0), 0), starts)
    helped = np.logical_and.reduceat(known, starts)
    found, group = _distinct(bits[helped])
    times = np.bincount(group, journeys[needs.trace[starts[helped]]], len(found))
    named = (edits[one] for one in chosen.tolist())
    return Sets(tuple(one for one in named if one), found, times.astype(np.int64))


def _distinct(numbers: Ints) -> tuple[Ints, Ints]:
    """The distinct ones of some numbers about traces, in order, and the place of each in them."""
    found, _ = distinct_rows(numbers)
    return found, np.searchsorted(found, numbers)
