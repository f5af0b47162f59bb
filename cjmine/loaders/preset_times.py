"""Times of presets whose format depends on the file: recognised from the values, as for any CSV."""

from __future__ import annotations

from cjmine.errors import Place
from cjmine.loaders.records import Records
from cjmine.loaders.tabular import SAMPLE_ROWS, column_format
from cjmine.loaders.time_sql import TimeSql, time_sql
from cjmine.loaders.times import Shape, TimeFormat, declared_format
from cjmine.sources import Source


def recognised(value: str, written: str, source: Source, records: Records) -> TimeSql:
    """The SQL that reads a time of local form.

    Parameters
    ----------
    value
        The SQL of the time over the records, by which its format is recognised.
    written
        The SQL of the same time where it is read.

    Raises
    ------
    DataError
        L108 or L110 where the format stays unclear.
    """
    time = source.roles.time
    zone = records.zone or (time.zone if time else None)
    declared = declared_format(time.format) if time and time.format else None
    if declared is None or declared.shape is Shape.ISO:
        text = f"nullif(trim({value}), '')"
        rows = records.reader.rows(
            f"SELECT {text} FROM {records.sql} WHERE {text} IS NOT NULL LIMIT {SAMPLE_ROWS}"
        )
        values = [str(one) for (one,) in rows]
        place = Place(source.label, None, "time")
        how: TimeFormat = column_format(
            records.reader, records.sql, text, values, place, not values
        )
    else:
        how = declared
    return time_sql(f"trim({written})", how, zone)
