"""Several items at once: journeys that have more than one of them count once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import Cells, cells, rows
from cjmine.analysis.influences import Influences
from cjmine.analysis.like.counts import ItemStrata, compared_trials
from cjmine.analysis.like.trials import Trials
from cjmine.analysis.strata import Mix, Strata, count_strata, strata_influences
from cjmine.counting.groups import Flags, Ints
from cjmine.counting.merging import summed


@dataclass(frozen=True, slots=True)
class TogetherCounts:
    """The strata of several items one behind the other, and the journeys that have any of them.

    A journey with several of them is where it has the first. It is compared with journeys that
    have had none of them so far.
    """

    strata: Strata
    journeys: Cells

    def __add__(self, other: TogetherCounts) -> TogetherCounts:
        return summed(self, other)


@dataclass(frozen=True, slots=True)
class _Rows:
    trial: Ints
    place: Ints
    has_it: Flags


def together(
    trials: Trials, outcome: Ints, customer: Ints, items: tuple[ItemStrata, ...]
) -> TogetherCounts:
    """Count several items at once; `customer` has one entry a journey."""
    found = _once(trials, items)
    width = sum(len(one.stratum) for one in items)
    people = int(customer[-1]) + 1 if len(customer) else 0
    strata = count_strata(found.place, found.has_it, np.ones(len(found.trial), bool), width)
    n, second_n = (
        np.bincount(
            found.place[at], weights=outcome[found.trial[at]], minlength=width
        ).astype(np.int64)
        for at in (~found.has_it, found.has_it)
    )  # fmt: skip
    owner = np.sort(customer[trials.journey[found.trial[found.has_it]]])
    return TogetherCounts(
        Strata(n, strata.of, second_n, strata.second_of),
        cells(rows(np.zeros(len(owner), np.int64), owner, 1, people)),
    )


def together_influences(
    trials: Trials,
    outcome: Ints,
    customer: Ints,
    items: tuple[ItemStrata, ...],
    whole: Strata,
) -> Influences:
    """How customers sway the difference of several items; `whole` is counted over all parts."""
    found = _once(trials, items)
    owner = customer[trials.journey[found.trial]]
    is_second, has = found.has_it, outcome[found.trial]
    return strata_influences(whole, Mix.SECOND, found.place, is_second, has, owner)


def _once(trials: Trials, items: tuple[ItemStrata, ...]) -> _Rows:
    """The compared trials of all items, with the strata of each behind those of the one before.

    A journey is with them where it first has one of them, and without them before that.
    """
    first = _first_moments(trials, items)
    width = np.cumsum([0, *(len(one.stratum) for one in items)])
    taken = np.zeros(len(first), bool)
    parts = []
    for begin, found in zip(width[:-1], compared_trials(trials, items), strict=True):
        journey, moment = trials.journey[found.trial], trials.moment[found.trial]
        is_first = found.has_it & (moment == first[journey]) & ~taken[journey]
        taken[journey[is_first]] = True
        kept = is_first | (~found.has_it & (moment < first[journey]))
        parts.append((found.trial[kept], begin + found.place[kept], found.has_it[kept]))
    trial, place, has_it = (np.concatenate(column) for column in zip(*parts, strict=True))
    return _Rows(trial, place, has_it)


def _first_moments(trials: Trials, items: tuple[ItemStrata, ...]) -> Ints:
    """When each journey first has one of the items; never for most."""
    held = trials.held
    wanted = np.zeros(int(held.item.max(initial=0)) + 1, bool)
    numbers = np.array([one.item for one in items], np.int64)
    wanted[numbers[numbers < len(wanted)]] = True
    trial = held.trial[held.is_first & wanted[held.item]]
    found = np.full(int(trials.journey.max(initial=-1)) + 1, np.iinfo(np.int64).max)
    np.minimum.at(found, trials.journey[trial], trials.moment[trial])
    return found
