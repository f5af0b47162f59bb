"""What the reader of a check should know: what was assumed, left out, or matches nothing."""

from __future__ import annotations

from collections.abc import Iterator

from cjmine.analysis.check_counts import ALLOWED, EXITS, SURVEYS
from cjmine.analysis.check_parts import Counts
from cjmine.analysis.chosen_notes import chosen_notes
from cjmine.analysis.deviations import DeviationTable
from cjmine.analysis.judged import judged_notes
from cjmine.analysis.log_counts import CountedNote, notes_of
from cjmine.analysis.score_notes import score_notes
from cjmine.analysis.subject import Subject
from cjmine.errors import Code, Note, did_you_mean
from cjmine.eventlog.log import CHANNEL, ROLES, Cases
from cjmine.ideal.journey import IdealJourney
from cjmine.results.baseline import Baseline


def check_notes(counts: Counts, subject: Subject, table: DeviationTable) -> Iterator[CountedNote]:
    """Notes on the log, on the comparison and on what is accepted."""
    yield from notes_of(counts.log, subject.about)
    yield from chosen_notes(counts.aside, subject.filters)
    yield from judged_notes(counts.judged, subject.judging)
    taken_out = counts.check.taken_out
    allowed, exits = taken_out.counted(ALLOWED), taken_out.counted(EXITS)
    surveys = taken_out.counted(SURVEYS)
    if surveys:
        text = "not compared with the ideal: allowed touchpoints {}, exits {}, surveys {}"
        yield CountedNote(Code.TAKEN_OUT, text, (allowed, exits, surveys))
    elif allowed or exits:
        text = "not compared with the ideal: allowed touchpoints {}, exits {}"
        yield CountedNote(Code.TAKEN_OUT, text, (allowed, exits))
    yield from score_notes(counts.scores)
    yield from _absent(subject)
    yield from _unknown(subject)
    yield from _accepted(subject, table)


def _absent(subject: Subject) -> Iterator[CountedNote]:
    """Steps that no event has; a near name is added if it may be shown."""
    steps = {step.name for step in subject.ideal.journey.steps}
    labels = [name for name in subject.labels if name not in steps]
    for step in subject.absent_steps:
        near = did_you_mean(step, labels)
        near = f"; {near}" if near.startswith("did you mean") else ""
        text = f'no event is "{step}": nobody can reach it{near}'
        yield CountedNote(Code.STEP_ABSENT, text)


def _unknown(subject: Subject) -> Iterator[CountedNote]:
    """Columns that the ideal looks at and the log does not have."""
    declared = subject.ideal.journey
    if any(step.channels for step in declared.steps) and CHANNEL not in subject.columns:
        yield CountedNote(
            Code.CHANNEL_UNKNOWN,
            "the log does not tell the channel of its events; wrong channels cannot be counted",
        )
    for step in declared.steps:
        column = step.failed.column if step.failed else None
        if column is not None and column not in subject.columns:
            near = did_you_mean(column, [one for one in subject.columns if one not in ROLES])
            yield CountedNote(
                Code.COLUMN_ABSENT,
                f'"{step.name}" looks for failures in the column "{column}", which the log does'
                f" not have{'; ' + near if near else ''}",
            )


def _accepted(subject: Subject, table: DeviationTable) -> Iterator[CountedNote]:
    """Acceptances that have expired, and those that match no deviation."""
    in_force, choices = subject.accepted, subject.ideal.choices
    for item in subject.ideal.journey.accepted:
        what = f"{item.deviation.value} at {item.step}" if item.step else item.deviation.value
        if item not in in_force:
            yield CountedNote(
                Code.ACCEPTED_EXPIRED,
                f"line {item.mark.line}: {what} was accepted until {item.until.isoformat()};"
                " the log goes on after that, so it counts again",
            )
        elif not any(
            item.deviation is one.of_class and choices.is_about(item.step, one.row.activity)
            for one in table.rows
        ):
            yield CountedNote(
                Code.ACCEPTED_UNUSED,
                f"line {item.mark.line}: {what} is accepted, but no journey has it",
            )


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
            yield Note(
                Code.BASELINE_MISSING,
                f"expectations that are compared with a baseline: {len(relative):,}; without"
                " --baseline they cannot be decided",
            )
        return
    if baseline.journey != declared.name:
        yield Note(Code.BASELINE_DIFFERS, "the baseline is of a journey with another name")
    if baseline.filters != filters:
        yield Note(Code.BASELINE_DIFFERS, "the baseline is about journeys of other filters")
    if baseline.min_group != min_group:
        yield Note(
            Code.BASELINE_DIFFERS,
            f"the baseline shows groups from {baseline.min_group} customers, this check from"
            f" {min_group}",
        )


def rules_notes(subject: Subject) -> Iterator[Note]:
    """Rules that do not apply to the log, and a goal that is not declared."""
    journey = subject.ideal.journey
    if subject.about.cases is Cases.GIVEN and (journey.gap or journey.until_goal):
        yield Note(
            Code.RULES_IGNORED, "the log came with its cases; the rules under case: do not apply"
        )
    yield from subject.ideal.notes
