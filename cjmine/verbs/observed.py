"""From when until when a log observes, and so which journeys of it are judged."""

from __future__ import annotations

from dataclasses import replace

from cjmine.analysis.judged import Judging
from cjmine.conformance.states import FullTime
from cjmine.eventlog.chosen import Filter
from cjmine.eventlog.log import About
from cjmine.verbs.settings import JudgedSettings


def observed(about: About, settings: JudgedSettings) -> About:
    """What a log says about itself, with the observation that was asked for."""
    since, until = settings.observed_from, settings.observed_until
    return replace(
        about,
        observed_from=about.observed_from if since is None else since.first(about.zone),
        observed_until=about.observed_until if until is None else until.last(about.zone),
    )


def judging_of(
    about: About,
    ends: tuple[int | None, int | None],
    full_time: FullTime,
    gap: int | None,
    filters: Filter,
) -> Judging:
    """How journeys are judged; `ends` are the first and the last event that are seen, if any."""
    first, last = ends
    since = about.observed_from
    return Judging(
        full_time=full_time,
        first=_declared(since, first) or 0,
        until=0 if first is None else _declared(about.observed_until, last) or 0,
        is_declared=since is not None,
        gap=gap,
        zone=about.zone,
        begun_from=filters.since,
        begun_until=filters.until,
    )


def _declared(declared: int | None, found: int | None) -> int | None:
    return found if declared is None else declared
