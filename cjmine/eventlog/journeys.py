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
from cjmine.eventlog.surveys import Flags, survey_events


@dataclass(frozen=True, slots=True)
class CutRules:
    """When a new journey of the same customer begins, and where counting starts.

    `gap_us`: a longer pause (microseconds) between two events begins a new journey.
    `until`: a journey ends with the first of these activities. `entry`: counting starts at the
    first of these; journeys without one are set aside. Events of `passed_over` activities are
    neither, as if the log had none. `own` are touchpoints of the customer's way by declaration,
    where a name or a score would make them a survey's. Events after `observed_until`
    (microseconds) are not seen.
    Process logs keep their cases; `gap_us` and `until` do not apply to them.
    """

    gap_us: int | None = None
    until: tuple[str, ...] = ()
    entry: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    observed_until: int | None = None
    own: tuple[str, ...] = ()

    def codes(self, names: tuple[str, ...], wanted: tuple[str, ...]) -> list[int]:
        """The codes of the wanted activities that are not passed over."""
        found = set(wanted) - set(self.passed_over)
        return [code for code, name in enumerate(names) if name in found]


WHOLE = CutRules()
EVERY = slice(None)


@dataclass(frozen=True, slots=True)
class Journeys:
    """Traces of coded events: journey j holds the events `starts[j]` up to `starts[j + 1]`.

    `activity`, `time` (microseconds), `channel` (-1 unknown) and `event` (the row in the log)
    have one entry an event, and so have `journey` and `is_survey` (a question or an answer of a
    survey, not the customer's way); `customer` has one a journey, never decreasing. `without_way`
    survey events came before any other event of `without_way_customers`, and are in no journey.
    `without_entry` journeys and `before_entry` events were set aside by the entry rule; these are
    of so many `without_customers` and `before_customers`.
    """

    activities: tuple[str, ...]
    channels: tuple[str, ...]
    activity: Codes
    time: Microseconds
    channel: Codes
    event: Offsets
    is_survey: Flags
    starts: Offsets
    customer: Codes
    without_entry: int = 0
    before_entry: int = 0
    without_customers: int = 0
    before_customers: int = 0
    without_way: int = 0
    without_way_customers: int = 0
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
        return count_customers(self.customer)

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

    def with_events(self, events: Flags | Offsets, starts: Offsets, customer: Codes) -> Journeys:
        """Journeys of some of the events, by flags or places in order, with their own bounds."""
        return replace(
            self,
            activity=self.activity[events],
            time=self.time[events],
            channel=self.channel[events],
            event=self.event[events],
            is_survey=self.is_survey[events],
            starts=starts,
            customer=customer,
        )


def cut(log: EventLog, rules: CutRules = WHOLE) -> Journeys:
    """Cut a log into journeys.

    A question or answer of a survey goes with the customer's journey before it, however late it
    comes: it neither begins a journey nor keeps one going.

    Examples
    --------
    >>> from cjmine.eventlog.build import log_of
    >>> log = log_of([("ann", "Search", 0), ("ann", "Buy", 60), ("ann", "Search", 999)])
    >>> cut(log, CutRules(gap_us=600_000_000)).lengths.tolist()
    [2, 1]
    """
    case = log.codes(log.case_column)
    names = log.activities
    is_survey = survey_events(log, (*rules.own, *rules.until, *rules.entry))
    event: Offsets = np.arange(len(case))
    taken: Offsets | slice = EVERY
    if log.about.cases is Cases.GIVEN or not is_survey.any():
        fresh = _begins(log, case, EVERY, rules)
    else:
        way = np.flatnonzero(~is_survey)
        fresh = np.zeros(len(case), bool)
        fresh[way] = _begins(log, case, way, rules)
        # Before the first journey of a customer there is only that of another customer.
        before = np.append(-1, case[fresh])[np.cumsum(fresh)]
        event = taken = np.flatnonzero(before == case)
    starts = np.append(np.flatnonzero(fresh[taken]), len(event))
    customer = log.codes(CUSTOMER)
    out = customer[:0] if taken is EVERY else np.delete(customer, taken)
    channel = log.codes(CHANNEL) if log.has(CHANNEL) else np.full(len(case), -1, np.int32)
    whole = Journeys(
        activities=names,
        channels=log.names(CHANNEL) if log.has(CHANNEL) else (),
        activity=log.codes(ACTIVITY)[taken],
        time=log.times[taken],
        channel=channel[taken],
        event=event,
        is_survey=is_survey[taken],
        starts=starts,
        customer=customer[event[starts[:-1]]],
        without_way=len(out),
        without_way_customers=count_customers(out),
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
    return journeys.with_events(stays, upto[journeys.starts], journeys.customer)


def without_surveys(journeys: Journeys) -> Journeys:
    """The same journeys as the customer's way alone; those of surveys only are left out.

    >>> from cjmine.eventlog.build import log_of
    >>> log = log_of([("ann", "Search", 0), ("ann", "NPS promoter", 9)])
    >>> without_surveys(cut(log)).lengths.tolist()
    [1]
    """
    return without_empty(without_events(journeys, journeys.is_survey))


def without_empty(journeys: Journeys) -> Journeys:
    """The same journeys but for those without events."""
    some = journeys.lengths > 0
    starts = np.append(journeys.starts[:-1][some], journeys.starts[-1])
    return replace(journeys, starts=starts, customer=journeys.customer[some])


def _begins(log: EventLog, case: Codes, events: Offsets | slice, rules: CutRules) -> Flags:
    """Which of some events of a log begin a journey."""
    case = case[events]
    fresh = np.ones(len(case), bool)
    fresh[1:] = case[1:] != case[:-1]
    if log.about.cases is Cases.GIVEN:
        return fresh
    if rules.gap_us is not None:
        fresh[1:] |= np.diff(log.times[events]) > rules.gap_us
    if rules.until:
        ends = np.isin(log.codes(ACTIVITY)[events], rules.codes(log.activities, rules.until))
        fresh[1:] |= ends[:-1]
    return fresh


def _by_customer(journeys: Journeys) -> Journeys:
    """The same journeys, those of one customer side by side (given cases are sorted by case)."""
    order = np.argsort(journeys.customer, kind="stable")
    lengths = journeys.lengths[order]
    starts = np.append(0, np.cumsum(lengths))
    event = np.arange(starts[-1]) + np.repeat(journeys.starts[order] - starts[:-1], lengths)
    return journeys.with_events(event, starts, journeys.customer[order])


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
    return replace(
        journeys.with_events(keep, starts, journeys.customer[has_entry]),
        without_entry=int((~has_entry).sum()),
        before_entry=len(before),
        without_customers=count_customers(journeys.customer[~has_entry]),
        before_customers=count_customers(journeys.customer[journey[before]]),
    )


def count_customers(customer: npt.NDArray[np.integer]) -> int:
    """The number of distinct customers, of codes that never decrease."""
    return int(np.count_nonzero(np.diff(customer, prepend=-1)))
