"""Errors that must not show data (L01; W02 is among the web logs)."""

from __future__ import annotations

from cases.case import Case

_PEOPLE = ("jan", "vries", "mies", "bakker", "verhuizing", "opzegging")

PRIVACY = (
    Case("L01-headerless-text", "load a.csv --tz UTC", status=3, codes=("L105",), hides=_PEOPLE),
    Case("L01-headerless-text", "load b.csv --tz UTC", status=3, codes=("L107",), hides=_PEOPLE),
    Case("L01-headerless-text", "sniff b.csv", status=3, hides=_PEOPLE),
    Case("L01-headerless-text", "load c.csv --tz UTC", status=3, codes=("L105",), hides=_PEOPLE),
    Case(
        "L01-headerless-text", "load d.csv --tz UTC", status=3, hides=("geachte", "vries", "a-17")
    ),
)
