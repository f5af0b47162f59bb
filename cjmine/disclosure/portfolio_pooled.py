"""Groups of journeys as far as they may be shown: phases, owners, levels and templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cjmine.analysis.cohorts import Cohorts
from cjmine.analysis.intervals import share_of
from cjmine.analysis.portfolio.courses import together
from cjmine.analysis.portfolio.pooled import PooledCounts
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.shown import shown
from cjmine.results.map import Score
from cjmine.results.portfolio import PooledRow, PortfolioJourney, worst
from cjmine.results.share import WITHHELD, Share


@dataclass(frozen=True, slots=True)
class Group:
    """Some journeys by their places: all that are `declared`, and those that are `measured`.

    `declared` are places among all members, `measured` among the measured ones.
    """

    name: str
    declared: tuple[int, ...]
    measured: tuple[int, ...]


def groups_of(
    names: Sequence[str], of_member: Sequence[str | None], measured: Sequence[int]
) -> list[Group]:
    """A group a name; `of_member` is the name of each member, `measured` their places."""
    place = {member: at for at, member in enumerate(measured)}
    found = []
    for name in names:
        declared = tuple(at for at, one in enumerate(of_member) if one == name)
        found.append(Group(name, declared, tuple(place[at] for at in declared if at in place)))
    return found


def pooled_row(
    group: Group,
    at: int,
    counts: PooledCounts,
    rows: Sequence[PortfolioJourney],
    scores: tuple[Score, ...],
    has_customers: bool,
    policy: Policy,
) -> PooledRow:
    """The row of the group that is counted `at` a place; `rows` are all journeys.

    `has_customers`: how many customers it has may be shown.
    """
    mine = [rows[one] for one in group.declared]
    is_empty = all(one.journeys is None for one in mine)
    has_contact = any(one.contact is not None for one in mine)
    contact = _share(counts.contact, at, policy) if has_contact else None
    return PooledRow(
        name=group.name,
        declared=len({one.journey for one in mine}),
        measured=len({one.journey for one in mine if one.verdict is not None}),
        journeys=None if is_empty else policy.rounded(int(counts.journeys[at])),
        customers=policy.rounded(int(counts.customers[at])) if has_customers else None,
        goal=_share(counts.goal, at, policy),
        drop_off=_share(counts.lost, at, policy),
        contact=contact,
        scores=scores,
        expectations=sum(one.expectations for one in mine),
        verdict=worst(one.verdict for one in mine),
        broken=sum(one.broken or 0 for one in mine),
        gain=None,
        trend=together([one.trend for one in mine]),
        movement=None,
        moved_since=None,
    )


def _share(found: Cohorts, at: int, policy: Policy) -> Share:
    share = share_of(found.n(at), found.of(at))
    return shown(share, policy) if share.of else WITHHELD
