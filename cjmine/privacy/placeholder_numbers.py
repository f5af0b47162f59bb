"""Numbers that stand for no customer: 0, 999999, 12345 and the like, where too much is theirs.

Such a number may be a real customer's, so its form alone decides nothing: what it holds does too.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from cjmine.columns import mask

Codes = npt.NDArray[np.int32]

LEAST_SHARE = 0.01
TIMES_THE_MEDIAN = 100
_NUMBERS = r"^(?:0[0-]*|-1|9{4,}|1{4,}|12345(?:6(?:7(?:8(?:90?)?)?)?)?)$"


def placeholder_numbers(names: pa.Array) -> npt.NDArray[np.bool_]:
    """Which identifiers are numbers that people and systems write where they know none.

    >>> placeholder_numbers(pa.array(["0", "000000", "999999", "12345", "10", "1234", "K-0"]))
    array([ True,  True,  True,  True, False, False, False])
    """
    return mask(pc.match_substring_regex(names, _NUMBERS))


def codes_of_nobody(customers: Codes, listed: Codes) -> Codes:
    """Which of the listed codes stand for no customer, by the customer of each event (-1: none).

    Those with at least 1 % of the events, and 100 times the events of the median customer.

    >>> events = np.array([0] * 200 + [1, 2, 3], np.int32)
    >>> codes_of_nobody(events, np.array([0, 1], np.int32))
    array([0], dtype=int32)
    """
    counts = np.bincount(customers[customers >= 0])
    listed = listed[listed < len(counts)]
    if not len(listed):
        return listed
    least = max(
        LEAST_SHARE * len(customers), TIMES_THE_MEDIAN * float(np.median(counts[counts > 0]))
    )
    return listed[counts[listed] >= least]
