"""Small groups: nothing that is shown rests on fewer than k customers, and nothing is lost.

What is too small folds into something larger instead of being blanked, so that totals stay exact
and everything shown adds up. A remainder under k absorbs the smallest group that is shown.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cjmine.errors import Code, Place, PrivacyError, Problem
from cjmine.privacy.group_size import DEFAULT_MIN_GROUP as DEFAULT_MIN_GROUP

OTHER = "(other)"

Ints = npt.NDArray[np.integer]
Flags = npt.NDArray[np.bool_]


def refuse_small_result(customers: int, min_group: int) -> None:
    """Refuse a result about fewer than `min_group` customers in all.

    Raises
    ------
    PrivacyError
        P103, with the flag that says otherwise.
    """
    if 0 < customers < min_group:
        raise PrivacyError(
            Problem(
                Code.TOO_FEW_CUSTOMERS,
                f"the log is about fewer than {min_group} customers",
                Place(),
                cause="figures about so few people tell about each of them",
                remedy="for internal use only: --min-group 1 shows every group",
            )
        )


def is_small(customers: int, min_group: int) -> bool:
    """Whether a group may not be shown; an empty group says nothing about anybody."""
    return 0 < customers < min_group


@dataclass(frozen=True, slots=True)
class Members:
    """Who is behind each group: group g has the customers `members[bounds[g]:bounds[g + 1]]`.

    A customer may stand there several times.
    """

    bounds: Ints
    members: Ints

    def customers_of(self, groups: Ints) -> int:
        """The number of distinct customers behind some groups together."""
        if not len(groups):
            return 0
        parts = [self.members[self.bounds[group] : self.bounds[group + 1]] for group in groups]
        return len(np.unique(np.concatenate(parts)))


def hidden_parts(behind: Members, customers: Ints, sizes: Ints, min_group: int) -> Flags:
    """Which parts of a whole fold into one remainder of at least `min_group` customers.

    `customers` counts the distinct ones of each part; `sizes` orders the parts, the smallest is
    absorbed first.

    >>> who = Members(np.array([0, 12, 24, 27]), np.r_[:12, :12, :3])
    >>> hidden_parts(who, np.array([12, 12, 3]), np.array([500, 40, 3]), 10).tolist()
    [False, True, True]
    """
    hidden = (customers > 0) & (customers < min_group)
    if not hidden.any():
        return hidden
    for part in np.lexsort((np.arange(len(sizes)), sizes)):
        if behind.customers_of(np.flatnonzero(hidden)) >= min_group:
            break
        if int(customers[part]) >= min_group:
            hidden[part] = True
    return hidden
