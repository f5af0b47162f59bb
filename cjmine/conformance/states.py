"""Who is counted: the state of each journey, judged by its full time.

A journey is judged by what it does within its full time, and only once that has passed. So a
share is the same however early a log ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from cjmine.eventlog.journeys import Journeys
from cjmine.eventlog.log import Cases, Microseconds
from cjmine.eventlog.named_events import first_of, having, named

if TYPE_CHECKING:  # a discovery has no ideal
    from cjmine.ideal.journey import IdealJourney

Flags = npt.NDArray[np.bool_]

SLOWEST_HUNDREDTH = 0.99
ENOUGH_COMPLETED = 100  # journeys that a full time can be assumed from
MOST_OF_PERIOD = 4  # an assumed full time of more than a quarter of the period is uncertain


class State(IntEnum):
    """What became of a journey; the first that applies."""

    TRUNCATED = 0
    OPEN = 1
    COMPLETED = 2
    EXITED = 3
    ABANDONED = 4


@dataclass(frozen=True, slots=True)
class Window:
    """From when until when the log observes, in microseconds; `since` only where declared."""

    since: int | None
    until: int


@dataclass(frozen=True, slots=True)
class Terms:
    """What decides the state of a journey; times in microseconds.

    `gap`: a pause that begins a new journey, so that what follows a shorter one after the log
    begins may be the rest of an earlier journey. None where an entry says where journeys begin.
    """

    goal: tuple[str, ...]
    exits: tuple[str, ...] = ()
    deadline: int | None = None
    gap: int | None = None


def terms_of(journey: IdealJourney, cases: Cases) -> Terms:
    """The terms of an ideal journey; the gap does not cut cases that a log came with."""
    cuts = cases is Cases.CUSTOMER and not journey.entry
    return Terms(journey.goal, journey.exits, journey.deadline, journey.gap if cuts else None)


@dataclass(frozen=True, slots=True)
class FullTime:
    """How long a journey is given to reach its goal, in microseconds.

    `completed` is the number of journeys that it was assumed from, None where it is declared.
    `value` is None where nothing is declared and no journey reached the goal.
    """

    value: int | None
    completed: int | None = None

    def is_uncertain(self, first: int, until: int) -> bool:
        """Whether it is assumed, from too few journeys or in a period too short to know it.

        >>> FullTime(30, completed=500).is_uncertain(first=0, until=100)
        True
        """
        if self.completed is None:
            return False
        is_long = self.value is None or self.value * MOST_OF_PERIOD > until - first
        return is_long or self.completed < ENOUGH_COMPLETED


@dataclass(frozen=True, slots=True)
class JourneyStates:
    """The state of each journey; `is_after` flags the events after the full time of theirs.

    Questions and answers of surveys are about what came before them, and are never after it.
    `reaches_later` flags the counted journeys that reach the goal after their full time only.
    `full_time` is in microseconds, None where it is not known.
    """

    of_journey: npt.NDArray[np.uint8]
    is_after: Flags
    reaches_later: Flags
    full_time: int | None

    @property
    def is_counted(self) -> Flags:
        """Which journeys are in the denominators of shares: neither truncated nor open."""
        found: Flags = self.of_journey >= State.COMPLETED
        return found

    def count(self, state: State) -> int:
        """The number of journeys in a state."""
        return int(np.count_nonzero(self.of_journey == state))


def journey_states(
    journeys: Journeys, terms: Terms, window: Window, full_time: int | None
) -> JourneyStates:
    """Which journeys are truncated, open, completed, exited or abandoned.

    Truncated are those begun before the window, or within a gap of its declared beginning. Open
    are those begun less than the full time before its end, whatever they did so far; all of them
    where no full time is known. Goals and exits count within the full time. `journeys` hold no
    event after the window.

    Examples
    --------
    >>> from cjmine.eventlog.build import log_of
    >>> from cjmine.eventlog.journeys import cut
    >>> found = cut(log_of([("ann", "Search", 0), ("bob", "Search", 40), ("bob", "Buy", 49)]))
    >>> states = journey_states(found, Terms(("Buy",)), Window(None, 99_000_000), 60_000_000)
    >>> [State(one).name for one in states.of_journey]
    ['ABANDONED', 'OPEN']
    """
    count = len(journeys)
    state = np.full(count, State.ABANDONED, np.uint8)
    is_after = np.zeros(len(journeys.time), bool)
    if not count:
        return JourneyStates(state, is_after, np.zeros(0, bool), full_time)
    begin, is_goal = journeys.time[journeys.starts[:-1]], named(journeys, terms.goal)
    if full_time is None:
        state[:] = State.OPEN
    else:
        is_after = journeys.time - begin[journeys.journey] > full_time
        is_after &= ~journeys.is_survey
        exits = named(journeys, terms.exits)
        state[having(journeys, exits & ~is_after)] = State.EXITED
        state[having(journeys, is_goal & ~is_after)] = State.COMPLETED
        state[window.until - begin < full_time] = State.OPEN
    state[_truncated(begin, terms, window.since)] = State.TRUNCATED
    later = having(journeys, is_goal & is_after)
    later &= np.isin(state, (State.EXITED, State.ABANDONED))
    return JourneyStates(state, is_after, later, full_time)


def times_to_goal(journeys: Journeys, terms: Terms, since: int | None) -> Microseconds:
    """The time from the begin of each journey to its first goal, without truncated journeys."""
    if not len(journeys):
        return np.zeros(0, np.int64)
    begin = journeys.time[journeys.starts[:-1]]
    first = first_of(journeys, named(journeys, terms.goal))
    found = np.flatnonzero((first >= 0) & ~_truncated(begin, terms, since))
    times: Microseconds = journeys.time[first[found]] - begin[found]
    return times


def usual_full_time(journeys: Journeys, terms: Terms, window: Window) -> int | None:
    """The deadline, or the full time that the journeys of a whole log show; None if unknown."""
    if terms.deadline is not None:
        return terms.deadline
    found = times_to_goal(journeys, terms, window.since)
    return int(np.quantile(found, SLOWEST_HUNDREDTH, method="higher")) if len(found) else None


def may_be_tails(journeys: Journeys, terms: Terms, first: int) -> Flags:
    """Which journeys begin less than a gap after the first event of a log."""
    begin = journeys.time[journeys.starts[:-1]]
    found: Flags = begin - first < (terms.gap or 0)
    return found


def _truncated(begin: Microseconds, terms: Terms, since: int | None) -> Flags:
    if since is None:
        return np.zeros(len(begin), bool)
    found: Flags = begin < since + (terms.gap or 0)
    return found
