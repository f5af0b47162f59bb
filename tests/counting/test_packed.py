"""Packed dataclasses come back as they were, and nothing else can be packed."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjmine.counting.packed import packed, unpacked


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Inner:
    codes: npt.NDArray[np.uint8]
    text: str


@dataclass(frozen=True, slots=True)
class Outer:
    whole: int
    share: float
    is_it: bool
    colour: Colour
    names: tuple[str, ...]
    matrix: npt.NDArray[np.float64]
    flags: npt.NDArray[np.bool_]
    inner: Inner
    maybe: Inner | None
    many: tuple[Inner, ...]
    pairs: tuple[tuple[Inner, int], ...]
    number: int | None = None


text = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
inners = st.builds(
    Inner, st.lists(st.integers(0, 255), max_size=5).map(lambda one: np.array(one, np.uint8)), text
)
outers = st.builds(
    Outer,
    whole=st.integers(-(2**63), 2**63 - 1),
    share=st.floats(allow_nan=False),
    is_it=st.booleans(),
    colour=st.sampled_from(Colour),
    names=st.lists(text, max_size=4).map(tuple),
    matrix=st.tuples(st.integers(0, 3), st.integers(0, 3)).map(lambda shape: np.full(shape, 1.5)),
    flags=st.lists(st.booleans(), max_size=9).map(lambda one: np.array(one, bool)),
    inner=inners,
    maybe=st.none() | inners,
    many=st.lists(inners, max_size=3).map(tuple),
    pairs=st.lists(st.tuples(inners, st.integers(-9, 9)), max_size=3).map(tuple),
    number=st.none() | st.integers(-9, 9),
)


def same(one: object, other: object) -> bool:
    if isinstance(one, np.ndarray):
        return isinstance(other, np.ndarray) and (one.dtype, one.shape, one.tolist()) == (
            other.dtype, other.shape, other.tolist(),
        )  # fmt: skip
    if isinstance(one, tuple):
        return isinstance(other, tuple) and len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, Outer | Inner):
        return type(one) is type(other) and all(
            same(getattr(one, field.name), getattr(other, field.name)) for field in fields(one)
        )
    return type(one) is type(other) and one == other


@given(outers)
def test_what_is_packed_comes_back(value: Outer) -> None:
    data = packed(value)
    assert isinstance(data, bytes)
    assert same(unpacked(data, Outer), value)
    assert packed(unpacked(data, Outer)) == data


def test_a_slice_of_an_array_is_packed_alone() -> None:
    value = Inner(np.arange(200, dtype=np.uint8)[10:40:3], "")
    assert unpacked(packed(value), Inner).codes.tolist() == list(range(10, 40, 3))


@pytest.mark.parametrize("wrong", [{"a": 1}, [1], object(), ("a", object()), b"x"])
def test_anything_else_is_refused(wrong: object) -> None:
    with pytest.raises(TypeError, match=r"inner\.text"):
        packed(Outer(1, 1.0, True, Colour.RED, (), np.zeros(0), np.zeros(0, bool),
                     Inner(np.zeros(0, np.uint8), wrong), None, (), ()))  # type: ignore[arg-type]  # fmt: skip
