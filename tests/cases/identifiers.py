"""Identifiers: words that mean nobody, numbers damaged on the way, spellings (C12 to C15, N, P04)."""

from __future__ import annotations

from cases.case import Case

_TZ = "--tz Europe/Amsterdam"
_CALLS = f"{_TZ} --region NL --max-rejects 30"

_MORE = {"x0": 1, "x7": 1, "x21": 1}

IDENTIFIERS = (
    Case(
        "C12-null-words",
        "load export.csv",
        status=3,
        codes=("L108", "L117", "L120"),
    ),
    Case(
        "C12-null-words",
        "load export.csv --max-rejects 5",
        notes=("N205", "N211", "N213", "N214"),
        customers=2,
        activities={"a": 1, "k": 1},
        account=(18, 2, 2, 0, 14),
        rejects=((18, "L117"), (19, "L108")),
    ),
    Case(
        "C12-null-words", "load more.csv", customers=3, activities=_MORE, account=(22, 3, 0, 0, 19)
    ),
    Case("C13-scientific-ids", f"load export.csv {_TZ}", status=3, codes=("L120", "L128")),
    Case(
        "C13-scientific-ids",
        f"load phones.csv {_TZ} --region NL --max-rejects 9",
        status=3,
        codes=("L121", "L128"),
        hides=("3,16123",),
    ),
    Case(
        "C15-pandas-float-ids",
        "load export.csv other.csv",
        customers=2,
        activities={"a": 1, "c": 1, "x": 1, "y": 1},
        account=(5, 4, 0, 0, 1),
    ),
    Case("N01-phone-forms", f"load calls.csv {_CALLS}", customers=1),
    Case("N01-phone-forms", f"load land.csv {_CALLS}", customers=3),
    Case("P04-connect-nulls", "sniff ctr.json", says=("amazon-connect",)),
    Case("P04-connect-nulls", "load ctr.json --region NL --max-rejects 9", customers=1),
)
