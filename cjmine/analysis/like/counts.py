"""Trials counted by stratum, with and without each item, and how customers sway the difference.

    first = tallied(trials, outcome)                  one round, all items; parts add up
    held = first.strata(item)                         who is compared with whom, how much alike
    second = swayed(trials, outcome, customer, …)     another round, with `held` of the whole log

The outcome of a trial is a whole number: whether the journey reaches the goal, or how often
something happens after the landmark.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cjmine.analysis.cohorts import Cells, cells, rows, stacked
from cjmine.analysis.influences import Influences
from cjmine.analysis.like.after import trials_after_events
from cjmine.analysis.like.at_steps import trials_at_steps
from cjmine.analysis.like.kinds import GIVEN_UP, Digits
from cjmine.analysis.like.shown import NOTHING, Shown
from cjmine.analysis.like.trials import Surroundings, Trials, trials_beside
from cjmine.analysis.strata import Mix, Strata, strata_influences
from cjmine.counting.groups import Flags, Ints
from cjmine.counting.merging import summed

_NONE = np.zeros(0, np.int64)
_NO_CELLS = Cells(_NONE, _NONE, _NONE)
ENOUGH = 0.8  # of the trials with an item: where fewer have comparables, less is held equal
WITHOUT, WITH, ALONE = range(3)  # the sides of an item; those that have it and no comparables


def all_trials(about: Surroundings, more: Shown = NOTHING) -> Trials:
    """Every trial of a part: after events, then at each step; `more` are items that events show."""
    return trials_beside([trials_after_events(about, more), *trials_at_steps(about)])


@dataclass(frozen=True, slots=True)
class Tally:
    """Trials by item and stratum, in this order: the sum of their outcomes, and how many."""

    item: Ints
    stratum: Ints
    n: Ints
    of: Ints

    def of_item(self, item: int) -> Tally:
        """The strata of one item."""
        low, high = np.searchsorted(self.item, [item, item + 1])
        columns = (self.item, self.stratum, self.n, self.of)
        return Tally(*(one[low:high] for one in columns))

    def at(self, stratum: Ints) -> tuple[Ints, Ints]:
        """The sums and numbers in some strata, where all are of one item; 0 in those without."""
        place = np.searchsorted(self.stratum, stratum)
        is_there = np.append(self.stratum, -1)[place] == stratum
        n, of = (np.append(one, 0)[place] * is_there for one in (self.n, self.of))
        return n, of

    def coarser(self, digits: Digits, level: int) -> Tally:
        """The same by strata in which less is equal (see `Digits.coarser`)."""
        if not level:
            return self
        return _tally(self.item, digits.coarser(self.stratum, level), self.n, self.of)

    def __add__(self, other: Tally) -> Tally:
        return _tally(
            *(
                np.concatenate([getattr(self, name), getattr(other, name)])
                for name in ("item", "stratum", "n", "of")
            )
        )


def _tally(item: Ints, stratum: Ints, n: Ints, of: Ints) -> Tally:
    order = np.lexsort((stratum, item)) if item.any() else np.argsort(stratum, kind="stable")
    item, stratum, n, of = (one[order] for one in (item, stratum, n, of))
    fresh = np.ones(len(order), bool)
    fresh[1:] = (item[1:] != item[:-1]) | (stratum[1:] != stratum[:-1])
    first = np.flatnonzero(fresh)
    if not len(first):
        return Tally(item, stratum, n, of)
    n, of = (np.add.reduceat(one, first, dtype=np.int64) for one in (n, of))
    return Tally(item[first], stratum[first], n, of)


@dataclass(frozen=True, slots=True)
class ItemStrata:
    """An item with the strata in which journeys have it; `strata` is without it, then with it.

    `level` says how much less is equal in them than in the strata of trials (see `GIVEN_UP`).
    """

    item: int
    stratum: Ints
    strata: Strata
    level: int = 0

    @property
    def given_up(self) -> tuple[str, ...]:
        """What is not held equal, by name."""
        return GIVEN_UP[self.level]


@dataclass(frozen=True)
class LikeCounts:
    """All trials, those at which an item shows first, and those of journeys that had it before."""

    every: Tally
    affected: Tally
    before: Tally
    digits: Digits

    def strata(self, item: int) -> ItemStrata:
        """Who is compared with whom: as much alike as leaves enough of them comparables.

        How much is held equal follows from the numbers of journeys alone, never from outcomes.
        Where nothing helps, everything is held equal.
        """
        found = [self._strata(item, level) for level in range(len(GIVEN_UP))]
        for one in found:
            of = one.strata.second_of
            if int(of[one.strata.supported].sum()) >= ENOUGH * int(of.sum()):
                return one
        return found[0]

    @cached_property
    def _levels(self) -> tuple[Tally, ...]:
        """All trials, by strata in which less and less is equal."""
        return tuple(self.every.coarser(self.digits, level) for level in range(len(GIVEN_UP)))

    def _strata(self, item: int, level: int) -> ItemStrata:
        """Who is compared with whom at one level.

        With the item are the journeys at the landmark where they first have it; without it those
        that come to the same landmark, are of the same kind, and have not had it so far. What they
        do later does not count.
        """
        found = self.affected.of_item(item).coarser(self.digits, level)
        n, of = self._levels[level].at(found.stratum)
        before = self.before.of_item(item).coarser(self.digits, level)
        had_n, had_of = before.at(found.stratum)
        without = (n - found.n - had_n, of - found.of - had_of)
        return ItemStrata(item, found.stratum, Strata(*without, found.n, found.of), level)

    def __add__(self, other: LikeCounts) -> LikeCounts:
        return summed(self, other, digits=self.digits)


def tallied(trials: Trials, outcome: Ints) -> LikeCounts:
    """Count the trials of a part; `outcome` has one entry a trial."""
    held = trials.held

    def those(at: Ints) -> Tally:
        trial = held.trial[at]
        return _tally(
            held.item[at], trials.stratum[trial], outcome[trial], np.ones(len(at), np.int64)
        )

    nothing, one_each = np.zeros(len(trials), np.int64), np.ones(len(trials), np.int64)
    return LikeCounts(
        every=_tally(nothing, trials.stratum, outcome, one_each),
        affected=those(np.flatnonzero(held.is_first)),
        before=those(np.flatnonzero(~held.is_first)),
        digits=trials.digits,
    )


@dataclass(frozen=True, slots=True)
class SwayedCounts:
    """How customers sway the difference of each item: with it minus without it.

    `sides` has for each item the journeys in strata with both sides: without it (a journey counts
    once a landmark), with it, and those with it that have no comparables.
    """

    swayed: tuple[Influences, ...]
    sides: Cells

    def __add__(self, other: SwayedCounts) -> SwayedCounts:
        swayed = tuple(one + two for one, two in zip(self.swayed, other.swayed, strict=True))
        return summed(self, other, swayed=swayed)


def swayed(
    trials: Trials, outcome: Ints, customer: Ints, items: tuple[ItemStrata, ...]
) -> SwayedCounts:
    """The influences of the customers of a part; `customer` has one entry a journey."""
    found, sides = [], []
    people = int(customer[-1]) + 1 if len(customer) else 0
    for one, side in zip(items, compared_trials(trials, items), strict=True):
        is_in = one.strata.supported[side.place]
        trial = side.trial[is_in]
        owner, has_it = customer[trials.journey[trial]], side.has_it[is_in]
        found.append(
            strata_influences(
                one.strata, Mix.SECOND, side.place[is_in], has_it, outcome[trial], owner
            )
        )
        which = np.where(is_in, side.has_it.astype(np.int64), ALONE)
        kept = is_in | side.has_it
        whose = customer[trials.journey[side.trial[kept]]]
        order = np.argsort(whose, kind="stable")
        sides.append(cells(rows(which[kept][order], whose[order], ALONE + 1, people)))
    return SwayedCounts(tuple(found), stacked([_NO_CELLS, *sides]))


@dataclass(frozen=True, slots=True)
class Compared:
    """The trials of one item: which, the place of their stratum, and on which side they are."""

    trial: Ints
    place: Ints
    has_it: Flags


class _Ordered:
    """The order of trials by stratum, and their strata in it, at each level that is asked for."""

    def __init__(self, trials: Trials) -> None:
        self._trials = trials
        self._levels: dict[int, tuple[Ints, Ints]] = {}

    def at(self, level: int) -> tuple[Ints, Ints]:
        if level not in self._levels:
            stratum = self._trials.digits.coarser(self._trials.stratum, level)
            order = np.argsort(stratum, kind="stable")
            self._levels[level] = order, stratum[order]
        return self._levels[level]


def compared_trials(trials: Trials, items: tuple[ItemStrata, ...]) -> Iterator[Compared]:
    """The trials that each item is compared at, in the order of the items."""
    ordered = _Ordered(trials)
    by_item = np.argsort(trials.held.item, kind="stable")
    numbers = trials.held.item[by_item]
    side = np.zeros(len(trials), np.int8)
    for one in items:
        low, high = np.searchsorted(numbers, [one.item, one.item + 1])
        held = by_item[low:high]
        affected = trials.held.trial[held[trials.held.is_first[held]]]
        side[trials.held.trial[held]] = ALONE
        side[affected] = WITH
        order, stratum = ordered.at(one.level)
        begins, ends = (np.searchsorted(stratum, one.stratum, where) for where in ("left", "right"))
        many = ends - begins
        place = np.repeat(np.arange(len(many)), many)
        run = np.arange(len(place)) - np.repeat(np.cumsum(many) - many, many)
        trial = order[begins[place] + run]
        is_compared = side[trial] != ALONE
        trial, place = trial[is_compared], place[is_compared]
        yield Compared(trial, place, side[trial] == WITH)
        side[trials.held.trial[held]] = WITHOUT
