"""What the reader of a check should know: what was assumed, left out, or matches nothing."""

from __future__ import annotations

from collections.abc import Iterator

from cjmine.analysis.check.counts import ALLOWED, EXITS, SURVEYS
from cjmine.analysis.check.parts import Counts
from cjmine.analysis.deviations import DeviationTable
from cjmine.analysis.log_counts import CountedNote
from cjmine.analysis.score_notes import score_notes
from cjmine.analysis.subject import Subject
from cjmine.errors import Note, did_you_mean
from cjmine.eventlog.log import CHANNEL, ROLES, Cases
from cjmine.ideal.journey import IdealJourney
from cjmine.results.baseline import Baseline
from cjmine.sentences import Sentence


def check_notes(
    counts: Counts, subject: Subject, table: DeviationTable
) -> Iterator[CountedNote | Note]:
    """Notes on the log, on the comparison and on what is accepted."""
    yield from counts.overview.notes(subject.about, subject.filters, subject.judging)
    taken_out = counts.check.taken_out
    allowed, exits = taken_out.counted(ALLOWED), taken_out.counted(EXITS)
    surveys = taken_out.counted(SURVEYS)
    if surveys:
        yield CountedNote(Sentence.WITHOUT_SURVEYS, (allowed, exits, surveys))
    elif allowed or exits:
        yield CountedNote(Sentence.NOT_COMPARED, (allowed, exits))
    yield from score_notes(counts.scores)
    yield from absent_notes(subject)
    yield from _unknown(subject)
    yield from _accepted(subject, table)


def absent_notes(subject: Subject) -> Iterator[CountedNote]:
    """Steps that no event has; a near name is added if it may be shown."""
    steps = {step.name for step in subject.ideal.journey.steps}
    labels = [name for name in subject.labels if name not in steps]
    for step in subject.absent_steps:
        near = did_you_mean(step, labels)
        near = f"; {near}" if near.startswith("did you mean") else ""
        yield CountedNote(Sentence.NOBODY_AT_STEP, (step, near))


def _unknown(subject: Subject) -> Iterator[CountedNote]:
    """Columns that the ideal looks at and the log does not have."""
    declared = subject.ideal.journey
    if any(step.channels for step in declared.steps) and CHANNEL not in subject.columns:
        yield CountedNote(Sentence.NO_CHANNELS)
    for step in declared.steps:
        column = step.failed.column if step.failed else None
        if column is not None and column not in subject.columns:
            near = did_you_mean(column, [one for one in subject.columns if one not in ROLES])
            near = f"; {near}" if near else ""
            yield CountedNote(Sentence.NO_COLUMN, (step.name, column, near))


def _accepted(subject: Subject, table: DeviationTable) -> Iterator[CountedNote]:
    """Acceptances that have expired, and those that match no deviation."""
    in_force, choices = subject.accepted, subject.ideal.choices
    for item in subject.ideal.journey.accepted:
        what = f"{item.deviation.value} at {item.step}" if item.step else item.deviation.value
        if item not in in_force:
            until = item.until.isoformat()
            yield CountedNote(Sentence.EXPIRED, (str(item.mark.line), what, until))
        elif not any(
            item.deviation is one.of_class and choices.is_about(item.step, one.row.activity)
            for one in table.rows
        ):
            yield CountedNote(Sentence.UNUSED, (str(item.mark.line), what))


def baseline_notes(
    declared: IdealJourney,
    baseline: Baseline | None,
    min_group: int,
    filters: tuple[str, ...],
) -> Iterator[Note]:
    """Where a baseline is missing, or was made in another way."""
    relative = [one for one in declared.expectations if one.budget.from_baseline]
    if baseline is None:
        if relative:
            yield Sentence.NO_BASELINE.note(len(relative))
        return
    if baseline.journey != declared.name:
        yield Sentence.OTHER_JOURNEY.note()
    if baseline.filters != filters:
        yield Sentence.OTHER_FILTERS.note()
    if baseline.min_group != min_group:
        yield Sentence.OTHER_GROUPS.note(str(baseline.min_group), str(min_group))


def rules_notes(subject: Subject) -> Iterator[Note]:
    """Rules that do not apply to the log, and a goal that is not declared."""
    journey = subject.ideal.journey
    if subject.about.cases is Cases.GIVEN and (journey.gap or journey.until_goal):
        yield Sentence.RULES_UNUSED.note()
    yield from subject.ideal.notes
