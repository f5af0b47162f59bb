"""The smallest edits of a journey file that let it fit the most journeys for each edit."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from cjmine.analysis.hints.misfits import Misfits
from cjmine.analysis.hints.needed_edits import Keys, Needs, asking, needs_of, sets_of
from cjmine.conformance.compare import steps_of_activities
from cjmine.conformance.fitting import ANYWHERE, fitting
from cjmine.counting.groups import Flags, Ints
from cjmine.errors import UsageError
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.ideal.edits import Edit, EditKind, edited
from cjmine.ideal.file import compiled_journey
from cjmine.results.figures import Counted

LEAST_GAIN = 0.02  # of the completed journeys, for each edit
MOST_EDITS = 10
_TRIED = 6
_OFTEN = (2, 3)
_NEARLY = 0.9
_ORDER = (EditKind.REPEAT, EditKind.OPTIONAL, EditKind.ANY_ORDER, EditKind.ALLOW)


@dataclass(frozen=True, slots=True)
class MadeEdit:
    """An edit, and the journeys that fit by it and not by those before it."""

    edit: Edit
    journeys: Counted


@dataclass(frozen=True, slots=True)
class Repair:
    """A journey file after some edits; the ideal that it declares."""

    text: str
    ideal: CompiledIdeal
    edits: tuple[MadeEdit, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the log: its activities, the completed journeys, the smallest group.

    `customers` have journeys that fit already; `contacts` are the declared names of contact.
    """

    activities: tuple[str, ...]
    completed: int
    customers: int
    min_group: int
    contacts: tuple[str, ...] = ()

    def keys(self, ideal: CompiledIdeal) -> Keys:
        """How edits of an ideal are numbered."""
        return Keys(ideal, self.activities, self.contacts)


def repair(text: str, ideal: CompiledIdeal, misfits: Misfits, known: Known) -> Repair:
    """Edit a journey file as long as each edit lets a fiftieth of the completed journeys fit more.

    In every round the deviations of each trace that does not fit say which edits it asks for. Of
    the sets of edits that most traces ask for, the one is made that lets the most
    journeys fit for each of its edits: how many is known exactly, by following the edited ideal.
    After that only traces that asked for one of these edits are aligned again. No edit is made for
    fewer customers than the smallest group, and no touchpoint is named that fewer have.
    """
    bench = _Bench(misfits, known)
    found = Repair(text, ideal)
    left = np.ones(len(misfits.traces), bool)
    needs = bench.needs(ideal, left)
    refused: frozenset[tuple[Edit, ...]] = frozenset()
    while room := MOST_EDITS - len(found.edits):
        keys = known.keys(found.ideal)
        asked = sets_of(needs, misfits.journeys, keys).ranked(room, _TRIED, refused)
        if not asked:
            break
        tried = [one for one in (bench.tried(found, edits, left) for edits in asked) if one]
        if not tried:
            refused |= set(asked)
            continue
        best = max(tried, key=lambda one: one.rate)
        if best.rate < LEAST_GAIN * known.completed or bench.is_small(best.fits):
            break
        best = bench.as_seldom(found, best, left)
        found = Repair(best.text, best.ideal, (*found.edits, *best.made))
        touched = asking(needs, keys, (one.edit for one in best.made), len(left))
        left &= ~best.fits
        needs = needs.without(touched | best.fits).with_(bench.needs(best.ideal, touched & left))
    return found


@dataclass(frozen=True, slots=True)
class _Tried:
    """A journey file after some edits more, the traces that fit by them, and how many journeys."""

    text: str
    ideal: CompiledIdeal
    fits: Flags
    made: tuple[MadeEdit, ...]

    @property
    def rate(self) -> float:
        """The journeys that fit more for each edit."""
        return sum(one.journeys for one in self.made) / len(self.made)


@dataclass(frozen=True, slots=True)
class _Bench:
    """Where edits are tried on the traces that do not fit."""

    misfits: Misfits
    known: Known

    def needs(self, ideal: CompiledIdeal, traces: Flags) -> Needs:
        """What some traces ask for."""
        code, label, starts = self._events(ideal, traces)
        stays = label != ANYWHERE
        upto = np.append(0, np.cumsum(stays))
        found = needs_of(self.known.keys(ideal), code[stays], label[stays], upto[starts])
        return Needs(np.flatnonzero(traces)[found.trace], found.key)

    def tried(self, before: Repair, edits: tuple[Edit, ...], left: Flags) -> _Tried | None:
        """A journey file with some edits more, one after the other; None where one is not to be."""
        text, ideal, made = before.text, before.ideal, []
        fits = np.zeros(len(left), bool)
        for edit in sorted(edits, key=lambda one: (_ORDER.index(one.kind), one)):
            if edit.kind is EditKind.ALLOW and self.is_small(self._having(edit.names[0])):
                return None
            changed = edited(text, edit)
            if changed is None:
                return None
            try:
                ideal = compiled_journey(changed, before.ideal.journey.file)
            except UsageError:  # the rest of the file does not go with the edit
                return None
            if ideal.space.labels != before.ideal.space.labels:
                return None
            text = changed
            more = self._fits(ideal, left & ~fits)
            fits = fits | more
            made.append(MadeEdit(edit, self._counted(more)))
        return _Tried(text, ideal, fits, tuple(made))

    def as_seldom(self, before: Repair, best: _Tried, left: Flags) -> _Tried:
        """The same edits with the least repeats that nine tenths of the journeys need."""
        enough = _NEARLY * best.rate
        for place, one in enumerate(best.made):
            if one.edit.kind is not EditKind.REPEAT:
                continue
            for often in _OFTEN:
                edits = [made.edit for made in best.made]
                edits[place] = replace(one.edit, most=often)
                fewer = self.tried(before, tuple(edits), left)
                if fewer is not None and fewer.rate >= enough:
                    best = fewer
                    break
        return best

    def is_small(self, traces: Flags) -> bool:
        """Whether too few customers have one of some traces."""
        return self.misfits.people(traces) < self.known.min_group

    def _having(self, name: str) -> Flags:
        """Which traces have a touchpoint."""
        code = self.known.activities.index(name)
        found = self.misfits.traces
        has = np.append(0, np.cumsum(found.codes == code))
        return has[found.starts[1:]] > has[found.starts[:-1]]

    def _fits(self, ideal: CompiledIdeal, traces: Flags) -> Flags:
        """Which of some traces fit an ideal."""
        _, label, starts = self._events(ideal, traces)
        found = np.zeros(len(traces), bool)
        found[np.flatnonzero(traces)[fitting(ideal.space, label, starts)]] = True
        return found

    def _events(
        self, ideal: CompiledIdeal, traces: Flags
    ) -> tuple[npt.NDArray[np.integer], npt.NDArray[np.int32], Ints]:
        """The activities of some traces, the steps that they are in an ideal, and their bounds."""
        found = self.misfits.traces
        names = self.known.activities
        step = steps_of_activities(names, ideal)
        step[np.array([name in ideal.journey.allow for name in names], bool)] = ANYWHERE
        lengths = np.diff(found.starts)
        code = found.codes[np.repeat(traces, lengths)]
        return code, step[code], np.append(0, np.cumsum(lengths[traces]))

    def _counted(self, traces: Flags) -> Counted:
        """The journeys of some traces; all others of their customers are behind the rest."""
        misfits = self.misfits
        rest = max(misfits.people(~traces), self.known.customers)
        return Counted(int(misfits.journeys[traces].sum()), misfits.people(traces), rest)
