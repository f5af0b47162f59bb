"""The declared tables as data frames, with types that know a missing figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjmine.reporters.table import Found, Place, Row, Shape, Table

if TYPE_CHECKING:
    import pandas as pd

_DTYPES = {
    Shape.TEXT: "string",
    Shape.TRACE: "object",
    Shape.COUNT: "Int64",
    Shape.FIGURE: "Float64",
    Shape.SECONDS: "Float64",
    Shape.FLAG: "boolean",
}


def frame(table: Table[Found, Row], found: Found) -> pd.DataFrame:
    """A table of a result as a data frame; a withheld figure is missing."""
    import pandas

    columns = table.at(Place.FRAME)
    rows = [[one.value(row, found) for one in columns] for row in table.rows(found)]
    made = pandas.DataFrame(rows, columns=[one.key for one in columns], dtype="object")
    return made.astype({one.key: _DTYPES[one.shape] for one in columns})
