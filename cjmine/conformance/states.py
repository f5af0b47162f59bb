"""The state of each journey: how it ended, if it has ended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from cjmine.eventlog.journeys import Journeys
from cjmine.eventlog.log import Microseconds
from cjmine.ideal.journey import IdealJourney

LONGEST_WAITS = 0.99


class State(IntEnum):
    """What became of a journey; the first that applies."""

    COMPLETED = 0
    EXITED = 1
    TRUNCATED = 2
    ABANDONED = 3
    OPEN = 4


@dataclass(frozen=True, slots=True)
class Window:
    """From when until when the log observes, in microseconds; `since` only where declared."""

    since: int | None
    until: int


@dataclass(frozen=True, slots=True)
class JourneyStates:
    """The state of each journey; `assumed_wait` (microseconds) where no limit is declared."""

    of_journey: npt.NDArray[np.uint8]
    assumed_wait: int | None = None

    def count(self, state: State) -> int:
        """The number of journeys in a state."""
        return int((self.of_journey == state).sum())


def journey_states(journeys: Journeys, ideal: IdealJourney, window: Window) -> JourneyStates:
    """Which journeys were completed, exited, truncated, abandoned, or are still open.

    Abandoned is what is unfinished and too old at the end of the window: since its start if a
    deadline is declared, since its last event if a gap is. Without either, journeys may wait as
    long as the slowest hundredth of the waits in completed journeys; without any of those,
    all unfinished journeys are open. The clock of this machine plays no part.

    Examples
    --------
    >>> from cjmine.eventlog.build import log_of
    >>> from cjmine.eventlog.journeys import cut
    >>> ideal = IdealJourney("order", ("Buy",), (), deadline=60_000_000)
    >>> found = cut(log_of([("ann", "Search", 0), ("bob", "Search", 90), ("bob", "Buy", 99)]))
    >>> states = journey_states(found, ideal, Window(None, 99_000_000))
    >>> [State(one).name for one in states.of_journey]
    ['ABANDONED', 'COMPLETED']
    """
    assumed = None
    if assumes_wait(ideal):
        waits = waits_of_completed(journeys, ideal)
        if len(waits):
            assumed = int(np.quantile(waits, LONGEST_WAITS, method="higher"))
    return states_with(journeys, ideal, window, assumed)


def assumes_wait(ideal: IdealJourney) -> bool:
    """Whether nothing declares when an unfinished journey is too old."""
    return ideal.deadline is None and ideal.gap is None


def states_with(
    journeys: Journeys, ideal: IdealJourney, window: Window, assumed_wait: int | None
) -> JourneyStates:
    """The states of journeys where the wait that is assumed for the whole log is known."""
    count = len(journeys)
    state = np.full(count, State.OPEN, np.uint8)
    if not count:
        return JourneyStates(state, assumed_wait)
    first, last = journeys.time[journeys.starts[:-1]], journeys.time[journeys.starts[1:] - 1]
    if ideal.deadline is not None:
        too_old = window.until - first > ideal.deadline
    elif ideal.gap is not None:
        too_old = window.until - last > ideal.gap
    elif assumed_wait is not None:
        too_old = window.until - last > assumed_wait
    else:
        too_old = np.zeros(count, bool)
    state[too_old] = State.ABANDONED
    if window.since is not None:
        state[first < window.since] = State.TRUNCATED
    state[_having(journeys, ideal.exits)] = State.EXITED
    state[_having(journeys, ideal.goal)] = State.COMPLETED
    return JourneyStates(state, assumed_wait)


def waits_of_completed(journeys: Journeys, ideal: IdealJourney) -> Microseconds:
    """The waits between neighbouring events of completed journeys."""
    completed = _having(journeys, ideal.goal)
    inside = journeys.journey[1:] == journeys.journey[:-1]
    waits: Microseconds = np.diff(journeys.time)[inside & completed[journeys.journey[1:]]]
    return waits


def _having(journeys: Journeys, names: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    is_named = np.array([name in names for name in journeys.activities], bool)
    having = np.zeros(len(journeys), bool)
    if is_named.any():
        having[journeys.journey[is_named[journeys.activity]]] = True
    return having
