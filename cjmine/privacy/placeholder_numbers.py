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
Counts = npt.NDArray[np.int64]

LEAST_SHARE = 0.01
TIMES_THE_MEDIAN = 100
_NUMBERS = r"^(?:0[0-]*|-1|9{4,}|1{4,}|12345(?:6(?:7(?:8(?:90?)?)?)?)?)$"


def placeholder_numbers(names: pa.Array) -> npt.NDArray[np.bool_]:
    """Which identifiers are numbers that people and systems write where they know none.

    >>> placeholder_numbers(pa.array(["0", "000000", "999999", "12345", "10", "1234", "K-0"]))
    array([ True,  True,  True,  True, False, False, False])
    """
    return mask(pc.match_substring_regex(names, _NUMBERS))


def codes_of_nobody(counts: Counts, events: int, listed: Codes) -> Codes:
    """Which of the listed codes stand for no customer, by the number of events of each code.

    Those with at least 1 % of all events, and 100 times the events of the median customer.

    >>> codes_of_nobody(np.array([200, 1, 1, 1]), 203, np.array([0, 1], np.int32))
    array([0], dtype=int32)
    """
    listed = listed[listed < len(counts)]
    listed = listed[counts[listed] > 0]
    if not len(listed):
        return listed
    least = max(LEAST_SHARE * events, TIMES_THE_MEDIAN * float(np.median(counts[counts > 0])))
    return listed[counts[listed] >= least]
