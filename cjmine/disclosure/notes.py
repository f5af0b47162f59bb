"""Notes with the figures that may be shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cjmine.analysis.log_counts import CountedNote
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.shown import may_show
from cjmine.errors import Code, Note
from cjmine.eventlog.log import About
from cjmine.privacy.group_size import DEFAULT_MIN_GROUP
from cjmine.results.figures import Counted
from cjmine.sentences import Sentence

_OF_IDENTIFIERS = (Code.UNLINKED, Code.CLASHES, Code.HUBS, Code.SHARED_DEVICES)
_COUNT = re.compile(r" (\d{1,3}(?:,\d{3})*)(?=,? \(|, |\)|$)")


def shown_notes(notes: Iterable[CountedNote | Note], policy: Policy) -> Iterator[Note]:
    """The notes as text; a figure about too few customers becomes "fewer than k"."""
    for note in notes:
        if isinstance(note, Note):
            yield _of_load(note, policy)
            continue
        said = [one if isinstance(one, str) else _written(one, policy) for one in note.said]
        if note.each:
            each = (f"{name}: {_written(count, policy)}" for name, count in note.each)
            said.append("; ".join(each))
        yield note.sentence.note(*said)


def load_notes(about: About, policy: Policy) -> Iterator[Note]:
    """The notes that a log carries of its load."""
    yield from shown_notes(about.notes, policy)


def _of_load(note: Note, policy: Policy) -> Note:
    """A note of a load: it counts records, or identifiers, of which each may be one customer."""
    if policy.release:
        return Note(note.code, f"not released; cjmine explain {note.code.value} says what it is")
    if note.code not in _OF_IDENTIFIERS:
        return note

    def written(found: re.Match[str]) -> str:
        is_small = policy.is_small(int(found[1].replace(",", "")))
        return f" fewer than {policy.min_group}" if is_small else found[0]

    return Note(note.code, _COUNT.sub(written, note.text))


def _written(count: Counted, policy: Policy) -> str:
    if may_show(count, policy):
        return f"{policy.rounded(count):,}"
    return f"fewer than {policy.min_group}"


def policy_notes(policy: Policy) -> Iterator[Note]:
    """What a reader must know where smaller groups are shown than usual, or counts are rounded."""
    if policy.min_group < DEFAULT_MIN_GROUP:
        yield Sentence.SMALLEST_GROUP.note(str(policy.min_group), str(DEFAULT_MIN_GROUP))
    if policy.release:
        yield Sentence.ROUNDED.note(str(policy.base), str(policy.min_group))
