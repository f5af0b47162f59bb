"""Where the journeys of a log are by some time, in a notebook."""

from __future__ import annotations

from cjmine.durations import microseconds
from cjmine.eventlog.log import EventLog
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.notebook.dropped import DropoffByTime
from cjmine.notebook.filtered import Filtered, Names, filters_of, names
from cjmine.notebook.ideals import File, declared
from cjmine.notebook.typed import bound_of, duration_of
from cjmine.privacy.group_size import DEFAULT_MIN_GROUP
from cjmine.verbs.dropoff import dropoff as measure
from cjmine.verbs.dropoff_settings import DropoffSettings, durations
from cjmine.verbs.ideals import ideal_or_goal
from cjmine.verbs.trend_settings import every


def dropoff(
    log: EventLog | Filtered,
    ideal: File | CompiledIdeal | None = None,
    *,
    at: Names = (),
    start: str | None = None,
    within: str = "7d",
    by: str | None = None,
    cohort: str | None = None,
    goal: Names = (),
    entry: Names = (),
    gap: str | None = None,
    until_goal: bool = False,
    min_group: int = DEFAULT_MIN_GROUP,
    release: bool = False,
    observed_from: str | None = None,
    observed_until: str | None = None,
    deadline: str | None = None,
) -> DropoffByTime:
    """Where journeys are by some time, where they are left, and what comes next.

    Parameters
    ----------
    ideal
        A journey file, a process model, or what `Journey.read` made of one; without it the
        `goal` is followed, and how journeys are cut is said as for `discover`.
    at
        One or several times, such as "7d"; without any, about the full time.
    start
        The step that times count from; else the begin of journeys.
    within
        How long what comes next may take.
    by
        A column to compare journeys by.
    cohort
        "day", "week" or "month": journeys by when they begin.
    min_group, release, observed_from, observed_until, deadline
        As for `check`.

    An empty log gives empty frames; open journeys count as far as they were seen. Raises
    UsageError U101 for a step or a column that is not there, and what `check` raises.
    """
    settings = DropoffSettings(
        at=durations(",".join(names(at)), "at") if at else None,
        start=start,
        within=microseconds(within),
        by=by,
        cohort=None if cohort is None else every(cohort, "cohort"),
        goal=names(goal),
        entry=names(entry),
        gap=duration_of(gap),
        until_goal=until_goal,
        min_group=min_group,
        release=release,
        observed_from=bound_of(observed_from, "observed_from"),
        observed_until=bound_of(observed_until, "observed_until"),
        deadline=duration_of(deadline),
    )
    asked = ideal_or_goal(None, (), settings) if ideal is None else declared(ideal)
    chosen = filters_of(log)
    return DropoffByTime(measure(chosen.log, asked, chosen.asked(settings)))
