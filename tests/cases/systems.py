"""Tables of systems with a header, workbooks, and XES (E, P, X)."""

from __future__ import annotations

from cases.case import Case

_NL = "--tz Europe/Amsterdam"
_PHONES = f"{_NL} --region NL"
_CALLS = {"Call started": 2, "Call transferred": 1}

SYSTEMS = (
    *(
        Case("E01-excel-1904", f"load {name}.xlsx {_NL}", customers=2, account=(3, 3, 0, 0, 0))
        for name in ("d1900", "d1904", "d1904true", "d1904off")
    ),
    Case("E02-excel-locale-format", f"load fmt.xlsx {_NL}", account=(3, 3, 0, 0, 0)),
    Case(
        "E02-excel-locale-format", f"load general.xlsx {_NL}", 3, ("L108",), says=("serial days",)
    ),
    Case(
        "E03-excel-half-converted",
        f"load mixed.xlsx {_NL} --max-rejects 5",
        3,
        ("L108",),
        says=("some cells are dates, and others are texts", "mixed.xlsx:3"),
    ),
    Case("P01-freepbx-cdr-csv", "sniff cdr.csv", says=("Asterisk call detail records",)),
    Case("P01-freepbx-cdr-csv", f"load cdr.csv {_PHONES}", customers=2, activities=_CALLS),
    Case("P01-freepbx-cdr-csv", "load --config declared.toml", customers=2, activities=_CALLS),
    Case(
        "P03-queue-log-odd",
        "load queue_log --region NL --max-rejects 9",
        customers=4,
        account=(21, 12, 0, 0, 9),
    ),
    Case(
        "X01-xes-offsets-and-shifted-years",
        "load log.xes --max-rejects 3",
        account=(4, 3, 1, 0, 0),
        rejects=((8, "L116"),),
    ),
    Case("X03-xes-classifier", "load log.xes", 3, ("L106",), says=("stap, status",)),
    Case("X03-xes-classifier", "load log.xes --activity stap", account=(4, 4, 0, 0, 0)),
    Case("X03-xes-classifier", "load global.xes --max-rejects 3", account=(3, 1, 2, 0, 0)),
    Case("X04-xes-odd-times", "load log.xes --max-rejects 20", account=(10, 7, 3, 0, 0)),
    Case("X05-xes-lifecycle", "load log.xes", account=(4, 4, 0, 0, 0)),
)
