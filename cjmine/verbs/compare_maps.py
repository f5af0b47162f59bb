"""The journey maps of both sides, and on that of the second the change of each step."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from cjmine.counting.rounds import IN_THIS_PROCESS
from cjmine.counting.split import Split
from cjmine.errors import PrivacyError
from cjmine.eventlog.parts import Log
from cjmine.eventlog.where import Where
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.results.check import Check
from cjmine.results.compare import Compared, Design
from cjmine.verbs.bounds import Bound
from cjmine.verbs.check import check
from cjmine.verbs.compare_settings import CompareSettings
from cjmine.verbs.periods import Period
from cjmine.verbs.settings import CheckSettings


def side_checks(
    log: Log,
    ideal: CompiledIdeal,
    settings: CompareSettings,
    found: Compared,
    split: Split = IN_THIS_PROCESS,
) -> tuple[Check, Check] | None:
    """A check of each side alone, the second one beside the first as its baseline.

    None without steps, and where filters cannot choose the sides: two logs, two ideals,
    an experiment, a change without full weeks or in what is released, a side of too few.
    """
    chosen = _filters(settings, found)
    if chosen is None or not ideal.space.labels:
        return None
    one, other = (
        replace(each, baseline=None, deadline=_deadline(settings, found)) for each in chosen
    )
    try:
        first = check(log, ideal, one, split=split)
        second = check(log, ideal, replace(other, baseline=first.baseline), split=split)
    except PrivacyError:  # a side is of fewer customers than may be shown
        return None
    return first.checked, second.checked


def _deadline(settings: CompareSettings, found: Compared) -> int | None:
    """The full time of the comparison, which each side alone would assume anew."""
    if settings.deadline is not None or found.judged.seconds is None:
        return settings.deadline
    return round(found.judged.seconds * 1e6) if found.judged.assumed else None


def _filters(
    settings: CompareSettings, found: Compared
) -> tuple[CheckSettings, CheckSettings] | None:
    plain = replace(settings.into(CheckSettings), by=None)
    match found.design:
        case Design.BY if settings.by is not None:
            return _by(plain, settings.by, found)
        case Design.PERIOD if settings.period is not None:
            one, other = (_within(plain, period) for period in settings.period)
            return one, other
        case Design.CHANGE if not found.privacy.release:  # moments of weeks are days there
            return _weeks(plain, found)
    return None


def _by(plain: CheckSettings, column: str, found: Compared) -> tuple[CheckSettings, CheckSettings]:
    one, other = (
        replace(plain, where=(*plain.where, Where(column, (group.name,)))) for group in found.groups
    )
    return one, other


def _within(plain: CheckSettings, period: Period) -> CheckSettings:
    first, last = (
        Bound(datetime(day.year, day.month, day.day), is_day=True)
        for day in (period.first, period.last)
    )
    return replace(plain, since=first, until=last)


def _weeks(plain: CheckSettings, found: Compared) -> tuple[CheckSettings, CheckSettings] | None:
    """The full weeks of each side, where both have some."""
    begins = [
        [datetime.fromisoformat(week.since) for week in found.weeks if week.after is after]
        for after in (False, True)
    ]
    if not all(begins):
        return None
    one, other = (
        replace(
            plain,
            since=Bound(weeks[0]),
            until=Bound(weeks[-1] + timedelta(days=7) - timedelta(microseconds=1)),
        )
        for weeks in begins
    )
    return one, other
