"""From a finished drop-off to the one that may be shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from cjmine.analysis.check.notes import rules_notes
from cjmine.analysis.differences import difference
from cjmine.analysis.dropoff.finished import FinishedDropoff
from cjmine.analysis.intervals import Interval
from cjmine.analysis.subject import Subject
from cjmine.disclosure.curves import curve_points, horizons_of, moments_of
from cjmine.disclosure.folds import to_fold
from cjmine.disclosure.next_rows import next_rows
from cjmine.disclosure.notes import policy_notes, shown_notes
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.shown import count, shown
from cjmine.disclosure.step_table import hidden_cells
from cjmine.errors import Note
from cjmine.results.dropoff import (
    CauseDifference,
    CauseShare,
    Dropoff,
    DropoffSegment,
    DropoffSegments,
    Horizon,
    NextRow,
)
from cjmine.results.figures import OTHER, Change, Counted
from cjmine.results.log import Privacy
from cjmine.sentences import Sentence


def shown_dropoff(found: FinishedDropoff, subject: Subject, policy: Policy) -> Dropoff:
    """A drop-off without any figure about too few customers."""
    plan, causes = found.plan, found.causes
    walked = shown(_followed(found.dropoff, policy), policy)
    moments = moments_of(found.whole, causes, plan.at, policy)
    steps = tuple(
        replace(row, next=_next(found, subject, row.step, policy)) for row in walked.steps
    )
    result = replace(
        walked,
        journey_file=policy.file_name(walked.journey_file) if walked.journey_file else "",
        horizons=horizons_of(found.whole, causes, plan.at, moments, policy),
        curve=curve_points(found.whole, causes, moments, policy),
        steps=steps,
        segments=_segments(found, subject, policy),
        privacy=Privacy(policy.min_group, 0, walked.privacy.key, policy.release),
    )
    return replace(result, notes=tuple(_notes(found, result, subject, policy)))


def _followed(found: Dropoff, policy: Policy) -> Dropoff:
    """The journeys that are followed, truncated and elsewhere: they add up to those of the log."""
    cells = (found.journeys, found.truncated, found.elsewhere)
    people = np.array([[cell.customers for cell in cells if isinstance(cell, Counted)]], np.int64)
    sizes = np.array([[int(cell or 0) for cell in cells]], np.int64)
    hidden = hidden_cells(sizes, people, policy.min_group)[0]
    journeys, truncated, elsewhere = (
        None if flag else cell for cell, flag in zip(cells, hidden, strict=True)
    )
    return replace(found, journeys=journeys, truncated=truncated, elsewhere=elsewhere)


def _next(
    found: FinishedDropoff, subject: Subject, step: str, policy: Policy
) -> tuple[NextRow, ...]:
    number = subject.ideal.space.labels.index(step)
    steps = found.counts.steps
    return next_rows(steps.left, steps.went_on, number, found.words, policy)


def _segments(found: FinishedDropoff, subject: Subject, policy: Policy) -> DropoffSegments | None:
    """The journeys by value, the most first; small values are put together without a curve."""
    counts, plan = found.counts.groups, found.plan
    if counts is None:
        return None
    hidden = to_fold(counts.every, policy.min_group)
    rows = [
        (name, curve) for name, curve in found.groups if curve.journeys and not hidden[curve.group]
    ]
    if plan.cohort is None:
        rows.sort(key=lambda one: (-one[1].journeys, one[0]))
    found_rows = []
    reference: tuple[Horizon, ...] = ()
    for name, curve in rows:
        moments = moments_of(curve, found.causes, plan.at, policy)
        horizons = horizons_of(curve, found.causes, plan.at, moments, policy)
        apart = _differences(horizons, reference) if reference else ()
        if plan.cohort is None:
            reference = reference or horizons
        many = count(curve.journeys, policy)
        assert many is not None
        found_rows.append(DropoffSegment(name, many, horizons, apart, name in plan.young))
    if hidden.any():
        folded = np.flatnonzero(hidden)
        journeys = Counted(
            int(counts.every.occurrences[folded].sum()), counts.every.customers_of(folded)
        )
        many = count(journeys, policy)
        if many is not None:
            found_rows.append(DropoffSegment(OTHER, many, (), ()))
    by = plan.by if plan.cohort is None else plan.cohort.value
    return DropoffSegments(by or "", plan.cohort, tuple(found_rows))


def _differences(
    now: tuple[Horizon, ...], before: tuple[Horizon, ...]
) -> tuple[CauseDifference, ...]:
    """How much larger shares are, from the intervals that are shown."""
    return tuple(
        CauseDifference(one.cause, one.kind, at.at_seconds, _change(one, other))
        for at, earlier in zip(now, before, strict=True)
        for one, other in zip(at.causes, earlier.causes, strict=True)
    )


def _change(one: CauseShare, other: CauseShare) -> Change | None:
    if one.value is None or one.low is None or one.high is None:
        return None
    if other.value is None or other.low is None or other.high is None:
        return None
    sure, sure_before = Interval(one.low, one.high), Interval(other.low, other.high)
    found = difference(one.value, sure, other.value, sure_before)
    return Change(found.value, found.low, found.high)


def _notes(
    found: FinishedDropoff, result: Dropoff, subject: Subject, policy: Policy
) -> Iterator[Note]:
    yield from shown_notes(found.notes, policy)
    yield from policy_notes(policy)
    if _has_gap(result):
        mark = f"a dash or <{policy.min_group}" if policy.release else "a dash"
        yield Sentence.DASHES.note(mark, str(policy.min_group))
    yield from rules_notes(subject)


def _has_gap(found: Dropoff) -> bool:
    """Whether a figure is withheld that a table has a place for."""
    ends = (one.value for at in found.horizons for one in at.causes)
    return None in ends or any(None in (row.reached, row.drop_off.n) for row in found.steps)
