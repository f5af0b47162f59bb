"""From a finished satisfaction to the one that may be shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import inf

from cjmine.analysis.check.notes import rules_notes
from cjmine.analysis.intervals import Interval, adjusted_wald, student, wilson
from cjmine.analysis.looks import Better, p_value, q_values, verdict
from cjmine.analysis.satisfaction.finished import FoundQuestion, FoundSatisfaction
from cjmine.analysis.satisfaction.weights import Weighted
from cjmine.analysis.subject import Subject
from cjmine.disclosure.notes import policy_notes, shown_notes
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.satisfaction_rows import (
    by_rows,
    difference,
    long_against_short,
    peak_end,
    points_of,
    rating,
    rating_of,
    response,
)
from cjmine.disclosure.shown import count, shown, two_digits
from cjmine.errors import Note
from cjmine.results.log import Privacy
from cjmine.results.satisfaction import (
    Found,
    Moment,
    NeverAsked,
    Satisfaction,
    Score,
    Truth,
    WeightedScore,
)
from cjmine.results.share import WITHHELD
from cjmine.results.verdicts import Verdict
from cjmine.scales import Scale, Summary
from cjmine.sentences import Sentence


def shown_satisfaction(found: FoundSatisfaction, subject: Subject, policy: Policy) -> Satisfaction:
    """A satisfaction without any figure about too few customers."""
    walked = shown(found.base, policy)
    moments = tuple(row for one in found.questions for row in _moments(one, subject, policy))
    result = replace(
        walked,
        journey_file=policy.file_name(walked.journey_file) if walked.journey_file else "",
        scores=tuple(_score(one, policy) for one in found.questions),
        moments=moments,
        truths=tuple(_truths(moments, subject)),
        privacy=Privacy(policy.min_group, 0, walked.privacy.key, policy.release),
    )
    return replace(result, notes=tuple(_notes(found, result, subject, policy)))


def _score(found: FoundQuestion, policy: Policy) -> Score:
    question, everybody = found.question, found.everybody
    figure, is_known = rating(question, everybody, policy), bool(found.known)
    answered = response(everybody, policy) if is_known else WITHHELD
    return Score(
        kind=question.metric,
        scale=question.scale,
        about=found.about,
        summary=Summary.MEAN if question.scale is None else question.scale.summary,
        value=figure.value,
        low=figure.low,
        high=figure.high,
        mean=figure.mean,
        mean_low=figure.mean_low,
        mean_high=figure.mean_high,
        n=figure.n,
        is_asked_known=is_known,
        asked=answered.of,
        response=answered,
        weighted=None if figure.value is None else _weighted(found, policy),
        never_asked=tuple(NeverAsked(name, count(one, policy)) for name, one in found.never),
        by=by_rows(found.by, question, policy, is_known),
        ends=tuple(peak_end(one, policy) for one in found.ends.ends),
        duration=long_against_short(found.ends.duration, policy),
    )


def _weighted(found: FoundQuestion, policy: Policy) -> WeightedScore | None:
    """The weighted figure, beside a raw one that is shown: both are about the same answers."""
    one, scale = found.weighted, found.question.scale
    if one is None:
        return None
    sure = interval_of(one, scale)
    value, low, high = (
        two_digits(end) if policy.release else end
        for end in (points_of(scale) * one.value, sure.low, sure.high)
    )
    return WeightedScore(value, low, high, one.cells)


def interval_of(found: Weighted, scale: Scale | None) -> Interval:
    """The interval of a weighted figure, as that of the raw one at so many fewer answers."""
    n = found.answers
    if scale is not None and scale.summary is Summary.POINTS:
        sure = adjusted_wald(found.high_share * n, found.low_share * n, n, found.effect)
    elif scale is not None and scale.summary is Summary.SHARE:
        sure = wilson(found.high_share * n, n, found.effect)
    else:
        margin = student(n - 1) * found.error if n > 1 else inf
        sure = Interval(found.value - margin, found.value + margin)
    assert sure is not None, "a weighted figure has answers"
    return sure


def _moments(found: FoundQuestion, subject: Subject, policy: Policy) -> Iterator[Moment]:
    """The rows of one question; q is over those of which anything can be said."""
    scale = found.question.scale
    better = Better.LOWER if scale is Scale.CES_5_LOW else Better.HIGHER
    steps = {step.name: step for step in subject.ideal.journey.steps}
    labels = subject.ideal.space.labels
    sides = [(rating_of(one.bad, policy), rating_of(one.good, policy)) for one in found.moments]
    held = [
        None if None in (bad.n, good.n) else one.held
        for one, (bad, good) in zip(found.moments, sides, strict=True)
    ]
    q = q_values([None if one is None else p_value(one.difference) for one in held])
    for one, (bad, good), difference_held, own in zip(found.moments, sides, held, q, strict=True):
        is_shown = bad.value is not None and good.value is not None
        apart = None if difference_held is None else difference_held.difference
        yield Moment(
            kind=found.question.metric,
            step=labels[one.step],
            what=one.what,
            bad=bad,
            good=good,
            difference=difference(difference_held, 1, policy),
            figure_difference=difference(
                one.figure if is_shown else None, points_of(scale), policy
            ),
            q=own,
            verdict=verdict(apart, own, better),
            declared=steps[labels[one.step]].moment_of_truth,
        )


def _truths(moments: Sequence[Moment], subject: Subject) -> Iterator[Truth]:
    """Each step that is declared, or of which a bad passing was met."""
    for step in subject.ideal.journey.steps:
        said = [one.verdict for one in moments if one.step == step.name]
        if step.moment_of_truth or said:
            measured = Found.NO
            if Verdict.LOSS in said:
                measured = Found.YES
            elif all(one is Verdict.CANNOT_SAY for one in said):
                measured = Found.CANNOT_SAY
            yield Truth(step.name, step.moment_of_truth, measured)


def _notes(
    found: FoundSatisfaction, result: Satisfaction, subject: Subject, policy: Policy
) -> Iterator[Note]:
    yield from shown_notes(found.notes, policy)
    yield from policy_notes(policy)
    if any(one.value is None or None in (row.n for row in one.by) for one in result.scores):
        mark = f"a dash or <{policy.min_group}" if policy.release else "a dash"
        yield Sentence.DASHES.note(mark, str(policy.min_group))
    yield from rules_notes(subject)
