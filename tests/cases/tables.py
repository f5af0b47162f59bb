"""Tables and JSON: headers that do not fit, dialects that change, NUL bytes, arrays and pages."""

from __future__ import annotations

from cases.case import Case

_NL = "--tz Europe/Amsterdam"
_TEN = (10, 10, 0, 0, 0)

TABLES = (
    Case("C01-newline-in-header", f"load export.csv {_NL}", customers=2, account=(3, 3, 0, 0, 0)),
    Case(
        "C01-newline-in-header",
        f"load export.csv {_NL} --customer 'Klant nummer' --timestamp 'Datum en tijd'",
        customers=2,
    ),
    Case(
        "C02-dialect-change",
        "load export.csv",
        3,
        ("L115",),
        says=("export.csv:32", "from comma to semicolon"),
    ),
    Case(
        "C02-dialect-change",
        "load tail5.csv --max-rejects 9",
        account=(35, 30, 5, 0, 0),
        rejects=tuple((line, "L115") for line in range(32, 37)),
    ),
    Case("C03-one-more-field", "load export.csv", customers=5, account=_TEN),
    Case("C03-one-more-field", "load export2.csv", customers=5, account=_TEN),
    Case("C04-preface-line", "load export.csv", customers=5, account=_TEN),
    Case("C24-json-array", "load export.json", customers=1, account=(2, 2, 0, 0, 0)),
    Case("C24-json-array", "load records.json", customers=1, account=(1, 1, 0, 0, 0)),
    Case(
        "C25-nul-bytes",
        "load access.log",
        notes=("N206", "N211", "N218", "N270"),
        account=(3, 3, 0, 0, 0),
    ),
    Case(
        "C25-nul-bytes",
        "load export.csv",
        notes=("N211", "N270"),
        activities={"a": 1, "b": 1, "c": 1, "d": 1},
    ),
    Case("C27-r-row-names", "load export.csv", customers=2, account=(3, 3, 0, 0, 0)),
    Case("C27-r-row-names", "load pandas.csv", customers=2, account=(3, 3, 0, 0, 0)),
    Case("G01-ga4-same-timestamp", "load events_20250303.json", account=(12, 10, 0, 1, 1)),
    Case(
        "O01-ocel-json",
        "load log.json --object-type order --tz UTC --max-rejects 3",
        status=0,
    ),
    Case("O02-ocel-sqlite-types", "load log.sqlite --object-type order --tz UTC", 3, ("L107",)),
    Case(
        "Z01-zendesk-pages",
        "load tickets.json",
        activities={"Ticket opened": 1},
        account=(2, 1, 0, 0, 1),
    ),
)
