"""The drifts of a flow that may be shown, with the pairs of activities that changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from cjmine.analysis import drift
from cjmine.analysis.trend.flow import Flow, customers_of
from cjmine.counting.groups import Flags
from cjmine.declared import DatedChange
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.shown import two_digits
from cjmine.disclosure.trend_changes import near
from cjmine.results.log import day_of, moment
from cjmine.results.trend import Drift, PairChange


def shown_drifts(
    flow: Flow,
    activities: Sequence[str],
    zone: str,
    dated: Sequence[DatedChange],
    policy: Policy,
) -> tuple[Drift, ...]:
    """Where the flow changes, in order of time; `activities` are those of the whole log.

    A drift is left out where either side is of too few customers, a pair where too few have it on
    a side, or lack it there.
    """
    found = []
    for one in drift.drifts(flow.begin, flow.pairs):
        sides = (slice(one.first, one.journey), slice(one.journey, one.end))
        people = [len(np.unique(flow.customer[side])) for side in sides]
        if any(policy.is_small(many) for many in people):
            continue
        day = day_of(moment(one.moment), zone).isoformat()
        found.append(
            Drift(
                at=day,
                journeys_before=policy.rounded(one.journey),
                window=policy.rounded(one.journey - one.first),
                z=two_digits(one.z) if policy.release else one.z,
                pairs=tuple(_pairs(flow, one, sides, activities, policy)),
                near=near(day, dated),
            )
        )
    return tuple(found)


def _pairs(
    flow: Flow,
    found: drift.Drift,
    sides: tuple[slice, slice],
    activities: Sequence[str],
    policy: Policy,
) -> Iterator[PairChange]:
    pairs = flow.pairs
    for one in found.pairs:
        has = np.zeros(pairs.journeys, bool)
        has[pairs.journey[pairs.bounds[one.pair] : pairs.bounds[one.pair + 1]]] = True
        if all(_may_show(flow, side, has, policy) for side in sides):
            before, after = (_share(has[side], policy) for side in sides)
            yield PairChange(
                activities[pairs.first[one.pair]], activities[pairs.second[one.pair]], before, after
            )


def _may_show(flow: Flow, side: slice, has: Flags, policy: Policy) -> bool:
    customer, flags = flow.customer[side], has[side]
    with_it, without = customers_of(customer, flags), customers_of(customer, ~flags)
    return not policy.is_small(with_it) and not (policy.is_small(without) and not policy.release)


def _share(has: Flags, policy: Policy) -> float:
    of = policy.rounded(len(has))
    return min(policy.rounded(int(np.count_nonzero(has))), of) / of
