"""One table for a spreadsheet; text that could be taken for a formula is quoted."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from cjmine.reporters.escaping import spreadsheet
from cjmine.reporters.formats import Table
from cjmine.results.discovery import Discovery

_SOURCES = ("path", "format", "read", "loaded", "rejected", "duplicate", "filtered", "events")


def render(found: Discovery, table: Table = Table.ACTIVITIES) -> str:
    """One table of a discovery as CSV; withheld figures are empty. Ends without a line feed."""
    match table:
        case Table.ACTIVITIES:
            names = ["activity", "events", "journeys", "starts_here", "ends_here"]
            rows: Iterable[Sequence[object]] = (
                (row.activity, row.events, row.journeys, row.starts_here, row.ends_here)
                for row in found.activities
            )
        case Table.DIRECTLY_FOLLOWS:
            names = ["from", "to", "count", "median_seconds", "p90_seconds"]
            rows = (
                (row.from_, row.to, row.count, row.median_seconds, row.p90_seconds)
                for row in found.directly_follows
            )
        case Table.VARIANTS:
            names = ["journeys", "folded", "variant"]
            rows = (
                (row.journeys, int(row.folded), " > ".join(row.activities))
                for row in found.variants
            )
        case Table.CHANNELS:
            names = ["channel", "events", "journeys"]
            rows = ((row.channel, row.events, row.journeys) for row in found.channels)
        case Table.SWITCHES:
            names = ["from", "to", "count", "journeys"]
            rows = ((row.from_, row.to, row.count, row.journeys) for row in found.switches)
        case Table.LOOPS:
            names = ["activity", "journeys", "of", "at_once", "returns"]
            rows = (
                (row.activity, row.journeys, row.of, row.at_once, row.returns)
                for row in found.loops
            )
        case Table.SOURCES:
            names = list(_SOURCES)
            rows = (tuple(getattr(one, name) for name in _SOURCES) for one in found.sources)
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([spreadsheet(cell) if isinstance(cell, str) else cell for cell in row])
    return sink.getvalue().rstrip("\n")
