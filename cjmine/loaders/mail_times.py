"""When a mail was written: by its Date, unless that cannot be right beside when it arrived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from zoneinfo import ZoneInfo

from cjmine.errors import Code
from cjmine.loaders.mail_dates import Stamp, stamp
from cjmine.loaders.mail_headers import Headers

_EPOCH = datetime(1970, 1, 1)
_DAY = 86_400_000_000  # microseconds
# A mail waits in queues for days, and a draft keeps its date; a clock may be in a wrong zone.
_BEFORE, _AFTER = 30 * _DAY, _DAY


class Zoned(IntEnum):
    """How a message states its time, for the account of the clock."""

    YES = 0
    NAIVE = 1
    SKIPPED = 2
    DOUBLED = 3


@dataclass(frozen=True, slots=True)
class MailTime:
    """The time of a mail in microseconds since 1970; `redated` where its Date was not used."""

    us: int
    zoned: Zoned
    redated: bool = False


def mail_time(headers: Headers, envelope: str | None, zone: ZoneInfo | None) -> MailTime | Code:
    """The first usable of Date, Received and envelope; where none is, what is wrong with the first.

    A Date more than 30 days before or a day after all servers that passed the mail on is a wrong
    clock, and so is the first day of 1970 where an envelope says another.
    """
    wrong = Code.VALUE_MISSING
    date = headers.plain("Date")
    arrival = headers.plain("Received").rpartition(";")
    for written in (date, arrival[2] if arrival[1] else "", envelope or ""):
        if not written.strip():
            continue
        stated = stamp(written)
        if stated is not None:
            us, zoned = _utc(stated, zone)
            if 1970 <= stated.local.year <= 2100 and us >= 0:
                if written is date and (better := _arrived(us, headers, envelope, zone)):
                    return better
                return MailTime(us, zoned, redated=bool(date.strip()) and written is not date)
        if wrong is Code.VALUE_MISSING:
            wrong = Code.TIME_IMPLAUSIBLE if stated else Code.TIME_UNREADABLE
    return wrong


def _arrived(
    us: int, headers: Headers, envelope: str | None, zone: ZoneInfo | None
) -> MailTime | None:
    """When a mail arrived whose Date cannot be right; None where the Date may be."""
    ends = [one.rpartition(";")[2] for one in headers.received if ";" in one]
    stated = [found for one in ends if (found := stamp(one)) is not None]
    if not stated and us < _DAY and envelope:
        stated = [found for found in (stamp(envelope),) if found is not None]
    arrivals = sorted(_utc(one, zone) for one in stated if 1970 < one.local.year <= 2100)
    if not arrivals or any(-_AFTER <= at - us <= _BEFORE for at, _ in arrivals):
        return None
    return MailTime(*arrivals[(len(arrivals) - 1) // 2], redated=True)


def _utc(stated: Stamp, zone: ZoneInfo | None) -> tuple[int, Zoned]:
    """A skipped hour counts on from before the change, a doubled hour is the later one."""
    offset, zoned = stated.offset, Zoned.YES
    if offset is None:
        earlier = later = timedelta(0)
        if zone is not None:
            earlier = stated.local.replace(tzinfo=zone).utcoffset() or earlier
            later = stated.local.replace(tzinfo=zone, fold=1).utcoffset() or later
        offset = min(earlier, later)
        zoned = Zoned.NAIVE
        if earlier != later:
            zoned = Zoned.DOUBLED if earlier > later else Zoned.SKIPPED
    return (stated.local - _EPOCH - offset) // timedelta(microseconds=1), zoned
