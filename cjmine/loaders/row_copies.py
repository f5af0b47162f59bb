"""Rows of a table that may come again: which are one record, and which copy of it is the newest.

A source declares the column of the record's id, and maybe one of its version. The id is hashed
where it is read, together with the name of the source, so that two sources never meet.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace

from cjmine.errors import Code, DataError, Place, Problem
from cjmine.loaders.batch import NO_ID
from cjmine.loaders.connections import quote_text
from cjmine.loaders.null_words import no_value_sql
from cjmine.loaders.roles import column_label
from cjmine.loaders.time_sql import TimeSql
from cjmine.sources import Source

_OLDEST = -(1 << 62)  # of a row that states no version
_NUMBER = "TRY_CAST(written AS BIGINT)"
_WHOLE = re.compile(r"\s*[-+]?\d{1,18}\s*", re.ASCII)


def delivery_sql(column: str, source: Source) -> str:
    """The SQL of the hash of a record's id; `NO_ID` where a row has none."""
    name = quote_text(f"source {json.dumps(source.name)} ")
    hashed = f"md5_number_lower(concat({name}, trim({column})))"
    return f"CASE WHEN {no_value_sql(column)} THEN {NO_ID}::UBIGINT ELSE {hashed} END"


def version_of_numbers(values: Sequence[str], written: str) -> TimeSql | None:
    """The SQL that reads versions; None where not all of some values are whole numbers."""
    is_whole = all(_WHOLE.fullmatch(one) for one in values)
    return TimeSql(written, _NUMBER, "true") if is_whole else None


def version_of_times(time: TimeSql) -> TimeSql:
    """The SQL that reads versions that are times; whole numbers are taken as they are."""
    return replace(time, us=f"coalesce({_NUMBER}, {time.us})")


def with_versions(version: TimeSql, rows: str) -> str:
    """Rows that have a version as `written`, and their written time as `moment`, with it read.

    They get `version`, and `odd_version` where it is neither a number nor a time; their time is
    then `written`.
    """
    empty = no_value_sql("CAST(written AS VARCHAR)")
    return (
        f"(SELECT * EXCLUDE ({version.helpers}, moment), moment AS written,"
        f" coalesce({version.us}, {_OLDEST}) AS version,"
        f" ({version.us}) IS NULL AND NOT ({empty}) AS odd_version FROM {version.over(rows)})"
    )


def no_version(label: str, column: str) -> DataError:
    """What is raised where a column of versions holds neither numbers nor times."""
    return DataError(
        Problem(
            Code.TIME_UNREADABLE,
            "the versions are neither whole numbers nor times",
            Place(label, None, column_label(column)),
            cause="the newest copy of a record is the one with the largest",
            remedy="name the column that says when a row was changed, or leave version out",
        )
    )
