"""Comparing two sides of a log, or two logs, in a notebook."""

from __future__ import annotations

from pathlib import Path

from cjmine.declared import NOTHING_DECLARED
from cjmine.durations import microseconds
from cjmine.eventlog.log import EventLog
from cjmine.eventlog.where import where
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.ingest.project import declared_by
from cjmine.notebook.compared import ComparedSides
from cjmine.notebook.filtered import Filtered, Names, filters_of, names
from cjmine.notebook.ideals import File, declared
from cjmine.notebook.typed import bound_of, duration_of
from cjmine.privacy.group_size import DEFAULT_MIN_GROUP
from cjmine.verbs.compare import compare as measure
from cjmine.verbs.compare_settings import CompareSettings
from cjmine.verbs.ideals import ideal_or_goal
from cjmine.verbs.periods import day, points, two_periods


def compare(
    log: EventLog | Filtered,
    ideal: File | CompiledIdeal | None = None,
    other: EventLog | None = None,
    *,
    new: File | CompiledIdeal | None = None,
    by: str | None = None,
    values: tuple[str, str] | None = None,
    period: tuple[str, str] | None = None,
    change: str | None = None,
    experiment: str | None = None,
    control: str | None = None,
    like: Names = (),
    goal: Names = (),
    entry: Names = (),
    gap: str | None = None,
    until_goal: bool = False,
    returned: str = "30d",
    harm: str | None = None,
    config: File | None = None,
    min_group: int = DEFAULT_MIN_GROUP,
    release: bool = False,
    observed_from: str | None = None,
    observed_until: str | None = None,
    deadline: str | None = None,
) -> ComparedSides:
    """Compare two sides of a log, or two logs: what differs, how much, and whether it is real.

    Parameters
    ----------
    ideal
        A journey file, a process model, or what `Journey.read` made of one; without it the
        `goal` is compared, and how journeys are cut is said as for `discover`.
    other
        A second log.
    new
        A new ideal journey: who walks it already, and what it asks of the rest.
    by, values
        A column, and the two values of it to compare.
    period
        Two periods, such as ("2026-03", "2026-04").
    change
        A day; before and after it.
    experiment, config
        An experiment that the configuration (`config`, a cjmine.toml) declares.
    control
        A condition on journeys that a change does not reach, such as 'platform = "web"'.
    like
        Columns to hold equal beside month and first channel.
    returned
        Within which time a customer returns.
    harm
        The harm that would not matter, such as "1pp".
    min_group, release, observed_from, observed_until, deadline
        As for `check`.

    Raises UsageError U101 unless one way to make two sides is named, and what `check` raises.
    """
    settings = CompareSettings(
        by=by,
        values=values,
        period=None if period is None else two_periods(period, "period"),
        change=None if change is None else day(change, "change"),
        experiment=experiment,
        control=None if control is None else where(control, "control"),
        like=names(like),
        returned=microseconds(returned),
        harm=None if harm is None else points(harm, "harm"),
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
    project = NOTHING_DECLARED if config is None else declared_by((), Path(config))
    chosen, beside = filters_of(log), None if new is None else declared(new)
    return ComparedSides(
        measure(chosen.log, asked, chosen.asked(settings), project, other, new=beside)
    )
