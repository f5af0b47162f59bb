"""Dates of mail: every spelling that is common, and what each zone name means in practice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from cjmine.loaders.zone_names import ZONE_HOURS

_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
    "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
    "maa": 3, "mrt": 3, "mei": 5, "okt": 10,
}  # fmt: skip
_TIME = (
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d))?(?:[.,]\d+)?"
    r"(?: ?(?P<half>[ap]m)\b)?"
)
_WEEKDAY = r"(?:[a-z]{2,9}\.?(?: ?, ?| ))?"
_ZONE = r"[a-z]{1,5}|[+-]\d{4}"
_DATES = tuple(
    re.compile(shape, re.ASCII | re.IGNORECASE)
    for shape in (
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})[ -](?P<month>[a-z]{{3,9}})\.?[ -](?P<year>\d{{2,4}}),? "
        rf"{_TIME}(?P<before>)(?P<zone>.*)",
        rf"{_WEEKDAY}(?P<month>[a-z]{{3,9}})\.? (?P<day>\d{{1,2}}),? {_TIME} "
        rf"(?:(?P<before>{_ZONE}) ){{0,2}}(?P<year>\d{{4}})(?P<zone>.*)",
        rf"(?P<year>\d{{4}})-(?P<month>\d\d)-(?P<day>\d\d)[t ]{_TIME}(?P<before>)(?P<zone>.*)",
    )
)
_OFFSET = re.compile(
    r"(?:UTC|GMT)?(?P<sign>[+-])(?P<hours>\d{1,2}?):?(?P<minutes>\d\d)?(?!\d)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time as a mail states it; `offset` from UTC is None where it names no known zone."""

    local: datetime
    offset: timedelta | None


def stamp(written: str) -> Stamp | None:
    """The time that a mail states, in any of the usual spellings; None if it is not readable.

    Dutch names, dotted clocks and two-digit years are understood. A year such as 102 is taken as
    it is, so that the caller finds it implausible. Dates of digits alone are not guessed.

    >>> stamp("di, 08 aug 2023 14.36.29 CEST")
    Stamp(local=datetime.datetime(2023, 8, 8, 14, 36, 29), offset=datetime.timedelta(seconds=7200))
    """
    text = " ".join(written.split())[:120]
    for shape in _DATES:
        found = shape.match(text)
        if found:
            return _stamp(found)
    return None


def _stamp(found: re.Match[str]) -> Stamp | None:
    month = found["month"]
    year, hour, second = int(found["year"]), int(found["hour"]), int(found["second"] or 0)
    if len(found["year"]) == 2:
        year += 2000 if year < 50 else 1900
    if found["half"]:
        hour = hour % 12 + 12 * (found["half"].lower() == "pm")
    try:
        number = int(month) if month.isdigit() else _MONTHS[month[:3].lower()]
        # Mail may state a leap second; clocks here have none.
        seconds = min(second, 59) if second <= 60 else second
        local = datetime(year, number, int(found["day"]), hour, int(found["minute"]), seconds)
        return Stamp(local, _offset(found["zone"].strip() or found["before"] or ""))
    except (KeyError, ValueError):
        return None


def _offset(zone: str) -> timedelta | None:
    """The offset that a zone means; None for an unknown name. ValueError for an impossible one."""
    numeric = _OFFSET.match(zone)
    if numeric:
        hours, minutes = int(numeric["hours"]), int(numeric["minutes"] or 0)
        if hours > 14 or minutes > 59:
            raise ValueError("no such offset")
        offset = timedelta(hours=hours, minutes=minutes)
        return -offset if numeric["sign"] == "-" else offset
    if zone[:1] in ("+", "-"):
        raise ValueError("no such offset")
    name = re.match(r"\(?([a-z]+(?: DST\b)?)", zone, re.IGNORECASE)
    hours_east = ZONE_HOURS.get(name[1].upper().replace(" ", "")) if name else None
    return None if hours_east is None else timedelta(hours=hours_east)
