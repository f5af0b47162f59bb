"""The times after which it is said where journeys are, unless others are asked for."""

from __future__ import annotations

from cjmine.conformance.states import FullTime

_MINUTE = 60_000_000
_HOUR, _DAY = 60 * _MINUTE, 24 * 60 * _MINUTE
_ROUND = (
    *(minutes * _MINUTE for minutes in (1, 2, 5, 10, 20, 30)),
    *(hours * _HOUR for hours in (1, 2, 6, 12)),
    *(days * _DAY for days in (1, 3, 7, 14, 30, 60, 90, 180, 365, 730)),
)
_MANY = 3


def usual_horizons(full_time: FullTime, longest: int) -> tuple[int, ...]:
    """Three times, in microseconds: up to a declared deadline, else about an assumed full time.

    `longest` is until when journeys can be seen at most; without a full time it takes its place.

    >>> [time // _DAY for time in usual_horizons(FullTime(14 * _DAY), 90 * _DAY)]
    [3, 7, 14]
    >>> [time // _DAY for time in usual_horizons(FullTime(9 * _DAY, 200), 90 * _DAY)]
    [3, 7, 14]
    """
    if full_time.value is not None and full_time.completed is None:
        shorter = [time for time in _ROUND if time < full_time.value]
        return (*shorter[1 - _MANY :], full_time.value)
    known = [time for time in _ROUND if time <= longest] or [_ROUND[0]]
    if full_time.value is None:
        return tuple(known[-_MANY:])
    enough = sum(time < full_time.value for time in known) + 1
    return tuple(known[:enough][-_MANY:])
