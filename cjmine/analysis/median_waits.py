"""Between which waits the median of a group lies, by customer.

The share of waits up to some wait has a design effect, as any share; that of the power of two
nearest to the median serves for the median, which is known only when all parts are merged.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import Cohorts, Rows
from cjmine.analysis.intervals import alike_effect, design_effect, median_places, steadied
from cjmine.analysis.multisets import Numbers
from cjmine.analysis.squares import Squares
from cjmine.counting.groups import Ints
from cjmine.counting.merging import summed
from cjmine.results.figures import Measured

BITS = 64


@dataclass(frozen=True, slots=True)
class ShortWaits:
    """Waits shorter than 2, 4, 8 … microseconds: one row a group and power of two.

    `waits` are those of all customers; with n waits of a customer, m of them shorter: the sums of
    nm and m².
    """

    waits: Ints
    both: Ints
    squared: Ints

    def __add__(self, other: ShortWaits) -> ShortWaits:
        return summed(self, other)


def short_waits(found: Rows, wait: Ints) -> ShortWaits:
    """Count the waits of groups (microseconds), in the order of their rows."""
    shape = (found.groups, BITS)
    waits, both, squared = (np.zeros(shape, np.int64) for _ in range(3))
    many = found.many
    first = max(0, int(wait.min())).bit_length() if len(wait) else BITS
    for bit in range(first, BITS - 1):
        shorter = found.sums(wait < 1 << bit)
        waits[:, bit] = found.by_group(shorter)
        both[:, bit] = found.by_group(shorter * many)
        squared[:, bit] = found.by_group(shorter * shorter)
        if (shorter == many).all():  # so they are than every longer power
            for sums in (waits, both, squared):
                sums[:, bit + 1 :] = sums[:, bit : bit + 1]
            break
    return ShortWaits(waits.ravel(), both.ravel(), squared.ravel())


def median_interval(
    value: Numbers, times: Ints, measured: Cohorts, short: ShortWaits, group: int
) -> tuple[Measured, Measured] | None:
    """The interval of the median of the waits of a group, in seconds; None of too few.

    `value` has the waits in order, each `times` times; `measured` counts their journeys.
    """
    values, customers = int(measured.having[group]), int(measured.customers_having[group])
    squared, largest = int(measured.having_squared[group]), int(measured.largest[group])
    shorter = short.waits[group * BITS : group * BITS + BITS]
    bit = group * BITS + int(np.argmin(np.abs(2 * shorter - values)))
    n, squares = (
        int(short.waits[bit]),
        Squares(squared, int(short.both[bit]), int(short.squared[bit])),
    )
    effect = alike = alike_effect(values, customers, squares)
    if 0 < n < values:
        effect = steadied(design_effect(n, values, customers, squares), alike, customers // 2)
    places = median_places(values, effect)
    if places is None:
        return None
    ends = value[np.searchsorted(np.cumsum(times), places, "right")]
    smaller = round((places[0] + 1) / values * customers)
    # As with shares, one customer may not weigh more than all others together.
    low, high = (Measured(int(one) / 1e6, smaller, squared, largest * largest) for one in ends)
    return low, high
