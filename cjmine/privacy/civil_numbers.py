"""Numbers that a state or a bank gave to a person: they are no customer numbers.

A single value proves little, as one number in eleven passes the test of a Dutch citizen service
number (BSN) by chance. So the values of a column are counted.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cjmine.columns import array, strings
from cjmine.errors import Code, Place, PrivacyError, Problem
from cjmine.privacy.gate import is_iban

ENOUGH = 10  # by chance, ten of fewer than twenty pass about once in 300,000 columns
MOST = 10_000  # values of a column that are looked at: more would say nothing new
_WEIGHTS = np.array([9, 8, 7, 6, 5, 4, 3, 2, -1])
_BSN, _IBAN = "citizen service numbers (BSN)", "bank accounts (IBAN)"


class CivilNumbers:
    """Counts, for each column of customer numbers, how many values are a person's elsewhere."""

    def __init__(self) -> None:
        self._distinct: Counter[str] = Counter()
        self._found: Counter[tuple[str, str]] = Counter()

    def look(self, column: str, values: list[str]) -> None:
        """Count the first values of a column; each value is to come once."""
        values = values[: max(0, MOST - self._distinct[column])]
        if not values:
            return
        plain = pc.replace_substring_regex(strings(values), r"[\s.\-]", "")
        self._distinct[column] += len(values)
        self._found[column, _BSN] += citizen_numbers(plain)
        accounts = plain.filter(
            pc.match_substring_regex(plain, r"^[A-Za-z]{2}\d\d[A-Za-z0-9]{11,}$")
        )
        self._found[column, _IBAN] += sum(map(is_iban, accounts.to_pylist()))

    def refuse(
        self,
        what: str = "customer numbers",
        remedy: str = "use a customer number of your own; where the law lets you use this one,"
        ' declare it in cjmine.toml with as = "user"',
    ) -> None:
        """Raises PrivacyError P106 for columns of which most values are such numbers."""
        problems = [
            Problem(
                Code.CIVIL_NUMBERS,
                f"{count:,} of {self._distinct[column]:,} distinct {what} look like {kind}",
                Place(column=column),
                cause="such a number is known to many others, and names a person everywhere",
                remedy=remedy,
            )
            for (column, kind), count in sorted(self._found.items())
            if count >= ENOUGH and 2 * count > self._distinct[column]
        ]
        if problems:
            raise PrivacyError(*problems)


def citizen_numbers(values: pa.Array) -> int:
    """How many values have nine digits, or eight where a zero was lost, and pass the 11-test.

    >>> citizen_numbers(strings(["123456782", "123456783", "10000008", "K-1"]))
    2
    """
    digits = values.filter(pc.match_substring_regex(values, r"^\d{8,9}$"))
    numbers = array(digits.cast(pa.int64()), 0)
    places = 10 ** np.arange(8, -1, -1)
    sums = (numbers[:, None] // places % 10) @ _WEIGHTS
    return int(((sums % 11 == 0) & (numbers > 0)).sum())
