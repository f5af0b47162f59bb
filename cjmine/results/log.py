"""What every result says about the log that it was made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo

from cjmine.results.figures import (
    Customers,
    Events,
    Journeys,
    Moment,
    Names,
    Records,
    Setting,
)

_START = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class LogSize:
    """How much was measured; the period is None when the log is empty.

    `tied_journeys` have two events at one moment. `without_entry` journeys and `before_entry`
    events were set aside by the entry rule. `zone` is that in which days are shown.
    `filters` are the conditions by which journeys were chosen; the period is that of the whole log.
    """

    events: Events
    journeys: Journeys
    customers: Customers
    activities: Names
    variants: Names
    tied_journeys: Journeys | None
    observed_from: Moment | None
    observed_until: Moment | None
    without_entry: Journeys | None = 0
    before_entry: Events | None = 0
    zone: str = "UTC"
    filters: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Hold that a period has two ends, each written in UTC."""
        if (self.observed_from is None) != (self.observed_until is None):
            raise ValueError("a period has two ends")
        for one in (self.observed_from, self.observed_until):
            if one is not None:
                day_of(one, self.zone)

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day of the period, in the zone of the log."""
        if self.observed_from is None or self.observed_until is None:
            return None
        return day_of(self.observed_from, self.zone), day_of(self.observed_until, self.zone)

    @property
    def period(self) -> tuple[int, int] | None:
        """The period in microseconds since 1970 (UTC)."""
        if self.observed_from is None or self.observed_until is None:
            return None
        return microseconds(self.observed_from), microseconds(self.observed_until)


@dataclass(frozen=True, slots=True)
class Source:
    """The account of one file: read = loaded + rejected + duplicate + filtered records.

    `events` is what the loaded records gave; `unlinked` is None where nothing was to link.
    """

    path: str
    format: str
    read: Records | None
    loaded: Records | None
    rejected: Records | None
    duplicate: Records | None
    filtered: Records | None
    unlinked: Records | None = field(default=None, kw_only=True)
    events: Records | None

    def __post_init__(self) -> None:
        """Hold that no record is lost, where all counts are shown."""
        parts = (self.loaded, self.rejected, self.duplicate, self.filtered)
        if self.read is None or None in parts:
            return
        if self.read != sum(one for one in parts if one is not None):
            raise ValueError("the records of a source do not add up")


@dataclass(frozen=True, slots=True)
class Privacy:
    """How small groups were treated, and which key the tokens come from.

    `release`: counts are rounded, so that no small count can be computed back.
    """

    min_group: Setting
    folded_journeys: Journeys | None
    key: str | None
    release: bool = False


def moment(microseconds: int) -> str:
    """A moment in ISO 8601, in UTC.

    >>> moment(0)
    '1970-01-01T00:00:00Z'
    """
    whole = datetime.fromtimestamp(microseconds // 1_000_000, UTC)
    rest = microseconds % 1_000_000
    text = whole.strftime("%Y-%m-%dT%H:%M:%S")
    return f"{text}.{rest:06d}Z" if rest else f"{text}Z"


def day_of(written: str, zone: str) -> date:
    """The day in a zone of what `moment` wrote; a day alone is one of that zone already.

    Raises ValueError for anything else, and for a zone that is none.

    >>> day_of("2026-02-28T23:00:00Z", "Europe/Amsterdam").isoformat()
    '2026-03-01'
    """
    there = known_zone(zone)
    if len(written) == len("2026-03-01"):
        return date.fromisoformat(written)
    return datetime.fromtimestamp(microseconds(written) // 1_000_000, there).date()


def known_zone(name: str) -> tzinfo:
    """The zone of a name. Raises ValueError where it is none."""
    if name == "UTC":
        return UTC
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, OSError):
        raise ValueError("a zone is a name such as Europe/Amsterdam") from None


def microseconds(written: str) -> int:
    """The microseconds since 1970 of what `moment` wrote, or of the day that begins it.

    Raises ValueError for anything else.

    >>> microseconds("1970-01-02"), microseconds("1970-01-02T00:00:01Z")
    (86400000000, 86401000000)
    """
    read = datetime.fromisoformat(written)
    is_day = len(written) == len("2026-03-01")
    read = read.replace(tzinfo=UTC) if is_day else read
    found = (read - _START) // timedelta(microseconds=1)
    if moment(found)[: len(written)] != written:
        raise ValueError("a moment is written in UTC")
    return found
