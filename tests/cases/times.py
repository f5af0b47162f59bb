"""Times: months in words, zones in the text and the header, clocks of half a day, odd blanks."""

from __future__ import annotations

from cases.case import Case

_NL = "--tz Europe/Amsterdam"


def _utc(*moments: str) -> tuple[str, ...]:
    return tuple(f"{one}+00:00" for one in moments)


_MAY_22 = _utc("2022-05-24T06:23:07", "2022-05-31T22:00:00", "2022-05-31T22:00:03")
_NL_22 = _utc("2022-02-28T23:00:00", "2022-05-24T06:23:00", "2022-09-30T22:00:00")
_APRIL = _utc("2025-04-07T06:30:00", "2025-04-07T11:05:00", "2025-04-07T22:05:00")
_FEBRUARY = _utc("2025-02-13T07:30:00", "2025-02-13T20:30:00", "2025-02-13T23:05:00")
_JUNE = _utc("2025-06-30T15:45:00", "2025-06-30T16:45:00", "2025-07-01T15:45:00")
_EARLIER = _utc("2025-06-30T14:45:00", "2025-06-30T15:45:00", "2025-07-01T14:45:00")
_JAVA = _utc("2023-10-10T00:00:00", "2024-01-10T08:30:00", "2024-01-13T07:30:00")
_JAVA_PATTERN = "--time-format '%a %b %d %H:%M:%S %Z %Y'"
_NL_PATTERN = "--timestamp tijd --time-format '%d %b %Y %H:%M'"
_HALF_PATTERN = "--timestamp Time --time-format '%m/%d/%Y, %I:%M:%S %p'"
_DOTS = "--timestamp dd-MM-yyyy:HH.mm --time-format '%d-%m-%Y:%H.%M'"
_2010 = _utc("2010-12-30T10:02:00", "2010-12-31T09:06:00", "2011-01-05T14:12:00")

TIMES = (
    Case("C06-day-and-month-first", "load export.csv --tz UTC", 3, ("L110",)),
    Case(
        "C06-day-and-month-first",
        "load export2.csv --tz UTC",
        moments=_utc("2017-01-12T17:18:00", "2017-02-01T11:12:00", "2017-04-15T02:40:00"),
    ),
    Case("C07-month-names", f"load en.csv {_NL}", moments=_MAY_22),
    Case(
        "C07-month-names", f"load en.csv {_NL} --time-format '%d-%b-%Y %H:%M:%S'", moments=_MAY_22
    ),
    Case("C07-month-names", f"load nl.csv {_NL} --timestamp tijd", moments=_NL_22),
    Case("C07-month-names", f"load nl2.csv {_NL} --timestamp tijd", moments=_NL_22),
    Case("C07-month-names", f"load nl.csv {_NL} {_NL_PATTERN}", moments=_NL_22),
    Case("C07-month-names", f"load oracle.csv {_NL}", 3, ("L109",), says=("record 3",)),
    Case(
        "C08-blanks-in-time",
        f"load export.csv {_NL} --case patient",
        customers=2,
        account=(8, 8, 0, 0, 0),
    ),
    Case("C09-date-and-12h-clock", f"load ok.csv {_NL}", moments=_APRIL),
    Case("C09-date-and-12h-clock", f"load same.csv {_NL}", moments=_APRIL),
    Case(
        "C09-date-and-12h-clock",
        f"load us.csv {_NL}",
        moments=_utc("2025-04-17T06:30:00", "2025-04-17T11:05:00", "2025-04-17T22:05:00"),
    ),
    Case(
        "C09-date-and-12h-clock",
        f"load export.csv {_NL}",
        moments=_utc(
            "2025-04-07T06:30:00", "2025-04-07T11:05:00", "2025-04-07T22:05:00",
            "2025-04-08T06:30:00",
        ),
    ),
    Case("C09-date-and-12h-clock", f"load same.csv {_NL} --timestamp Date+Time", moments=_APRIL),
    Case("C09-date-and-12h-clock", "load --config declared.toml", moments=_APRIL),
    Case("C10-offset-in-header", "load export2.csv", moments=_JUNE),
    Case("C10-offset-in-header", f"load export2.csv {_NL}", notes=("N211", "N237"), moments=_JUNE),
    Case(
        "C10-offset-in-header",
        "load export.csv --timestamp 'Responded on (UTC+01:00)'",
        moments=_EARLIER,
    ),
    Case("C11-narrow-nbsp", f"load plain.csv {_NL}", moments=_FEBRUARY),
    Case("C11-narrow-nbsp", f"load export.csv {_NL}", moments=_FEBRUARY),
    Case("C11-narrow-nbsp", f"load export.csv {_NL} {_HALF_PATTERN}", moments=_FEBRUARY),
    Case("C11-narrow-nbsp", f"load gb.csv {_NL}", moments=_FEBRUARY),
    Case("C18-java-dates", "load export.csv", moments=_JAVA),
    Case("C18-java-dates", f"load export.csv {_JAVA_PATTERN}", moments=_JAVA),
    Case("C18-java-dates", f"load export.csv {_JAVA_PATTERN} {_NL}", moments=_JAVA),
    Case("C20-excel-serials", "load export.csv --tz UTC", 3, ("L108",), says=("serial days",)),
    Case("C20-excel-serials", "load point.csv --tz UTC", 3, ("L108",), says=("serial days",)),
    Case(
        "C28-start-and-end",
        "load export.csv --tz UTC --max-rejects 5",
        account=(4, 2, 2, 0, 0),
        rejects=((3, "L108"), (5, "L108")),
    ),
    Case("C30-colon-dot-time", f"load export.csv {_NL} {_DOTS}", moments=_2010),
)  # fmt: skip
