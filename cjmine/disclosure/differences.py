"""What sums and differences of counts that are shown would say about few customers.

Each count is a sum over kinds of customers, so whatever is added and subtracted is one too: it is
about the customers whose part in it is not nought. Those who count alike fall together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.portfolio.kinds import weights
from cjmine.counting.groups import Flags, Ints
from cjmine.disclosure.policy import Policy

_PRIME = (1 << 31) - 1  # whole numbers are compared modulo it: products fit into 63 bits


def give_few_away(times: Ints, customers: Ints, policy: Policy) -> bool:
    """Whether a sum or difference of columns may be about fewer customers than may be shown.

    `customers[i]` customers count `times[i, j]` times in the count of column j. False is proved;
    what is True may be about a few more.

    Where enough customers are of one kind, what is about few must leave them out: their part in it
    is nought. Of all that does, kinds that are multiples of each other are in it together or not at
    all. When kinds of enough customers leave nothing over, nothing is about few.

    Examples
    --------
    60 customers have both journeys, 3 only the first, so that their difference is about 3.

    >>> times, customers = np.array([[1, 1], [1, 0]]), np.array([60, 3])
    >>> give_few_away(times, customers, Policy()), give_few_away(times, customers + 9, Policy())
    (True, False)
    """
    enough = customers >= policy.min_group
    if _rank(times[enough]) == np.count_nonzero(times.any(axis=0)):
        return False  # they leave nothing over: no need to look at all others, which may be many
    left = _Left(times % _PRIME, customers).together()
    while len(left.customers):
        most = int(np.argmax(left.customers))
        if policy.is_small(int(left.customers[most])):
            return True
        left = left.without(most).together()
    return False


def _rank(times: Ints) -> int:
    """How many kinds there are of which none is a sum of multiples of the others."""
    left = _Left(times % _PRIME, np.ones(len(times), np.int64)).together()
    found = 0
    while len(left.customers):
        left, found = left.without(0).together(), found + 1
    return found


def is_about_few(times: Ints, customers: Ints, policy: Policy) -> Flags:
    """Which columns are themselves about fewer customers than may be shown."""
    of_column = customers @ (times > 0)
    return np.array([policy.is_small(one) for one in of_column.tolist()], bool)


@dataclass(frozen=True, slots=True)
class _Left:
    """Kinds of customers as directions: vectors modulo a prime, and the customers of each."""

    vectors: Ints
    customers: Ints

    def together(self) -> _Left:
        """Kinds that are multiples of each other as one, which begins with 1; none of noughts."""
        some = self.vectors[self.vectors.any(axis=1)]
        customers = self.customers[self.vectors.any(axis=1)]
        if not len(some):
            return _Left(some, customers)
        lead = some[np.arange(len(some)), np.argmax(some != 0, axis=1)]
        some = some * _inverse(lead)[:, None] % _PRIME
        key = some.astype(np.uint64) @ weights(some.shape[1])
        order = np.argsort(key, kind="stable")
        begins = np.flatnonzero(np.append(True, key[order[1:]] != key[order[:-1]]))
        return _Left(some[order[begins]], np.add.reduceat(customers[order], begins))

    def without(self, kind: int) -> _Left:
        """What is left of the others in all that leaves one kind out."""
        vector = self.vectors[kind]
        pivot = int(np.argmax(vector != 0))
        return _Left((self.vectors - self.vectors[:, [pivot]] * vector) % _PRIME, self.customers)


def _inverse(values: Ints) -> Ints:
    """The numbers that multiply with others to 1, modulo the prime.

    >>> (_inverse(np.array([2, 3])) * np.array([2, 3]) % _PRIME).tolist()
    [1, 1]
    """
    found, power, exponent = np.ones_like(values), values, _PRIME - 2
    while exponent:
        if exponent & 1:
            found = found * power % _PRIME
        power = power * power % _PRIME
        exponent >>= 1
    return found
