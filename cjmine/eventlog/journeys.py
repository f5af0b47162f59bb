"""Cutting journeys from a customer's events, when they are analysed.

One load serves every journey: the same log can be cut by pauses, by goals, or left whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from cjmine.eventlog.log import (
    ACTIVITY,
    CHANNEL,
    CUSTOMER,
    Cases,
    Codes,
    EventLog,
    Microseconds,
    Offsets,
)


@dataclass(frozen=True, slots=True)
class CutRules:
    """When a new journey of the same customer begins, and where counting starts.

    `gap_us`: a longer pause (microseconds) between two events begins a new journey.
    `until`: a journey ends with the first of these activities. `entry`: counting starts at the
    first of these; journeys without one are set aside. Events of `passed_over` activities are
    neither, as if the log had none. Events after `observed_until` (microseconds) are not seen.
    Process logs keep their cases; `gap_us` and `until` do not apply to them.
    """

    gap_us: int | None = None
    until: tuple[str, ...] = ()
    entry: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    observed_until: int | None = None

    def codes(self, names: tuple[str, ...], wanted: tuple[str, ...]) -> list[int]:
        """The codes of the wanted activities that are not passed over."""
        found = set(wanted) - set(self.passed_over)
        return [code for code, name in enumerate(names) if name in found]


WHOLE = CutRules()


@dataclass(frozen=True, slots=True)
class Journeys:
    """Traces of coded events: journey j holds the events `starts[j]` up to `starts[j + 1]`.

    `activity`, `time` (microseconds), `channel` (-1 unknown) and `event` (the row in the log)
    have one entry an event, and so has `journey`; `customer` one a journey, never decreasing.
    `without_entry` journeys and `before_entry` events were set aside by the entry rule; these are
    of so many `without_customers` and `before_customers`.
    """

    activities: tuple[str, ...]
    channels: tuple[str, ...]
    activity: Codes
    time: Microseconds
    channel: Codes
    event: Offsets
    starts: Offsets
    customer: Codes
    without_entry: int = 0
    before_entry: int = 0
    without_customers: int = 0
    before_customers: int = 0
    journey: Codes = field(init=False)

    def __post_init__(self) -> None:
        """Number the journey of each event."""
        every = np.arange(len(self.customer), dtype=np.int32)
        object.__setattr__(self, "journey", np.repeat(every, np.diff(self.starts)))

    def __len__(self) -> int:
        return len(self.customer)

    @property
    def lengths(self) -> Offsets:
        """The number of events of each journey."""
        return np.diff(self.starts)

    @property
    def customers(self) -> int:
        """The number of distinct customers."""
        return int((np.diff(self.customer) != 0).sum()) + 1 if len(self) else 0

    @property
    def is_tied(self) -> npt.NDArray[np.bool_]:
        """Which journeys have two events that share their time: their order is the file's."""
        same = np.diff(self.time) == 0
        same[self.starts[1:-1] - 1] = False
        tied = np.zeros(len(self), bool)
        tied[self.journey[1:][same]] = True
        return tied

    @property
    def tied(self) -> int:
        """The number of journeys in which at least two events share their time."""
        return int(np.count_nonzero(self.is_tied))


def cut(log: EventLog, rules: CutRules = WHOLE) -> Journeys:
    """Cut a log into journeys.

    Examples
    --------
    >>> from cjmine.eventlog.build import log_of
    >>> log = log_of([("ann", "Search", 0), ("ann", "Buy", 60), ("ann", "Search", 999)])
    >>> cut(log, CutRules(gap_us=600_000_000)).lengths.tolist()
    [2, 1]
    """
    case = log.codes(log.case_column)
    time, activity = log.times, log.codes(ACTIVITY)
    names = log.activities
    fresh = np.ones(len(case), bool)
    fresh[1:] = case[1:] != case[:-1]
    if log.about.cases is Cases.CUSTOMER:
        if rules.gap_us is not None:
            fresh[1:] |= np.diff(time) > rules.gap_us
        if rules.until:
            ends = np.isin(activity, rules.codes(names, rules.until))
            fresh[1:] |= ends[:-1]
    starts = np.append(np.flatnonzero(fresh), len(case))
    customer = log.codes(CUSTOMER)
    whole = Journeys(
        activities=names,
        channels=log.names(CHANNEL) if log.has(CHANNEL) else (),
        activity=activity,
        time=time,
        channel=log.codes(CHANNEL) if log.has(CHANNEL) else np.full(len(case), -1, np.int32),
        event=np.arange(len(case)),
        starts=starts,
        customer=customer[starts[:-1]] if len(case) else customer,
    )
    if (np.diff(whole.customer) < 0).any():
        whole = _by_customer(whole)
    return _from_entry(whole, rules.codes(names, rules.entry)) if rules.entry else whole


def without_events(journeys: Journeys, out: npt.NDArray[np.bool_]) -> Journeys:
    """The same journeys without the events that are flagged; they may be empty then."""
    if not out.any():
        return journeys
    stays = ~out
    upto = np.concatenate([[0], np.cumsum(stays)])
    return replace(
        journeys,
        activity=journeys.activity[stays],
        time=journeys.time[stays],
        channel=journeys.channel[stays],
        event=journeys.event[stays],
        starts=upto[journeys.starts],
    )


def _by_customer(journeys: Journeys) -> Journeys:
    """The same journeys, those of one customer side by side (given cases are sorted by case)."""
    order = np.argsort(journeys.customer, kind="stable")
    lengths = journeys.lengths[order]
    starts = np.append(0, np.cumsum(lengths))
    event = np.arange(starts[-1]) + np.repeat(journeys.starts[order] - starts[:-1], lengths)
    return replace(
        journeys,
        activity=journeys.activity[event],
        time=journeys.time[event],
        channel=journeys.channel[event],
        event=journeys.event[event],
        starts=starts,
        customer=journeys.customer[order],
    )


def _from_entry(journeys: Journeys, entry: list[int]) -> Journeys:
    hits = np.flatnonzero(np.isin(journeys.activity, entry))
    journey = journeys.journey
    begin = np.full(len(journeys), np.iinfo(np.int64).max)
    begin[journey[hits[::-1]]] = hits[::-1]  # the first of a journey is written last
    keep = np.arange(len(journey)) >= begin[journey]
    kept = journey[keep]
    starts = np.append(np.flatnonzero(np.diff(kept, prepend=-1)), len(kept))
    has_entry = np.zeros(len(journeys), bool)
    has_entry[journey[hits]] = True
    before = np.flatnonzero(~keep & has_entry[journey])
    return Journeys(
        activities=journeys.activities,
        channels=journeys.channels,
        activity=journeys.activity[keep],
        time=journeys.time[keep],
        channel=journeys.channel[keep],
        event=journeys.event[keep],
        starts=starts,
        customer=journeys.customer[has_entry],
        without_entry=int((~has_entry).sum()),
        before_entry=len(before),
        without_customers=_distinct(journeys.customer[~has_entry]),
        before_customers=_distinct(journeys.customer[journey[before]]),
    )


def _distinct(customer: Codes) -> int:
    """The number of distinct customers, of codes that never decrease."""
    return int(np.count_nonzero(np.diff(customer, prepend=-1)))
