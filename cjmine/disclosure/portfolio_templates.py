"""Templates: whether their values differ, judged by what is shown of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cjmine.analysis.differences import change
from cjmine.analysis.portfolio.funnel import Counts, Funnel, Place, funnel
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.portfolio_journeys import ShownJourney
from cjmine.disclosure.shown import two_digits
from cjmine.portfolio.declared import Entry
from cjmine.results.portfolio import PooledRow, Standing, TemplateRow, ValueRow
from cjmine.results.share import Share


def template_row(
    entry: Entry,
    values: Sequence[ShownJourney],
    pooled: PooledRow,
    margin: float,
    policy: Policy,
) -> TemplateRow:
    """A template; its limits are around the share of the values whose goal is shown."""
    assert entry.column is not None
    known = [one for one in values if one.goal.of and one.goal.n is not None]
    found = funnel([_counts(one, policy) for one in known])
    places: list[Place | None] = [None] * len(known) if found is None else [*found.places]
    place_of = {one.finished.member.value: at for one, at in zip(known, places, strict=True)}
    rows = tuple(
        _value(one, place_of.get(one.finished.member.value), found, margin, policy)
        for one in values
    )
    shares = [one.goal for one in known]
    return TemplateRow(
        template=entry.name,
        column=entry.column,
        pooled=pooled,
        share=None if found is None else _figure(found.share, policy),
        spread=None if found is None else _figure(found.spread, policy),
        difference=change(shares[1], shares[0]) if len(shares) == 2 else None,
        values=rows,
    )


def _counts(one: ShownJourney, policy: Policy) -> Counts:
    """The counts of a value as they are shown, with the sums over its customers."""
    goal = one.goal
    assert goal.n is not None and goal.of is not None
    return Counts(goal.n, goal.of, one.finished.squares)


def _value(
    one: ShownJourney, place: Place | None, found: Funnel | None, margin: float, policy: Policy
) -> ValueRow:
    value, goal = one.finished.member.value, one.goal
    assert value is not None
    row = ValueRow(value, goal.n, goal.of, None, None, None, None)
    if place is None or found is None:
        return row
    return replace(
        row,
        z=_figure(place.z, policy),
        limits_95=_ends(place.inner, policy),
        limits_998=_ends(place.outer, policy),
        verdict=_standing(place, goal, found.share, margin),
    )


def _standing(place: Place, goal: Share, share: float, margin: float) -> Standing:
    if not place.is_outside:
        return Standing.WITHIN
    assert goal.value is not None
    is_far = place.is_far_outside and abs(goal.value - share) >= margin
    return Standing.DIFFERS if is_far else Standing.OUTSIDE


def _figure(value: float, policy: Policy) -> float:
    return two_digits(value) if policy.release else value


def _ends(ends: tuple[float, float], policy: Policy) -> tuple[float, float]:
    return _figure(ends[0], policy), _figure(ends[1], policy)
