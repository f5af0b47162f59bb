"""What the reader of a result about chosen journeys should know: how many were set aside."""

from __future__ import annotations

from collections.abc import Iterator

from cjmine.analysis.log_counts import CountedNote
from cjmine.eventlog.chosen import Filter, SetAside
from cjmine.results.figures import Counted
from cjmine.sentences import Sentence


def chosen_notes(aside: SetAside, filters: Filter) -> Iterator[CountedNote]:
    """The journeys that each condition sets aside, of those that the ones before it leave."""
    if not filters.said:
        return
    # A count of none says that a value occurs nowhere, as one of few would say that few have it.
    counts = (
        Counted(many, max(people, 1))
        for many, people in zip(aside.journeys.tolist(), aside.customers.tolist(), strict=True)
    )
    yield CountedNote(Sentence.CHOSEN, each=tuple(zip(filters.said, counts, strict=True)))
    if filters.is_by_outcome:
        yield CountedNote(Sentence.BY_OUTCOME)
