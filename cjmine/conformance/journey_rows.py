"""Rows about distinct traces, as rows about the journeys that follow them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cjmine.counting.groups import Ints


@dataclass(frozen=True, slots=True)
class JourneyRows:
    """For each row its journey, and the row about that journey's trace; in order of journeys."""

    row: Ints
    journey: Ints


def journey_rows(trace: Ints, traces: int, of_journey: npt.NDArray[np.integer]) -> JourneyRows:
    """Repeat rows about traces for each journey, without sorting journeys.

    `trace` never decreases along the rows. A journey whose trace is `traces` has no row: so
    journeys are left out.

    >>> found = journey_rows(np.array([0, 0, 1]), 2, np.array([1, 0, 2]))
    >>> found.row.tolist(), found.journey.tolist()
    ([2, 0, 1], [0, 1, 1])
    """
    many = np.bincount(trace, minlength=traces + 1)[: traces + 1]
    begins = np.cumsum(many) - many
    times = many[of_journey]
    journey = np.repeat(np.arange(len(of_journey)), times)
    first = begins[of_journey] - (np.cumsum(times) - times)
    return JourneyRows(np.arange(len(journey)) + np.repeat(first, times), journey)


def distinct_rows(key: Ints) -> tuple[Ints, Ints]:
    """The distinct keys in order, and how often each occurs.

    >>> [found.tolist() for found in distinct_rows(np.array([7, 2, 7]))]
    [[2, 7], [1, 2]]
    """
    ordered = np.sort(key)
    fresh = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=fresh[1:])
    rows = np.flatnonzero(fresh)
    return ordered[rows], np.diff(np.append(rows, len(ordered)))
