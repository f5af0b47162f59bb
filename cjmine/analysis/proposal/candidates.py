"""From ends to journeys: each journey once, and parts of another with it, in the order of time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.proposal.courses import Courses, courses_of, in_order
from cjmine.analysis.proposal.ends import Ends
from cjmine.analysis.proposal.ways import Met, ways_to
from cjmine.counting.groups import Flags


@dataclass(frozen=True, slots=True)
class Candidate:
    """A journey to an end, and the end of the journey that it is a part of; both by their codes."""

    end: int
    part_of: int | None


def candidates_of(
    met: Met, is_pause: Flags, ends: Ends, given: int, most: int, least: int
) -> tuple[Candidate, ...]:
    """The journeys to some ends, each followed by its parts; those that come first, first.

    The first `given` ends are taken as they are, and at most `most` of the others: whole journeys,
    then parts. Of two ends that nine of ten go on from and come from, the last is taken. An end
    that leads to another is a part of that journey (`Courses.is_part`), or where customers do not
    pause there a mere step of it.
    """
    every = len(ends.codes)
    courses = courses_of(met.journeys, is_pause, ends.codes, least)
    leads = ways_to(met, ends.codes, least).leads[ends.codes]
    kept = _once(courses, every, given)
    is_part = courses.is_part & leads
    kept = [one for one in kept if one < given or ends.rests[one] or not is_part[one, kept].any()]
    whole = {one: _whole(one, kept, is_part, courses) for one in kept}
    others = sorted((one for one in kept if one >= given), key=lambda one: whole[one] is not None)
    taken = [one for one in kept if one < given or one in others[:most]]
    heads = [one for one in taken if whole[one] not in taken]
    ordered = []
    for head in in_order(heads, courses.is_clear):
        parts = [one for one in taken if whole[one] == head]
        ordered += [(head, None), *((one, head) for one in in_order(parts, courses.is_clear))]
    codes = ends.codes.tolist()
    return tuple(
        Candidate(codes[one], None if head is None else codes[head]) for one, head in ordered
    )


def _once(courses: Courses, every: int, given: int) -> list[int]:
    """The ends but for those that are the same journey as another that is kept."""
    is_same = courses.is_same
    kept = list(range(every))
    for one in range(given, every):
        others = [other for other in kept if other != one]
        if is_same[one, others].any() or any(is_same[other, one] for other in others[:given]):
            kept.remove(one)
    return kept


def _whole(one: int, kept: list[int], is_part: np.ndarray, courses: Courses) -> int | None:
    """The journey that an end is a part of: the surest one that is itself a part of none."""
    found = [
        other
        for other in kept
        if is_part[one, other] and not any(is_part[other, third] for third in kept)
    ]
    return max(found, key=lambda other: (courses.goes_on[one, other], -other), default=None)
