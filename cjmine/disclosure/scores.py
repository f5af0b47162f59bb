"""What customers answered, as far as it may be shown: figures follow from the counts shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from cjmine.analysis.intervals import Interval, adjusted_wald, wilson
from cjmine.analysis.scores import FoundScore
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.shown import count, may_show_measured, score, two_digits
from cjmine.results.figures import Counted
from cjmine.results.map import Score, ScoreBand
from cjmine.scales import Summary


def shown_scores(
    found: Iterable[FoundScore], labels: tuple[str, ...], policy: Policy
) -> tuple[Score, ...]:
    """The scores of steps that enough customers answered about."""
    return tuple(_scores(found, labels, policy))


def _scores(
    found: Iterable[FoundScore], labels: tuple[str, ...], policy: Policy
) -> Iterator[Score]:
    for one in found:
        answers = policy.rounded(one.answers)
        if policy.is_small(one.answers.customers) or not answers:
            continue
        yield _score(one, labels[one.step], answers, policy)


def _score(found: FoundScore, step: str, answers: int, policy: Policy) -> Score:
    scale, mean = found.question.scale, score(found.mean, policy)
    bands = _bands(found, policy)
    row = Score(
        step=step,
        metric=found.question.metric,
        scale=scale,
        summary=Summary.MEAN if scale is None else scale.summary,
        answers=answers,
        value=None,
        low=None,
        high=None,
        mean=mean,
        bands=bands,
    )
    if row.summary is Summary.MEAN:
        sure = found.sure if mean is not None else None
        if sure is not None and policy.release:
            sure = Interval(two_digits(sure.low), two_digits(sure.high))
        return _with(replace(row, value=mean), sure)
    if not may_show_measured(found.mean, policy):
        return row
    if row.summary is Summary.SHARE:
        return _satisfied(found, row, policy)
    few, most = bands[0].answers, bands[-1].answers
    if few is None or most is None:
        return row
    # Rounded bands may add up to more than the rounded sum.
    of = max(answers, few + most)
    effect = two_digits(found.effect) if policy.release else found.effect
    row = replace(row, value=100 * (most - few) / of)
    return _with(row, adjusted_wald(most, few, of, effect))


def _satisfied(found: FoundScore, row: Score, policy: Policy) -> Score:
    """The share of the highest band; the customers of the others are its complement."""
    *others, highest = found.bands
    rest = max(one.customers for one in others)
    most = count(Counted(highest, highest.customers, rest, highest.largest), policy)
    if most is None:
        return row
    most = min(most, row.answers)
    effect = two_digits(found.effect) if policy.release else found.effect
    return _with(replace(row, value=most / row.answers), wilson(most, row.answers, effect))


def _with(row: Score, sure: Interval | None) -> Score:
    if sure is None:
        return row
    return replace(row, low=sure.low, high=sure.high)


def _bands(found: FoundScore, policy: Policy) -> tuple[ScoreBand, ...]:
    """The bands; one that is withheld could be computed from the others and their sum."""
    scale = found.question.scale
    if scale is None:
        return ()
    shown = [count(one, policy) for one in found.bands]
    if None in shown:
        shown = [None] * len(shown)
    return tuple(
        ScoreBand(band.name, answers) for band, answers in zip(scale.bands, shown, strict=True)
    )
