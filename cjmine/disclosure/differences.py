"""What sums and differences of counts that are shown would say about few customers.

Each count is a column: how often customers of each kind count in it. Whatever is added and
subtracted is a column too, about those customers whose part in it is not nought. The influence of a
customer is the largest share that their part can have in the squares of any such column (the
leverage of regression). So where few customers have less than all influence together, no sum or
difference is about these few alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from cjmine.counting.groups import Flags, Ints
from cjmine.disclosure.policy import Policy

Floats = npt.NDArray[np.float64]

_NOUGHT = 1e-9  # of squares: what few customers have to themselves leaves more than this
_ALL = 0.999
_KINDS = 1024  # that are compared: those of most customers prove the most
_ROUNDS, _LEAST_WEIGHT, _STEP, _BETTER = 60, 1e-4, 0.8, 0.995
_WORK = 3e8  # multiplications for one count: it is withheld where they do not prove it


@dataclass(frozen=True, slots=True)
class Publication:
    """Counts that are shown beside each other: no sum or difference of them is about few.

    Row i of a column is what each of `customers[i]` customers counts. `columns` are those that no
    others follow from, compared in the rows `at` alone: what is about few of all customers is about
    few of these. `basis` are these rows of the columns after each has its `weight`, at right angles
    to each other.
    """

    customers: Ints
    policy: Policy
    columns: tuple[Ints, ...]
    at: Ints
    basis: Floats
    weight: Floats

    @classmethod
    def empty(cls, customers: Ints, policy: Policy) -> Publication:
        """Nothing is shown yet."""
        nothing = cls(customers, policy, (), np.zeros(0, np.int64), np.zeros((0, 0)), np.zeros(0))
        return nothing._with_rows(np.ones(len(customers), bool), _KINDS)

    def taking(self, *columns: Ints) -> Publication | None:
        """The same with more counts, all or none: None where few could be computed from them.

        That few cannot is proved; what is None may be about a few more.

        Examples
        --------
        60 customers have both journeys, 3 only the first, so that their difference is about 3.

        >>> def both(few: int) -> Publication | None:
        ...     publication = Publication.empty(np.array([60, few]), Policy())
        ...     return publication.taking(np.array([1, 1]), np.array([1, 0]))
        >>> both(3) is None, both(12) is None
        (True, False)
        """
        if self.policy.min_group <= 1:
            return self
        found = self
        for column in columns:
            if self._is_about_few(column):
                return None
            found = found._with(column)
        return found if found._most < _ALL else found._weighed()

    def _is_about_few(self, column: Ints) -> bool:
        return self.policy.is_small(int(self.customers[column != 0].sum()))

    def _with(self, column: Ints) -> Publication:
        """With what of a column is at right angles to all others; the same where nothing is."""
        left = column[self.at] * self._scale
        for _ in range(2):  # once more, for what rounding left
            inside = np.einsum("ij,i->j", self.basis, left)
            left = left - np.einsum("ij,j->i", self.basis, inside)
        size = float(left @ left)
        if size >= _NOUGHT:
            basis = np.column_stack([self.basis, left / np.sqrt(size)])
            return replace(self, columns=(*self.columns, column), basis=basis)
        differs = self._differs(column)
        return self._with_rows(differs, _KINDS // 8)._with(column) if differs.any() else self

    def _differs(self, column: Ints) -> Flags:
        """The other rows in which a column does not follow from the ones that it follows from."""
        if len(self.at) == len(self.customers):
            return np.zeros(len(self.customers), bool)
        left = column.astype(np.float64)
        turned = self.basis.T @ self._here()
        factors = np.linalg.solve(turned, self.basis.T @ (left[self.at] * self._scale))
        for factor, one in zip(factors.tolist(), self.columns, strict=True):
            left -= factor * one
        found: Flags = np.abs(left) > 1e-6
        found[self.at] = False
        return found

    def _with_rows(self, some: Flags, kinds: int) -> Publication:
        """The same with those rows, too, that are of most customers among some."""
        others = np.flatnonzero(some)
        largest = others[np.argsort(-self.customers[others], kind="stable")[:kinds]]
        chosen = np.zeros(len(self.customers), bool)
        chosen[largest] = chosen[self.at] = True
        weight = np.ones(len(self.customers))
        weight[self.at] = self.weight
        at = np.flatnonzero(chosen)
        return replace(self, at=at, weight=weight[at])._turned()

    def _turned(self) -> Publication:
        """The same with the basis for its rows and their weights."""
        return replace(self, basis=np.linalg.qr(self._here())[0])

    def _here(self) -> Floats:
        """The compared rows of the columns, each with its weight."""
        found = np.zeros((len(self.at), len(self.columns)))
        for place, one in enumerate(self.columns):
            found[:, place] = one[self.at]
        return found * self._scale[:, None]

    @property
    def _scale(self) -> Floats:
        found: Floats = np.sqrt(self.customers[self.at] * self.weight)
        return found

    @property
    def _influence(self) -> Floats:
        """The influence of one customer of each row."""
        found: Floats = np.einsum("ij,ij->i", self.basis, self.basis) / self.customers[self.at]
        return found

    @property
    def _most(self) -> float:
        """The influence that as many customers as may not be shown can have together."""
        few, influence = self.policy.min_group - 1, self._influence
        most = np.argsort(-influence, kind="stable")[:few]
        taken = np.minimum(np.cumsum(self.customers[self.at[most]]), few)
        return float(np.diff(taken, prepend=0) @ influence[most])

    def _weighed(self) -> Publication | None:
        """The same with less weight for customers with much influence: any weights prove it."""
        found, limit, most = self, 0.9 / self.policy.min_group, self._most
        work = len(self.at) * len(self.columns) ** 2
        for _ in range(min(_ROUNDS, int(_WORK / work))):
            if most < _ALL:
                return found
            influence = np.maximum(found._influence, _NOUGHT)
            weight = found.weight * np.minimum(1, limit / influence) ** _STEP
            weight = np.maximum(weight / weight.max(), _LEAST_WEIGHT)
            found, before = replace(found, weight=weight)._turned(), most
            most = found._most
            if most > _BETTER * before:
                return found if most < _ALL else None
        return None
