"""The same journeys beside two ideals, as far as that may be shown."""

from __future__ import annotations

from collections.abc import Sequence

from cjmine.analysis.compare.finished import FoundShare
from cjmine.analysis.compare.next import GOAL, NextCounts
from cjmine.analysis.compare.words import compared_rows
from cjmine.analysis.subject import Subject
from cjmine.disclosure.compare_frame import Asked, framed, with_notes
from cjmine.disclosure.compare_rows import shown_rows
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.shown import count
from cjmine.results.compare import Compared, Group
from cjmine.results.figures import Counted


def shown_next(
    counts: NextCounts,
    subject: Subject,
    asked: Asked,
    shares: Sequence[FoundShare],
    policy: Policy,
) -> Compared:
    """Both ideals side by side; there is no verdict, since no journey was another one."""
    rows = compared_rows(shown_rows(shares, (), counts.fit, (), policy), has_verdict=False)
    journeys = counts.measures.of(GOAL)
    customers = Counted(journeys.customers, journeys.customers)
    sizes = (count(journeys, policy), count(customers, policy))
    one, other = (Group(name, *sizes) for name in asked.names)
    result = framed(counts.overview, subject, asked, rows, (one, other), policy)
    return with_notes(result, counts.overview, subject, asked, policy)
