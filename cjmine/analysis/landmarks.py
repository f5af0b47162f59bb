"""From which moment on journeys are compared, so that the future does not choose the comparison.

A journey with a repeated step lasted long enough to repeat it; beside journeys that left at once
it looks successful (immortal time: Suissa 2008). Both sides of a comparison must be known to be
still there at the moment from which they are compared, the landmark (Anderson, Cain and Gelber
1983): what happens later may not decide who is on which side.

All columns have one entry a journey; times are microseconds, `NEVER` where a thing did not happen.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.multisets import Values, quantile_from_above, values
from cjmine.counting.groups import Flags, Ints

NEVER = int(np.iinfo(np.int64).max)
WINDOW = 0.9  # of the waits for the next event


@dataclass(frozen=True, slots=True)
class Landmark:
    """Which journeys are compared, which of those are affected, and from when on each is judged.

    `moment` and `is_affected` mean nothing where a journey is not compared.
    """

    is_compared: Flags
    is_affected: Flags
    moment: Ints


def waits_after(came: Ints, following: Ints) -> Values:
    """The waits from coming to a step to the next event, of journeys that have one.

    They add up over parts; `window` needs them all.
    """
    goes_on = (came != NEVER) & (following != NEVER)
    wait = following[goes_on] - came[goes_on]
    return values(np.zeros(len(wait), np.int64), wait)


def window(waits: Values) -> int | None:
    """How long after a step a deviation is counted as one at it; None where no journey goes on.

    The 90th percentile of the waits for the next event.

    >>> window(waits_after(np.array([0, 0, 5, NEVER]), np.array([4, NEVER, 7, NEVER])))
    4
    """
    value, times = waits.of(0)
    return quantile_from_above(value, times, WINDOW) if len(value) else None


def after_step(came: Ints, following: Ints, deviated: Ints, within: int) -> Landmark:
    """Repeated, unexpected, swapped, out of order, replaced, or a contact, after a step.

    Compared are journeys with an event after they came to the step; for the affected that may be
    the deviation itself. One that deviates only later than `within` after the step is compared as
    not affected. The landmark is the moment of coming to the step.

    >>> found = after_step(np.array([0, 0, 0]), np.array([3, 5, NEVER]),
    ...                    np.array([3, 50, NEVER]), 10)
    >>> found.is_compared.tolist(), found.is_affected.tolist()
    ([True, True, False], [True, False, False])
    """
    is_compared = (came != NEVER) & (following != NEVER)
    took = np.where(is_compared & (deviated != NEVER), deviated, 0) - np.where(is_compared, came, 0)
    is_affected = is_compared & (deviated != NEVER) & (took >= 0) & (took <= within)
    return Landmark(is_compared, is_affected, came)


def at_later_step(came: Ints, later: Ints) -> Landmark:
    """A skipped step: affected are those that came to a later step without it.

    `later` is when the first later step matched. Journeys that came to the step and to none later
    are lost at the step itself, and not compared.

    >>> found = at_later_step(np.array([1, NEVER, 1]), np.array([5, 6, NEVER]))
    >>> found.is_compared.tolist(), found.is_affected.tolist()
    ([True, True, False], [False, True, False])
    """
    is_compared = later != NEVER
    return Landmark(is_compared, is_compared & ((came == NEVER) | (came > later)), later)


def at_limit(began: Ints, done: Ints, ended: Ints, limit: int, followed_until: int) -> Landmark:
    """Late: compared from the moment a time limit passes, among journeys that have not ended.

    `began` is when the clock starts, `done` when what is awaited happened, `ended` when the
    journey reached its goal or an exit. Journeys whose limit passes after the end of observation
    are not compared.

    >>> found = at_limit(np.array([0, 0, 0]), np.array([4, NEVER, 2]),
    ...                  np.array([NEVER, NEVER, 3]), 5, 100)
    >>> found.is_compared.tolist(), found.is_affected.tolist()
    ([True, True, False], [False, True, False])
    """
    starts = began != NEVER
    moment = np.where(starts, began, 0) + limit
    is_compared = starts & (ended > moment) & (moment <= followed_until)
    return Landmark(is_compared, is_compared & (done > moment), moment)


def at_attempt(attempted: Ints, is_failed: Flags) -> Landmark:
    """Failed, or in a wrong channel: compared from the first attempt on.

    >>> at_attempt(np.array([3, NEVER]), np.array([True, True])).is_affected.tolist()
    [True, False]
    """
    is_compared = attempted != NEVER
    return Landmark(is_compared, is_compared & is_failed, attempted)
