"""From finished hints to those that may be shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cjmine.analysis.check.notes import rules_notes
from cjmine.analysis.hints.finished import FinishedHints
from cjmine.analysis.subject import Subject
from cjmine.disclosure.notes import policy_notes, shown_notes
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.shown import shown
from cjmine.errors import Note
from cjmine.results.hints import Hints
from cjmine.results.log import Privacy
from cjmine.sentences import Sentence


def shown_hints(found: FinishedHints, subject: Subject, policy: Policy) -> Hints:
    """Hints without any figure about too few customers."""
    walked = shown(found.hints, policy)
    result = replace(
        walked,
        journey_file=policy.file_name(walked.journey_file),
        privacy=Privacy(policy.min_group, 0, walked.privacy.key, policy.release),
    )
    return replace(result, notes=tuple(_notes(found, result, subject, policy)))


def _notes(found: FinishedHints, result: Hints, subject: Subject, policy: Policy) -> Iterator[Note]:
    yield from shown_notes(found.notes, policy)
    yield from policy_notes(policy)
    if _has_gap(result):
        mark = f"a dash or <{policy.min_group}" if policy.release else "a dash"
        yield Sentence.DASHES.note(mark, str(policy.min_group))
    yield from rules_notes(subject)


def _has_gap(found: Hints) -> bool:
    """Whether a figure is withheld that a table has a place for."""
    if found.repaired is None:
        return False
    shares = (found.repaired.fitting_before, found.repaired.fitting_after)
    edits = found.repaired.edits
    return any(one.n is None for one in shares) or any(one.journeys is None for one in edits)
