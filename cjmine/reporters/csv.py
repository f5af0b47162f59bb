"""One table for a spreadsheet; text that could be taken for a formula is quoted."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from cjmine.analysis.measured import Discovery
from cjmine.reporters.escaping import spreadsheet
from cjmine.reporters.formats import Table
from cjmine.reporters.sources import NAMES


def render(found: Discovery, table: Table = Table.ACTIVITIES) -> str:
    """One table of a discovery as CSV; withheld figures are empty. Ends without a line feed."""
    match table:
        case Table.ACTIVITIES:
            names = ["activity", "events", "journeys", "starts_here", "ends_here"]
            rows: Iterable[Sequence[object]] = (
                (row.activity, row.events, row.journeys, row.starts_here, row.ends_here)
                for row in found.activity_rows
            )
        case Table.DIRECTLY_FOLLOWS:
            names = ["from", "to", "count", "median_seconds", "p90_seconds"]
            rows = (
                (row.source, row.target, row.count, row.median_seconds, row.p90_seconds)
                for row in found.flow_rows
            )
        case Table.VARIANTS:
            names = ["journeys", "folded", "variant"]
            rows = (
                (row.journeys, int(row.is_folded), " > ".join(row.activities))
                for row in found.variant_rows
            )
        case Table.CHANNELS:
            names = ["channel", "events", "journeys"]
            rows = ((row.channel, row.events, row.journeys) for row in found.channel_rows)
        case Table.SWITCHES:
            names = ["from", "to", "count", "journeys"]
            rows = ((row.source, row.target, row.count, row.journeys) for row in found.switch_rows)
        case Table.LOOPS:
            names = ["activity", "journeys", "of", "at_once", "returns"]
            rows = (
                (row.activity, row.journeys, row.of, row.at_once, row.returns)
                for row in found.loop_rows
            )
        case Table.SOURCES:
            names = list(NAMES)
            rows = (tuple(getattr(one, name) for name in NAMES) for one in found.sources)
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([spreadsheet(cell) if isinstance(cell, str) else cell for cell in row])
    return sink.getvalue().rstrip("\n")
