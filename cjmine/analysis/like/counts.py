"""Trials counted by stratum, with and without each item, and how customers sway the difference.

    first = tallied(trials, outcome)                  one round, all items; parts add up
    held = first.strata(item)                         who is compared with whom
    second = swayed(trials, outcome, customer, …)     another round, with `held` of the whole log

The outcome of a trial is a whole number: whether the journey reaches the goal, or how often
something happens after the landmark.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import Cells, cells, rows, stacked
from cjmine.analysis.influences import Influences
from cjmine.analysis.like.after import trials_after_events
from cjmine.analysis.like.at_steps import trials_at_steps
from cjmine.analysis.like.shown import NOTHING, Shown
from cjmine.analysis.like.trials import Surroundings, Trials, trials_beside
from cjmine.analysis.strata import Mix, Strata, strata_influences
from cjmine.counting.groups import Flags, Ints
from cjmine.counting.merging import summed

_NONE = np.zeros(0, np.int64)
_NO_CELLS = Cells(_NONE, _NONE, _NONE)
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
    """An item with the strata in which journeys have it; `strata` is without it, then with it."""

    item: int
    stratum: Ints
    strata: Strata


@dataclass(frozen=True, slots=True)
class LikeCounts:
    """All trials, those at which an item shows first, and those of journeys that had it before."""

    every: Tally
    affected: Tally
    before: Tally

    def strata(self, item: int) -> ItemStrata:
        """Who is compared with whom.

        With the item are the journeys at the landmark where they first have it; without it those
        that come to the same landmark, are of the same kind, and have not had it so far. What they
        do later does not count.
        """
        found = self.affected.of_item(item)
        n, of = self.every.at(found.stratum)
        had_n, had_of = self.before.of_item(item).at(found.stratum)
        without = (n - found.n - had_n, of - found.of - had_of)
        return ItemStrata(item, found.stratum, Strata(*without, found.n, found.of))

    def __add__(self, other: LikeCounts) -> LikeCounts:
        return summed(self, other)


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


def compared_trials(trials: Trials, items: tuple[ItemStrata, ...]) -> Iterator[Compared]:
    """The trials that each item is compared at, in the order of the items."""
    order = np.argsort(trials.stratum, kind="stable")
    ordered = trials.stratum[order]
    by_item = np.argsort(trials.held.item, kind="stable")
    numbers = trials.held.item[by_item]
    side = np.zeros(len(trials), np.int8)
    for one in items:
        low, high = np.searchsorted(numbers, [one.item, one.item + 1])
        held = by_item[low:high]
        affected = trials.held.trial[held[trials.held.is_first[held]]]
        side[trials.held.trial[held]] = ALONE
        side[affected] = WITH
        begins, ends = (np.searchsorted(ordered, one.stratum, where) for where in ("left", "right"))
        many = ends - begins
        place = np.repeat(np.arange(len(many)), many)
        run = np.arange(len(place)) - np.repeat(np.cumsum(many) - many, many)
        trial = order[begins[place] + run]
        is_compared = side[trial] != ALONE
        trial, place = trial[is_compared], place[is_compared]
        yield Compared(trial, place, side[trial] == WITH)
        side[trials.held.trial[held]] = WITHOUT
