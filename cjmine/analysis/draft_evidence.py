"""What the successful journeys show of each touchpoint, as far as it may be shown."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cjmine.counting.groups import Ints
from cjmine.eventlog.journeys import Journeys, count_customers
from cjmine.eventlog.named_events import first_of


@dataclass(frozen=True, slots=True)
class Evidence:
    """How many successful journeys have a touchpoint, have it more than once, and when.

    `repeated` is 0 where it, or the journeys that do not repeat it, would be about fewer customers
    than the smallest group; `is_nearly_all` says that of the journeys without the touchpoint.
    `stage` is the one that a touchpoint rule names for it.
    """

    activity: str
    journeys: int
    repeated: int
    channel: str | None
    wait_p90: int | None
    is_nearly_all: bool
    stage: str | None = None


def is_few(customers: npt.NDArray[np.integer], min_group: int) -> bool:
    """Whether there are journeys, and of fewer customers than may be shown.

    `customers` are those of journeys in order, so that they never decrease.
    """
    return 0 < count_customers(customers) < min_group


def evidence_of(good: Journeys, min_group: int) -> list[Evidence]:
    """The touchpoints that at least `min_group` customers have."""
    found = []
    for code in range(len(good.activities)):
        is_this = good.activity == code
        events = np.flatnonzero(is_this)
        times = np.bincount(good.journey[events], minlength=len(good))
        owners = np.flatnonzero(times)
        if not len(owners) or count_customers(good.customer[owners]) < min_group:
            continue
        channels = np.bincount(good.channel[events] + 1, minlength=len(good.channels) + 1)
        usual = int(channels.argmax())
        repeats = times[owners] > 1
        again, once = good.customer[owners[repeats]], good.customer[owners[~repeats]]
        few = is_few(again, min_group) or is_few(once, min_group)
        others = np.flatnonzero(times == 0)
        first = first_of(good, is_this)[owners]
        inside = first[first != good.starts[owners]]
        found.append(
            Evidence(
                good.activities[code],
                len(owners),
                0 if few else len(again),
                good.channels[usual - 1]
                if usual and channels[usual] >= 0.95 * len(events)
                else None,
                _wait_p90(good, inside, min_group),
                is_few(good.customer[others], min_group),
            )
        )
    return found


def _wait_p90(good: Journeys, events: Ints, min_group: int) -> int | None:
    """The wait before some events that 9 of 10 do not exceed; None where few customers do."""
    waits = good.time[events] - good.time[events - 1]
    each = np.bincount(good.customer[good.journey[events]])
    longer = round(0.1 * np.count_nonzero(each))
    if not len(waits) or (min_group > 1 and (longer < min_group or 2 * each.max() > len(waits))):
        return None
    return int(np.quantile(waits, 0.9, method="higher"))
