"""One row a judged journey: what it shares with others, whose it is, and whether it is happy."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from cjmine.analysis.cohorts import Cohorts, cohorts_of, rows
from cjmine.analysis.compared_part import Part
from cjmine.analysis.outliers.conditions import Dimension, codes_of
from cjmine.conformance.facts import Facts
from cjmine.conformance.states import State
from cjmine.counting.groups import Flags, Ints
from cjmine.eventlog.log import CUSTOMER


@dataclass(frozen=True, slots=True)
class JudgedJourneys:
    """One entry a judged journey, in the order of the log.

    Row j of `codes` has the code of the journey in each dimension, -1 for none. Customers are
    numbered from 0 and never decrease. `is_second`: the customer is in the second half.
    """

    codes: npt.NDArray[np.int32]
    customer: npt.NDArray[np.int32]
    is_second: Flags
    is_completed: Flags
    is_outside: Flags
    customers: int

    def __len__(self) -> int:
        return len(self.customer)

    def __add__(self, other: JudgedJourneys) -> JudgedJourneys:
        return JudgedJourneys(
            np.concatenate([self.codes, other.codes]),
            np.concatenate([self.customer, other.customer + np.int32(self.customers)]),
            np.concatenate([self.is_second, other.is_second]),
            np.concatenate([self.is_completed, other.is_completed]),
            np.concatenate([self.is_outside, other.is_outside]),
            self.customers + other.customers,
        )

    def cohorts(self, among: Flags, group: Flags, having: Flags) -> Cohorts:
        """How many journeys of two groups (without and with `group`) have something."""
        at = np.flatnonzero(among)
        owner = self.customer[at].astype(np.int64)
        found = rows(group[at].astype(np.int64), owner, 2, self.customers)
        return cohorts_of(found, having[at])


def judged_journeys(
    part: Part,
    facts: Facts,
    happy: float,
    dimensions: tuple[Dimension, ...],
    days: Ints,
    weeks: Ints,
) -> JudgedJourneys:
    """The judged journeys of a part; happy ones are complete and fit as well as `happy` or better.

    `days` and `weeks` are the moments at which the days and weeks of the log begin.
    """
    comparison, counted = facts.comparison, facts.is_counted
    cost = facts.of_variant(comparison.moves.cost)
    worst = facts.of_variant(comparison.variants.lengths) + comparison.ideal.space.shortest
    fits = (1 - cost / np.maximum(worst, 1) >= happy - 1e-12)[counted]
    completed = (facts.state == State.COMPLETED)[counted]
    codes = [codes_of(part, counted, one, days, weeks) for one in dimensions]
    size = int(np.count_nonzero(counted))
    return JudgedJourneys(
        codes=np.array(codes, np.int32).reshape(len(dimensions), size).T.copy(),
        customer=facts.customer[counted].astype(np.int32),
        is_second=second_half(part)[facts.customer[counted]],
        is_completed=completed,
        is_outside=~(completed & fits),
        customers=facts.customers,
    )


def second_half(part: Part) -> Flags:
    """Which customers of a part are in the second half, by a hash of their pseudonym.

    So a customer is in the same half in any part of the log, and in any later log.
    """
    codes = part.journeys.customer
    first = codes[np.diff(codes, prepend=-1) != 0]
    names = part.log.names(CUSTOMER)
    return np.array(
        [blake2b(names[code].encode(), digest_size=1).digest()[0] & 1 for code in first.tolist()],
        bool,
    )
