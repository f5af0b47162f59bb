"""The hour of the week at which something happens, by the clock of a zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np

from cjmine.counting.groups import Ints, distinct
from cjmine.results.log import known_zone

HOURS = 7 * 24
_QUARTER = 900_000_000
_START = datetime(1970, 1, 1, tzinfo=UTC)


def hours_of_week(moments: Ints, zone: str) -> Ints:
    """The hour of the week of each moment (microseconds): 0 is Monday from midnight on.

    Clocks are ahead of UTC by whole quarters of an hour, so one moment of each quarter decides.

    >>> hours_of_week(np.array([0, 3_600_000_000]), "Europe/Amsterdam").tolist()
    [73, 74]
    """
    there = known_zone(zone)
    quarter = moments // _QUARTER
    present = distinct(quarter)
    hours = []
    for one in present.tolist():
        local = (_START + timedelta(microseconds=one * _QUARTER)).astimezone(there)
        hours.append(local.weekday() * 24 + local.hour)
    return np.array(hours, np.int64)[np.searchsorted(present, quarter)]
