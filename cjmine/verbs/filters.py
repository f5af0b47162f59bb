"""The filters that a verb is asked for, as conditions on the journeys of one log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from shlex import quote

from cjmine.analysis.measured_part import Measuring
from cjmine.counting.split import Split
from cjmine.disclosure.labels import refuse_absent, shown_labels
from cjmine.errors import Code, Place, Problem, UsageError, did_you_mean, nearest
from cjmine.eventlog.chosen import Filter
from cjmine.eventlog.journeys import CutRules
from cjmine.eventlog.log import CHANNEL, TIME, About
from cjmine.eventlog.parts import Log
from cjmine.eventlog.where import quoted
from cjmine.verbs.settings import JudgedSettings
from cjmine.verbs.variant_choice import trace_of


def filter_of(
    log: Log, rules: CutRules, about: About, settings: JudgedSettings, split: Split
) -> Filter:
    """The conditions; days are those of the log's zone, and the rules say how it is cut.

    Raises UsageError: U101 where a column or a variant is not in the log, U103 where an activity
    is not; PrivacyError P103 where a variant would be of too few customers.
    """
    for one in settings.where:
        check_column(log, one.column, "--where")
    since, until = settings.since, settings.until
    if settings.having and (known := shown_labels(log, settings.min_group, split)):
        refuse_absent(settings.having, "--having", known, settings.policy)
    found = Filter(
        said=said_of(replace(settings, variant=None)),
        since=None if since is None else since.first(about.zone),
        until=None if until is None else until.last(about.zone),
        where=settings.where,
        having=settings.having,
        shorter=settings.shorter,
        longer=settings.longer,
    )
    if settings.variant is None:
        return found
    trace = trace_of(log, settings.variant, Measuring(rules, found), settings.policy, split)
    return replace(found, said=said_of(settings), trace=trace)


def said_of(settings: JudgedSettings) -> tuple[str, ...]:
    """Each condition as it is typed, in the order in which journeys are set aside.

    >>> said_of(JudgedSettings(having=("Buy",), longer=5_400_000_000))
    ('--having "Buy"', '--longer 90m')
    """
    since, until = settings.since, settings.until
    return (
        *([] if since is None else [f"--since {since}"]),
        *([] if until is None else [f"--until {until}"]),
        *(f"--where {one}" for one in settings.where),
        *(f"--having {quoted(name)}" for name in settings.having),
        *([] if settings.shorter is None else [f"--shorter {_typed(settings.shorter)}"]),
        *([] if settings.longer is None else [f"--longer {_typed(settings.longer)}"]),
        *([] if settings.variant is None else [f"--variant {settings.variant}"]),
    )


def _typed(duration: int) -> str:
    """A duration in microseconds as it can be typed, exactly."""
    for unit, seconds in (("d", 86_400), ("h", 3_600), ("m", 60)):
        if duration % (seconds * 1_000_000) == 0:
            return f"{duration // (seconds * 1_000_000)}{unit}"
    return f"{duration / 1_000_000:g}s"


def check_column(log: Log, column: str, named: str | Place) -> None:
    """Refuse a column that the log lacks, and the one of times. Raises UsageError U101.

    `named` is the option that names it, or the place in a file that does.
    """
    place = Place(named) if isinstance(named, str) else named
    if column != TIME and log.has(column):
        return
    if column == TIME:
        raise UsageError(
            Problem(
                Code.USAGE,
                "journeys cannot be told apart by their times",
                place,
                remedy="choose them by when they begin: --since DAY, --until DAY",
            )
        )
    available = [*log.attributes, *([CHANNEL] if log.has(CHANNEL) else [])]
    raise UsageError(
        Problem(
            Code.USAGE,
            f'the log has no column "{column}"',
            place,
            remedy=_kept(column, available),
        )
    )


def _kept(column: str, available: Sequence[str]) -> str:
    """How a log gets a column: where no name is near, it was not kept when the log was loaded."""
    others = did_you_mean(column, available)
    if nearest(column, available) is not None:
        return others
    keep = f"keep it when loading: cjmine load EXPORTS --keep {quote(column)}"
    return f"{keep}; {others}" if others else keep
