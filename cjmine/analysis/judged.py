"""Which journeys are judged, by what time, and what a reader should know about the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import Cells, stacked, sums
from cjmine.analysis.log_counts import CountedNote
from cjmine.analysis.multisets import Values, quantile_from_above, values
from cjmine.conformance.states import (
    SLOWEST_HUNDREDTH,
    FullTime,
    JourneyStates,
    State,
    Terms,
    Window,
    may_be_tails,
)
from cjmine.counting.groups import Ints
from cjmine.counting.merging import summed
from cjmine.durations import in_words
from cjmine.eventlog.journeys import Journeys
from cjmine.results.figures import Counted
from cjmine.results.full_time import JudgedPeriod
from cjmine.results.log import day_of, moment
from cjmine.sentences import Sentence

ENOUGH_CUSTOMERS = 200
COUNTED, OPEN, AFTER, LATER, TAILS = range(5)
_DAY = 86_400_000_000
_SHORTER = (90, 60, 30, 14, 7, 3, 2, 1)  # days to propose as a deadline


@dataclass(frozen=True, slots=True)
class AskJudged:
    """How the journeys of a part are judged; moments of the whole log, in microseconds.

    The log observes from `since`, where that is declared, to `until`; `first` is its first event.
    """

    terms: Terms
    since: int | None
    first: int
    until: int
    full_time: int | None

    @property
    def window(self) -> Window:
        """From when until when the log observes."""
        return Window(self.since, self.until)


def assumed_full_time(to_goal: Values) -> FullTime:
    """The time in which 99 of 100 journeys that reach the goal have reached it."""
    if not len(to_goal.value):
        return FullTime(None, 0)
    slowest = quantile_from_above(to_goal.value, to_goal.times, SLOWEST_HUNDREDTH)
    return FullTime(slowest, int(to_goal.times.sum()))


@dataclass(frozen=True, slots=True)
class JudgedCounts:
    """Counted and open journeys, events after the full time, journeys that reach the goal then.

    `cells` has these, and last the journeys that may be the rest of earlier ones, where nobody
    declared from when the log observes. `begins` are the moments at which the customers of open
    journeys first begin one, in a part in which no journey is counted.
    """

    cells: Cells
    begins: Values

    def __add__(self, other: JudgedCounts) -> JudgedCounts:
        return summed(self, other)


def count_judged(
    journeys: Journeys, states: JourneyStates, customer: Ints, terms: Terms, first: int | None
) -> JudgedCounts:
    """Count the journeys of a part; `first` is the first event of the whole log.

    `first` is None where somebody declared from when the log observes.
    """
    people = int(customer[-1]) + 1 if len(customer) else 0
    counted, is_open = states.is_counted, states.of_journey == State.OPEN
    after = states.is_after & counted[journeys.journey]
    tails = np.zeros(len(journeys), bool)
    if first is not None:
        tails = may_be_tails(journeys, terms, first)
    each = (
        counted,
        is_open,
        np.bincount(journeys.journey[after], minlength=len(journeys)),
        states.reaches_later,
        tails,
    )
    begins = np.zeros(0, np.int64)
    if is_open.any() and not counted.any():
        begin = journeys.time[journeys.starts[:-1]][is_open]
        earliest = np.full(people, np.iinfo(np.int64).max)
        np.minimum.at(earliest, customer[is_open], begin)
        begins = earliest[earliest < np.iinfo(np.int64).max]
    return JudgedCounts(
        stacked([sums(one.astype(np.int64), customer, people) for one in each]),
        values(np.zeros(len(begins), np.int64), begins),
    )


@dataclass(frozen=True, slots=True)
class Judging:
    """How journeys are judged; moments in microseconds.

    The log observes from `first` to `until`; `is_declared`: somebody said from when. `gap` is
    that of the terms, `written` the deadline of the file where another was asked for; days are
    those of `zone`. Where filters say so, journeys begin at `begun_from` or later, at
    `begun_until` or earlier.
    """

    full_time: FullTime
    first: int
    until: int
    is_declared: bool
    gap: int | None
    zone: str = "UTC"
    written: int | None = None
    begun_from: int | None = None
    begun_until: int | None = None

    @property
    def is_uncertain(self) -> bool:
        """Whether shares may miss by several points, because no deadline is declared."""
        return self.full_time.is_uncertain(self.first, self.until)

    @property
    def begun(self) -> tuple[int, int] | None:
        """Between which moments judged journeys begin; None where none can be judged."""
        if self.full_time.value is None:
            return None
        first = self.first + (self.gap or 0 if self.is_declared else 0)
        last = self.until - self.full_time.value
        if self.begun_from is not None:
            first = max(first, self.begun_from)
        if self.begun_until is not None:
            last = min(last, self.begun_until)
        return (first, last) if first <= last else None


def judged_period(counts: JudgedCounts, judging: Judging, unseen: Counted) -> JudgedPeriod:
    """What a result says about the journeys that it judges."""
    full_time, begun = judging.full_time, judging.begun
    return JudgedPeriod(
        seconds=None if full_time.value is None else full_time.value / 1e6,
        assumed=full_time.completed is not None,
        uncertain=judging.is_uncertain,
        begun_from=None if begun is None else moment(begun[0]),
        begun_until=None if begun is None else moment(begun[1]),
        after=counts.cells.sum(AFTER),
        later=counts.cells.counted(LATER),
        unseen=unseen,
    )


def judged_notes(counts: JudgedCounts, judging: Judging) -> Iterator[CountedNote]:
    """Notes: what was assumed, what was set aside, and where no journey is counted."""
    full_time, cells = judging.full_time, counts.cells
    under_way = cells.counted(OPEN)
    if judging.written is not None and full_time.value is not None:
        asked, written = in_words(full_time.value), in_words(judging.written)
        yield CountedNote(Sentence.OTHER_DEADLINE, (asked, written))
    if full_time.value is None:
        if under_way:
            yield CountedNote(Sentence.NOBODY_REACHED, (under_way,))
        return
    if full_time.completed is not None:
        doubt = "; shares marked ≈ may miss by several points: declare a deadline"
        said = (in_words(full_time.value), doubt if judging.is_uncertain else "")
        yield CountedNote(Sentence.ASSUMED_TIME, said)
    after, later = cells.sum(AFTER), cells.counted(LATER)
    if after and later:
        yield CountedNote(Sentence.TOO_LATE_GOALS, (after, later))
    elif after:
        yield CountedNote(Sentence.TOO_LATE, (after,))
    tails = cells.counted(TAILS)
    if tails and not judging.is_declared:
        yield CountedNote(Sentence.TAILS, (tails,))
    if under_way and not cells.counted(COUNTED):
        yield _nobody(counts, judging, under_way)


def _nobody(counts: JudgedCounts, judging: Judging, under_way: Counted) -> CountedNote:
    """When journeys can be judged, and how many are under way until then."""
    full = judging.full_time.value
    assert full is not None

    def day(begin: int) -> str:
        return day_of(moment(begin + full), judging.zone).isoformat()

    span = max(judging.until - judging.first, 0)
    begins = np.repeat(counts.begins.value, counts.begins.times)
    many = ""
    if len(begins) >= ENOUGH_CUSTOMERS:
        enough = day(int(begins[ENOUGH_CUSTOMERS - 1]))
        many = f", from {enough} {ENOUGH_CUSTOMERS} customers"
    shorter = [days for days in _SHORTER if days * _DAY * 2 <= span]
    remedy = f", or --deadline {shorter[0]}d" if shorter else ""
    first = day(int(begins[0]))
    said = (in_words(full), in_words(span), first, many, under_way, remedy)
    return CountedNote(Sentence.TOO_SHORT, said)
