"""The Python interface: the use cases with plain arguments, for notebooks and scripts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from os import PathLike, fspath
from pathlib import Path

from cjmine.durations import microseconds
from cjmine.errors import Code, PrivacyError, Problem
from cjmine.eventlog.log import EventLog
from cjmine.eventlog.parquet import read_log, write_log
from cjmine.loaders.times import declared_format, known_zone
from cjmine.notebook.checked import CheckedJourney
from cjmine.notebook.found import Found
from cjmine.output import write_whole
from cjmine.privacy.key import find_key, throw_away_key
from cjmine.privacy.small_groups import DEFAULT_MIN_GROUP
from cjmine.sources import Identifier, Roles, TimeColumn
from cjmine.workflows.check import CheckQuestion, moment_of, open_baseline, read_ideal
from cjmine.workflows.check import check as compare
from cjmine.workflows.discover import Question
from cjmine.workflows.discover import discover as measure
from cjmine.workflows.inputs import Declared, find_inputs
from cjmine.workflows.load import RejectBudget
from cjmine.workflows.load import load as load_inputs

__all__ = ["CheckedJourney", "Found", "check", "discover", "load", "read", "save"]

File = str | PathLike[str]
Names = str | Sequence[str]


def load(
    *files: File,
    case: str | None = None,
    customer: str | None = None,
    activity: str | None = None,
    timestamp: str | None = None,
    channel: str | None = None,
    tz: str | None = None,
    time_format: str | None = None,
    region: str | None = None,
    object_type: str | None = None,
    keep: Names = (),
    max_rejects: int = 0,
    config: File | None = None,
    key_file: File | None = None,
) -> EventLog:
    """Read exports or process logs into one pseudonymised event log.

    Parameters
    ----------
    files
        Files, folders or globs. A folder with a `cjmine.toml` is read as that says.
    case, customer, activity, timestamp, channel
        Columns that play these roles; what is left out is recognised where it is plain.
    tz
        The zone of times that carry none, such as "Europe/Amsterdam".
    region, object_type
        The country whose form phone numbers have, such as "NL", and the object that is the case of
        an object-centric log.
    keep
        Further columns to keep as attributes; all others are dropped.
    key_file
        The key of the pseudonyms; without one (and without CJMINE_KEY) a random key is used and
        thrown away, so the log cannot be saved.

    Raises
    ------
    CjmineError
        With all problems found, each with code, place, cause and remedy.
    """
    if tz is not None:
        known_zone(tz)
    if time_format is not None:
        declared_format(time_format)
    roles = Roles(
        time=TimeColumn((timestamp,) if timestamp else (), time_format, tz),
        activity=activity,
        customer=Identifier(customer) if customer else None,
        case=case,
        channel_column=channel,
    )
    at = None if config is None else Path(config)
    declared = Declared(roles, _names(keep), at, region, object_type)
    key = find_key(None if key_file is None else Path(key_file)) or throw_away_key()
    inputs = find_inputs([fspath(file) for file in files], declared)
    return load_inputs(inputs, key, RejectBudget(max_rejects)).log


def read(file: File) -> EventLog:
    """Read a saved event log. Raises DataError L122."""
    return read_log(Path(file), fspath(file))


def save(log: EventLog, file: File) -> None:
    """Save a log as Parquet, whole or not at all. Raises PrivacyError P101, OutputError O101."""
    if log.about.key_id is None:
        raise PrivacyError(
            Problem(
                Code.KEY_MISSING,
                "the log was made with a key that is thrown away",
                cause="a kept log needs a key that is kept, or it can never be linked again",
                remedy="cjmine privacy new-key FILE, then load(…, key_file=FILE)",
            )
        )
    write_whole(Path(file), lambda temporary: write_log(log, temporary))


def discover(
    log: EventLog,
    goal: Names = (),
    entry: Names = (),
    gap: str | None = None,
    until_goal: bool = False,
    by: str | None = None,
    top: int | None = None,
    min_group: int = DEFAULT_MIN_GROUP,
) -> Found:
    """Measure the journeys of a log.

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
    """
    question = Question(
        goal=_names(goal),
        entry=_names(entry),
        gap=None if gap is None else microseconds(gap),
        until_goal=until_goal,
        by=by,
        top=top,
        min_group=min_group,
    )
    found = measure(log, question)
    return Found(**{field.name: getattr(found, field.name) for field in fields(found)})


def check(
    log: EventLog,
    ideal: File,
    baseline: File | None = None,
    min_group: int = DEFAULT_MIN_GROUP,
    observed_from: str | None = None,
    observed_until: str | None = None,
) -> CheckedJourney:
    """Compare a log with an ideal journey.

    Parameters
    ----------
    ideal
        A journey file, or a process model (.bpmn, .pnml).
    baseline
        A file that `cjmine check --save-baseline` wrote.
    observed_from, observed_until
        Days or moments between which the log observes, such as "2026-03-01".

    Raises CjmineError with all problems of the journey file; PrivacyError P103 where the log is
    about fewer customers than `min_group`.
    """

    def moment(written: str | None, name: str) -> int | None:
        return None if written is None else moment_of(written, name)

    declared = read_ideal(Path(ideal), fspath(ideal))
    question = CheckQuestion(
        min_group=min_group,
        baseline=None if baseline is None else open_baseline(Path(baseline), fspath(baseline)),
        observed_from=moment(observed_from, "observed_from"),
        observed_until=moment(observed_until, "observed_until"),
    )
    outcome = compare(log, declared, question)
    found = outcome.checked
    values = {field.name: getattr(found, field.name) for field in fields(found)}
    return CheckedJourney(**values, outcome=outcome)


def _names(names: Names) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)
