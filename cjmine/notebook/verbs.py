"""What can be done with a log: functions, and the methods of a log that was loaded."""

from __future__ import annotations

from os import fspath
from pathlib import Path

from cjmine.errors import Code, PrivacyError, Problem
from cjmine.eventlog.folder.deliveries import with_delivery
from cjmine.eventlog.folder.manifest import Delivery
from cjmine.eventlog.folder.writing import writing
from cjmine.eventlog.log import EventLog
from cjmine.eventlog.parquet import write_log
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.notebook.checked import CheckedJourney
from cjmine.notebook.filtered import Filtered, Names, filters_of, names
from cjmine.notebook.found import Found
from cjmine.notebook.ideals import File, declared
from cjmine.notebook.typed import bound_of, duration_of
from cjmine.output import write_whole
from cjmine.privacy.group_size import DEFAULT_MIN_GROUP
from cjmine.shown_paths import shown_path
from cjmine.verbs.check import check as compare
from cjmine.verbs.check import open_baseline
from cjmine.verbs.discover import discover as measure
from cjmine.verbs.settings import CheckSettings, DiscoverSettings
from cjmine.version import VERSION


def save(log: EventLog, file: File) -> None:
    """Save a log, whole or not at all: as Parquet, or as a log folder of one delivery.

    A folder is what ends in a slash, or is there; the log in it is replaced, and `cjmine load
    --append` adds to it. Raises PrivacyError P101, OutputError O101, O102 and O104.
    """
    if log.about.key_id is None:
        raise PrivacyError(
            Problem(
                Code.KEY_MISSING,
                "the log was made with a key that is thrown away",
                cause="a kept log needs a key that is kept, or it can never be linked again",
                remedy="cjmine privacy new-key FILE, then load(…, key_file=FILE)",
            )
        )
    path = Path(file)
    if not fspath(file).endswith("/") and not path.is_dir():
        write_whole(path, lambda temporary: write_log(log, temporary))
        return
    with writing(path, shown_path(path)) as writer:
        run = writer.add([log], log.events)
        writer.publish(with_delivery(None, (run,), log.about, Delivery(1, run.events, VERSION)))


def discover(
    log: EventLog | Filtered,
    goal: Names = (),
    entry: Names = (),
    gap: str | None = None,
    until_goal: bool = False,
    by: str | None = None,
    top: int | None = None,
    min_group: int = DEFAULT_MIN_GROUP,
    release: bool = False,
    observed_from: str | None = None,
    observed_until: str | None = None,
    deadline: str | None = None,
) -> Found:
    """Measure the journeys of a log, or those that its filters choose.

    Parameters
    ----------
    goal, entry
        One activity or several.
    gap
        A pause that begins a new journey, such as "30d" or "45m".
    until_goal
        Whether a journey ends with the goal.
    by
        An attribute to compare journeys by.
    top
        How many variants to list; None lists all.
    min_group
        Groups of fewer customers are folded.
    release
        Whether counts are rounded, for what leaves the team.
    observed_from, observed_until
        Days or moments between which the log observes, such as "2026-03-01".
    deadline
        The time by which journeys are judged, such as "14d".
    """
    settings = DiscoverSettings(
        goal=names(goal),
        entry=names(entry),
        gap=duration_of(gap),
        until_goal=until_goal,
        by=by,
        top=top,
        min_group=min_group,
        release=release,
        observed_from=bound_of(observed_from, "observed_from"),
        observed_until=bound_of(observed_until, "observed_until"),
        deadline=duration_of(deadline),
    )
    chosen = filters_of(log)
    return Found(measure(chosen.log, chosen.asked(settings)))


def check(
    log: EventLog | Filtered,
    ideal: File | CompiledIdeal,
    baseline: File | None = None,
    min_group: int = DEFAULT_MIN_GROUP,
    observed_from: str | None = None,
    observed_until: str | None = None,
    release: bool = False,
    deadline: str | None = None,
    ranges: bool = False,
    by: str | None = None,
) -> CheckedJourney:
    """Compare a log, or the journeys that its filters choose, with an ideal journey.

    Parameters
    ----------
    ideal
        A journey file, a process model (.bpmn, .pnml), or what `Journey.read` made of one.
    baseline
        A file that `cjmine check --save-baseline` wrote.
    observed_from, observed_until
        Days or moments between which the log observes, such as "2026-03-01".
    release
        Whether counts are rounded, for what leaves the team.
    deadline
        The time by which journeys are judged, such as "14d"; else that of the ideal.
    ranges
        Whether to say what is left out or extra in every cheapest alignment, and in some.
    by
        A column to compare journeys by.

    Raises CjmineError with all problems of the journey file; PrivacyError P103 where the log is
    about fewer customers than `min_group`.
    """
    asked = declared(ideal)
    settings = CheckSettings(
        min_group=min_group,
        release=release,
        baseline=None if baseline is None else open_baseline(Path(baseline)),
        observed_from=bound_of(observed_from, "observed_from"),
        observed_until=bound_of(observed_until, "observed_until"),
        deadline=duration_of(deadline),
        ranges=ranges,
        by=by,
    )
    chosen = filters_of(log)
    outcome = compare(chosen.log, asked, chosen.asked(settings))
    return CheckedJourney(outcome.checked, outcome)
