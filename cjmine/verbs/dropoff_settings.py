"""What can be asked of `dropoff`."""

from __future__ import annotations

from dataclasses import dataclass

from cjmine.option import option
from cjmine.results.trend import Every
from cjmine.verbs.settings import GoalSettings, duration
from cjmine.verbs.trend_settings import every

_WEEK = 7 * 86_400_000_000


def durations(written: str, name: str) -> tuple[int, ...]:
    """Durations in microseconds, in order and each once; `name` is the option for errors.

    >>> durations("14d,7d", "--at")
    (604800000000, 1209600000000)

    Raises UsageError U101.
    """
    return tuple(sorted({duration(one, name) for one in written.split(",")}))


@dataclass(frozen=True, slots=True, kw_only=True)
class DropoffSettings(GoalSettings):
    """After which times it is said where journeys are, and how long what comes next is awaited.

    In microseconds; without times, about the full time. `start` is the step that times count from.
    """

    at: tuple[int, ...] | None = option(
        None, "After which times: 7d,14d,30d.", "TIME,…", kind=str, read=durations
    )
    start: str | None = option(
        None, "Count time from this step, not from the begin.", "STEP", names=("--from",)
    )
    cohort: Every | None = option(
        None, "Also by the day, week or month of their begin.", "PERIOD", read=every
    )
    within: int = option(
        _WEEK,
        "How long what comes next may take.",
        "TIME",
        names=("--next",),
        typed="7d",
        read=duration,
    )
