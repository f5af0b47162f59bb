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

    `zone` is its name in the time zone database; None where only `hours` from UTC are known: in
    some season as for CET, or all year, where no zone has kept to them.
    """

    zone: str | None
    hours: float | None = None

    def fits(self, declared: str) -> bool:
        """Whether a declared zone has the offsets of the stated one; of CET, in some season."""
        seasons = [datetime(2026, month, 1) for month in (1, 7)]
        found = [one.replace(tzinfo=ZoneInfo(declared)).utcoffset() for one in seasons]
        if self.zone is None:
            return timedelta(hours=self.hours or 0) in found
        return found == [one.replace(tzinfo=ZoneInfo(self.zone)).utcoffset() for one in seasons]


_FARTHEST = 14  # hours
# Zones whose clock has never changed since 1990, for the offsets that Etc/GMT does not name.
_PARTS_OF_HOURS = {
    -9.5: "Pacific/Marquesas", 4.5: "Asia/Kabul", 5.5: "Asia/Kolkata", 5.75: "Asia/Kathmandu",
    6.5: "Asia/Yangon", 9.5: "Australia/Darwin",
}  # fmt: skip
_SIGN = "[+\u2212\u00b1-]"
_NAMES = "|".join(name for name in ZONE_HOURS if len(name) > 2)
_STATED = re.compile(
    rf"\s*(?:[(\[] *(?:(?:(?:UTC|GMT) ?)?{_SIGN} ?\d{{1,2}}(?:[:.]?\d\d)?(?: (?:UTC|GMT))?"
    rf"|(?P<region>[A-Z]\w+/\w+(?:/\w+)?)|(?P<name>(?i:{_NAMES}|Z)))"
    rf" *[)\]]|\b(?P<last>{_NAMES})|\b(?P<region2>[A-Z]\w+/[A-Z]\w+)"
    rf"|(?:\b|(?<=[a-z_]))(?:UTC|GMT|utc|gmt) ?{_SIGN} ?\d{{1,2}}(?:[:.]?\d\d)?)\s*$"
)
_OFFSET = re.compile(
    rf"(?:(?:UTC|GMT) ?|(?<![a-z])(?:utc|gmt)(?={_SIGN}\d\d?:)|[(\[] ?|\s(?={_SIGN}\d\d?:\d\d))"
    rf"(?P<sign>{_SIGN}) ?(?P<h>\d{{1,2}})(?:[:.]?(?P<m>\d\d))?(?![\d\u00bd])"
)
_WORD = re.compile(r"(?:^|[\s_.-]|(?<=[a-z]))(?:(?<=[a-z])(?:Utc|UTC|GMT)|(?i:utc|gmt))(?![a-z])")


def stated_zone(column: str) -> StatedZone | None:
    """The zone that the name of a column of times states; None where it states none.

    >>> stated_zone("Timestamp (UTC)"), stated_zone("Responded on (UTC+01:00)")
    (StatedZone(zone='UTC', hours=None), StatedZone(zone='Etc/GMT-1', hours=None))
    >>> stated_zone("created_at_utc"), stated_zone("Start (CET)"), stated_zone("Start (local)")
    (StatedZone(zone='UTC', hours=None), StatedZone(zone=None, hours=1.0), None)
    """
    offset = _OFFSET.search(column)
    if offset is not None and abs(away := _hours(offset)) <= _FARTHEST:
        zone = _PARTS_OF_HOURS.get(away)
        if away.is_integer() and away >= -12:
            # The database names whole hours with the sign of seafarers.
            zone = f"Etc/GMT{-int(away):+d}" if away else "UTC"
        return StatedZone(zone, None if zone else away)
    found = _STATED.search(column)
    if found is None:
        return StatedZone("UTC") if _WORD.search(column) else None
    region = found["region"] or found["region2"]
    if region is not None:
        return StatedZone(region) if _is_known(region) else None
    name = found["name"] or found["last"]
    hours = ZONE_HOURS[name.upper()] if name else None
    return StatedZone(None, hours) if hours else StatedZone("UTC") if name else None


def _hours(offset: re.Match[str]) -> float:
    away = int(offset["h"]) + int(offset["m"] or "0") / 60
    return -away if offset["sign"] in "-\u2212" else away


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
