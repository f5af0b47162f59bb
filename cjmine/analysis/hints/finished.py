"""From the counts of `hints` to its figures: each still knows the customers behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import unified_diff

from cjmine.analysis.check.notes import absent_notes
from cjmine.analysis.cohorts import Cohorts
from cjmine.analysis.hints.counts import HintCounts
from cjmine.analysis.hints.found import FoundHint
from cjmine.analysis.hints.repair import Repair
from cjmine.analysis.intervals import share_of
from cjmine.analysis.log_counts import CountedNote, sources_of
from cjmine.analysis.subject import Subject
from cjmine.errors import Note
from cjmine.hints_sentences import HintSentence
from cjmine.results.hints import EditRow, Hints, Repaired
from cjmine.results.log import Privacy
from cjmine.results.share import Share


@dataclass(frozen=True, slots=True)
class Repairing:
    """A journey file as it was, as it was edited, and the counted journeys that fit it then."""

    text: str
    repair: Repair
    fitting: Cohorts


@dataclass(frozen=True, slots=True)
class HintPlan:
    """What is asked: the harm that would not matter, what like journeys share, and the messages.

    `is_rated_twice`: one question is answered on two scales.
    """

    margin: float
    messages: tuple[str, ...]
    is_rated_twice: bool
    held_equal: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FinishedHints:
    """Hints before anything is withheld. Nothing of it may be shown as it is.

    `found` are the hints, of which `hints` has none yet.
    """

    hints: Hints
    found: tuple[FoundHint, ...]
    notes: tuple[CountedNote | Note, ...]


def finished(
    counts: HintCounts,
    subject: Subject,
    plan: HintPlan,
    found: Iterable[FoundHint],
    repairing: Repairing | None,
) -> FinishedHints:
    """The figures of hints. A log without journeys gives empty counts."""
    declared = subject.ideal.journey
    hints = Hints(
        schema="cjmine/hints/1",
        journey=declared.name,
        journey_file=declared.file,
        log=counts.overview.size(subject.about, subject.filters),
        sources=sources_of(subject.about),
        judged=counts.overview.period(subject.judging),
        journeys=counts.fitting.of(0),
        margin=plan.margin,
        hints=(),
        kept=(),
        held_equal=plan.held_equal,
        repaired=None if repairing is None else _repaired(counts.fitting, repairing),
        notes=(),
        privacy=Privacy(0, 0, subject.about.key_id),
        edited=repairing.repair.text if repairing is not None and repairing.repair.edits else "",
    )
    return FinishedHints(hints, tuple(found), tuple(_notes(counts, subject, plan)))


def _repaired(fitting: Cohorts, found: Repairing) -> Repaired:
    rows = (
        EditRow(one.edit.kind, one.edit.names, one.edit.most, one.journeys)
        for one in found.repair.edits
    )
    return Repaired(
        fitting_before=_share(fitting),
        fitting_after=_share(found.fitting),
        edits=tuple(rows),
        diff=_diff(found.text, found.repair.text),
    )


def _share(fitting: Cohorts) -> Share:
    return share_of(fitting.n(0), fitting.of(0))


def _diff(old: str, new: str) -> str:
    """What changes, with three lines around it; without the names of files."""
    lines = list(unified_diff(old.splitlines(), new.splitlines(), lineterm=""))
    return "\n".join(lines[2:])


def _notes(counts: HintCounts, subject: Subject, plan: HintPlan) -> Iterator[CountedNote | Note]:
    yield from counts.overview.notes(subject.about, subject.filters, subject.judging)
    yield from absent_notes(subject)
    if not plan.messages:
        yield CountedNote(HintSentence.NO_MESSAGES)
    if plan.is_rated_twice:
        yield CountedNote(HintSentence.NO_RATING)
