"""How many journeys reach each step of the ideal, and how they go on from there."""

from __future__ import annotations

from cjmine.analysis.check.counts import CheckCounts
from cjmine.analysis.intervals import share_of
from cjmine.conformance.states import State
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.results.check import NeverRow, StateCounts, StepRow
from cjmine.results.figures import Counted


def step_rows(counts: CheckCounts, ideal: CompiledIdeal) -> tuple[StepRow, ...]:
    """One row a step in the order of the ideal; only counted journeys, but `open`."""
    rows = []
    for step in ideal.journey.steps:
        number = ideal.space.labels.index(step.name)
        abandoned, exited, still_open, finished = _ends(counts, number)
        rows.append(
            StepRow(
                step=step.name,
                stage=ideal.journey.stage_of(step.name),
                moment_of_truth=step.moment_of_truth,
                reached=counts.reached.n(number),
                matched=counts.matched.n(number),
                seen=_seen(counts, number),
                went_on=counts.went_on.counted(number),
                abandoned=abandoned,
                exited=exited,
                open=still_open,
                finished=finished,
                drop_off=share_of(counts.drop_off.n(number), counts.drop_off.of(number)),
                reach=share_of(counts.reached.n(number), counts.reached.of(number)),
            )
        )
    return tuple(rows)


def _seen(counts: CheckCounts, step: int) -> Counted:
    """The journeys with a step's touchpoint; the row also shows how many of them match it."""
    found = counts.seen.n(step)
    beside = (found.rest, counts.matched_of_seen.n(step).rest)
    return Counted(found, found.customers, min((rest for rest in beside if rest), default=0))


def never_row(counts: CheckCounts, ideal: CompiledIdeal) -> NeverRow:
    """The journeys that have no step of the ideal."""
    return NeverRow(*_ends(counts, len(ideal.space.labels)))


def _ends(counts: CheckCounts, step: int) -> list[Counted]:
    """The journeys that have their last match at a step: abandoned, exited, open, finished."""
    order = (State.ABANDONED, State.EXITED, State.OPEN, State.COMPLETED)
    return [counts.ends.counted(step * len(State) + state) for state in order]


def state_counts(counts: CheckCounts) -> StateCounts:
    """The journeys in each state."""
    return StateCounts(
        completed=counts.states.counted(State.COMPLETED),
        exited=counts.states.counted(State.EXITED),
        open=counts.states.counted(State.OPEN),
        abandoned=counts.states.counted(State.ABANDONED),
        truncated=counts.states.counted(State.TRUNCATED),
    )
