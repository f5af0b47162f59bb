"""Times that no customer can have met: days that stand for "none", and years away from all others.

Systems write 1970-01-01 where a time is missing and 2099-12-31 where it has no end; a wrong clock
writes any year. Such times are read as they are, and counted, because each makes endless waits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt

Times = npt.NDArray[np.int64]

_DAY = 86_400_000_000  # microseconds
_YEAR = 365 * _DAY
_NEAR = 2 * _YEAR  # a log this near to a day may really hold it
_FAR = 5 * _YEAR
_SAMPLE = 100_000
# The day begins and ends elsewhere up to 14 hours before and after.
_BEFORE, _AFTER = 14 * _DAY // 24, 38 * _DAY // 24
# The first days of clocks, and the last days of types and forms.
_STANDING_FOR_NONE = tuple(
    int(datetime(*day, tzinfo=UTC).timestamp()) * 1_000_000
    for day in (
        (1970, 1, 1), (1980, 1, 1), (1999, 12, 31), (2000, 1, 1), (2001, 1, 1), (2038, 1, 19),
        (2079, 6, 6), (2099, 12, 31), (2100, 1, 1), (2100, 12, 31),
    )
)  # fmt: skip


def far_times(parts: Sequence[Times]) -> int:
    """How many times (microseconds since 1970) are far from the others, or on such a day.

    Far is five years, or three times what nine in ten of the times span, from these nine in ten.
    Of an empty log none are; the parts make no difference.

    >>> def of(*days: int) -> list[Times]:
    ...     return [np.array(days, np.int64) * 86_400_000_000]
    >>> far_times(of(*range(20_000, 20_100))), far_times(of(0, *range(20_000, 20_100), 46_000))
    (0, 2)
    """
    spans = [(int(part.min()), int(part.max())) for part in parts if len(part)]
    if not spans:
        return 0
    first, last = min(low for low, _ in spans), max(high for _, high in spans)
    days = []
    for day in _STANDING_FOR_NONE:
        if first < day + _AFTER and last >= day - _BEFORE and _is_for_none(parts, day):
            days.append(day)
    if all(_on(part, days).all() for part in parts):
        return sum(map(len, parts))
    low, high = _most(lambda: (part[~_on(part, days)] for part in parts))
    away = max(_FAR, 3 * (high - low))
    if first >= low - away and last <= high + away:
        return sum(int(np.count_nonzero(_on(part, days))) for part in parts) if days else 0
    return sum(
        int(np.count_nonzero(_on(part, days) | (part < low - away) | (part > high + away)))
        for part in parts
    )


def _is_for_none(parts: Sequence[Times], day: int) -> bool:
    """Whether some times, but not all, are on a day to which no other times are near."""
    if all(_on(part, [day]).all() for part in parts):
        return False
    low, high = _most(lambda: (part[~_on(part, [day])] for part in parts))
    return not low - _NEAR < day < high + _NEAR


def _on(times: Times, days: Sequence[int]) -> npt.NDArray[np.bool_]:
    """Which times are on some of these days."""
    found = np.zeros(len(times), bool)
    for day in days:
        found |= (times >= day - _BEFORE) & (times < day + _AFTER)
    return found


def _most(parts: Callable[[], Iterable[Times]]) -> tuple[int, int]:
    """Between which times nine in ten are."""
    step = max(1, sum(map(len, parts())) // _SAMPLE)
    sample, passed = [], 0
    for part in parts():
        sample.append(part[-passed % step :: step])
        passed += len(part)
    ordered = np.sort(np.concatenate(sample))
    return int(ordered[len(ordered) // 20]), int(ordered[-1 - len(ordered) // 20])
