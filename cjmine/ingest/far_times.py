"""Times that no customer can have met: days that stand for "none", and years away from all others.

Systems write 1970-01-01 where a time is missing and 2099-12-31 where it has no end; a wrong clock
writes any year. Such times are read as they are, and counted, because each makes endless waits.
"""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt

_DAY = 86_400_000_000  # microseconds
_YEAR = 365 * _DAY
_NEAR = 2 * _YEAR  # a log this near to a day may really hold it
_FAR = 5 * _YEAR
_SAMPLE = 100_000
# The first days of clocks, and the last days of types and forms.
_STANDING_FOR_NONE = tuple(
    int(datetime(*day, tzinfo=UTC).timestamp()) * 1_000_000
    for day in (
        (1970, 1, 1), (1980, 1, 1), (1999, 12, 31), (2000, 1, 1), (2001, 1, 1), (2038, 1, 19),
        (2079, 6, 6), (2099, 12, 31), (2100, 1, 1), (2100, 12, 31),
    )
)  # fmt: skip


def far_times(times: npt.NDArray[np.int64]) -> int:
    """How many times (microseconds since 1970) are far from the others, or on such a day.

    Far is five years, or three times what nine in ten of the times span, from these nine in ten.
    Of an empty log none are.

    >>> def of(*days: int) -> np.ndarray:
    ...     return np.array(days, np.int64) * 86_400_000_000
    >>> far_times(of(*range(20_000, 20_100))), far_times(of(0, *range(20_000, 20_100), 46_000))
    (0, 2)
    """
    if not len(times):
        return 0
    first, last = int(times.min()), int(times.max())
    none = np.zeros(len(times), bool)
    for day in _STANDING_FOR_NONE:
        # The day begins and ends elsewhere up to 14 hours before and after.
        begin, end = day - 14 * _DAY // 24, day + 38 * _DAY // 24
        if first < end and last >= begin:
            there = (times >= begin) & (times < end)
            if not there.all():
                low, high = _most(times[~there])
                if not low - _NEAR < day < high + _NEAR:
                    none |= there
    low, high = _most(times[~none])
    away = max(_FAR, 3 * (high - low))
    if first >= low - away and last <= high + away:
        return int(none.sum())
    return int((none | (times < low - away) | (times > high + away)).sum())


def _most(times: npt.NDArray[np.int64]) -> tuple[int, int]:
    """Between which times nine in ten are."""
    ordered = np.sort(times[:: max(1, len(times) // _SAMPLE)])
    return int(ordered[len(ordered) // 20]), int(ordered[-1 - len(ordered) // 20])
