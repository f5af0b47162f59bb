"""The customer table: which cookie, phone number and address belong to which customer."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from cjmine.errors import Code, DataError, Place, Problem
from cjmine.loaders.delimited import Delimited, open_delimited
from cjmine.loaders.head import Head
from cjmine.loaders.header_proof import nearest
from cjmine.sources import CustomerTable, File, Roles, Source


def read_customers(table: CustomerTable) -> Iterator[pa.RecordBatch]:
    """Stream the identifying columns of the table, raw: customer first, then the links in order.

    Raises DataError: L101 to L106, L115 where the file cannot be read as declared.
    """
    wanted = [table.customer, *table.links]
    file = _opened(table)
    opened = file.table
    missing = [one.column for one in wanted if one.column not in opened.columns]
    if missing:
        raise DataError(
            *(
                Problem(
                    Code.COLUMN_MISSING,
                    f'there is no column "{column}"',
                    Place(table.label, opened.header_line),
                    remedy=nearest(column, opened.columns, len(missing) < len(wanted)),
                )
                for column in missing
            )
        )
    columns = ", ".join(
        f"{opened.spelt(one.column)} AS column{place}" for place, one in enumerate(wanted)
    )
    yield from opened.reader.stream(f"SELECT {columns} FROM {opened.source_sql}")
    bad = opened.reader.bad_records()
    opened.reader.rest()
    if bad:
        raise DataError(
            *(
                Problem(one.code, one.reason, Place(table.label, one.line, None, one.record))
                for one in file.placed(bad)[:20]
            )
        )


def customer_columns(table: CustomerTable) -> tuple[str, ...]:
    """The names of all columns of the table. Raises DataError like `read_customers`."""
    opened = _opened(table).table
    opened.reader.rest()
    return tuple(column for column in opened.columns if column)


def _opened(table: CustomerTable) -> Delimited:
    source = Source(File(table.path), table.label, "csv", "customers", Roles())
    return open_delimited(source, Head.of(table.path, table.label))
