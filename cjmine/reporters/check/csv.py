"""One table of a check for a spreadsheet; text that could be taken for a formula is quoted."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import astuple

from cjmine.reporters.escaping import spreadsheet
from cjmine.reporters.formats import CheckTable
from cjmine.results.check import Check, DeviationRow, ExpectationRow, StepRow


def render(found: Check, table: CheckTable = CheckTable.STEPS) -> str:
    """One table of a check as CSV; withheld figures are empty. Ends without a line feed."""
    names, rows = _table(found, table)
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([spreadsheet(cell) if isinstance(cell, str) else cell for cell in row])
    return sink.getvalue().rstrip("\n")


_STEPS = (
    *("step", "stage", "reached", "matched", "went_on", "abandoned", "exited", "open", "finished"),
    *("drop_off", "drop_off_low", "drop_off_high"),
)
_DEVIATIONS = (
    *("code", "class", "activity", "journeys", "occurrences", "of", "accepted", "friction"),
)
_EXPECTATIONS = (
    *("code", "what", "verdict", "level", "budget", "limit", "value", "low", "high", "n", "of"),
    *("change", "because", "line"),
)
_TIMINGS = (
    *("step", "after", "measured", "median_seconds", "p90_seconds", "late", "early", "overdue"),
)


def _table(found: Check, table: CheckTable) -> tuple[Sequence[str], Iterable[Sequence[object]]]:
    match table:
        case CheckTable.STEPS:
            return _STEPS, map(_step, found.steps)
        case CheckTable.DEVIATIONS:
            return _DEVIATIONS, map(_deviation, found.deviations)
        case CheckTable.EXPECTATIONS:
            return _EXPECTATIONS, map(_expectation, found.expectations)
        case CheckTable.TIMINGS:
            return _TIMINGS, map(astuple, found.timings)


def _step(row: StepRow) -> Sequence[object]:
    lost = row.drop_off
    shares = (lost.value, lost.low, lost.high) if lost else (None, None, None)
    counts = (row.went_on, row.abandoned, row.exited, row.open, row.finished)
    return (row.step, row.stage, row.reached, row.matched, *counts, *shares)


def _deviation(row: DeviationRow) -> Sequence[object]:
    code = row.code.value if row.code else None
    flags = (int(row.accepted), int(row.friction))
    return (code, row.class_, row.activity, row.journeys, row.occurrences, row.of, *flags)


def _expectation(row: ExpectationRow) -> Sequence[object]:
    words = (row.code.value, row.what, row.verdict.value, row.level.value, row.budget, row.limit)
    counts = (row.share.n, row.share.of) if row.share else (None, None)
    change = row.change.value if row.change else None
    return (*words, row.value, row.low, row.high, *counts, change, row.because, row.line)
