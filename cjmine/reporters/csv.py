"""One table for a spreadsheet; text that could be taken for a formula is quoted."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from cjmine.reporters.escaping import spreadsheet
from cjmine.reporters.formats import Asked, TableName
from cjmine.reporters.table import Found, Place, Shape, Table
from cjmine.reporters.tables import OF_CHECK, OF_DISCOVERY
from cjmine.results.check import Check
from cjmine.results.discovery import Discovery


def render(found: Check | Discovery, asked: Asked) -> str:
    """One table of a result as CSV; withheld figures are empty. Ends without a line feed."""
    if isinstance(found, Check):
        return _written(_named(OF_CHECK, asked.table), found)
    return _written(_named(OF_DISCOVERY, asked.table), found)


def _named(tables: Sequence[Table[Found, Any]], name: TableName | None) -> Table[Found, Any]:
    return tables[0] if name is None else next(one for one in tables if one.name == name)


def _written(table: Table[Found, Any], found: Found) -> str:
    columns = table.at(Place.CSV)
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow([one.key for one in columns])
    for row in table.rows(found):
        writer.writerow([_cell(one.shape, one.value(row, found)) for one in columns])
    return sink.getvalue().rstrip("\n")


def _cell(shape: Shape, value: Any) -> object:
    match shape:
        case Shape.TEXT:
            return None if value is None else spreadsheet(value)
        case Shape.TRACE:
            return spreadsheet(" > ".join(value))
        case Shape.FLAG:
            return int(value)
        case _:
            return value
