"""Notes with the figures that may be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cjmine.analysis.log_counts import CountedNote
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.shown import may_show
from cjmine.errors import Code, Note
from cjmine.privacy.group_size import DEFAULT_MIN_GROUP
from cjmine.results.figures import Counted


def shown_notes(notes: Iterable[CountedNote], policy: Policy) -> Iterator[Note]:
    """The notes as text; a figure about too few customers becomes "fewer than k"."""
    for note in notes:
        if note.is_exact and policy.release:
            yield Note(note.code, f"not released; cjmine explain {note.code.value} says what it is")
            continue
        text = note.text
        if note.counts:  # names in other texts may hold braces
            text = text.format(*(_written(one, policy) for one in note.counts))
        yield Note(note.code, text)


def _written(count: Counted, policy: Policy) -> str:
    if may_show(count, policy):
        return f"{policy.rounded(count):,}"
    return f"fewer than {policy.min_group}"


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
