"""The order of events of one moment in a log folder: by the number of their source.

Sources are numbered from the first delivery on. Runs hold the number of each event, so that they
need not be in the order of deliveries, and say how many events of a source each customer has.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cjmine.columns import array, labels
from cjmine.eventlog.log import EventLog, one_chunk

ORDER = "cjmine:source"  # a column of runs that logs do not have


def numbered_sources(first: int, many: int) -> tuple[str, ...]:
    """The names of so many sources from a number on; they sort like the numbers.

    >>> numbered_sources(9, 2)
    ('00000009', '00000010')
    """
    return tuple(f"{number:08d}" for number in range(first, first + many))


def with_order(log: EventLog) -> EventLog:
    """The log with the number of each event's source; a log without is all of the first one."""
    if log.has(ORDER):
        return log
    column = labels(np.zeros(log.events, np.int32), numbered_sources(0, 1))
    return EventLog(log.table.append_column(ORDER, column), log.about)


def source_numbers(tables: Sequence[pa.Table]) -> npt.NDArray[np.int32]:
    """The number of the source of each event of some tables."""
    found = [np.zeros(0, np.int32)]
    for table in tables:
        column = one_chunk(table, ORDER)
        found.append(np.array(column.dictionary.to_pylist(), np.int32)[array(column.indices)])
    return np.concatenate(found)
