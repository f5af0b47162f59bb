"""A bound of observation as it is typed: a day, or a moment with or without an offset.

What has no offset is in the zone of the log, which only the log says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cjmine.errors import Code, Place, Problem, UsageError

_DAY_ALONE = re.compile(r"\d{4}-?\d\d-?\d\d|\d{4}-?W\d\d(-?\d)?")
_START = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Bound:
    """A moment, on the clock of the log where it has no offset; `is_day`: the whole day."""

    moment: datetime
    is_day: bool = False

    def __str__(self) -> str:
        return (self.moment.date() if self.is_day else self.moment).isoformat()

    def first(self, zone: str) -> int:
        """The first microsecond since 1970.

        >>> Bound(datetime(2026, 3, 1), is_day=True).first("Europe/Amsterdam")
        1772319600000000
        """
        return _microseconds(self.moment, zone)

    def last(self, zone: str) -> int:
        """The last microsecond since 1970: of a day its end, of a moment itself.

        >>> Bound(datetime(1970, 1, 1), is_day=True).last("UTC")
        86399999999
        """
        if not self.is_day:
            return _microseconds(self.moment, zone)
        return _microseconds(self.moment + timedelta(days=1), zone) - 1


def bound(written: str, name: str) -> Bound:
    """A day or a moment; `name` is the option for errors. Raises UsageError U101.

    >>> bound("2026-03-01", "--observed-from").is_day
    True
    """
    written = written.strip()
    try:
        return Bound(datetime.fromisoformat(written), _DAY_ALONE.fullmatch(written) is not None)
    except ValueError:
        raise UsageError(
            Problem(
                Code.USAGE,
                "a day or a moment is needed",
                Place(name),
                remedy=f"for example {name} 2026-03-01 or {name} 2026-03-01T12:00:00+01:00",
            )
        ) from None


def _microseconds(moment: datetime, zone: str) -> int:
    from cjmine.results.log import known_zone

    known = moment if moment.tzinfo is not None else moment.replace(tzinfo=known_zone(zone))
    whole = known.astimezone(UTC) - _START
    return (whole.days * 86_400 + whole.seconds) * 1_000_000 + whole.microseconds
