"""How far a database was read, and which of the rows at the last value are known already.

Rows are asked for from the last value on, because others may have come with the same value. Those
that were read before cannot be told from new ones, but they can be counted.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from cjmine.database import Database, Mark
from cjmine.errors import Code, DataError, Place, Problem
from cjmine.loaders.databases.columns import Growing, is_set, largest


class Marking:
    """Follows the column `since` of the batches of one reading."""

    def __init__(self, database: Database, label: str) -> None:
        self._since, self._before, self._label = database.since, database.after, label
        self._largest: Growing | None = None
        self._rows = self._known = self._unset = 0

    def new(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The rows of a batch that were not read before."""
        if self._since is None:
            return batch
        column = batch.column(self._since)
        has_value = is_set(column)
        self._unset += pc.sum(pc.invert(has_value)).as_py() or 0
        if self._before is not None:
            batch = batch.filter(has_value)
            column = batch.column(self._since)
            known = pc.equal(column, pa.scalar(self._before.value).cast(column.type))
            self._known += pc.sum(known).as_py() or 0
            batch = batch.filter(pc.invert(known))
            column = batch.column(self._since)
        top = largest(column)
        if top is not None and top == max(one for one in (self._largest, top) if one is not None):
            rows = pc.sum(pc.equal(column, pa.scalar(top, column.type))).as_py()
            self._rows = rows + (self._rows if top == self._largest else 0)
            self._largest = top
        return batch

    def check(self) -> None:
        """Compare the rows at the watermark with those that were loaded, after the last row.

        Raises DataError L123 where there are more: which of them are new is not known.
        """
        before = self._before
        if before is not None and (self._known > before.rows or self._unset > before.unset):
            raise DataError(
                Problem(
                    Code.SOURCES_DISAGREE,
                    "rows have come with the value of since up to which the log was loaded, or"
                    " without one",
                    Place(self._label),
                    cause="they cannot be told from the rows that the log has",
                    remedy="load all at once, with a since that no later row repeats: the number"
                    " that the database gives to rows",
                )
            )

    @property
    def mark(self) -> Mark | None:
        """How far all was read by now; None where no row has a value."""
        if self._largest is None:
            return self._before
        return Mark(str(self._largest), self._rows, self._unset)
