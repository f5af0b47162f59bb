"""Notes with the figures that may be shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cjmine.analysis.log_counts import CountedNote
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.shown import may_show, two_digits
from cjmine.errors import Code, Note
from cjmine.eventlog.log import About
from cjmine.privacy.group_size import DEFAULT_MIN_GROUP
from cjmine.results.figures import Counted

_UNITS = (("days", 86_400), ("hours", 3_600), ("minutes", 60))
_OF_IDENTIFIERS = (Code.UNLINKED, Code.CLASHES, Code.HUBS, Code.SHARED_DEVICES)
_COUNT = re.compile(r" (\d{1,3}(?:,\d{3})*)(?=,? \(|, |\)|$)")


def shown_notes(notes: Iterable[CountedNote], policy: Policy) -> Iterator[Note]:
    """The notes as text; a figure about too few customers becomes "fewer than k"."""
    for note in notes:
        if note.is_exact:
            yield _of_load(note, policy)
            continue
        figures = [_written(one, policy) for one in note.counts]
        figures += [] if note.wait is None else [_lasting(note.wait, policy)]
        # Names in texts without figures may hold braces.
        yield Note(note.code, note.text.format(*figures) if figures else note.text)


def load_notes(about: About, policy: Policy) -> Iterator[Note]:
    """The notes that a log carries of its load."""
    found = (CountedNote(one.code, one.text, is_exact=True) for one in about.notes)
    yield from shown_notes(found, policy)


def _of_load(note: CountedNote, policy: Policy) -> Note:
    """A note of a load: it counts records, or identifiers, of which each may be one customer."""
    if policy.release:
        return Note(note.code, f"not released; cjmine explain {note.code.value} says what it is")
    if note.code not in _OF_IDENTIFIERS:
        return Note(note.code, note.text)

    def written(found: re.Match[str]) -> str:
        is_small = policy.is_small(int(found[1].replace(",", "")))
        return f" fewer than {policy.min_group}" if is_small else found[0]

    return Note(note.code, _COUNT.sub(written, note.text))


def _written(count: Counted, policy: Policy) -> str:
    if may_show(count, policy):
        return f"{policy.rounded(count):,}"
    return f"fewer than {policy.min_group}"


def _lasting(wait: float, policy: Policy) -> str:
    """A duration in days, hours or minutes, with two significant digits like any other."""
    unit, size = next(one for one in _UNITS if wait >= one[1] or one is _UNITS[-1])
    return f"{wait / size:.1f} {unit}" if policy.is_exact else f"{two_digits(wait / size):g} {unit}"


def policy_notes(policy: Policy) -> Iterator[Note]:
    """What a reader must know where smaller groups are shown than usual, or counts are rounded."""
    if policy.min_group < DEFAULT_MIN_GROUP:
        text = (
            f"the smallest group shown has {policy.min_group} (usual: {DEFAULT_MIN_GROUP}"
            " customers); keep this result inside"
        )
        yield Note(Code.SMALL_GROUPS_SHOWN, text)
    if policy.release:
        text = (
            f"counts are rounded to multiples of {policy.base} before shares are computed, so sums"
            f" may differ; counts of fewer than {policy.min_group} customers are withheld"
        )
        yield Note(Code.RELEASED, text)
