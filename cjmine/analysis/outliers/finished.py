"""From the counts of `outliers` to its figures: each still knows the customers behind it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cjmine.analysis.intervals import share_of
from cjmine.analysis.outliers.candidates import Before, before, candidates
from cjmine.analysis.outliers.conditions import Dimension
from cjmine.analysis.outliers.contrasts import Found, find, least_journeys
from cjmine.analysis.outliers.counts import OutlierCounts
from cjmine.analysis.outliers.coverage import Covered, covered_by
from cjmine.analysis.outliers.log_waves import waves_of
from cjmine.analysis.outliers.reasons import CONTACT, ERROR, AskSpans, Reasons
from cjmine.analysis.outliers.waves import Wave
from cjmine.analysis.periods import Periods
from cjmine.analysis.subject import Subject
from cjmine.analysis.trend.coverage import Carriers, covered
from cjmine.declared import DatedChange
from cjmine.results.figures import Counted
from cjmine.results.share import Share


@dataclass(frozen=True, slots=True)
class OutlierPlan:
    """What is asked of a log, and what is known of it before it is counted."""

    happy: float
    is_contrasted: bool
    is_waved: bool
    is_lost: bool
    is_answerable: bool
    reasons: Reasons
    carriers: Carriers
    dimensions: tuple[Dimension, ...]
    days: Periods
    changes: tuple[DatedChange, ...]
    min_group: int


@dataclass(frozen=True, slots=True)
class WaveOf:
    """A wave of a touchpoint, and what came before it."""

    place: int
    is_error: bool
    wave: Wave
    before: tuple[Before, ...]


@dataclass(frozen=True)
class FinishedOutliers:
    """The counts of all parts together; nothing of it may be shown as it is."""

    counts: OutlierCounts
    plan: OutlierPlan
    subject: Subject

    @cached_property
    def covered(self) -> Covered:
        """What begins or ends inside the log."""
        plan, names = self.plan, self.plan.reasons.names
        full = self.subject.judging.full_time.value or 0
        spells = covered(self.counts.coverage, plan.carriers, plan.days, full, plan.min_group)
        return covered_by(tuple(spells), names, self.counts.coverage.named[: len(names)])

    @property
    def as_designed(self) -> Share:
        """The happy journeys of all that are judged."""
        table = self.counts.journeys
        every = np.ones(len(table), bool)
        found = table.cohorts(every, ~every, ~table.is_outside)
        return share_of(found.n(0), found.of(0))

    @property
    def completed(self) -> Counted:
        """The judged journeys that reach the goal."""
        table = self.counts.journeys
        every = np.ones(len(table), bool)
        return table.cohorts(every, ~every, table.is_completed).n(0)

    @property
    def deviating(self) -> Counted:
        """Those of them that are not as designed."""
        table = self.counts.journeys
        return table.cohorts(table.is_completed, ~table.is_completed, table.is_outside).n(0)

    @cached_property
    def contrasts(self) -> list[Found]:
        """What is found on the first half of the customers."""
        table, ways = self.counts.journeys, self.plan.dimensions
        sizes = tuple(len(one.values) for one in ways)
        return find(table, sizes, self.covered.left_out(ways))

    @property
    def least(self) -> int:
        """How many journeys a condition needs."""
        return least_journeys(len(self.counts.journeys))

    @cached_property
    def waves(self) -> list[WaveOf]:
        """The waves of contacts and of errors, in the order of time."""
        counts, plan = self.counts, self.plan
        found = waves_of(
            counts.daily,
            counts.by_channel,
            self.covered,
            plan.reasons,
            plan.carriers,
            plan.min_group,
        )
        errors = {one.place: one.waves for one in found if one.is_error}
        known = candidates(counts.daily, errors, plan.changes, plan.days)
        every = [
            WaveOf(
                one.place,
                one.is_error,
                wave,
                tuple(before(known, wave, one.place if one.is_error else None)),
            )
            for one in found
            for wave in one.waves
        ]
        return sorted(every, key=lambda row: (row.wave.first, row.is_error, row.place))

    def spans(self) -> AskSpans:
        """The question for the customers behind waves and candidates, in the order of `rows`."""
        bounds = self.plan.days.bounds
        rows = self.rows
        columns = np.array(rows, np.int64).reshape(len(rows), 4).T
        name, kind, first, last = columns
        return AskSpans(self.plan.reasons, name, kind, bounds[first], bounds[last])

    @cached_property
    def rows(self) -> list[tuple[int, int, int, int]]:
        """Touchpoint, kind, first day and end of each span, each once."""
        found: list[tuple[int, int, int, int]] = []
        for one in self.waves:
            found.append(span_of(one))
            found += [span for row in one.before if (span := span_before(row)) is not None]
        return list(dict.fromkeys(found))


def span_of(one: WaveOf) -> tuple[int, int, int, int]:
    """The span of a wave."""
    kind = ERROR if one.is_error else CONTACT
    return one.place, kind, one.wave.first, one.wave.last + 1


def span_before(one: Before) -> tuple[int, int, int, int] | None:
    """The span of a candidate; None for a change."""
    return None if one.span is None else (one.place, *one.span)
