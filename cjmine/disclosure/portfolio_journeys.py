"""The journeys of a portfolio as far as they may be shown: each as `check` shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from cjmine.analysis.portfolio.finished import FinishedJourney
from cjmine.analysis.portfolio.members import Member
from cjmine.counting.groups import Flags
from cjmine.disclosure.check import shown_check
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.scores import shown_scores
from cjmine.disclosure.shown import shown
from cjmine.disclosure.step_table import hidden_cells
from cjmine.results.check import Check
from cjmine.results.expectations import Verdict
from cjmine.results.figures import Counted, Sampled
from cjmine.results.map import Score
from cjmine.results.portfolio import PortfolioJourney, TrendPoint
from cjmine.results.share import WITHHELD, Share


@dataclass(frozen=True, slots=True)
class ShownJourney:
    """A measured journey, its check as it may be shown, and the shares beside it.

    `check` is None where too few customers are in it: then nothing of it is shown.
    """

    finished: FinishedJourney
    check: Check | None
    lost: Share
    contact: Share | None
    trend: tuple[TrendPoint, ...]
    scores: tuple[Score, ...] = ()

    @property
    def goal(self) -> Share:
        """The share that reached the goal."""
        if self.check is None:
            return WITHHELD
        found = self.check.goal
        return Share(found.value, found.low, found.high, found.n, found.of)

    @property
    def customers(self) -> int | None:
        """The customers of the journeys that had their full time, where that is shown."""
        return None if self.check is None else self.check.counted.customers

    def without_customers(self) -> ShownJourney:
        """The same without this number."""
        assert self.check is not None
        counted = replace(self.check.counted, customers=None)
        return replace(self, check=replace(self.check, counted=counted))


def shown_journey(found: FinishedJourney, policy: Policy) -> ShownJourney:
    """A journey without any figure about too few customers."""
    contact = None if found.contact is None else WITHHELD
    if policy.min_group > 1 and found.customers < policy.min_group:
        return ShownJourney(found, None, WITHHELD, contact, ())
    check = shown_check(found.check, found.subject, policy, None)
    # Goal, exits and drop-off add up to the counted journeys: `check` decides them together.
    is_lost_shown = check.states.abandoned is not None and check.goal.of is not None
    return ShownJourney(
        found,
        check,
        shown(found.lost, policy) if is_lost_shown else WITHHELD,
        None if found.contact is None else shown(found.contact, policy),
        _trend(found.course, policy),
        shown_scores(found.scores, ("",), policy),
    )


def _trend(course: Sequence[tuple[str, Share]], policy: Policy) -> tuple[TrendPoint, ...]:
    """The goal of each week or month; all of them and each of them have known sums."""
    if not course:
        return ()
    rows = [[_with(share), _without(share)] for _, share in course]
    sizes = np.array([[int(one) for one in row] for row in rows], np.int64).T
    people = np.array([[one.customers for one in row] for row in rows], np.int64).T
    hidden: Flags = hidden_cells(sizes, people, policy.min_group)
    points = []
    for at, (day, share) in enumerate(course):
        one = shown(share, policy)
        if hidden[:, at].any() or one.n is None:
            one = Share(None, None, None, None, one.of)
        points.append(TrendPoint(day, one.n, one.of, one.value))
    return tuple(points)


def _with(share: Share) -> Counted:
    assert isinstance(share.n, Counted)
    return share.n


def _without(share: Share) -> Counted:
    assert isinstance(share.n, Counted) and isinstance(share.of, Sampled)
    return Counted(share.of - share.n, share.n.rest or 0)


def journey_row(member: Member, found: ShownJourney | None, policy: Policy) -> PortfolioJourney:
    """The row of a journey; `found` is None where it is not measured."""
    entry, ideal = member.entry, member.ideal
    check = None if found is None else found.check
    review = member.review_by
    return PortfolioJourney(
        journey=entry.name,
        file=entry.file,
        title=ideal.journey.name if ideal else None,
        purpose=ideal.journey.purpose if ideal else None,
        phase=entry.phase,
        level=entry.level,
        parent=entry.parent,
        owner=member.owner,
        review_by=review.isoformat() if review else None,
        status=member.status,
        value=member.value,
        journeys=check.counted.journeys if check else None,
        customers=found.customers if found else None,
        goal=found.goal if found else WITHHELD,
        drop_off=found.lost if found else WITHHELD,
        contact=found.contact if found else None,
        scores=found.scores if found else (),
        expectations=len(ideal.journey.expectations) if ideal else 0,
        verdict=check.verdict if check else None,
        broken=check.count(Verdict.BROKEN) if check else None,
        gain=None,
        trend=found.trend if found else (),
        movement=None,
        moved_since=None,
    )
