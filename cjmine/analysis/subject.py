"""What is checked: the ideal journey, and what is known of the whole log beside its counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from cjmine.eventlog.log import About
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.ideal.journey import Accepted


@dataclass(frozen=True, slots=True)
class Subject:
    """An ideal journey and a log; moments in microseconds.

    `columns` are those that the log has, `period` its first and last moment, `until` the last.
    """

    ideal: CompiledIdeal
    about: About
    columns: tuple[str, ...]
    activities: tuple[str, ...]
    channels: tuple[str, ...]
    period: tuple[int, int] | None
    until: int
    assumed_wait: int | None

    @property
    def accepted(self) -> tuple[Accepted, ...]:
        """The acceptances that hold to the end of the log; the clock plays no part."""
        last = datetime.fromtimestamp(self.until // 1_000_000, UTC).date()
        return tuple(item for item in self.ideal.journey.accepted if last <= item.until)
