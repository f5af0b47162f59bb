"""The time that journeys are given, and which of them have had it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cjmine.results.figures import Events, Journeys, Limit, Moment
from cjmine.results.log import day_of, microseconds


@dataclass(frozen=True, slots=True)
class JudgedPeriod:
    """Which journeys are judged: those begun between two moments, by their first `seconds`.

    `assumed`: nobody declared a deadline, and the time is that in which 99 of 100 of the journeys
    that reached the goal had done so. `uncertain`: these were fewer than 100, or the time is more
    than a quarter of the observed period, so that shares may miss by several points. `seconds` is
    None where no time is known, `begun_from` and `begun_until` where no journey can be judged.

    `after` are the events of judged journeys after their full time, which are not looked at;
    `later` the journeys that reach the goal then. `unseen` are the events after the end of
    observation.
    """

    seconds: Limit | None
    assumed: bool
    uncertain: bool
    begun_from: Moment | None
    begun_until: Moment | None
    after: Events | None
    later: Journeys | None
    unseen: Events | None

    def __post_init__(self) -> None:
        """Hold that the period has two ends, each written in UTC."""
        if (self.begun_from is None) != (self.begun_until is None):
            raise ValueError("a period has two ends")
        if self.begun is not None and self.begun[0] > self.begun[1]:
            raise ValueError("a period begins before it ends")

    def days(self, zone: str) -> tuple[date, date] | None:
        """The first and the last day on which judged journeys begin, in a zone."""
        if self.begun_from is None or self.begun_until is None:
            return None
        return day_of(self.begun_from, zone), day_of(self.begun_until, zone)

    @property
    def begun(self) -> tuple[int, int] | None:
        """Between which moments judged journeys begin, in microseconds since 1970 (UTC)."""
        if self.begun_from is None or self.begun_until is None:
            return None
        return microseconds(self.begun_from), microseconds(self.begun_until)
