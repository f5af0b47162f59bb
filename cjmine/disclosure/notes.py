"""Notes with the figures and names that may be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cjmine.analysis.log_notes import CountedNote
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.shown import may_show
from cjmine.errors import Note, did_you_mean
from cjmine.results.figures import Counted


def shown_notes(notes: Iterable[CountedNote], policy: Policy) -> Iterator[Note]:
    """The notes as text; a figure about too few customers becomes "fewer than k"."""
    for note in notes:
        text = note.text.format(*(_written(count, policy) for count in note.counts))
        labels = [name for name, holders in note.near if not policy.is_small(holders)]
        near = did_you_mean(note.wanted, labels) if note.wanted else ""
        yield Note(note.code, f"{text}; {near}" if near.startswith("did you mean") else text)


def _written(count: Counted, policy: Policy) -> str:
    if may_show(count, policy):
        return f"{policy.rounded(count):,}"
    return f"fewer than {policy.min_group}"
