"""Citizen service numbers and bank accounts in the place of a customer number are refused."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from cli.running import KEY, run

from cjmine.errors import Code, PrivacyError
from cjmine.privacy.civil_numbers import CivilNumbers

WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def passes(number: int) -> bool:
    """The 11-test by the book, sign by sign."""
    return sum(w * int(sign) for w, sign in zip(WEIGHTS, f"{number:09}", strict=True)) % 11 == 0


CITIZENS = [f"{number:09}" for number in range(12_000_000, 12_002_000) if passes(number)]
OTHERS = [f"{number:09}" for number in range(12_000_000, 12_002_000) if not passes(number)]


def ibans(count: int) -> list[str]:
    """Accounts of a bank that does not exist, with right check digits."""
    found = []
    for number in range(count):
        account = f"ZZZZ{number:010}"
        letters = "".join(str(int(sign, 36)) for sign in f"{account}NL00")
        found.append(f"NL{98 - int(letters) % 97:02} {account[:4]} {account[4:]}")
    return found


def refused(*values: str) -> str | None:
    """What is said of a column with these values; None where it is let through."""
    looked = CivilNumbers()
    looked.look("klant", list(values))
    try:
        looked.refuse()
    except PrivacyError as error:
        (problem,) = error.problems
        assert problem.code is Code.CIVIL_NUMBERS and problem.place.column == "klant"
        return problem.message
    return None


def test_most_values_must_pass_and_ten_of_them() -> None:
    """Ten of nineteen are refused; nine are too few, and ten of twenty are not most."""
    ten = CITIZENS[:10]
    assert "10 of 19 distinct" in (refused(*ten, *OTHERS[:9]) or "")
    assert refused(*ten, *OTHERS[:10]) is None
    assert refused(*CITIZENS[:9]) is None


@pytest.mark.parametrize(
    "written",
    [
        lambda number: number.lstrip("0"),
        lambda number: f"{number[:4]}.{number[4:6]}.{number[6:]}",
        lambda number: f"{number[:4]} {number[4:6]} {number[6:]}",
    ],
)
def test_however_they_are_written(written) -> None:  # type: ignore[no-untyped-def]
    """Without the zero in front that a spreadsheet took, with dots, with blanks."""
    assert refused(*map(written, CITIZENS[:20])) is not None


def test_numbers_that_are_given_out_in_order_or_at_random_are_customer_numbers() -> None:
    """One in eleven passes by chance, whatever the numbers; none of a thousand columns is hit."""
    dice = random.Random(7)
    for _ in range(1000):
        start = dice.randrange(10_000_000, 900_000_000)
        assert refused(*(str(start + step) for step in range(dice.randrange(10, 40)))) is None
        assert refused(*(str(dice.randrange(10**8, 10**9)) for _ in range(15))) is None


def test_other_customer_numbers_are_not_looked_at() -> None:
    """Letters, other lengths, zeros, odd bytes, nothing."""
    assert refused(*(f"K-{number}" for number in CITIZENS)) is None
    assert refused(*(number + "0" for number in CITIZENS)) is None
    assert refused("000000000", "\udcff", "") is None
    assert refused() is None


def test_bank_accounts_are_refused() -> None:
    """With blanks or without; a wrong check digit is no account."""
    right = ibans(12)
    assert "bank accounts" in (refused(*right) or "")
    assert refused(*(one.replace(" ", "") for one in right)) is not None
    assert refused(*(f"NL00{one[4:]}" for one in right)) is None


def test_a_load_says_the_column_and_no_value_and_may_be_told_otherwise(tmp_path: Path) -> None:
    """Refused with P106 and nothing written; declared as another kind it is loaded."""
    people = CITIZENS[:20]
    rows = "".join(f"{who},Visit,2024-05-03T10:00:00Z\n" for who in people)
    (tmp_path / "desk.csv").write_text("nummer,wat,wanneer\n" + rows)
    config = (
        '[source.desk]\nfiles = "desk.csv"\ncustomer = { column = "nummer"%s }\n'
        'activity = { column = "wat" }\ntime = { column = "wanneer" }\nchannel = "desk"\n'
    )
    (tmp_path / "cjmine.toml").write_text(config % "")
    load = ("load", "-o", "x.parquet")
    ran = run(tmp_path, *load, environ={"CJMINE_KEY": KEY})
    assert (ran.status, ran.codes) == (4, ["P106"])
    assert "20 of 20 distinct" in ran.err and "nummer" in ran.err
    assert not any(who in ran.err + ran.out for who in people)
    assert not (tmp_path / "x.parquet").exists()
    (tmp_path / "cjmine.toml").write_text(config % ', as = "user"')
    assert run(tmp_path, *load, environ={"CJMINE_KEY": KEY}).status == 0
