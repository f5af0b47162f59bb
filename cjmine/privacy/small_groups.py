"""Small groups: nothing that is shown rests on fewer than k customers, and nothing is lost.

What is too small folds into something larger instead of being blanked, so that totals stay exact
and everything shown adds up. A remainder under k absorbs the smallest group that is shown.
"""

from __future__ import annotations

from cjmine.errors import Code, Place, PrivacyError, Problem
from cjmine.privacy.group_size import DEFAULT_MIN_GROUP as DEFAULT_MIN_GROUP

OTHER = "(other)"


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
