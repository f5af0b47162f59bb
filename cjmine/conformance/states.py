"""The state of each journey: how it ended, if it has ended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from cjmine.eventlog.journeys import Journeys
from cjmine.ideal.journey import IdealJourney

_LONGEST_WAITS = 0.99


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
    """The state of each journey; `assumed_wait` (microseconds) where nobody declared a limit."""

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
    count = len(journeys)
    state = np.full(count, State.OPEN, np.uint8)
    if not count:
        return JourneyStates(state)
    first, last = journeys.time[journeys.starts[:-1]], journeys.time[journeys.starts[1:] - 1]
    completed = _having(journeys, ideal.goal)
    assumed = None
    if ideal.deadline is not None:
        too_old = window.until - first > ideal.deadline
    elif ideal.gap is not None:
        too_old = window.until - last > ideal.gap
    else:
        assumed = _usual_wait(journeys, completed)
        too_old = np.zeros(count, bool) if assumed is None else window.until - last > assumed
    state[too_old] = State.ABANDONED
    if window.since is not None:
        state[first < window.since] = State.TRUNCATED
    state[_having(journeys, ideal.exits)] = State.EXITED
    state[completed] = State.COMPLETED
    return JourneyStates(state, assumed)


def _having(journeys: Journeys, names: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    codes = [code for code, name in enumerate(journeys.activities) if name in names]
    having = np.zeros(len(journeys), bool)
    having[journeys.journey[np.isin(journeys.activity, codes)]] = True
    return having


def _usual_wait(journeys: Journeys, completed: npt.NDArray[np.bool_]) -> int | None:
    inside = journeys.journey[1:] == journeys.journey[:-1]
    waits = np.diff(journeys.time)[inside & completed[journeys.journey[1:]]]
    if not len(waits):
        return None
    return int(np.quantile(waits, _LONGEST_WAITS, method="higher"))
