"""What the reader of a result about chosen journeys should know: how many were set aside."""

from __future__ import annotations

from collections.abc import Iterator

from cjmine.analysis.log_counts import CountedNote
from cjmine.errors import Code
from cjmine.eventlog.chosen import Filter, SetAside
from cjmine.results.figures import Counted


def chosen_notes(aside: SetAside, filters: Filter) -> Iterator[CountedNote]:
    """The journeys that each condition sets aside, of those that the ones before it leave."""
    if not filters.said:
        return
    # A count of none says that a value occurs nowhere, as one of few would say that few have it.
    counts = tuple(
        Counted(many, max(people, 1))
        for many, people in zip(aside.journeys.tolist(), aside.customers.tolist(), strict=True)
    )
    each = [f"{said.replace('{', '{{').replace('}', '}}')}: {{}}" for said in filters.said]
    yield CountedNote(
        Code.JOURNEYS_CHOSEN, f"journeys set aside by filters: {'; '.join(each)}", counts
    )
    if filters.is_by_outcome:
        text = "journeys are chosen by what they did: shares are about the chosen"
        yield CountedNote(Code.CHOSEN_BY_OUTCOME, text)
