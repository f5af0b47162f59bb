"""A query of a database as a source: looked at by its first rows, then read as they come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pyarrow as pa

from cjmine.database import Database
from cjmine.errors import Code, DataError, Place, Problem
from cjmine.loaders.batch import RawBatch
from cjmine.loaders.databases.columns import (
    Growing,
    as_table,
    check_columns,
    check_growing,
    is_plain,
    largest,
)
from cjmine.loaders.databases.door import Session
from cjmine.loaders.databases.kinds import KINDS
from cjmine.loaders.databases.statements import all_rows, first_rows, query_of
from cjmine.loaders.declared_names import as_found
from cjmine.loaders.engine import Reader
from cjmine.loaders.loader import Opened
from cjmine.loaders.roles import declared_columns
from cjmine.loaders.tabular import SAMPLE_ROWS, Plan, plan
from cjmine.loaders.tabular_rows import columns_read, read_table
from cjmine.loaders.typed import typed_table
from cjmine.sources import Source

_ROWS = "rows"  # what queries call them


def open_database(source: Source) -> Opened:
    """Connect, and settle roles and times by the first rows; other columns are then not asked for.

    Raises DataError L106 and L133 where declared columns are missing or hold no plain values, what
    tables raise where roles or times stay unclear, and what a session raises.
    """
    return _Asked(source).opened()


class _Asked:
    """A database that is asked: the query, what its columns are, and a session while it is used."""

    def __init__(self, source: Source) -> None:
        assert isinstance(source.origin, Database)
        self._database, self._label = source.origin, source.label
        self._source, self._kind = source, KINDS[source.origin.kind]
        self._query = query_of(source.origin, source.label)
        self._session: Session | None = None
        self._largest: Growing | None = None

    def opened(self) -> Opened:
        """Look at the first rows."""
        try:
            self._plan, self._schema = self._looked()
        except BaseException:
            self._rest()
            raise
        return Opened(self._plan.inspection, self._read, self._rest, watermark=self._watermark)

    def _looked(self) -> tuple[Plan, pa.Schema]:
        database, label = self._database, self._label
        schema = self._connected().schema(self._query)
        plain = [field.name for field in schema if is_plain(field)]
        if len(set(schema.names)) < len(schema.names) or not plain:
            raise _no_table(schema, label)
        declared = declared_columns(as_found(self._source.roles, schema.names))
        since = [] if database.since is None else [database.since]
        check_columns(schema, [*declared, *database.order, *since], label)
        if database.since is not None:
            check_growing(schema, database.since, label)
        statement = first_rows(database, self._query, plain, SAMPLE_ROWS)
        batches = list(self._connected().batches(statement))
        sample = [as_table(one, self._kind.booleans) for one in batches]
        if not sample:
            empty = pa.RecordBatch.from_pylist([], pa.schema([schema.field(one) for one in plain]))
            sample = [as_table(empty, self._kind.booleans)]
        reader = Reader(None, label)
        reader.register(_ROWS, rows := pa.concat_tables(sample))
        table = replace(typed_table(reader, _ROWS, self._source), is_ordered=True)
        settled = plan(table, self._source, f"{database.kind}, {len(schema.names)} columns")
        self._table, self._types = replace(table, records=0), rows.schema
        reader.rest()
        inspection = settled.inspection
        dropped = (*inspection.dropped, *(one for one in schema.names if one not in plain))
        return replace(settled, inspection=replace(inspection, dropped=dropped)), schema

    def _read(self, given: Source) -> Iterator[RawBatch]:
        assert isinstance(given.origin, Database)
        since, self._largest = given.origin.since, None
        wanted = {*columns_read(self._table, self._plan, given.roles), since}
        columns = [name for name in self._schema.names if name in wanted]
        statement = all_rows(given.origin, self._query, columns)
        types = pa.schema([self._types.field(name) for name in columns])
        reader = Reader(None, self._label)
        reader.flow(_ROWS, types, lambda: self._batches(statement, since))
        try:
            yield from read_table(replace(self._table, reader=reader), self._plan, given)
        finally:
            reader.rest()

    def _batches(self, statement: str, since: str | None) -> Iterator[pa.RecordBatch]:
        for batch in self._connected().batches(statement):
            if since is not None:
                found = (self._largest, largest(batch.column(since)))
                self._largest = max((one for one in found if one is not None), default=None)
            yield from as_table(batch, self._kind.booleans).to_batches()

    def _watermark(self) -> str | None:
        return None if self._largest is None else str(self._largest)

    def _connected(self) -> Session:
        if self._session is None:
            self._session = Session(self._database, self._label)
        return self._session

    def _rest(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.close()


def _no_table(schema: pa.Schema, label: str) -> DataError:
    twice = [name for name in schema.names if schema.names.count(name) > 1]
    message = "two columns have the same name" if twice else "no column of plain values"
    return DataError(
        Problem(
            Code.HEADER_MISSING,
            message,
            Place(label, column=twice[0] if twice else None),
            remedy="name them apart in the query: SELECT a.at AS at, b.at AS answered"
            if twice
            else "ask for the columns that hold customer, activity and time",
        )
    )
