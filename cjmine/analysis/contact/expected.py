"""How many contacts like journeys have without the cause: after a failure, and late.

Journeys that came to a failure or a passed limit are compared with like journeys at the same
landmark (`analysis.like`): those without it have so many contacts within the window after it. What
the others have more of the type is excess. Journeys that give a step up cannot be compared so with
those that go on: what happens later would choose the sides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cjmine.analysis.contact.events import ContactEvents
from cjmine.analysis.contact.kinds import FAILED, LATE, Kinds
from cjmine.analysis.like.after import trials_after_events
from cjmine.analysis.like.at_steps import trials_at_causes
from cjmine.analysis.like.counts import ItemStrata, LikeCounts, SwayedCounts, swayed, tallied
from cjmine.analysis.like.items import Items
from cjmine.analysis.like.kinds import ONE_KIND
from cjmine.analysis.like.trials import Family, Held, Surroundings, Trials, trials_beside
from cjmine.counting.groups import Flags, Ints
from cjmine.counting.merging import summed
from cjmine.ideal.deviations import DeviationClass

CAUSED = (FAILED, LATE)  # the types of which like journeys can say what is expected
_AT = {FAILED: DeviationClass.FAILED, LATE: DeviationClass.LATE}
_FAMILIES = {FAILED: (Family.ATTEMPT, Family.AFTER), LATE: (Family.LIMIT,)}
_MILLISECOND = 1000
_NOTHING = np.zeros(0, np.int64)
_NOT_HELD = Held(_NOTHING, _NOTHING, np.zeros(0, bool))
NO_TRIALS = Trials(_NOTHING, _NOTHING, _NOTHING, _NOT_HELD, ONE_KIND)


@dataclass(frozen=True, slots=True)
class ExpectedCounts:
    """Trials with the contacts after them, for each of the types that have a cause."""

    failed: LikeCounts
    late: LikeCounts

    def of(self, kind: int) -> LikeCounts:
        """The trials of a type."""
        return (self.failed, self.late)[CAUSED.index(kind)]

    def __add__(self, other: ExpectedCounts) -> ExpectedCounts:
        return summed(self, other)


@dataclass(frozen=True, slots=True)
class SwayedTypes:
    """How customers sway the items of each type, in their order."""

    failed: SwayedCounts
    late: SwayedCounts

    def of(self, kind: int) -> SwayedCounts:
        """The items of a type."""
        return (self.failed, self.late)[CAUSED.index(kind)]

    def __add__(self, other: SwayedTypes) -> SwayedTypes:
        return summed(self, other)


@dataclass(frozen=True, slots=True)
class TypeItems:
    """The items of each type that like journeys can speak of, with their strata."""

    failed: tuple[ItemStrata, ...]
    late: tuple[ItemStrata, ...]

    def of(self, kind: int) -> tuple[ItemStrata, ...]:
        """The items of a type."""
        return (self.failed, self.late)[CAUSED.index(kind)]


def items_of_type(items: Items, kind: int, friction: tuple[str, ...]) -> dict[int, int]:
    """The items of a type, each with its place among steps and touchpoints of friction."""
    begin, steps = items.begin(_AT[kind]), len(items.steps)
    found = {begin + step: step for step in range(steps)}
    if kind == FAILED:
        touchpoint = items.begin(DeviationClass.UNEXPECTED)
        for number, name in enumerate(friction):
            if name in items.activities:
                found[touchpoint + items.activities.index(name)] = steps + number
    return found


def count_expected(
    about: Surroundings, found: ContactEvents, kinds: Kinds, friction: tuple[str, ...], window: int
) -> ExpectedCounts:
    """Count the trials of a part, whose contacts are `found`."""
    return ExpectedCounts(
        *(
            tallied(one.trials, one.outcome)
            for one in _outcomes(about, found, kinds, friction, window)
        )
    )


def count_swayed_types(
    about: Surroundings,
    found: ContactEvents,
    kinds: Kinds,
    friction: tuple[str, ...],
    window: int,
    items: TypeItems,
) -> SwayedTypes:
    """How the customers of a part sway the items."""
    customer = about.facts.customer
    every = _outcomes(about, found, kinds, friction, window)
    return SwayedTypes(
        *(
            swayed(one.trials, one.outcome, customer, items.of(kind))
            for kind, one in zip(CAUSED, every, strict=True)
        )
    )


@dataclass(frozen=True, slots=True)
class _Outcome:
    """Trials of one type, with the contacts after each of them."""

    trials: Trials
    outcome: Ints


def _outcomes(
    about: Surroundings, found: ContactEvents, kinds: Kinds, friction: tuple[str, ...], window: int
) -> Iterator[_Outcome]:
    """The trials of each type: of the type after its cause, of any type for like journeys."""
    every = [*trials_at_causes(about)]
    every += [trials_after_events(about)] if friction else []
    tables = trials_beside([NO_TRIALS, *every])
    for kind in CAUSED:
        own = items_of_type(about.items, kind, friction)
        trials = _only(about, tables, _FAMILIES[kind], own)
        outcome = _within(about, found, trials, window, np.ones(len(found.journey), bool))
        affected = np.flatnonzero(trials.held.is_first)
        place = np.array([own[item] for item in trials.held.item[affected].tolist()], np.int64)
        trial = trials.held.trial[affected]
        for at in sorted(set(place.tolist())):
            those = trial[place == at]
            is_such = (kinds.type == kind) & (kinds.at == at)
            outcome[those] = _within(about, found, trials, window, is_such)[those]
        yield _Outcome(trials, outcome)


def _only(
    about: Surroundings, trials: Trials, families: tuple[Family, ...], own: dict[int, int]
) -> Trials:
    """The trials at some landmarks, with the items of one type alone."""
    landmark = about.landmark_of(trials.stratum)
    kept = np.zeros(len(trials), bool)
    for family in families:
        after = [one for one in Family if one > family]
        end = about.marks.begin(after[0]) if after else len(about.marks)
        kept |= (landmark >= about.marks.begin(family)) & (landmark < end)
    held, place = trials.held, np.cumsum(kept) - 1
    is_own = kept[held.trial] & np.isin(held.item, np.array(sorted(own), np.int64))
    return Trials(
        trials.journey[kept],
        trials.moment[kept],
        trials.stratum[kept],
        Held(place[held.trial[is_own]], held.item[is_own], held.is_first[is_own]),
        trials.digits,
    )


def _within(
    about: Surroundings, found: ContactEvents, trials: Trials, window: int, which: Flags
) -> Ints:
    """The contacts of the journey of each trial, of some kind, within the window after it."""
    journeys = about.facts.comparison.journeys
    begin = journeys.time[journeys.starts[:-1]]
    rows = np.flatnonzero(which)
    age = (found.time[rows] - begin[found.journey[rows]]) // _MILLISECOND
    since = (trials.moment - begin[trials.journey]) // _MILLISECOND
    last = since + window // _MILLISECOND
    span = int(max(age.max(initial=0), last.max(initial=0))) + 1
    clock = found.journey[rows] * span + age
    first, end = (
        np.searchsorted(clock, trials.journey * span + one, "right") for one in (since, last)
    )
    many: Ints = end - first
    return many
