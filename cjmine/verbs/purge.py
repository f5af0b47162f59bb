"""Purge: saved logs without the events that are past their declared retention."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from cjmine.analysis.purge import past_retention
from cjmine.columns import flags
from cjmine.config import read_config
from cjmine.counting.merging import merged
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.shown import shown
from cjmine.errors import Code, DataError, OutputError, Place, Problem, UsageError
from cjmine.eventlog.log import About, EventLog
from cjmine.eventlog.parquet import read_log, write_log
from cjmine.eventlog.saved import open_saved
from cjmine.ingest.config_path import config_path
from cjmine.output import remove_whole, write_whole
from cjmine.progress import Phase, Progress, ProgressEvent, no_progress
from cjmine.results.purge import Obstacle, Purged, PurgedLog, PurgeReport, Unpurged
from cjmine.sentences import Sentence
from cjmine.shown_paths import shown_path
from cjmine.verbs.periods import begin_of
from cjmine.verbs.purge_files import Found, purge_files
from cjmine.verbs.purge_folder import delete_folder, rewrite_folder
from cjmine.verbs.purge_settings import PurgeSettings

_AT_ONCE = 2_000_000  # events


def purge(
    arguments: Sequence[str],
    config: Path | None,
    settings: PurgeSettings,
    progress: Progress = no_progress,
) -> PurgeReport:
    """Remove events past the declared retention from saved logs, or say what would be removed.

    A log is written anew beside itself and then put in its place; one of which no event is left
    is deleted. Where one cannot be purged, the others are, and the result says so.

    Raises
    ------
    UsageError
        P108 where no retention is declared; C101, C102 for a wrong configuration.
    DataError
        L101 where a file is missing.
    """
    policy = settings.policy
    retention = _retention(arguments, config)
    today = settings.today or date.today()
    before = _day_before(today, retention)
    logs: list[PurgedLog] = []
    unpurged: list[Unpurged] = []
    for one in purge_files(arguments):
        name = policy.file_name(one.label)
        if one.obstacle is not None:
            unpurged.append(Unpurged(name, one.obstacle))
            continue
        progress(ProgressEvent(Phase.READ, shown_path(one.label)))
        try:
            log = open_saved(one.path, one.label)
            moment = begin_of(before, log.about.zone)
            parts = log.parts(-(-log.events // _AT_ONCE) or 1)
            past = merged([past_retention(part.read(), moment) for part in parts])
        except DataError:
            unpurged.append(Unpurged(name, Obstacle.UNREADABLE))
            continue
        found = past.shown_as(name)
        if found.became is not Purged.UNCHANGED:
            unpurged += (Unpurged(name, why) for why in _second_names(one))
            if not settings.dry_run:
                try:
                    _enforce(one, found.became, moment, before, retention)
                except OutputError:
                    unpurged.append(Unpurged(name, Obstacle.UNWRITABLE))
                    found = replace(found, became=Purged.UNCHANGED)
        logs.append(found)
    return _report(logs, unpurged, settings, policy, today, before, retention)


def _retention(arguments: Sequence[str], config: Path | None) -> int:
    path = config_path(arguments, config)
    declared = None if path is None else read_config(path).privacy.retention
    if declared is None:
        raise UsageError(
            Problem(
                Code.PRIVACY_UNDECLARED,
                "how long logs are kept is not declared",
                Place(shown_path(path) if path else "cjmine.toml"),
                remedy='[privacy] retention = "400d"',
            )
        )
    return declared


def _day_before(today: date, retention: int) -> date:
    """The first day of which events are kept; the first of all where there is none before."""
    return today - timedelta(days=min(retention, (today - date.min).days - 1))


def _second_names(one: Found) -> Iterator[Obstacle]:
    """A hard link keeps the old file under another name, whatever is done here."""
    if one.path.is_file() and one.path.stat().st_nlink > 1:
        yield Obstacle.SECOND_NAME


def _enforce(one: Found, became: Purged, moment: int, before: date, retention: int) -> None:
    """Write the log anew without what is past, behind a link too. Raises OutputError O101."""
    place = one.path.resolve()
    said = partial(_said, moment, before, retention)
    if place.is_dir():
        if became is Purged.REMOVED:
            delete_folder(place, one.label)
        else:
            rewrite_folder(place, one.label, moment, said)
        return
    if became is Purged.REMOVED:
        remove_whole(place)
        return
    log = read_log(place, one.label)
    rest = EventLog(log.table.filter(flags(log.times >= moment)), said(log.about))
    write_whole(place, lambda temporary: write_log(rest, temporary))


def _said(moment: int, before: date, retention: int, about: About) -> About:
    """What the rest of a log says of itself: it observes from a moment, and a note says why."""
    note = Sentence.PURGED.note(before.isoformat(), retention)
    known = moment if about.observed_from is None else max(moment, about.observed_from)
    notes = (*(one for one in about.notes if one.code is not Code.PURGED), note)
    return replace(about, observed_from=known, notes=notes)


def _report(
    logs: Sequence[PurgedLog],
    unpurged: Sequence[Unpurged],
    settings: PurgeSettings,
    policy: Policy,
    today: date,
    before: date,
    retention: int,
) -> PurgeReport:
    found = PurgeReport(
        schema="cjmine/privacy-purge/1",
        today=today.isoformat(),
        before=before.isoformat(),
        retention_days=retention,
        dry_run=settings.dry_run,
        min_group=policy.min_group,
        release=policy.release,
        logs=tuple(logs),
        unpurged=tuple(unpurged),
    )
    return shown(found, policy)
