"""What the journeys outside share: looked for on one half of the customers, tested on the other.

Looking at many conditions finds some by chance alone. What is found on one half is therefore only
called confirmed where the customers of the other half, who played no part in the choice, show the
same (honest estimation: Athey and Imbens 2016).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from cjmine.analysis.cohorts import Cohorts
from cjmine.analysis.differences import Difference, change
from cjmine.analysis.intervals import share_of
from cjmine.analysis.looks import is_enough, p_value
from cjmine.analysis.outliers.journey_table import JudgedJourneys
from cjmine.counting.groups import Flags, Ints
from cjmine.results.share import Share

LISTED = 20
LEAST, LEAST_SHARE = 30, 0.02  # journeys with a condition
_FOUND = 0.01  # p on the first half
_TRIED = 80  # conditions whose customers are counted


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: a code of a dimension."""

    dimension: int
    code: int


@dataclass(frozen=True, slots=True)
class Found:
    """A condition or a pair, with the shares outside without and with it, by half."""

    terms: tuple[Term, ...]
    first: tuple[Share, Share]
    second: tuple[Share, Share]


@dataclass(frozen=True, slots=True)
class _Tried:
    terms: tuple[Term, ...]
    z: float


def least_journeys(journeys: int) -> int:
    """How many journeys must have a condition: 30, or 2 % of all.

    >>> least_journeys(1000), least_journeys(10_000)
    (30, 200)
    """
    return max(LEAST, int(np.ceil(LEAST_SHARE * journeys)))


def find(table: JudgedJourneys, sizes: tuple[int, ...], left_out: frozenset[Term]) -> list[Found]:
    """The conditions with which journeys of the first half are outside more or less often.

    `sizes` are the number of codes of each dimension; conditions `left_out` are not looked at.
    The strongest first, by the end of the interval that is nearer to no difference.
    """
    tried = _tried(table, sizes, left_out)
    first, outside = ~table.is_second, table.is_outside
    found: list[tuple[float, Found]] = []
    for one in tried[:_TRIED]:
        has = having(table, one.terms)
        halves = [table.cohorts(half, has, outside) for half in (first, table.is_second)]
        if not all(_is_enough(half) for half in halves):
            continue
        shares = [_shares(half) for half in halves]
        apart = change(shares[0][1], shares[0][0])
        if apart is None:
            continue
        difference = Difference(apart.value, apart.low, apart.high)
        if p_value(difference) < _FOUND:
            near = max(apart.low, -apart.high)
            found.append((near, Found(one.terms, shares[0], shares[1])))
    found.sort(key=lambda row: -row[0])
    return [one for _, one in found[:LISTED]]


def having(table: JudgedJourneys, terms: tuple[Term, ...]) -> Flags:
    """Which journeys have all of some conditions."""
    flags = np.ones(len(table), bool)
    for term in terms:
        flags &= table.codes[:, term.dimension] == term.code
    return flags


def _is_enough(found: Cohorts) -> bool:
    n, of = found.having.tolist(), found.among.tolist()
    return is_enough(n[1], of[1], n[0], of[0])


def _shares(found: Cohorts) -> tuple[Share, Share]:
    without, with_ = (share_of(found.n(group), found.of(group)) for group in (0, 1))
    return without, with_


def _tried(
    table: JudgedJourneys, sizes: tuple[int, ...], left_out: frozenset[Term]
) -> list[_Tried]:
    """Single conditions and pairs by how far their share is from the others', farthest first.

    A pair is kept where it says more than each of its conditions.
    """
    first = np.flatnonzero(~table.is_second)
    codes, outside = table.codes[first], table.is_outside[first]
    whole, least = (len(first), int(outside.sum())), least_journeys(len(table)) / 2
    single: dict[Term, float] = {}
    for dimension, size in enumerate(sizes):
        n, of = _counted(codes[:, dimension].astype(np.int64), size, outside)
        z = _z(n, of, whole)
        for code in np.flatnonzero(of >= least).tolist():
            if Term(dimension, code) not in left_out:
                single[Term(dimension, code)] = float(z[code])
    tried = [_Tried((term,), z) for term, z in single.items()]
    for one, other in combinations(range(len(sizes)), 2):
        both = codes[:, one].astype(np.int64) * sizes[other] + codes[:, other]
        both = np.where((codes[:, one] < 0) | (codes[:, other] < 0), -1, both)
        n, of = _counted(both, sizes[one] * sizes[other], outside)
        z = _z(n, of, whole)
        for place in np.flatnonzero(of >= least).tolist():
            terms = (Term(one, place // sizes[other]), Term(other, place % sizes[other]))
            alone = [abs(single[term]) for term in terms if term in single]
            if len(alone) == len(terms) and abs(z[place]) > max(alone):
                tried.append(_Tried(terms, float(z[place])))
    return sorted(tried, key=lambda row: (-abs(row.z), len(row.terms), str(row.terms)))


def _counted(code: Ints, size: int, outside: Flags) -> tuple[Ints, Ints]:
    """How many journeys with each code are outside, and how many there are."""
    n = np.bincount(code[(code >= 0) & outside], minlength=size)
    return n, np.bincount(code[code >= 0], minlength=size)


def _z(n: Ints, of: Ints, whole: tuple[int, int]) -> np.ndarray:
    """How many standard errors each share is from that of all other journeys."""
    rest, rest_n = whole[0] - of, whole[1] - n
    p = whole[1] / max(whole[0], 1)
    error = np.sqrt(p * (1 - p) * (1 / np.maximum(of, 1) + 1 / np.maximum(rest, 1)))
    apart = n / np.maximum(of, 1) - rest_n / np.maximum(rest, 1)
    found: np.ndarray = np.where((rest > 0) & (error > 0), apart / np.maximum(error, 1e-12), 0.0)
    return found
