"""What one part of a log gave, as Arrow IPC bytes and back: how counts travel between processes.

Nothing that arrives can run: the bytes hold numbers and text, and the reader knows the class.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import numpy as np
import pyarrow as pa

from cjmine.columns import array, numbers, strings

Value = TypeVar("Value")
_KIND = b"kind"
_NONE, _ARRAY, _INT, _FLOAT, _TEXT, _TEXTS, _MANY = (
    b"none",
    b"array",
    b"int",
    b"float",
    b"text",
    b"texts",
    b"many",
)


def packed(value: object) -> bytes:
    """A frozen dataclass as Arrow IPC bytes: one row, one column a number, text or array.

    Fields may be NumPy arrays of any shape, int, float, bool, str, string enums, None, other
    dataclasses of this kind and tuples of all these. Raises TypeError for anything else.

    >>> from cjmine.eventlog.journeys import CutRules
    >>> unpacked(packed(CutRules(60, until=("Buy",))), CutRules).until
    ('Buy',)
    """
    columns: list[tuple[pa.Field, pa.Array]] = []
    _write(value, "", columns)
    schema = pa.schema([field for field, _ in columns])
    batch = pa.RecordBatch.from_arrays([column for _, column in columns], schema=schema)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, schema) as writer:
        writer.write_batch(batch)
    return cast(bytes, sink.getvalue().to_pybytes())


def unpacked(data: bytes, kind: type[Value]) -> Value:
    """The dataclass that `packed` wrote; its arrays are read-only views of the bytes."""
    with pa.ipc.open_stream(pa.py_buffer(data)) as reader:
        batch = reader.read_next_batch()
    columns = {field.name: (field, batch.column(at)) for at, field in enumerate(batch.schema)}
    return cast(Value, _read_dataclass(columns, "", kind))


def _write(value: object, prefix: str, columns: list[tuple[pa.Field, pa.Array]]) -> None:
    assert is_dataclass(value) and not isinstance(value, type)
    for field in fields(value):
        if field.init:
            _write_field(getattr(value, field.name), prefix + field.name, columns)


def _write_field(value: Any, name: str, columns: list[tuple[pa.Field, pa.Array]]) -> None:
    if is_dataclass(value):
        _write(value, f"{name}.", columns)
    elif isinstance(value, tuple) and not all(isinstance(one, str) for one in value):
        columns.append(_column(name, _MANY, _integer(len(value))))
        for place, one in enumerate(value):
            _write_field(one, f"{name}.{place}", columns)
    else:
        columns.append(_leaf(name, value))


def _leaf(name: str, value: Any) -> tuple[pa.Field, pa.Array]:
    match value:
        case None:
            return _column(name, _NONE, _integer(0))
        case np.ndarray():
            about = {b"dtype": value.dtype.str, b"shape": " ".join(map(str, value.shape))}
            return _column(name, _ARRAY, _bytes(value), about)
        case str():
            return _column(name, _TEXT, strings([str(value)]))
        case bool() | int():
            return _column(name, _INT, _integer(int(value)))
        case float():
            return _column(name, _FLOAT, numbers(np.array([value])))
        case tuple():
            return _column(name, _TEXTS, _list(strings(value)))
    raise TypeError(f"{name} cannot be packed: {type(value).__name__}")


def _column(
    name: str, kind: bytes, column: pa.Array, about: dict[bytes, str] | None = None
) -> tuple[pa.Field, pa.Array]:
    return pa.field(name, column.type, metadata={_KIND: kind, **(about or {})}), column


def _integer(value: int) -> pa.Array:
    return numbers(np.array([value], np.int64))


def _bytes(value: np.ndarray) -> pa.Array:
    ends = np.array([0, value.nbytes], np.int64)
    content = pa.py_buffer(np.ascontiguousarray(value))
    return pa.Array.from_buffers(pa.large_binary(), 1, [None, pa.py_buffer(ends), content])


def _list(values: pa.Array) -> pa.Array:
    ends = pa.py_buffer(np.array([0, len(values)], np.int32))
    return pa.Array.from_buffers(pa.list_(values.type), 1, [None, ends], children=[values])


@cache
def _hints(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind) if field.init}


def _read_dataclass(columns: dict[str, tuple[pa.Field, pa.Array]], prefix: str, kind: Any) -> Any:
    return kind(
        **{name: _read_field(columns, prefix + name, hint) for name, hint in _hints(kind).items()}
    )


def _read_field(columns: dict[str, tuple[pa.Field, pa.Array]], name: str, hint: Any) -> Any:
    if name not in columns:
        return _read_dataclass(columns, f"{name}.", _class_in(hint))
    field, column = columns[name]
    match field.metadata[_KIND]:
        case b"none":
            return None
        case b"array":
            return _array(field, column)
        case b"many":
            kinds = get_args(_class_in(hint))
            return tuple(
                _read_field(columns, f"{name}.{place}", kinds[0 if kinds[-1] is ... else place])
                for place in range(int(array(column)[0]))
            )
        case b"texts":
            return tuple(column.to_pylist()[0])
    value = column.to_pylist()[0]
    kind = _class_in(hint)
    return kind(value) if kind is bool or issubclass(kind, Enum) else value


def _array(field: pa.Field, column: pa.Array) -> np.ndarray:
    dtype = np.dtype(field.metadata[b"dtype"].decode())
    shape = [int(side) for side in field.metadata[b"shape"].split()]
    content = column.buffers()[2]
    if content is None or not len(content):
        return np.zeros(shape, dtype)
    return np.frombuffer(content, dtype, int(np.prod(shape))).reshape(shape)


def _class_in(hint: Any) -> type[Any]:
    """The class of a hint that may also allow None."""
    if get_origin(hint) in (Union, UnionType):
        hint = next(one for one in get_args(hint) if one is not type(None))
    return cast(type[Any], hint)
