"""What every result says of its log: how large it is, who is judged, what was left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cjmine.analysis.chosen_notes import chosen_notes
from cjmine.analysis.compared_part import Moments, Part
from cjmine.analysis.deviation_counts import codes_in
from cjmine.analysis.judged import (
    JudgedCounts,
    Judging,
    count_judged,
    judged_notes,
    judged_period,
)
from cjmine.analysis.log_counts import CountedNote, LogCounts, count_log, notes_of, size_of
from cjmine.analysis.trace_counts import TraceCounts, count_traces
from cjmine.conformance.facts import Facts
from cjmine.counting.merging import summed
from cjmine.errors import Note
from cjmine.eventlog.chosen import Filter, SetAside
from cjmine.eventlog.log import About
from cjmine.eventlog.variants import variants
from cjmine.results.figures import Counted
from cjmine.results.full_time import JudgedPeriod
from cjmine.results.log import LogSize


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts of a log beside an ideal that do not depend on the question; parts add up.

    `aside` is what filters set aside.
    """

    log: LogCounts
    aside: SetAside
    judged: JudgedCounts
    traces: TraceCounts

    def __add__(self, other: Overview) -> Overview:
        return summed(self, other)

    def size(self, about: About, filters: Filter) -> LogSize:
        """How much was measured."""
        used, traces = int(np.count_nonzero(self.traces.used)), len(self.traces.traces)
        return size_of(self.log, about, used, traces, filters)

    def period(self, judging: Judging) -> JudgedPeriod:
        """Which journeys are judged, by what time."""
        unseen = Counted(self.log.unseen, self.log.unseen_customers)
        return judged_period(self.judged, judging, unseen)

    def notes(
        self, about: About, filters: Filter, judging: Judging | None
    ) -> Iterator[CountedNote | Note]:
        """The notes of the load, of the events and the filters, and of who is judged, if anyone."""
        yield from notes_of(self.log, about)
        yield from chosen_notes(self.aside, filters)
        if judging is not None:
            yield from judged_notes(self.judged, judging)


def count_overview(
    part: Part, facts: Facts, moments: Moments, activities: tuple[str, ...]
) -> Overview:
    """The overview of a part; `activities` are those of the whole log, in order."""
    comparison = facts.comparison
    is_same = comparison.compared is comparison.journeys
    found = comparison.variants if is_same else variants(comparison.journeys)
    return Overview(
        log=count_log(part.measured),
        aside=part.chosen.aside,
        judged=count_judged(
            part.journeys,
            comparison.states,
            facts.customer,
            part.terms,
            moments.first if moments.since is None else None,
        ),
        traces=count_traces(
            found, codes_in(activities, comparison.journeys.activities), len(activities)
        ),
    )
