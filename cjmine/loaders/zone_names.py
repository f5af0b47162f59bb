"""Short names of time zones by what each means in practice, and zones in names of columns.

Names with several meanings (IST: India, Israel, Ireland) are left out: a time with one is not read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

ZONE_HOURS = {
    name: float(hours)
    for hours, names in (
        ("-10", "HST"), ("-9", "AKST"), ("-8", "PST AKDT"), ("-7", "MST PDT"), ("-6", "CST MDT"),
        ("-5", "EST CDT"), ("-4", "EDT AST"), ("-3", "ADT"), ("0", "UT UTC GMT Z WET"),
        ("1", "CET MET MEZ WEST BST"), ("2", "CEST MEST MESZ METDST CETDST EET SAST"),
        ("3", "EEST MSK"), ("8", "HKT SGT AWST"), ("9", "JST KST"), ("9.5", "ACST"),
        ("10", "AEST"), ("10.5", "ACDT"), ("11", "AEDT"), ("12", "NZST"), ("13", "NZDT"),
    )
    for name in names.split()
}  # fmt: skip


def offset_text(hours: float) -> str:
    """An offset from UTC as it is written.

    >>> offset_text(9.5), offset_text(-5)
    ('+09:30', '-05:00')
    """
    return f"{'-' if hours < 0 else '+'}{int(abs(hours)):02}:{int(abs(hours) * 60) % 60:02}"


@dataclass(frozen=True, slots=True)
class StatedZone:
    """The zone that the name of a column states.

    `zone` is its name in the time zone database; None where only `hours` from UTC in some season
    are known, as for CET.
    """

    zone: str | None
    hours: float | None = None

    def fits(self, declared: str) -> bool:
        """Whether a declared zone is the stated one, or has its offset in some season."""
        if self.zone is not None:
            return declared == self.zone or {declared, self.zone} <= _UTC
        there = ZoneInfo(declared)
        seasons = (datetime(2026, month, 1, tzinfo=there).utcoffset() for month in (1, 7))
        return any(one == timedelta(hours=self.hours or 0) for one in seasons)


_UTC = {"UTC", "GMT", "Etc/UTC", "Etc/GMT", "Zulu"}
_OFFSET = r"(?:(?:UTC|GMT) ?)?(?P<sign>[+-])(?P<h>\d{1,2})(?::?(?P<m>\d\d))?"
_NAMES = "|".join(name for name in ZONE_HOURS if len(name) > 2)
_STATED = re.compile(
    rf"\s*(?:[(\[] *(?:{_OFFSET}|(?P<region>[A-Z]\w+/\w+(?:/\w+)?)|(?P<name>(?i:{_NAMES}|Z)))"
    rf" *[)\]]|\b(?P<last>{_NAMES})|\b(?P<region2>[A-Z]\w+/[A-Z]\w+)"
    rf"|(?:\b|(?<=[a-z_]))(?:UTC|GMT) ?(?P<sign2>[+-])(?P<h2>\d{{1,2}})(?::?(?P<m2>\d\d))?)\s*$"
)
_WORD = re.compile(r"(?:^|[\s_.-]|(?<=[a-z]))(?:(?<=[a-z])(?:Utc|UTC|GMT)|(?i:utc|gmt))(?![a-z])")


def stated_zone(column: str) -> StatedZone | None:
    """The zone that the name of a column of times states; None where it states none.

    >>> stated_zone("Timestamp (UTC)"), stated_zone("Responded on (UTC+01:00)")
    (StatedZone(zone='UTC', hours=None), StatedZone(zone='Etc/GMT-1', hours=None))
    >>> stated_zone("created_at_utc"), stated_zone("Start (CET)"), stated_zone("Start (local)")
    (StatedZone(zone='UTC', hours=None), StatedZone(zone=None, hours=1.0), None)
    """
    found = _STATED.search(column)
    if found is None:
        return StatedZone("UTC") if _WORD.search(column) else None
    region = found["region"] or found["region2"]
    if region is not None:
        return StatedZone(region) if _is_known(region) else None
    sign, hours = found["sign"] or found["sign2"], found["h"] or found["h2"]
    if sign is not None:
        away = int(sign + hours) + int(sign + (found["m"] or found["m2"] or "0")) / 60
        # The database names whole hours only, with the sign of seafarers.
        whole = away.is_integer() and abs(away) <= 12
        zone = (f"Etc/GMT{-int(away):+d}" if away else "UTC") if whole else None
        return StatedZone(zone, None if whole else away)
    name = (found["name"] or found["last"]).upper()
    return StatedZone(None, hours) if (hours := ZONE_HOURS[name]) else StatedZone("UTC")


def without_zone(column: str) -> str:
    """The name of a column without the zone that it states at its end.

    >>> without_zone("Timestamp (UTC)"), without_zone("created_at_utc")
    ('Timestamp', 'created_at')
    """
    if stated_zone(column) is None:
        return column
    shorter = re.sub(r"[\s_.-]*(?:[Uu]tc|UTC|GMT)\s*$", "", _STATED.sub("", column))
    return shorter or column


def _is_known(region: str) -> bool:
    try:
        ZoneInfo(region)
    except (KeyError, ValueError, OSError):
        return False
    return True
