"""From counted answers to the scores of steps: each still knows the customers behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import fsum, inf, sqrt

import numpy as np
import numpy.typing as npt

from cjmine.analysis.intervals import Interval, student
from cjmine.analysis.score_counts import BANDS, FATES, OUTSIDE, Question, ScoreCounts
from cjmine.counting.groups import Ints
from cjmine.results.figures import Counted, Measured
from cjmine.scales import Scale, Summary


@dataclass(frozen=True, slots=True)
class FoundScore:
    """The answers to one question about one step, before anything is withheld.

    `bands` are the answers in each band of the scale, from low to high; empty without a scale.
    `sure` is the interval where the figure is the mean, None of one customer. `effect` is the
    design effect where it is another: so many answers say as much as one of a customer who gave no
    other.
    """

    step: int
    question: Question
    answers: Counted
    bands: tuple[Counted, ...]
    mean: Measured
    sure: Interval | None
    effect: float


def found_scores(
    counts: ScoreCounts, questions: tuple[Question, ...], steps: list[int]
) -> Iterator[FoundScore]:
    """The scores of the steps in their order.

    A question whose answers lie outside its scale was asked on another one: it has no score.
    """
    for step in steps:
        for place, question in enumerate(questions):
            group = step * len(questions) + place
            if counts.answered.count[group] and not is_elsewhere(counts, place, question):
                yield _score(counts, step, question, group, place)


def is_elsewhere(counts: ScoreCounts, place: int, question: Question) -> bool:
    """Whether answers lie outside the scale of a question."""
    return question.scale is not None and bool(counts.fates.count[place * FATES + OUTSIDE])


def _score(
    counts: ScoreCounts, step: int, question: Question, group: int, place: int
) -> FoundScore:
    value, times = counts.answers.of(group)
    answers = counts.answered.sum(group)
    mean = fsum(np.repeat(value, times)) / answers
    customers = _customers(counts, group)
    first = (step * len(Scale) + place) * BANDS
    bands = range(first, first + BANDS) if question.scale else ()
    in_bands = tuple(counts.bands.sum(band) for band in bands)
    return FoundScore(
        step=step,
        question=question,
        answers=answers,
        bands=in_bands,
        mean=Measured(mean, answers.customers, int(answers), int(counts.answered.largest[group])),
        sure=_interval(customers, question.scale),
        effect=_effect(customers, question.scale, in_bands),
    )


@dataclass(frozen=True, slots=True)
class _Customers:
    """What customers gave: `times` of them `many` answers that are worth `points` together."""

    many: Ints
    points: npt.NDArray[np.float64]
    times: Ints

    @property
    def number(self) -> int:
        """All of them."""
        return int(self.times.sum())

    @property
    def answers(self) -> int:
        """All answers."""
        return int(self.many @ self.times)

    @property
    def mean(self) -> float:
        """What an answer is worth."""
        return fsum(self.points * self.times) / self.answers

    @property
    def variance(self) -> float:
        """The variance of `mean` over customers (linearised, Kish 1965), from two on."""
        spread = fsum(self.times * (self.points - self.many * self.mean) ** 2)
        return self.number * spread / ((self.number - 1) * self.answers**2)


def _customers(counts: ScoreCounts, group: int) -> _Customers:
    groups = len(counts.answered.count)
    mine = np.flatnonzero(counts.points.group % groups == group)
    points = counts.points
    return _Customers(
        points.group[mine] // groups, points.value[mine].astype(np.float64), points.times[mine]
    )


def _interval(found: _Customers, scale: Scale | None) -> Interval | None:
    """Student's interval of a mean, within its scale; None of one customer."""
    if found.number < 2:
        return None
    margin = student(found.number - 1) * sqrt(found.variance)
    low, high = found.mean - margin, found.mean + margin
    if scale is None:
        return Interval(low, high)
    return Interval(max(low, float(scale.low)), min(high, float(scale.high)))


def _effect(found: _Customers, scale: Scale | None, bands: tuple[Counted, ...]) -> float:
    """The variance over customers, by that of as many customers with one answer each."""
    if scale is None or (found.many == 1).all():
        return 1.0
    if found.number < 2:
        return inf
    squares = bands[-1] + (bands[0] if scale.summary is Summary.POINTS else 0)
    alike = int(found.many**2 @ found.times) / found.answers
    single = (squares - found.answers * found.mean**2) / (found.answers - 1) / found.answers
    # Where all answers are alike, how customers differ is not known: they count as one each.
    effect = found.variance / single if single > 1e-12 else alike
    return max(1.0, effect)
