"""Identifiers that a program rounded on the way: digits are lost, so different people look alike.

Spreadsheets show a long number as 3,16123E+10, which is a million numbers, and a decimal number
in memory holds 15 digits for certain.
"""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cjmine.columns import array, mask
from cjmine.errors import Code
from cjmine.loaders.batch import CASE, CUSTOMER, LINK
from cjmine.loaders.batch_maker import Fault, Mask
from cjmine.sources import Roles

REASON = "digits of the identifier are lost: a program rounded it to a power of ten"
# A fraction or a plus makes it a power of ten: a code such as 12E45 is none.
_ROUNDED = (
    r"^[\s='\"]*[+-]?(?:\d+[.,]\d+[eE][+-]?\d+|\d+[eE]\+\d+|\d{16,}[.,]0+)[\s'\"]*$"
)  # fmt: skip


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
    return [
        Fault(_rounded(events.column(name)), Code.IDENTIFIER_ROUNDED, REASON, column)
        for name, column in columns
        if name in events.schema.names
    ]


def _rounded(column: pa.Array) -> Mask:
    """Which values have lost digits; decided once for each distinct value where these are known."""
    if not pa.types.is_dictionary(column.type):
        return mask(pc.match_substring_regex(column, _ROUNDED))
    found = mask(pc.match_substring_regex(column.dictionary, _ROUNDED))
    rows: Mask = np.append(found, False)[array(column.indices, len(found))]
    return rows
