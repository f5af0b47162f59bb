"""Rows of results as data frames, with types that know a missing figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, fields
from typing import TYPE_CHECKING, Any

from cjmine.results.figures import json_key

if TYPE_CHECKING:
    import pandas as pd

_DTYPES = {
    "str": "string",
    "Journeys": "Int64",
    "Journeys | None": "Int64",
    "Events": "Int64",
    "Events | None": "Int64",
    "Seconds | None": "Float64",
    "bool": "boolean",
}
_RENAMED = {"folded": "is_folded"}  # the name that data frames had first


def frame(row: type[Any], rows: Sequence[Any]) -> pd.DataFrame:
    """Rows of one class as a data frame: a column for each of its fields."""
    names = [_RENAMED.get(field.name, json_key(field.name)) for field in fields(row)]
    types = [_DTYPES.get(str(field.type), "object") for field in fields(row)]
    return table(names, types, [astuple(one) for one in rows])


def table(names: list[str], types: list[str], rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    """Rows as a data frame with these column names and types."""
    import pandas

    made = pandas.DataFrame(list(rows), columns=names, dtype="object")
    return made.astype(dict(zip(names, types, strict=True)))
