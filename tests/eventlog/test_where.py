"""Conditions on columns, as they are typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjmine.errors import Code, UsageError
from cjmine.eventlog.where import Where, where


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ('fund = "A"', Where("fund", ("A",))),
        ("fund=A", Where("fund", ("A",))),
        ("fund != 'A b'", Where("fund", ("A b",), True)),
        ("fund <> A", Where("fund", ("A",), True)),
        ('fund in ("A", B)', Where("fund", ("A", "B"))),
        ("fund not in (A, A)", Where("fund", ("A",), True)),
        ('"kind of in" = "a ""b"" (c)"', Where("kind of in", ('a "b" (c)',))),
        ('in = "in"', Where("in", ("in",))),
        ("'not' in (in)", Where("not", ("in",))),
        ('fund = ""', Where("fund", ("",))),
    ],
)
def test_a_condition_is_read(typed: str, found: Where) -> None:
    assert where(typed, "--where") == found
    assert where(str(found), "--where") == found


@pytest.mark.parametrize(
    "typed",
    [
        "", "fund", "fund =", "= A", "fund = A B", "fund == A", 'fund = "A', "fund in A",
        "fund in ()", "fund in (A B)", "fund in (A,)", "fund in (A", "fund > 3", "fund = (",
        "fund is A", 'fund "=" A', 'fund "in" (A)', "fund = A, B",
    ],
)  # fmt: skip
def test_what_is_no_condition_is_refused_without_its_values(typed: str) -> None:
    with pytest.raises(UsageError) as caught:
        where(typed, "--where")
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.file) == (Code.USAGE, "--where")
    assert problem.cause and problem.remedy


some = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(some, st.lists(some, min_size=1, max_size=3, unique=True), st.booleans())
def test_any_condition_is_written_as_it_is_read(
    column: str, values: list[str], other: bool
) -> None:
    written = Where(column, tuple(values), other)
    assert where(str(written), "--where") == written
