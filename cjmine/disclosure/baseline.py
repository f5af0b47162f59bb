"""What of an earlier check may be shown beside a later one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cjmine.analysis.intervals import effect_of, share
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.shown import two_digits
from cjmine.errors import Code, Place, PrivacyError, Problem
from cjmine.results.baseline import Baseline, BaselineShare, Fitness


def shown_baseline(found: Baseline, policy: Policy) -> Baseline:
    """The same baseline under the promise of the later check, whatever it was made with.

    One that was made with a smaller group loses its shares of few journeys, and its fitness, which
    few may be behind; one that was not released is rounded like any other figure. Raises
    PrivacyError P103 where it is about fewer journeys than a group that is shown.

    >>> one = BaselineShare("drop-off", "Pay", "", 3, 90, 0.01, 0.09)
    >>> made = Baseline("cjmine/baseline/2", "1.0", "order", 1, 90, None, None, None, (one,))
    >>> shown_baseline(made, Policy(10)).counted
    ()
    """
    if policy.is_exact:
        return found
    if found.min_group < policy.min_group:
        if policy.is_small(found.journeys):
            raise PrivacyError(
                Problem(
                    Code.TOO_FEW_CUSTOMERS,
                    f"the baseline is about fewer than {policy.min_group} journeys",
                    Place(policy.file_name(found.file)),
                    cause="figures about so few people tell about each of them",
                    remedy="make it again of a larger log, or leave --baseline away",
                )
            )
        large = tuple(one for one in found.counted if not _is_small(one, policy))
        found = replace(found, counted=large, fitness=None)
    if not policy.release:
        return found
    return replace(
        found,
        journeys=policy.rounded(found.journeys),
        observed_from=found.observed_from and found.observed_from[:10],
        observed_until=found.observed_until and found.observed_until[:10],
        fitness=None if found.fitness is None else _in_two_digits(found.fitness),
        counted=tuple(_rounded(found, policy)),
        file=policy.file_name(found.file),
    )


def _is_small(one: BaselineShare, policy: Policy) -> bool:
    return any(policy.is_small(count) for count in (one.n, one.of - one.n, one.of))


def _rounded(found: Baseline, policy: Policy) -> Iterator[BaselineShare]:
    for one in found.counted:
        of = policy.rounded(one.of)
        n, before = min(policy.rounded(one.n), of), one.share
        low = high = None
        if before.low is not None:
            again = share(n, of, two_digits(effect_of(before)))
            low, high = again.low, again.high
        yield replace(one, n=n, of=of, low=low, high=high)


def _in_two_digits(one: Fitness) -> Fitness:
    return Fitness(two_digits(one.value), two_digits(one.low), two_digits(one.high))
