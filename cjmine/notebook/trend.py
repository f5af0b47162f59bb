"""Following a log over time in a notebook."""

from __future__ import annotations

from pathlib import Path

from cjmine.declared import NOTHING_DECLARED
from cjmine.eventlog.log import EventLog
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.ingest.project import declared_by
from cjmine.notebook.filtered import Filtered, Names, filters_of, names
from cjmine.notebook.ideals import File, declared
from cjmine.notebook.trended import TrendOverTime
from cjmine.notebook.typed import bound_of, duration_of
from cjmine.privacy.group_size import DEFAULT_MIN_GROUP
from cjmine.verbs.ideals import ideal_or_nothing
from cjmine.verbs.trend import trend as follow
from cjmine.verbs.trend_settings import TrendSettings, topics
from cjmine.verbs.trend_settings import every as period


def trend(
    log: EventLog | Filtered,
    ideal: File | CompiledIdeal | None = None,
    *,
    every: str = "week",
    what: Names = ("goal", "drop-off", "contact", "fitting"),
    drift: bool = False,
    goal: Names = (),
    entry: Names = (),
    gap: str | None = None,
    until_goal: bool = False,
    config: File | None = None,
    min_group: int = DEFAULT_MIN_GROUP,
    release: bool = False,
    observed_from: str | None = None,
    observed_until: str | None = None,
    deadline: str | None = None,
) -> TrendOverTime:
    """Follow the shares of a log over time: what changed, since when, and near what.

    Parameters
    ----------
    ideal
        A journey file, a process model, or what `Journey.read` made of one; without it the
        `goal` is followed, and how journeys are cut is said as for `discover`.
    every
        "day", "week" or "month".
    what
        One or several of "goal", "drop-off", "contact", "fitting", "deviations".
    drift
        Whether to find sudden changes of the flow.
    config
        A cjmine.toml that declares contacts and dated changes.
    min_group, release, observed_from, observed_until, deadline
        As for `check`.

    Raises UsageError U101 for what is no period or measure, and what `check` raises.
    """
    settings = TrendSettings(
        every=period(every, "every"),
        what=topics(",".join(names(what)), "what"),
        drift=drift,
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
    project = NOTHING_DECLARED if config is None else declared_by((), Path(config))
    asked = ideal_or_nothing(None, (), settings) if ideal is None else declared(ideal)
    chosen = filters_of(log)
    return TrendOverTime(follow(chosen.log, asked, chosen.asked(settings), project))
