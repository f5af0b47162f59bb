"""The goal of both sides held equal, as far as it may be shown."""

from __future__ import annotations

from dataclasses import dataclass

from cjmine.analysis.compare.mix import MixCounts
from cjmine.analysis.strata import Mix, Strata, standard_difference, standardised
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.shown import count, two_digits
from cjmine.results.compare import ComparedRow, HeldEqual, SideDifference


@dataclass(frozen=True, slots=True)
class Mixed:
    """What is held equal, by name, with the counts."""

    held: tuple[str, ...]
    strata: Strata
    counts: MixCounts


def shown_mix(found: Mixed, goal: ComparedRow, policy: Policy) -> HeldEqual | None:
    """The shares at one mix, where both shares are shown as they are and enough have comparables.

    Strata of few are in the sums only. What is released has two digits.
    """
    at, sure = standardised(found.strata), None
    if at is not None:
        sure = standard_difference(found.strata, Mix.POOLED, found.counts.swayed)
    one, other = (count(found.counts.supported.counted(side), policy) for side in range(2))
    is_shown = goal.a.low is not None and goal.b.low is not None
    if at is None or sure is None or not one or not other or not is_shown:
        return None

    def written(value: float) -> float:
        return two_digits(value) if policy.release else value

    margin = written((sure.high - sure.low) / 2)
    value = written(sure.value)
    return HeldEqual(
        held=found.held,
        a=written(at.first),
        b=written(at.second),
        difference=SideDifference(value, value - margin, value + margin),
        rate=written(at.rate),
        mix=written(at.mix),
        a_journeys=one,
        b_journeys=other,
    )
