"""Two groups held equal: compared within strata, and weighed to one mix of strata.

A group may do better because its journeys are of another kind. Within a stratum all journeys are
of one kind, so a difference within strata is no difference of mix. Only strata with journeys of
both groups are supported; how many journeys are in others is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import inf, sqrt

import numpy as np

from cjmine.analysis.contrasts import CellShares, contrast, contrast_influences
from cjmine.analysis.differences import Difference
from cjmine.analysis.influences import Floats, Influences
from cjmine.counting.groups import Flags, Ints
from cjmine.counting.merging import summed


class Mix(Enum):
    """Which mix of strata both groups are weighed to."""

    POOLED = "that of both groups together"
    SECOND = "that of the second group"


@dataclass(frozen=True, slots=True)
class Strata:
    """Journeys by stratum: `n` of `of` have something in the first group, and in the second."""

    n: Ints
    of: Ints
    second_n: Ints
    second_of: Ints

    @property
    def supported(self) -> Flags:
        """The strata that have journeys of both groups."""
        found: Flags = (self.of > 0) & (self.second_of > 0)
        return found

    def __add__(self, other: Strata) -> Strata:
        return summed(self, other)


@dataclass(frozen=True, slots=True)
class Standardised:
    """The shares of both groups in supported strata, as they are and weighed to one mix.

    The raw difference, second minus first, is `rate` + `mix` (Kitagawa 1955): what would differ
    at the average mix of both groups, and what the difference of mix adds at average rates.
    `outside` and `second_outside` are the journeys in strata without comparison.
    """

    first: float
    second: float
    raw_first: float
    raw_second: float
    rate: float
    mix: float
    journeys: int
    second_journeys: int
    outside: int
    second_outside: int

    @property
    def value(self) -> float:
        """The difference at one mix."""
        return self.second - self.first


def count_strata(stratum: Ints, is_second: Flags, has: Flags, strata: int) -> Strata:
    """Count journeys by stratum and group.

    >>> flags = np.array([False, True, True])
    >>> count_strata(np.array([0, 0, 1]), flags, flags, 2).second_of.tolist()
    [1, 1]
    """
    return Strata(
        *(
            np.bincount(stratum[rows], minlength=strata)
            for rows in (~is_second & has, ~is_second, is_second & has, is_second)
        )
    )


def standardised(found: Strata, mix: Mix = Mix.POOLED) -> Standardised | None:
    """Both groups weighed to one mix of strata; None where no stratum has both.

    Direct standardisation: Σ w p over supported strata, w the share of the stratum in the mix.

    >>> one = Strata(np.array([8, 20]), np.array([10, 100]), np.array([80, 2]), np.array([100, 10]))
    >>> found = standardised(one)
    >>> round(found.raw_second - found.raw_first, 3), round(found.value, 3)
    (0.491, 0.0)
    """
    both = found.supported
    if not both.any():
        return None
    p, second_p = found.n[both] / found.of[both], found.second_n[both] / found.second_of[both]
    own, second_own = (of[both] / of[both].sum() for of in (found.of, found.second_of))
    weight = _weights(found, mix)[both]
    return Standardised(
        first=float(weight @ p),
        second=float(weight @ second_p),
        raw_first=float(own @ p),
        raw_second=float(second_own @ second_p),
        rate=float((own + second_own) / 2 @ (second_p - p)),
        mix=float((second_own - own) @ (p + second_p) / 2),
        journeys=int(found.of[both].sum()),
        second_journeys=int(found.second_of[both].sum()),
        outside=int(found.of[~both].sum()),
        second_outside=int(found.second_of[~both].sum()),
    )


def strata_influences(
    whole: Strata, mix: Mix, stratum: Ints, is_second: Flags, has: Flags | Ints, customer: Ints
) -> Influences:
    """How much the customers of one part sway the difference at one mix: one entry.

    A second round: `whole` is counted over all parts; the other columns are those of the journeys
    of the part, `customer` their customers' numbers in it. The mix is taken as given.
    """
    cell = stratum + is_second * len(whole.of)
    return contrast_influences(_cells(whole), _contrast(whole, mix), cell, has, customer)


def standard_difference(found: Strata, mix: Mix, swayed: Influences) -> Difference | None:
    """The difference at one mix, second minus first, by customer; None where no stratum has both.

    Never surer than independent journeys would be (see `contrast`).
    """
    if not found.supported.any():
        return None
    return contrast(_cells(found), _contrast(found, mix), swayed)


def lost_ratio(found: Strata) -> float | None:
    """How many times as likely the second group is to be lost as the first would be in its place.

    Σ n (1 - p) of the second group by the same with the first group's p, over supported strata.
    None without supported strata; infinite where the first group never loses.

    >>> one = Strata(*(np.array([count]) for count in (85, 100, 40, 80)))
    >>> round(lost_ratio(one), 2)
    3.33
    """
    both = found.supported
    if not both.any():
        return None
    lost = float((found.second_of - found.second_n)[both].sum())
    lost_by_first = (found.of - found.n)[both] / found.of[both]
    expected = float(found.second_of[both] @ lost_by_first)
    if not expected:
        return inf if lost else 1.0
    return lost / expected


def e_value(ratio: float) -> float:
    """How strong an unseen cause must be to explain a ratio of risks away.

    It would have to make both the group and the outcome so many times as likely:
    RR + √(RR (RR - 1)), inverted below 1 (VanderWeele and Ding 2017). 1 where nothing needs
    explaining; for the end of an interval that holds 1, pass 1.

    >>> round(e_value(3.9), 2), e_value(1.0), e_value(0.5) == e_value(2.0)
    (7.26, 1.0, True)
    """
    if ratio < 0:
        raise ValueError("a ratio of risks is not negative")
    if ratio < 1:
        ratio = 1 / ratio if ratio else inf
    return ratio + sqrt(ratio * (ratio - 1)) if ratio < inf else inf


def _weights(found: Strata, mix: Mix) -> Floats:
    """The share of each stratum in the mix; 0 where it is not supported."""
    size = found.second_of if mix is Mix.SECOND else found.of + found.second_of
    size = np.where(found.supported, size, 0)
    return size / max(1, int(size.sum()))


def _contrast(found: Strata, mix: Mix) -> Floats:
    """The weight of each stratum of the first group, then of the second."""
    weight = _weights(found, mix)
    return np.concatenate([-weight, weight])


def _cells(found: Strata) -> CellShares:
    return CellShares(
        np.concatenate([found.n, found.second_n]), np.concatenate([found.of, found.second_of])
    )
