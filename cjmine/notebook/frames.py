"""Rows of results as data frames, with types that know a missing figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

_DTYPES = {
    "str": "string",
    "int": "Int64",
    "int | None": "Int64",
    "float | None": "Float64",
    "bool": "boolean",
}


def frame(row: type[Any], rows: Sequence[Any]) -> pd.DataFrame:
    """Rows of one class as a data frame: a column for each of its fields."""
    renamed = {"source": "from", "target": "to"}
    names = [renamed.get(field.name, field.name) for field in fields(row)]
    types = [_DTYPES.get(str(field.type), "object") for field in fields(row)]
    return table(names, types, [astuple(one) for one in rows])


def table(names: list[str], types: list[str], rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    """Rows as a data frame with these column names and types."""
    import pandas

    made = pandas.DataFrame(list(rows), columns=names, dtype="object")
    return made.astype(dict(zip(names, types, strict=True)))
