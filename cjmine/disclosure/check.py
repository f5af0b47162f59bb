"""From a finished check to the check that may be shown, judged by what it shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cjmine.analysis.baseline import baseline_use
from cjmine.analysis.check.finished import FinishedCheck
from cjmine.analysis.check.notes import baseline_notes, rules_notes
from cjmine.analysis.examples import examples
from cjmine.analysis.expectations import Judge
from cjmine.analysis.fitness import Estimate
from cjmine.analysis.subject import Subject
from cjmine.disclosure.baseline import shown_baseline
from cjmine.disclosure.checked_segments import checked_segments
from cjmine.disclosure.deviations import shown_deviations
from cjmine.disclosure.fitness import shown_conformance, shown_counted
from cjmine.disclosure.journey_map import shown_map
from cjmine.disclosure.notes import policy_notes, shown_notes
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.possible import gives_a_state_away, possible_drop_offs, possible_shares
from cjmine.disclosure.ranges import shown_ranges
from cjmine.disclosure.scores import shown_scores
from cjmine.disclosure.shown import shown
from cjmine.disclosure.step_table import shown_states, shown_steps
from cjmine.errors import Code, Note
from cjmine.ideal.measures import Measure
from cjmine.results.baseline import Baseline
from cjmine.results.check import Check, Example, StateCounts, StepRow
from cjmine.results.discovery import Goal, goal_of
from cjmine.results.expectations import ExpectationRow, Undecided, verdict_of
from cjmine.results.figures import OTHER, Counted, Sampled
from cjmine.results.fit import CountedFit
from cjmine.results.log import Privacy
from cjmine.results.share import WITHHELD, Share
from cjmine.sentences import Sentence

_NO_GOAL = Goal((), None, None, None, None, None)


def shown_check(
    found: FinishedCheck, subject: Subject, policy: Policy, baseline: Baseline | None
) -> Check:
    """A check without any figure about too few customers; expectations are judged after that."""
    check = found.check
    baseline = None if baseline is None else shown_baseline(baseline, policy)
    steps, never = shown_steps(check.steps, check.never, policy)
    # What is decided by other rules is put back after the walk.
    walked = shown(
        replace(
            check,
            states=shown_states(check.states, policy),
            goal=_NO_GOAL,
            steps=steps,
            never=never,
            expectations=(),
            verdict=verdict_of(()),
        ),
        policy,
    )
    result = replace(
        walked,
        journey_file=policy.file_name(check.journey_file),
        conformance=shown_conformance(check.conformance, found.counts.whole, policy),
        counted=shown_counted(
            check.counted, check.conformance.shortest, found.counts.counted, policy
        ),
        goal=goal_of(check.goal.activities, _goal(check.goal.share, walked.states, policy)),
        steps=tuple(
            _without_matched(row, finished, policy)
            for row, finished in zip(walked.steps, check.steps, strict=True)
        ),
    )
    withheld = frozenset(row.step for row in result.steps if row.drop_off.n is None)
    every_step = frozenset(item.deviation for item in subject.accepted if item.step is None)
    deviations = shown_deviations(found.deviations, withheld, every_step, policy)
    folded = sum(row.journeys or 0 for row in deviations if row.activity == OTHER)
    result = replace(
        result,
        deviations=deviations,
        ranges=None if found.ranges is None else shown_ranges(found.ranges, policy),
        privacy=Privacy(policy.min_group, folded, check.privacy.key, policy.release),
    )
    result = _with_pictures(found, result, subject, policy)
    result = _judged(
        found,
        result,
        subject,
        Judge(subject.accepted, baseline, subject.ideal.choices, subject.judging.is_uncertain),
        policy,
    )
    if found.segments is not None and subject.by is not None:
        rows = checked_segments(found.segments, subject.by, result, policy)
        result = replace(result, segments=rows)
    if baseline is not None:
        result = replace(result, baseline=baseline_use(result, baseline))
    return replace(result, notes=tuple(_notes(found, result, subject, policy, baseline)))


def _goal(reached: Share, states: StateCounts, policy: Policy) -> Share:
    found = shown(reached, policy)
    if found.of is not None and gives_a_state_away(found.of, states, policy):
        return WITHHELD
    return found


def _without_matched(row: StepRow, finished: StepRow, policy: Policy) -> StepRow:
    """Who matched a step follows from who reached it and who did not match it.

    Where few did not, both counts are nearly the same, and rounding twice would show more.
    """
    matched = finished.matched
    few = isinstance(matched, Counted) and policy.is_small(matched.rest or 0)
    return replace(row, matched=None) if few or row.reached is None else row


def _with_pictures(found: FinishedCheck, result: Check, subject: Subject, policy: Policy) -> Check:
    """The scores, and the examples and the map where they were counted."""
    if found.map is not None:
        undeclared = (row.activity for row in result.deviations if row.code is Code.UNEXPECTED)
        result = replace(result, map=shown_map(found.map, frozenset(undeclared), policy))
    scores = shown_scores(found.scores, subject.ideal.space.labels, policy)
    result = replace(result, map=replace(result.map, scores=scores))
    if found.examples is not None:
        some = examples(found.examples, subject.ideal, subject.activities, policy.min_group)
        result = replace(result, examples=shown(_Examples(some), policy).rows)
    return result


@dataclass(frozen=True, slots=True)
class _Examples:
    rows: tuple[Example, ...]


def _judged(
    found: FinishedCheck, result: Check, subject: Subject, judge: Judge, policy: Policy
) -> Check:
    """The expectations with their verdicts, which depend on nothing but what is shown."""
    steps = {row.step: row for row in result.steps}
    rows: list[ExpectationRow] = []
    for one, row in zip(subject.ideal.journey.expectations, found.check.expectations, strict=True):
        if one.measure is Measure.FITNESS:
            rows.append(judge.fitness(one, row, _fitness(result.counted)))
            continue
        step = steps[one.step] if one.measure is Measure.DROP_OFF and one.step else None
        bare = shown(row, policy)
        assert isinstance(row.of, Sampled)
        if bare.of is None or (step is not None and step.drop_off.n is None):
            ends = possible_drop_offs(step, row.of, policy) if step is not None else ()
            bare = replace(bare, n=None, of=None, share=None)
        else:
            ends = possible_shares(row, bare, policy)
            bare = bare if bare.n is not None else replace(bare, share=None)
        rows.append(judge.share(one, bare, ends, policy.rounded(row.of.customers)))
    return replace(result, expectations=tuple(rows), verdict=verdict_of(rows))


def _fitness(found: CountedFit) -> Estimate | Undecided:
    if found.log_fitness is None:
        return Undecided.NOBODY if found.journeys == 0 else Undecided.WITHHELD
    if found.low is None or found.high is None:
        return Undecided.LED
    return Estimate(found.log_fitness, found.low, found.high, found.customers or 0)


def _notes(
    found: FinishedCheck,
    result: Check,
    subject: Subject,
    policy: Policy,
    baseline: Baseline | None,
) -> Iterator[Note]:
    yield from shown_notes(found.notes, policy)
    yield from baseline_notes(
        subject.ideal.journey, baseline, policy.min_group, subject.filters.said
    )
    yield from policy_notes(policy)
    if any(_has_gap(row) for row in result.steps):
        mark = f"a dash or <{policy.min_group}" if policy.release else "a dash"
        yield Sentence.DASHES.note(mark, str(policy.min_group))
    if any(row.certain != row.possible for row in result.ranges or ()):
        yield Sentence.EQUALLY_CHEAP.note()
    yield from rules_notes(subject)


def _has_gap(row: StepRow) -> bool:
    counts = (row.reached, row.matched, row.went_on, row.abandoned, row.exited, row.open)
    return None in (*counts, row.finished, row.drop_off.n)
