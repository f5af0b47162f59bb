"""Columns between Arrow and NumPy: what goes in comes out, nulls included, without pandas."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjmine.columns import array, flags, labels, mask, numbers, strings

DTYPES = [np.int32, np.int64, np.uint64, np.float64]
truths = st.lists(st.booleans(), max_size=40)


@pytest.mark.parametrize("dtype", DTYPES)
@given(values=st.lists(st.integers(0, 1000)), front=st.integers(0, 9))
def test_numbers_come_back_from_any_slice(dtype: type, values: list[int], front: int) -> None:
    column = numbers(np.array(values, dtype))
    assert column.to_pylist() == values
    column.validate(full=True)
    assert array(column.slice(front)).tolist() == values[front:]
    assert array(column).dtype == dtype


@given(rows=st.lists(st.tuples(st.integers(-5, 5), st.booleans())), front=st.integers(0, 20))
def test_marked_numbers_are_null_and_come_back_as_the_fill(
    rows: list[tuple[int, bool]], front: int
) -> None:
    values = np.array([value for value, _ in rows], np.int64)
    empty = np.array([marked for _, marked in rows], bool)
    column = numbers(values, empty)
    column.validate(full=True)
    assert column.to_pylist() == [None if marked else value for value, marked in rows]
    filled = [-7 if marked else value for value, marked in rows]
    assert array(column.slice(front), -7).tolist() == filled[front:]


def test_a_strided_array_is_copied_in_its_own_order() -> None:
    assert numbers(np.arange(10, dtype=np.int64)[::-3]).to_pylist() == [9, 6, 3, 0]


@given(values=truths, front=st.integers(0, 45))
def test_truth_values_come_back_from_any_slice(values: list[bool], front: int) -> None:
    """Bits are packed eight a byte; a slice may begin inside one."""
    column = flags(np.array(values, bool))
    assert column.to_pylist() == values
    assert mask(column.slice(front)).tolist() == values[front:]


@given(st.lists(st.none() | st.booleans(), max_size=20), st.integers(0, 20))
def test_a_null_is_not_true(values: list[bool | None], front: int) -> None:
    column = pa.array(values, pa.bool_())
    assert mask(column.slice(front)).tolist() == [value is True for value in values[front:]]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
def test_any_text_comes_back(values: list[str]) -> None:
    column = strings(values)
    column.validate(full=True)
    assert column.to_pylist() == values


def test_labels_are_codes_with_names_and_minus_one_is_null() -> None:
    column = labels(np.array([1, -1, 0, 1], np.int32), ["web", "call"])
    assert column.to_pylist() == ["call", None, "web", "call"]
    assert array(column.indices, -1).tolist() == [1, -1, 0, 1]


def test_columns_of_nothing_but_nulls_and_of_nothing() -> None:
    assert array(pa.nulls(3, pa.int64()), 4).tolist() == [4, 4, 4]
    assert mask(pa.nulls(3, pa.bool_())).tolist() == [False, False, False]
    assert array(numbers(np.zeros(0, np.int32))).tolist() == []
    assert strings([]).to_pylist() == []


def test_columns_do_not_import_pandas() -> None:
    """Importing pandas takes longer than reading a million events."""
    script = (
        "import sys, numpy as np; from cjmine.columns import *;"
        "labels(np.array([0], np.int32), ['a']); array(numbers(np.array([1])));"
        "mask(flags(np.array([True]))); sys.exit('pandas' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
