"""Texts by number: as a dictionary would number them, whatever they are and however they come."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples

from cjmine.privacy import known_texts
from cjmine.privacy.known_texts import KnownTexts

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(
    ["", "\x00", "\x00\x00", "a" * 7, "a" * 8, "a" * 9, "a" * 16, "a" * 17, "a" * 300, "é" * 30]
)


def numbered(known: KnownTexts, column: list[str]) -> list[int]:
    """The numbers of a column, whose new texts are added."""
    distinct = pa.array(column, pa.string()).dictionary_encode().dictionary
    places = known.places(distinct)
    is_new = places < 0
    places[is_new] = known.add(distinct.filter(pa.array(is_new)))
    number = dict(zip(distinct.to_pylist(), places.tolist(), strict=True))
    return [number[text] for text in column]


@given(st.lists(st.lists(texts, max_size=30), max_size=6), st.integers(0, 3))
@examples(100)
def test_as_a_dictionary_numbers_them(columns: list[list[str]], offset: int) -> None:
    known, expected = KnownTexts(), dict[str, int]()
    for column in columns:
        for text in column:
            expected.setdefault(text, len(expected))
        assert numbered(known, column) == [expected[text] for text in column]
        sliced = pa.array(["x"] * offset + column, pa.string()).slice(offset)
        assert known.places(sliced).tolist() == [expected[text] for text in column]
    assert [text for part in known.parts() for text in part.to_pylist()] == list(expected)


def test_a_table_that_grows() -> None:
    """Over several sizes of the table, and in more than one part."""
    known = KnownTexts()
    every = [f"customer {number}" for number in range(300_000)]
    for start in range(0, len(every), 70_000):
        assert known.add(pa.array(every[start : start + 70_000]))[0] == start
    assert (known.places(pa.array(every)) == np.arange(len(every))).all()
    assert (known.places(pa.array([f"no {number}" for number in range(1000)])) == -1).all()
    assert [len(part) for part in known.parts()] == [1 << 18, len(every) - (1 << 18)]


def test_texts_of_one_hash_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        known_texts, "_hashes", lambda texts: np.full(len(texts.bounds) - 1, 5, np.uint32)
    )
    known = KnownTexts()
    every = [f"{'x' * (number % 20)}{number}" for number in range(200)]
    assert known.add(pa.array(every)).tolist() == list(range(200))
    assert known.places(pa.array([*every[::-1], "none"])).tolist() == [*range(199, -1, -1), -1]
