"""One table for a spreadsheet; text that could be taken for a formula is quoted."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from cjmine.reporters.escaping import spreadsheet
from cjmine.reporters.formats import Asked
from cjmine.reporters.registry import subject_of
from cjmine.reporters.result import Reported
from cjmine.reporters.table import Found, Place, Shape, Table


def render(found: Reported, asked: Asked) -> str:
    """One table of a result as CSV; withheld figures are empty. Ends without a line feed."""
    package = import_module(f"cjmine.reporters.{subject_of(found).value}.tables")
    tables: Sequence[Table[Any, Any]] = package.EVERY
    name = tables[0].name if asked.table is None else asked.table
    return _written(next(one for one in tables if one.name == name), found)


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
