"""The machine's view of a check: keys are never renamed, nothing rounded, withheld is null."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from cjmine.analysis.checked import BaselineUse, Checked, ExpectationRow
from cjmine.analysis.mapped import JourneyMap
from cjmine.analysis.measured import moment
from cjmine.analysis.ratio import Change, Ratio
from cjmine.reporters.sources import source_row

SCHEMA = "cjmine/check/1"


def render(found: Checked) -> str:
    """A check as JSON (DESIGN section 9); ends without a line feed."""
    size, period = found.size, found.size.period
    written: dict[str, Any] = {
        "schema": SCHEMA,
        "journey": found.journey,
        "journey_file": found.journey_file,
        "purpose": found.purpose,
        "verdict": found.verdict.value,
        "log": {
            "events": size.events,
            "journeys": size.journeys,
            "customers": size.customers,
            "activities": size.activities,
            "variants": size.variants,
            "tied_journeys": size.tied_journeys,
            "observed_from": moment(period[0]) if period else None,
            "observed_until": moment(period[1]) if period else None,
            "without_entry": size.without_entry,
            "before_entry": size.before_entry,
        },
        "sources": [source_row(source) for source in found.sources],
        "conformance": asdict(found.conformance),
        "states": asdict(found.states),
        "goal": {"activities": list(found.goal), **_ratio(found.goal_rate)},
        "steps": [{**asdict(row), "drop_off": _ratio(row.drop_off)} for row in found.step_rows],
        "never": asdict(found.never),
        "deviations": [
            {
                "code": row.code.value if row.code else None,
                "class": row.name,
                "activity": row.activity,
                "journeys": row.journeys,
                "occurrences": row.occurrences,
                "of": row.of,
                "accepted": row.is_accepted,
                "friction": row.is_friction,
            }
            for row in found.deviation_rows
        ],
        "timings": [asdict(row) for row in found.timing_rows],
        "expectations": [_expectation(row) for row in found.expectation_rows],
        "examples": [
            {
                "class": one.name,
                "journeys": one.journeys,
                "columns": [
                    {
                        "ideal": cell.ideal,
                        "measured": cell.measured,
                        "marker": cell.marker,
                    }
                    for cell in one.cells
                ],
            }
            for one in found.examples
        ],
        "map": _map(found.journey_map),
        "baseline": _baseline(found.baseline),
        "notes": [{"code": note.code.value, "text": note.text} for note in found.notes],
        "privacy": asdict(found.privacy),
    }
    # A build service obeys `##[` anywhere in a line; the escape means the same to every reader.
    return json.dumps(written, indent=2, ensure_ascii=True).replace("##", "\\u0023#")


def _map(found: JourneyMap) -> dict[str, Any]:
    """What a journey map draws beside the steps; times of the ideal in microseconds."""
    return asdict(found)


def _expectation(row: ExpectationRow) -> dict[str, Any]:
    ratio = row.ratio
    return {
        "code": row.code.value,
        "what": row.what,
        "step": row.step,
        "between": row.between,
        "verdict": row.verdict.value,
        "level": row.level.value,
        "value": row.value,
        "low": row.low,
        "high": row.high,
        "n": ratio.n if ratio else None,
        "of": ratio.of if ratio else None,
        "budget": row.budget,
        "limit": row.limit,
        "change": _change(row.change),
        "because": row.because or None,
        "line": row.line or None,
    }


def _baseline(used: BaselineUse | None) -> dict[str, Any] | None:
    if used is None:
        return None
    return {
        "file": used.file,
        "version": used.version,
        "journeys": used.journeys,
        "observed_from": used.observed_from,
        "observed_until": used.observed_until,
        "goal_rate": _change(used.goal_rate),
        "fitness": used.fitness,
        "drop_off": [{"step": step, **(_change(one) or {})} for step, one in used.drop_off],
    }


def _change(change: Change | None) -> dict[str, float] | None:
    return None if change is None else asdict(change)


def _ratio(ratio: Ratio | None) -> dict[str, Any]:
    if ratio is None:
        return {"value": None, "low": None, "high": None, "n": None, "of": None}
    low, high = ratio.low, ratio.high
    return {"value": ratio.value, "low": low, "high": high, "n": ratio.n, "of": ratio.of}
