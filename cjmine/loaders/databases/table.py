"""A query of a database as a source: looked at by its first rows, then read as they come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pyarrow as pa

from cjmine.database import Database, Mark
from cjmine.errors import Code, DataError, Place, Problem
from cjmine.loaders.arrow_rows import open_rows
from cjmine.loaders.batch import RawBatch
from cjmine.loaders.databases.columns import (
    check_columns,
    check_growing,
    exported,
    exported_schema,
    is_plain,
)
from cjmine.loaders.databases.kinds import KINDS
from cjmine.loaders.databases.marks import Marking
from cjmine.loaders.databases.sessions import Session, connected
from cjmine.loaders.databases.statements import all_rows, first_rows, query_of
from cjmine.loaders.declared_names import as_found
from cjmine.loaders.loader import Opened
from cjmine.loaders.roles import declared_columns
from cjmine.loaders.tabular import SAMPLE_ROWS
from cjmine.sentences import Sentence
from cjmine.sources import Rows, Source


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
        self._marking = Marking(source.origin, source.label)

    def opened(self) -> Opened:
        """Look at the first rows."""
        try:
            return self._looked()
        except BaseException:
            self._rest()
            raise

    def _looked(self) -> Opened:
        database, label, booleans = self._database, self._label, self._kind.booleans
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
        first = [exported(one, booleans) for one in self._connected().batches(statement)]
        rows = Rows(exported_schema(schema, booleans), self._batches, first=first)
        found = open_rows(rows, self._source, database.kind)
        dropped = [name for name in schema.names if name not in plain]
        inspection = found.inspection
        notes = inspection.notes
        if not self._kind.is_verified:
            notes = (*notes, Sentence.DATABASE_UNTRIED.note(label, database.kind))
        inspection = replace(inspection, dropped=(*inspection.dropped, *dropped), notes=notes)

        def read(given: Source) -> Iterator[RawBatch]:
            assert isinstance(given.origin, Database)
            self._database = given.origin
            self._marking = Marking(given.origin, self._label)
            return found.read(given)

        def rest() -> None:
            found.rest()
            self._rest()

        return replace(
            found, inspection=inspection, read=read, rest=rest, watermark=self._watermark
        )

    def _batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """These columns of all rows, as the engine asks for them."""
        since = self._database.since
        wanted = list(dict.fromkeys([*columns, *([since] if since else [])]))
        statement = all_rows(self._database, self._query, wanted)
        for batch in self._connected().batches(statement):
            new = self._marking.new(batch)
            yield exported(new.select(columns), self._kind.booleans)
        self._marking.check()

    def _watermark(self) -> Mark | None:
        return self._marking.mark

    def _connected(self) -> Session:
        if self._session is None:
            self._session = connected(self._database, self._label)
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
