"""The scores of a group of customers, one of each, as the figure of their scale and as a mean."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum, sqrt

import numpy as np

from cjmine.analysis.differences import Mean
from cjmine.analysis.influences import Floats
from cjmine.analysis.intervals import Interval, student
from cjmine.analysis.multisets import Values
from cjmine.analysis.score_counts import BANDS, Question
from cjmine.analysis.scores import FoundScore
from cjmine.counting.groups import Ints
from cjmine.results.figures import Counted, Measured
from cjmine.scales import Scale, Summary


@dataclass(frozen=True, slots=True)
class Rated:
    """The scores of one group: `times` customers gave `value`."""

    question: Question
    value: Floats
    times: Ints

    @property
    def n(self) -> int:
        """How many customers answered."""
        return int(self.times.sum())

    @property
    def band(self) -> Ints:
        """The band of each value, from low to high; without a scale all are in the first."""
        if self.question.scale is None:
            return np.zeros(len(self.value), np.int64)
        return band_of(self.value, self.question.scale)

    @property
    def mean(self) -> Mean:
        """The mean of the scores with its standard error. Raises ValueError without any."""
        return mean_of(self.value, self.times)

    @property
    def interval(self) -> Interval | None:
        """Student's interval of the mean, within the scale; None of one customer."""
        scale, found = self.question.scale, self.mean
        if found.customers < 2:
            return None
        margin = student(found.customers - 1) * found.error
        low, high = found.value - margin, found.value + margin
        if scale is None:
            return Interval(low, high)
        return Interval(max(low, float(scale.low)), min(high, float(scale.high)))

    def found(self) -> FoundScore:
        """The figure of the scale, as a check has it; its step means nothing."""
        n = Counted(self.n, self.n, None, 1)
        bands: tuple[Counted, ...] = ()
        if self.question.scale is not None:
            many = np.bincount(self.band, self.times, BANDS).astype(np.int64)
            bands = tuple(Counted(int(one), int(one), None, min(1, int(one))) for one in many)
        mean = Measured(self.mean.value, self.n, self.n, 1)
        return FoundScore(0, self.question, n, bands, mean, self.interval, 1.0)


def rated(question: Question, scores: Values) -> Rated:
    """The scores of customers; their groups mean nothing here."""
    return Rated(question, scores.value.astype(np.float64), scores.times)


def band_of(value: Floats, scale: Scale) -> Ints:
    """The place of the band of each value.

    >>> band_of(np.array([6.0, 7.0, 10.0]), Scale.NPS).tolist()
    [0, 1, 2]
    """
    lows = [one.low for one in scale.bands]
    found: Ints = np.searchsorted(lows, value, "right") - 1
    return found


def worth_of(value: Floats, question: Question) -> Floats:
    """What each answer adds to the figure of its scale.

    1, 0 or -1 of a net promoter score, 1 or 0 of a share, the answer itself of a mean.

    >>> worth_of(np.array([6.0, 7.0, 10.0]), Question("NPS", Scale.NPS)).tolist()
    [-1.0, 0.0, 1.0]
    """
    if question.scale is None or question.scale.summary is Summary.MEAN:
        return value
    band = band_of(value, question.scale)
    worth = band == BANDS - 1 if question.scale.summary is Summary.SHARE else band - 1
    found: Floats = worth.astype(np.float64)
    return found


def mean_of(value: Floats, times: Ints) -> Mean:
    """The mean of values that occur so often, one a customer, with its standard error.

    >>> found = mean_of(np.array([10.0, 20.0]), np.array([2, 2]))
    >>> found.value, round(found.error, 3)
    (15.0, 2.887)
    """
    n = int(times.sum())
    if not n:
        raise ValueError("a mean needs a value")
    mean = fsum(value * times) / n
    if n < 2:
        return Mean(mean, 0.0, n)
    return Mean(mean, sqrt(fsum(times * (value - mean) ** 2) / (n - 1) / n), n)
