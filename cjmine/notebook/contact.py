"""When customers get in touch, and why, in a notebook."""

from __future__ import annotations

from pathlib import Path

from cjmine.declared import NOTHING_DECLARED
from cjmine.durations import microseconds
from cjmine.eventlog.log import EventLog
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.ingest.project import declared_by
from cjmine.notebook.contacted import ContactFound
from cjmine.notebook.filtered import Filtered, Names, filters_of, names
from cjmine.notebook.ideals import File, declared
from cjmine.notebook.typed import bound_of, duration_of
from cjmine.privacy.group_size import DEFAULT_MIN_GROUP
from cjmine.verbs.contact import contact as measure
from cjmine.verbs.contact_settings import ContactSettings, by_what, costs
from cjmine.verbs.dropoff_settings import durations
from cjmine.verbs.ideals import goal_alone


def contact(
    log: EventLog | Filtered,
    ideal: File | CompiledIdeal | None = None,
    *,
    listed: str = "channel",
    window: str = "7d",
    again: Names = ("7d",),
    before: Names = (),
    after: str | None = None,
    cost: str | None = None,
    like: Names = (),
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
) -> ContactFound:
    """When customers get in touch, why, and which contacts need not have been.

    Parameters
    ----------
    ideal
        A journey file, a process model, or what `Journey.read` made of one; without it no contact
        can be explained by a step.
    listed
        "channel", "hour" or "reason": what contacts are listed by.
    window
        How long a step or a failure leads to contact.
    again
        Within which times contact is one more, such as ("1h", "7d").
    before
        Names of contacts before which it is looked at what customers did; `*` holds for any text.
    after
        Only contacts after this step.
    cost, config
        What a contact costs, such as "call=7.50,mail=4"; else what the configuration (`config`, a
        cjmine.toml) declares, which also names contacts and answers.
    like
        Columns to hold equal beside first touchpoint, first channel and month.
    min_group, release, observed_from, observed_until, deadline
        As for `check`.

    An empty log gives empty frames. Raises UsageError U101 for a step or a column that is not
    there, and what `check` raises.
    """
    settings = ContactSettings(
        listed=by_what(listed, "listed"),
        window=microseconds(window),
        again=durations(",".join(names(again)), "again"),
        before=names(before),
        after=after,
        costs=() if cost is None else costs(cost, "cost"),
        like=names(like),
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
    asked = goal_alone(settings) if ideal is None else declared(ideal)
    project = NOTHING_DECLARED if config is None else declared_by((), Path(config))
    chosen = filters_of(log)
    return ContactFound(measure(chosen.log, asked, chosen.asked(settings), project))
