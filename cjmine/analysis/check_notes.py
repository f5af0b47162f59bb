"""What the reader of a comparison should know: what was assumed, left out, or matches nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cjmine.analysis.populations import Populations
from cjmine.conformance.compare import Comparison
from cjmine.errors import Code, Note, did_you_mean
from cjmine.eventlog.log import CHANNEL, EventLog
from cjmine.ideal.journey import Accepted, IdealJourney
from cjmine.results.baseline import Baseline

_DAY = 86_400_000_000
_HOUR = 3_600_000_000


def comparison_notes(log: EventLog, comparison: Comparison) -> Iterator[Note]:
    """Notes on the comparison itself."""
    declared = comparison.ideal.journey
    assumed = comparison.states.assumed_wait
    if assumed is not None:
        limit = f"{assumed / _DAY:.1f} days" if assumed >= _DAY else f"{assumed / _HOUR:.1f} hours"
        yield Note(
            Code.DEADLINE_ASSUMED,
            f"no deadline and no gap is declared: unfinished journeys count as abandoned {limit}"
            " after their last event (99 of 100 waits in completed journeys are shorter)",
        )
    elif declared.deadline is None and declared.gap is None and len(comparison.journeys):
        yield Note(
            Code.DEADLINE_ASSUMED,
            "no deadline and no gap is declared, and no journey was completed: all unfinished"
            " journeys count as open",
        )
    if comparison.taken_out:
        yield Note(
            Code.TAKEN_OUT,
            "not compared with the ideal: allowed touchpoints"
            f" {comparison.allowed_events:,}, exits {comparison.exit_events:,}",
        )
    yield from _absent(comparison)
    if any(step.channels for step in declared.steps) and not log.has(CHANNEL):
        yield Note(
            Code.CHANNEL_UNKNOWN,
            "the log does not tell the channel of its events; wrong channels cannot be counted",
        )
    for step in declared.steps:
        column = step.failed.column if step.failed else None
        if column is not None and not log.has(column):
            near = did_you_mean(column, log.attributes)
            yield Note(
                Code.COLUMN_ABSENT,
                f'"{step.name}" looks for failures in the column "{column}", which the log does'
                f" not have{'; ' + near if near else ''}",
            )


def _absent(comparison: Comparison) -> Iterator[Note]:
    """Steps that no event carries; a near miss is named if enough customers have it."""
    journeys = comparison.journeys
    present = set(journeys.activities)
    steps = {step.name for step in comparison.ideal.journey.steps}
    for step in comparison.ideal.journey.steps:
        if step.name not in present:
            near = did_you_mean(step.name, sorted(present - steps))
            near = f"; {near}" if near.startswith("did you mean") else ""
            yield Note(Code.STEP_ABSENT, f'no event is "{step.name}": nobody can reach it{near}')


def accepted_notes(
    declared: Sequence[Accepted], in_force: Sequence[Accepted], populations: Populations
) -> Iterator[Note]:
    """Acceptances that have expired, and those that match no deviation."""
    found = {(one, name) for one, name, _ in populations.deviations()}
    classes = {one for one, _ in found}
    for item in declared:
        what = f"{item.deviation.value} at {item.step}" if item.step else item.deviation.value
        if item not in in_force:
            yield Note(
                Code.ACCEPTED_EXPIRED,
                f"line {item.mark.line}: {what} was accepted until {item.until.isoformat()};"
                " the log goes on after that, so it counts again",
            )
        elif not ((item.deviation, item.step) in found if item.step else item.deviation in classes):
            yield Note(
                Code.ACCEPTED_UNUSED,
                f"line {item.mark.line}: {what} is accepted, but no journey has it",
            )


def baseline_notes(
    declared: IdealJourney, baseline: Baseline | None, min_group: int
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
    if baseline.min_group != min_group:
        yield Note(
            Code.BASELINE_DIFFERS,
            f"the baseline shows groups from {baseline.min_group} customers, this check from"
            f" {min_group}",
        )
