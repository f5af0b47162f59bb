"""The filters that a verb is asked for, as conditions on the journeys of one log."""

from __future__ import annotations

from cjmine.errors import Code, Place, Problem, UsageError, did_you_mean
from cjmine.eventlog.chosen import Filter
from cjmine.eventlog.log import CHANNEL, TIME, About
from cjmine.eventlog.parts import Log
from cjmine.verbs.settings import JudgedSettings


def filter_of(log: Log, about: About, settings: JudgedSettings) -> Filter:
    """The conditions; days are those of the log's zone.

    Raises UsageError U101 where a column is not in the log.
    """
    for one in settings.where:
        check_column(log, one.column, "--where")
    since, until = settings.since, settings.until
    said = [
        *([] if since is None else [f"--since {since}"]),
        *([] if until is None else [f"--until {until}"]),
        *(f"--where {one}" for one in settings.where),
    ]
    return Filter(
        said=tuple(said),
        since=None if since is None else since.first(about.zone),
        until=None if until is None else until.last(about.zone),
        where=settings.where,
    )


def check_column(log: Log, column: str, option: str) -> None:
    """Refuse a column by which journeys cannot be told apart. Raises UsageError U101."""
    if column != TIME and log.has(column):
        return
    if column == TIME:
        raise UsageError(
            Problem(
                Code.USAGE,
                "journeys cannot be told apart by their times",
                Place(option),
                remedy="choose them by when they begin: --since DAY, --until DAY",
            )
        )
    available = [*log.attributes, *([CHANNEL] if log.has(CHANNEL) else [])]
    raise UsageError(
        Problem(
            Code.USAGE,
            f'the log has no column "{column}"',
            Place(option),
            remedy=did_you_mean(column, available) or "keep it when loading: --keep COLUMN",
        )
    )
