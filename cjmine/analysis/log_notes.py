"""Notes whose text has figures about customers, and those on the quality of a log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cjmine.analysis.size_counts import LogCounts
from cjmine.errors import Code
from cjmine.eventlog.log import About
from cjmine.results.figures import Counted


@dataclass(frozen=True, slots=True)
class CountedNote:
    """A note with the figures for the `{}` in its text, before anything is withheld.

    Of the names in `near`, each with its customers, the nearest to `wanted` may be added.
    """

    code: Code
    text: str
    counts: tuple[Counted, ...] = ()
    wanted: str = ""
    near: tuple[tuple[str, int], ...] = ()


def log_notes(counts: LogCounts, about: About) -> Iterator[CountedNote]:
    """The notes of the load, and what the reader of any figure should know about the events."""
    for note in about.notes:
        yield CountedNote(note.code, note.text.replace("{", "{{").replace("}", "}}"))
    tied = counts.tied.counted(0)
    if tied:
        text = "journeys with events at the same time, kept in the order of the source: {}"
        yield CountedNote(Code.TIES, text, (tied,))
    if tied and counts.equal_events:
        equal = Counted(counts.equal_events, min(counts.equal_events, tied.customers))
        text = "events equal to another in everything that is kept, all counted: {}"
        yield CountedNote(Code.DUPLICATES_KEPT, text, (equal,))
    without, before = (
        Counted(count, count) for count in (counts.without_entry, counts.before_entry)
    )
    if without or before:
        text = "set aside by the entry: journeys without it {}, events before it {}"
        yield CountedNote(Code.ENTRY_CUT, text, (without, before))
