"""Putting columns of events into the stated order: case, time, source order, row order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from cjmine.columns import array, numbers, strings
from cjmine.eventlog.log import (
    ACTIVITY,
    CASE,
    CHANNEL,
    CUSTOMER,
    DICTIONARY,
    TIME,
    TIMESTAMP,
    About,
    Cases,
    EventLog,
)


def build_log(
    columns: Mapping[str, pa.Array], about: About, sources: npt.NDArray[np.int32] | None = None
) -> EventLog:
    """Sort events and give every column its dictionary in the order of its names.

    Parameters
    ----------
    columns
        customer, activity, time (int64, microseconds UTC) and where there are any case, channel
        and attributes; strings, plain or dictionary-coded, in source and row order. That order
        decides among events of one case at one time.
    sources
        The number of the source of each event, where they are not in the order of sources; it
        decides before the order of rows does.

    The result does not depend on the order of customers in the input.
    """
    named = [name for name in columns if name != TIME]
    coded = {name: _ranked(columns[name]) for name in named}
    case = CASE if about.cases is Cases.GIVEN else CUSTOMER
    times = columns[TIME]
    codes = array(coded[case].indices)
    us = array(times)
    in_order = not len(us) or (sources is None and _is_sorted(codes, us))
    order = None if in_order else _order(codes, us)
    if sources is not None and order is not None:
        _order_ties(order, codes, us, sources)
    taken = None if order is None else numbers(order)
    del codes, us  # each column is let go as soon as its rows are in order
    names = [name for name in (CASE, CUSTOMER, ACTIVITY, TIME, CHANNEL) if name in columns]
    names += [name for name in columns if name not in names]
    arrays = []
    for name in names:
        column = times.cast(TIMESTAMP) if name == TIME else coded.pop(name)
        arrays.append(column if taken is None else column.take(taken))
    return EventLog(pa.table(arrays, names=names), about)


def log_of(rows: Sequence[tuple[str, str, float]], cases: Cases = Cases.CUSTOMER) -> EventLog:
    """A small log from (customer, activity, seconds) rows; for examples and tests.

    >>> log_of([("ann", "Search", 0)]).activities
    ('Search',)
    """
    customer = strings([row[0] for row in rows])
    columns = {
        CUSTOMER: customer,
        ACTIVITY: strings([row[1] for row in rows]),
        TIME: numbers(np.array([round(row[2] * 1e6) for row in rows], np.int64)),
    }
    if cases is Cases.GIVEN:
        columns[CASE] = customer
    return build_log(columns, About(cases))


def _is_sorted(codes: np.ndarray, us: np.ndarray) -> bool:
    if len(codes) < 2:
        return True
    same = codes[1:] == codes[:-1]
    return bool((codes[1:] >= codes[:-1]).all() and (us[1:] >= us[:-1])[same].all())


def _order(codes: npt.NDArray[np.int32], us: npt.NDArray[np.int64]) -> npt.NDArray[np.intp]:
    """The stable order by code and then time.

    Events in the order of time are sorted by digits of 16 bits, in linear time. Others get one
    number of code and time: NumPy merges what is sorted piece by piece already, as runs are.
    """
    in_time = bool((us[1:] >= us[:-1]).all())
    key = None if in_time else _key(codes, us)
    if key is not None:
        return np.argsort(key, kind="stable")
    order = np.arange(len(us)) if in_time else np.argsort(us, kind="stable")
    for shift in range(0, max(int(codes.max()).bit_length(), 1), 16):
        digit = ((codes >> shift) & 0xFFFF).astype(np.uint16)
        order = order[np.argsort(digit[order], kind="stable")]
    return order


def _order_ties(
    order: npt.NDArray[np.intp],
    codes: npt.NDArray[np.int32],
    us: npt.NDArray[np.int64],
    sources: npt.NDArray[np.int32],
) -> None:
    """Put events of one code and time in the order of their sources, where they are not."""
    is_tied = np.diff(codes[order]) == 0
    is_tied &= np.diff(us[order]) == 0
    tied = np.flatnonzero(np.append(is_tied, False) | np.append(False, is_tied))
    moment = np.cumsum(np.append(True, ~is_tied))[tied]
    order[tied] = order[tied][np.lexsort((sources[order[tied]], moment))]


def _key(codes: npt.NDArray[np.int32], us: npt.NDArray[np.int64]) -> npt.NDArray[np.uint64] | None:
    """Code and time as one number that sorts by both; None where 64 bits do not hold it.

    >>> _key(np.array([1, 0], np.int32), np.array([5, 7])).tolist()
    [4, 2]
    """
    since = (us - us.min()).astype(np.uint64)
    for unit in (1, 1_000_000):  # most exports have whole seconds
        if unit > 1 and (since % unit).any():
            break
        bits = (int(since.max()) // unit).bit_length()
        if int(codes.max()).bit_length() + bits <= 64:
            key: npt.NDArray[np.uint64] = codes.astype(np.uint64) << np.uint64(bits)
            key |= since // np.uint64(unit)
            return key
    return None


def _ranked(column: pa.Array) -> pa.DictionaryArray:
    """The column with its dictionary sorted and without unused entries."""
    coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    names = coded.dictionary
    indices = array(coded.indices, -1)
    used = np.zeros(len(names) + 1, bool)
    used[indices] = True
    used = used[:-1]
    if _ascend(names):
        order = np.flatnonzero(used)
    else:
        order = array(pc.array_sort_indices(names)).astype(np.int64)
        order = order[used[order]]
    rank = np.full(len(names) + 1, -1, np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    ranked = rank[indices]
    kept = names.take(numbers(order))
    return pa.DictionaryArray.from_arrays(numbers(ranked, ranked < 0), kept).cast(DICTIONARY)


def _ascend(names: pa.Array) -> bool:
    """Whether names are in order already, as tokens are."""
    first, then = names.slice(0, max(len(names) - 1, 0)), names.slice(1)
    return bool(pc.all(pc.less(first, then), min_count=0).as_py())
