"""Dropoff: where journeys are by some time, where they are left, and what comes next."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from cjmine.analysis.compared_part import Part, Rules, rules_of
from cjmine.analysis.dropoff.counts import (
    AskDropoff,
    AskInfluences,
    DropoffCounts,
    Swayed,
    cohorts_in,
    count_dropoff,
    count_influences,
)
from cjmine.analysis.dropoff.curves import ALL, Curve, curve_of
from cjmine.analysis.dropoff.ends import Cause, causes_of
from cjmine.analysis.dropoff.finished import DropoffPlan, finished
from cjmine.analysis.dropoff.horizons import usual_horizons
from cjmine.analysis.dropoff.next_events import Vocabulary
from cjmine.counting.merging import merged
from cjmine.counting.rounds import IN_THIS_PROCESS, Rounds
from cjmine.counting.split import Split
from cjmine.disclosure.curves import moments_of, times_of
from cjmine.disclosure.dropoff import shown_dropoff
from cjmine.disclosure.policy import Policy
from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.eventlog.chosen import NONE
from cjmine.eventlog.parts import Log
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.progress import Phase, Progress, ProgressEvent, no_progress
from cjmine.results.dropoff import Dropoff
from cjmine.verbs.compared import ComparedLog, compared, subject_of
from cjmine.verbs.dropoff_settings import DropoffSettings
from cjmine.verbs.filters import check_column
from cjmine.verbs.ideals import check_goal, step_number


def dropoff(
    log: Log,
    ideal: CompiledIdeal,
    settings: DropoffSettings,
    progress: Progress = no_progress,
    split: Split = IN_THIS_PROCESS,
) -> Dropoff:
    """How many journeys reach the goal by some time, end otherwise, or are still under way.

    Open journeys count as far as they were seen (Aalen and Johansen 1978). In one part or in
    several: it is the same. An empty log gives empty tables.

    Raises
    ------
    UsageError
        U101 where a column or a step is not there, U103 where a goal that was typed is not.
    PrivacyError
        P103 where the log is about fewer customers than `min_group`.
    """
    policy = settings.policy
    check_goal(log, settings, split)
    step = step_number(ideal, settings.start, "--from")
    _check_groups(log, settings)
    progress(ProgressEvent(Phase.ALIGN))
    with compared(log, ideal, settings, split) as measured:
        ideal = measured.ideal
        asked = _asked(measured, settings, step)
        counts = merged(measured.rounds.ask(count_dropoff, asked, DropoffCounts))
        judging = measured.judging
        at = settings.at or usual_horizons(judging.full_time, judging.until - judging.first)
        curves = [curve_of(counts.curves, 0, ALL)]
        names: tuple[str, ...] = ()
        if counts.groups is not None:
            names, every = counts.groups.names, counts.groups
            curves += [curve_of(every, group, group) for group in range(every.groups)]
        causes = causes_of(ideal.journey)
        curves = _swayed(measured.rounds, asked, names, curves, causes, at, policy)
    progress(ProgressEvent(Phase.COUNT))
    subject = subject_of(log, measured, settings, split)
    plan = DropoffPlan(
        at,
        settings.start,
        settings.within,
        settings.by,
        settings.cohort,
        _young(asked, measured.about.zone, max(at)),
    )
    groups = tuple(zip((*names, NONE), curves[1:], strict=True)) if asked.groups else ()
    return shown_dropoff(finished(counts, subject, plan, curves[0], groups), subject, policy)


def _check_groups(log: Log, settings: DropoffSettings) -> None:
    """Refuse a column that is not there, and two ways of grouping. Raises UsageError U101."""
    if settings.by is None:
        return
    check_column(log, settings.by, "--by")
    if settings.cohort is not None:
        raise UsageError(
            Problem(
                Code.USAGE,
                "journeys are grouped by a column or by their begin",
                Place("--cohort"),
                remedy="leave --by or --cohort away",
            )
        )


def _young(asked: AskDropoff, zone: str, longest: int) -> frozenset[str]:
    """The cohorts that end less than the longest time before the end of observation."""
    if asked.cohort is None:
        return frozenset()
    found = cohorts_in(asked.moments, asked.cohort, zone)
    ends = found.bounds[1:] + longest > asked.moments.until
    return frozenset(found.first_day(one) for one in np.flatnonzero(ends).tolist())


def _asked(measured: ComparedLog, settings: DropoffSettings, step: int | None) -> AskDropoff:
    known, cut = measured.known, rules_of(measured.ideal).cut
    return AskDropoff(
        words=Vocabulary(known.activities, known.channels),
        moments=measured.moments,
        own=(*cut.own, *cut.until, *cut.entry),
        step=step,
        by=settings.by,
        cohort=settings.cohort,
        within=settings.within,
        min_group=settings.min_group,
    )


def _swayed(
    rounds: Rounds[Rules, Part],
    asked: AskDropoff,
    names: tuple[str, ...],
    curves: Iterable[Curve],
    causes: tuple[Cause, ...],
    at: tuple[int, ...],
    policy: Policy,
) -> list[Curve]:
    """The curves with the errors that customers with several journeys give, where there are any."""
    every = list(curves)
    repeated = [curve for curve in every if curve.is_repeated]
    if not repeated:
        return every
    times = [
        times_of(moments_of(curve, causes, at, policy), at)
        if curve.group == ALL
        else np.array(at, np.int64)
        for curve in repeated
    ]
    question = AskInfluences(
        asked,
        names,
        np.array([curve.group for curve in repeated], np.int64),
        tuple(curve.found for curve in repeated),
        np.concatenate(times),
        np.cumsum([0, *(len(one) for one in times)]),
    )
    found = merged(rounds.ask(count_influences, question, Swayed)).curves
    swayed = {
        curve.group: curve.swayed(some, one)
        for curve, some, one in zip(repeated, times, found, strict=True)
    }
    return [swayed.get(curve.group, curve) for curve in every]
