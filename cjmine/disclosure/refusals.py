"""What is refused because an answer would be about too few customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjmine.disclosure.policy import Policy
from cjmine.errors import Code, Place, PrivacyError, Problem, UsageError

if TYPE_CHECKING:
    from cjmine.ideal.journey import IdealJourney


def refuse_small_result(customers: int, policy: Policy, is_chosen: bool = False) -> None:
    """Refuse a result about fewer customers in all than may be shown.

    Of journeys that filters have chosen (`is_chosen`), none is answered like a few: else what no
    journey has could be told from what few have. Raises PrivacyError P103, with the flag that
    allows it.
    """
    none_left = is_chosen and not customers and policy.min_group > 1
    if policy.is_small(customers) or none_left:
        what = "what the filters choose" if is_chosen else "the log"
        raise PrivacyError(
            Problem(
                Code.TOO_FEW_CUSTOMERS,
                f"{what} is about fewer than {policy.min_group} customers",
                Place(),
                cause="figures about so few people tell about each of them",
                remedy="for internal use only: --min-group 1 shows every group",
            )
        )


def refuse_small_expectations(journey: IdealJourney, policy: Policy) -> None:
    """Refuse expectations that fewer customers would decide than a group that is shown holds.

    The default is no promise, and is decided by the groups that are shown. Raises
    UsageError J106 with all of them, each with its place in the journey file.
    """
    from cjmine.ideal.keys import MIN_CUSTOMERS

    small = [
        one
        for one in journey.expectations
        if one.min_customers < policy.min_group and one.min_customers != MIN_CUSTOMERS
    ]
    if small:
        raise UsageError(
            *(
                Problem(
                    Code.JOURNEY_VALUE,
                    "min-customers is smaller than the smallest group that is shown",
                    Place(journey.file or None, one.mark.line or None),
                    cause="a verdict on so few customers would be about each of them",
                    remedy=f"write {policy.min_group} or more, or check with a smaller --min-group",
                )
                for one in small
            )
        )
