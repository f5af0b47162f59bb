"""Identifiers that a program rounded on the way: digits are lost, so different people look alike.

Spreadsheets show a long number as 3,16123E+10, which is a million numbers, and a decimal number
in memory holds 15 digits for certain.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cjmine.columns import array, flags, mask
from cjmine.errors import Code
from cjmine.loaders.batch import CASE, CUSTOMER, LINK
from cjmine.loaders.batch_maker import Fault, Mask
from cjmine.sources import Roles

REASON = "digits of the identifier are lost: a program rounded it to a power of ten"
# A fraction or a plus makes it a power of ten: a code such as 12E45 is none.
_ROUNDED = (
    r"^[\s='\"]*[+-]?(?:\d+[.,]\d+[eE][+-]?\d+|\d+[eE]\+\d+|\d{16,}[.,]0+)[\s'\"]*$"
)  # fmt: skip


_LONG = r"^\d{16,40}$"
_CUT_REASON = "digits of the identifier are lost: a spreadsheet put zeros behind the first 15"
_ENOUGH_ZEROS = 6
_MOST_DIGITS = 16


def is_rounded(value: str) -> bool:
    """Whether a number has lost digits.

    >>> [is_rounded(one) for one in ("3,16123E+10", "1e+22", "1234567890123456.0")]
    [True, True, True]
    >>> [is_rounded(one) for one in ("12E45", "10023.0")]
    [False, False]
    """
    return re.match(_ROUNDED, value) is not None


def rounded_faults(events: pa.RecordBatch, roles: Roles) -> list[Fault]:
    """A fault for every column of identifiers that the events have, links included."""
    customer = None if roles.customer is None else roles.customer.column
    columns = [(CASE, roles.case), (CUSTOMER, customer)]
    columns += [(f"{LINK}{place}", one.column) for place, one in enumerate(roles.links)]
    tests = ((_rounded, REASON), (_cut, _CUT_REASON))
    return [
        Fault(_rows(events.column(name), test), Code.IDENTIFIER_ROUNDED, reason, column)
        for name, column in columns
        if name in events.schema.names
        for test, reason in tests
    ]


def rounded_ids(ids: pa.Array, column: str | None) -> list[Fault]:
    """The faults of ids of records, of which several would look like one."""
    return [
        Fault(test(ids), Code.IDENTIFIER_ROUNDED, reason, column)
        for test, reason in ((_rounded, REASON), (_cut, _CUT_REASON))
    ]


def _rows(column: pa.Array, test: Callable[[pa.Array], Mask]) -> Mask:
    """Which values have lost digits; decided once for each distinct value where these are known."""
    if not pa.types.is_dictionary(column.type):
        return test(column)
    found = test(column.dictionary)
    rows: Mask = np.append(found, False)[array(column.indices, len(found))]
    return rows


def _rounded(values: pa.Array) -> Mask:
    if not (_any_is_long(values) or any(_any_has(values, sign) for sign in "eE")):
        return np.zeros(len(values), bool)  # sooner known than an expression is made
    return mask(pc.match_substring_regex(values, _ROUNDED))


def _any_has(values: pa.Array, sign: str) -> bool:
    return bool(mask(pc.match_substring(values, sign)).any())


def _any_is_long(values: pa.Array) -> bool:
    """Whether any value has room for more digits than a number in memory holds for certain."""
    return bool((array(pc.binary_length(values)) >= _MOST_DIGITS).any())


def _cut(values: pa.Array) -> Mask:
    """The numbers of more than 15 digits, where all of them have zeros behind the 15th.

    One such number may be a real one: a spreadsheet is blamed where so many zeros in a row would
    be an accident of one in a million.
    """
    if not _any_is_long(values):
        return np.zeros(len(values), bool)
    longer = mask(pc.match_substring_regex(values, _LONG))
    if not longer.any():
        return longer
    distinct = values.filter(flags(longer)).unique()
    if not mask(pc.match_substring_regex(distinct, r"^\d{15}0+$")).all():
        return np.zeros_like(longer)
    zeros = int(array(pc.binary_length(distinct)).sum()) - 15 * len(distinct)
    return longer if zeros >= _ENOUGH_ZEROS else np.zeros_like(longer)
