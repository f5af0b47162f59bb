"""The machine's view: keys are never renamed, numbers never rounded, withheld is null."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from cjmine.analysis.measured import Discovery, moment
from cjmine.analysis.ratio import Ratio
from cjmine.reporters.sources import source_row

SCHEMA = "cjmine/discover/1"


def render(found: Discovery) -> str:
    """A discovery as JSON (DESIGN section 9); ends without a line feed."""
    size, period = found.size, found.size.period
    written = {
        "schema": SCHEMA,
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
        "activities": [asdict(row) for row in found.activity_rows],
        "directly_follows": [
            {
                "from": row.source,
                "to": row.target,
                "count": row.count,
                "median_seconds": row.median_seconds,
                "p90_seconds": row.p90_seconds,
            }
            for row in found.flow_rows
        ],
        "variants": [
            {
                "activities": list(row.activities),
                "journeys": row.journeys,
                "folded": row.is_folded,
            }
            for row in found.variant_rows
        ],
        "goal": None
        if found.goal is None
        else {"activities": list(found.goal.activities), **_ratio(found.goal.ratio)},
        "channels": [asdict(row) for row in found.channel_rows],
        "loops": [asdict(row) for row in found.loop_rows],
        "switches": [
            {"from": row.source, "to": row.target, "count": row.count, "journeys": row.journeys}
            for row in found.switch_rows
        ],
        "segments": None
        if found.segments_by is None
        else {
            "by": found.segments_by,
            "values": [
                {"value": row.value, "journeys": row.journeys, "goal": _ratio(row.goal)}
                for row in found.segment_rows
            ],
        },
        "notes": [{"code": note.code.value, "text": note.text} for note in found.notes],
        "privacy": asdict(found.privacy),
    }
    # A build service obeys `##[` anywhere in a line; the escape means the same to every reader.
    return json.dumps(written, indent=2, ensure_ascii=True).replace("##", "\\u0023#")


def _ratio(ratio: Ratio | None) -> dict[str, Any]:
    if ratio is None:
        return {"value": None, "low": None, "high": None, "n": None, "of": None}
    return {
        "value": ratio.value,
        "low": ratio.low,
        "high": ratio.high,
        "n": ratio.n,
        "of": ratio.of,
    }
