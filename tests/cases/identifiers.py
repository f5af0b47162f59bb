"""Identifiers: words that mean nobody, numbers damaged on the way, spellings (C12 to C15, N, P04)."""

from __future__ import annotations

from cases.case import Case

_CALLS = "--tz Europe/Amsterdam --region NL --max-rejects 30"

IDENTIFIERS = (
    Case("N01-phone-forms", f"load calls.csv {_CALLS}", customers=1),
    Case("N01-phone-forms", f"load land.csv {_CALLS}", customers=3),
    Case("P04-connect-nulls", "sniff ctr.json", says=("amazon-connect",)),
    Case("P04-connect-nulls", "load ctr.json --region NL --max-rejects 9", customers=1),
)
