"""Which events are the survey and not the customer's way: being asked, and answering."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cjmine.eventlog.log import ACTIVITY, CHANNEL, EventLog
from cjmine.scales import SCALE, SCORE, SURVEY, is_survey, may_be_survey

Flags = npt.NDArray[np.bool_]


def survey_events(log: EventLog, own: tuple[str, ...] = ()) -> Flags:
    """Which events of a log are questions or answers of a survey.

    By their name, their channel (`survey`), a `scale`, or a score of a touchpoint that is called
    after a survey. Touchpoints named in `own` are part of the customer's way, whatever they hold.

    >>> from cjmine.eventlog.build import log_of
    >>> log = log_of([("ann", "Search", 0), ("ann", "NPS asked", 5), ("ann", "NPS promoter", 9)])
    >>> survey_events(log).tolist()
    [False, True, True]
    """
    names = log.activities
    is_own = np.array([name in own for name in names], bool)
    found = _having(log, ACTIVITY, np.array([is_survey(name) for name in names], bool) & ~is_own)
    if log.has(CHANNEL):
        channels = log.names(CHANNEL)
        found |= _having(log, CHANNEL, np.array([one.casefold() == SURVEY for one in channels]))
    if log.has(SCALE):
        found |= log.codes(SCALE) >= 0
    if log.has(SCORE):
        may = np.array([may_be_survey(name) for name in names], bool)
        found |= _having(log, ACTIVITY, may) & np.isfinite(scores(log))
    if found.any() and is_own.any():
        found &= ~_having(log, ACTIVITY, is_own)
    return found


def scores(log: EventLog) -> npt.NDArray[np.float64]:
    """The score of each event; not a number where it has none."""
    if not log.has(SCORE):
        return np.full(log.events, np.nan)
    numbers = np.array([*map(_number, log.names(SCORE)), np.nan])  # -1 is no answer
    found: npt.NDArray[np.float64] = numbers[log.codes(SCORE)]
    return found


def _having(log: EventLog, column: str, wanted: Flags) -> Flags:
    if not wanted.any():
        return np.zeros(log.events, bool)
    found: Flags = np.append(wanted, False)[log.codes(column)]  # -1 is no value
    return found


def _number(written: str) -> float:
    try:
        value = float(written.strip().replace(",", "."))
    except ValueError:
        return np.nan
    return value if np.isfinite(value) else np.nan
