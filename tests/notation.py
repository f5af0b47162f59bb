"""Small logs as text, so that input and expectation stand on one screen.

    log('''
        ann: Search@0 Buy@60s
        bob: Search@web Call@call
    ''')

One line a customer, and one word an event. Behind an event's name may stand, each after an `@`:

* a time, which begins with a digit: seconds since the start of the log, or a number with one of
  the units s, m, h, d. Without it an event comes one minute after the one before it in its line,
  the first of a line at 0;
* an attribute, `name=value`;
* a channel: any other word.

An underscore stands for a blank: `Final_bill`. A line of a process log names its case first and
may name its customer: `order-1: …` or `order-1 (ann): …`, read with `cases=Cases.GIVEN`.
Rows are in the order of the text; that order decides among events of a journey at one time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from cjmine.columns import numbers
from cjmine.eventlog.build import build_log
from cjmine.eventlog.journeys import WHOLE, CutRules, Journeys, cut
from cjmine.eventlog.log import ACTIVITY, CASE, CHANNEL, CUSTOMER, TIME, About, Cases, EventLog

MINUTE = 60
_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400}
_TIME = re.compile(r"(\d+(?:\.\d+)?)([smhd]?)")
_OWNER = re.compile(r"(?P<first>[^\s(]+)(?:\s+\((?P<customer>[^)]+)\))?")


@dataclass(frozen=True, slots=True)
class _Row:
    case: str
    customer: str
    activity: str
    seconds: float
    channel: str | None
    attributes: tuple[tuple[str, str], ...]


def log(text: str, cases: Cases = Cases.CUSTOMER, about: About | None = None) -> EventLog:
    """The event log that a text stands for."""
    rows = [row for line in text.strip().splitlines() if line.strip() for row in _rows(line)]
    columns: dict[str, pa.Array] = {
        CUSTOMER: _text(row.customer for row in rows),
        ACTIVITY: _text(row.activity for row in rows),
        TIME: numbers(np.array([round(row.seconds * 1e6) for row in rows], np.int64)),
    }
    if cases is Cases.GIVEN:
        columns[CASE] = _text(row.case for row in rows)
    if any(row.channel for row in rows):
        columns[CHANNEL] = _text(row.channel for row in rows)
    for name in sorted({name for row in rows for name, _ in row.attributes}):
        columns[name] = _text(dict(row.attributes).get(name) for row in rows)
    return build_log(columns, about or About(cases))


def journeys(text: str, rules: CutRules = WHOLE, cases: Cases = Cases.CUSTOMER) -> Journeys:
    """The journeys of a small log."""
    return cut(log(text, cases), rules)


def traces(found: Journeys) -> list[str]:
    """The journeys in their order, written like the lines above without the name in front.

    >>> traces(journeys("ann: Search Buy"))
    ['Search Buy']
    """
    names = found.activities
    return [
        " ".join(names[code].replace(" ", "_") for code in found.activity[begin:end])
        for begin, end in zip(found.starts[:-1], found.starts[1:], strict=True)
    ]


def _rows(line: str) -> list[_Row]:
    owner, _, events = line.partition(":")
    named = _OWNER.fullmatch(owner.strip())
    assert named is not None, f"no name in front of the colon: {line!r}"
    rows: list[_Row] = []
    seconds = -float(MINUTE)
    for word in events.split():
        activity, *parts = word.split("@")
        seconds += MINUTE
        channel, attributes = None, []
        for part in parts:
            if "=" in part:
                name, _, value = part.partition("=")
                attributes.append((name, _spaced(value)))
            elif part[:1].isdigit():
                time = _TIME.fullmatch(part)
                assert time is not None, f"not a time: {part!r}"
                seconds = float(time[1]) * _UNITS[time[2]]
            else:
                channel = _spaced(part)
        case, customer = named["first"], named["customer"] or named["first"]
        rows.append(_Row(case, customer, _spaced(activity), seconds, channel, tuple(attributes)))
    return rows


def _spaced(word: str) -> str:
    return word.replace("_", " ")


def _text(values) -> pa.Array:
    return pa.array(list(values), pa.string())
