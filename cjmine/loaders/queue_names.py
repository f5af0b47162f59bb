"""Names for the ids of queues and codes, by a table that the organisation gives.

A label is a moment and its detail: `Call waiting: claims`. Contact centres export ids instead of
names; without a table an id is dropped from the label, because it says nothing to an analyst.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pyarrow as pa

from cjmine.columns import array, labels
from cjmine.errors import Code, DataError, Place, Problem
from cjmine.loaders.decoding import physical_lines
from cjmine.loaders.files import survey
from cjmine.loaders.null_words import is_no_value

_ID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|arn:\S+")
BETWEEN = ": "


class QueueNames:
    """Replaces the ids in labels, once for each distinct label.

    >>> QueueNames(None).label("Call waiting: 6f9619ff-8b86-d011-b42d-00c04fc964ff")
    'Call waiting'
    >>> QueueNames(None).label("Call waiting: claims"), QueueNames(None).label("Call waiting: NULL")
    ('Call waiting: claims', 'Call waiting')
    """

    def __init__(self, table: Path | None) -> None:
        self._names = {} if table is None else read_names(table)

    def label(self, label: str) -> str:
        """The label with a name in the place of an id, or without the id or a word for nothing."""
        moment, between, detail = label.partition(BETWEEN)
        if not between:
            return label
        name = self._names.get(detail.strip().casefold())
        if name is not None:
            return moment + BETWEEN + name
        is_none = _ID.fullmatch(detail.strip()) is not None or is_no_value(detail)
        return moment if is_none else label

    def column(self, values: pa.Array) -> pa.DictionaryArray:
        """The same for a column of labels; nulls stay null."""
        coded = values.dictionary_encode()
        distinct = [self.label(value) for value in coded.dictionary.to_pylist()]
        return labels(array(coded.indices, -1), distinct)


def read_names(path: Path) -> dict[str, str]:
    """The names by id of a table whose first two columns are id and name.

    Raises DataError L101, L102, L105 where the table cannot be read.
    """
    about = survey(path, str(path))
    lines = physical_lines(path, str(path), about.encoding)
    beginning = next(iter(lines), "")
    delimiter = max(",;\t|", key=beginning.count)
    rows = csv.reader([beginning, *lines], delimiter=delimiter)
    if beginning.count(delimiter) == 0:
        raise DataError(
            Problem(
                Code.HEADER_MISSING,
                "a table of names has two columns, id and name",
                Place(str(path), 1),
            )
        )
    next(rows)
    return {
        row[0].strip().casefold(): row[1].strip()
        for row in rows
        if len(row) > 1 and row[0].strip() and row[1].strip()
    }
