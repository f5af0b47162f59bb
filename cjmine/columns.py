"""Between Arrow and NumPy without a detour: Arrow's own constructors import pandas on the way.

That import takes longer than reading a million events, so columns are made from their buffers.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

_TYPES: dict[np.dtype[Any], Any] = {
    np.dtype(np.int32): pa.int32(),
    np.dtype(np.int64): pa.int64(),
    np.dtype(np.uint64): pa.uint64(),
    np.dtype(np.float64): pa.float64(),
}
_DTYPES: dict[Any, np.dtype[Any]] = {kind: dtype for dtype, kind in _TYPES.items()}


def numbers(values: npt.NDArray[Any], empty: npt.NDArray[np.bool_] | None = None) -> pa.Array:
    """A column of numbers over the memory of an array; `empty` marks nulls.

    >>> numbers(np.array([1, 2], np.int32)).type
    DataType(int32)
    """
    values = np.ascontiguousarray(values)
    valid = None if empty is None or not empty.any() else _bits(~empty)
    kind = _TYPES[values.dtype]
    return pa.Array.from_buffers(kind, len(values), [valid, pa.py_buffer(values)])


def flags(values: npt.NDArray[np.bool_]) -> pa.Array:
    """A column of truth values."""
    return pa.Array.from_buffers(pa.bool_(), len(values), [None, _bits(values)])


def strings(values: Sequence[str]) -> pa.Array:
    """A column of text.

    >>> strings(["a", "bc"]).to_pylist()
    ['a', 'bc']
    """
    encoded = [value.encode("utf-8", "surrogateescape") for value in values]
    ends = np.fromiter(accumulate(map(len, encoded), initial=0), np.int64, len(encoded) + 1)
    if ends[-1] > np.iinfo(np.int32).max:
        raise OverflowError("more than 2 GiB of text in one column")
    data = pa.py_buffer(b"".join(encoded))
    return pa.Array.from_buffers(
        pa.string(), len(encoded), [None, pa.py_buffer(ends.astype(np.int32)), data]
    )


def some_strings(values: Sequence[str | None]) -> pa.Array:
    """A column of text; None is null.

    >>> some_strings(["a", None]).to_pylist()
    ['a', None]
    """
    empty = np.array([value is None for value in values], bool)
    written = strings([value or "" for value in values])
    if not empty.any():
        return written
    _, ends, data = written.buffers()
    return pa.Array.from_buffers(pa.string(), len(values), [_bits(~empty), ends, data])


def fixed_strings(rows: npt.NDArray[np.uint8]) -> pa.Array:
    """A column of text from a matrix of bytes: every text has the length of a row."""
    count, width = rows.shape
    ends = np.arange(count + 1, dtype=np.int32) * width
    return pa.Array.from_buffers(
        pa.string(), count, [None, pa.py_buffer(ends), pa.py_buffer(np.ascontiguousarray(rows))]
    )


def labels(codes: npt.NDArray[np.int32], names: Sequence[str]) -> pa.DictionaryArray:
    """A column of labels from their codes; -1 is null."""
    return pa.DictionaryArray.from_arrays(numbers(codes, codes < 0), strings(names))


def once(column: pa.Array) -> pa.DictionaryArray:
    """The values of a column without nulls, each once in a dictionary, as they first occur.

    Arrow puts dictionaries together without `pyarrow.compute`, which `dictionary_encode` imports.

    >>> once(strings(["b", "a", "b"])).indices.to_pylist()
    [0, 1, 0]
    """
    every = pa.DictionaryArray.from_arrays(numbers(np.arange(len(column), dtype=np.int32)), column)
    none = pa.DictionaryArray.from_arrays(numbers(np.zeros(0, np.int32)), column.slice(0, 0))
    return pa.chunked_array([every, none]).unify_dictionaries().chunk(0)


def array(column: pa.Array, fill: int = 0) -> npt.NDArray[Any]:
    """The values of a column of numbers; nulls become `fill`."""
    dtype: np.dtype[Any] = _DTYPES[column.type]
    buffer = column.buffers()[1]
    if not len(column) or buffer is None:
        return np.full(len(column), fill, dtype)
    values = np.frombuffer(buffer, dtype)[column.offset : column.offset + len(column)]
    if column.null_count:
        values = np.where(mask(column.is_valid()), values, np.array(fill, dtype))
    return values


def mask(column: pa.Array) -> npt.NDArray[np.bool_]:
    """The truth values of a column; nulls are False."""
    buffer = column.buffers()[1]
    if not len(column) or buffer is None:
        return np.zeros(len(column), bool)
    first, begins = divmod(column.offset, 8)
    octets = np.frombuffer(buffer, np.uint8)[first : first + (begins + len(column) + 7) // 8]
    bits = np.unpackbits(octets, bitorder="little")
    found = bits[begins : begins + len(column)].astype(bool)
    return found & mask(column.is_valid()) if column.null_count else found


def _bits(values: npt.NDArray[np.bool_]) -> pa.Buffer:
    return pa.py_buffer(np.packbits(values, bitorder="little"))
