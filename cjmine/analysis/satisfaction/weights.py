"""What all who were asked would have said, if those who answered speak for the like of them.

Unhappy customers may answer less often. Where they do so because of what is known of them (the
state of their journey when asked, the channel, a contact before, a column), each answer can stand
for those of its cell who did not answer: it counts as often as the inverse of the share that did
(Horvitz and Thompson 1952; cells with one weight each are post-stratification, Holt and Smith
1979). Where they answer less for reasons within a cell, nothing in a log can repair it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum, sqrt

import numpy as np

from cjmine.analysis.satisfaction.counts import widths_of
from cjmine.analysis.satisfaction.rated import band_of, mean_of, worth_of
from cjmine.analysis.satisfaction.tallies import Tally
from cjmine.analysis.score_counts import BANDS, Question
from cjmine.counting.groups import Ints, distinct

LEAST_ASKED, LEAST_ANSWERED = 30, 5  # of a cell


@dataclass(frozen=True, slots=True)
class Weighted:
    """The figure of the scale over all who were asked.

    `value` is what an answer is worth on average (see `worth_of`), `low_share` and `high_share`
    the weighted shares of the lowest and the highest band. `error` is the standard error of
    `value`, and `effect` its variance by that of as many answers of equal weight; 1 or more.
    `answers` are in `cells`.
    """

    value: float
    low_share: float
    high_share: float
    error: float
    effect: float
    answers: int
    cells: int


def pooled_cells(key: Ints, asked: Ints, answered: Ints, sizes: tuple[int, ...]) -> Ints:
    """The cell that each key belongs to, where small cells are put together in a fixed order.

    Cells of fewer than 30 asked or 5 answers are one with the other small cells that differ in the
    last thing that cells are made of; what is still too small, with those that differ in the last
    two; and so on. What is left at the end goes with the smallest cell.

    >>> asked, answered = np.array([40, 20, 15]), np.array([20, 10, 5])
    >>> pooled_cells(np.array([0, 1, 2]), asked, answered, (4, 1)).tolist()
    [0, 1, 1]
    """
    cell = np.full(len(key), -1)
    cells = 0
    for width in (*reversed(widths_of(sizes)), 0):
        left = np.flatnonzero(cell < 0)
        prefix = key[left] // width if width else np.zeros(len(left), np.int64)
        for one in distinct(prefix).tolist():
            mine = left[prefix == one]
            enough = answered[mine].sum() >= LEAST_ANSWERED
            if enough and asked[mine].sum() >= LEAST_ASKED:
                cell[mine], cells = cells, cells + 1
    rest = cell < 0
    if rest.any():
        sizes_of = np.bincount(cell[~rest], asked[~rest], cells)
        cell[rest] = int(np.argmin(sizes_of)) if cells else 0
    return cell


def weighted(found: Tally, sizes: tuple[int, ...], question: Question) -> Weighted | None:
    """The weighted figure of those who were asked; None without an answer.

    Each cell weighs as many as were asked in it. Its variance is that within cells, and that of
    the sizes of cells.
    """
    key = found.asked.group
    asked = found.asked.times
    scores = found.scores
    if not len(scores.value):
        return None
    place = np.searchsorted(key, scores.group)
    answered = np.bincount(place, scores.times, len(key)).astype(np.int64)
    cell = pooled_cells(key, asked, answered, sizes)
    cells, total = int(cell.max()) + 1, int(asked.sum())
    value = scores.value.astype(np.float64)
    worth, low_worth, high_worth = _worths(value, question)
    weight = np.bincount(cell, asked, cells) / total
    means, variance, low, high = [], [], [], []
    for one in range(cells):
        mine = np.flatnonzero(cell[place] == one)
        times = scores.times[mine]
        n = int(times.sum())
        mean = mean_of(worth[mine], times)
        means.append(mean.value)
        variance.append(weight[one] ** 2 * mean.error**2)
        low.append(weight[one] * fsum(low_worth[mine] * times) / n)
        high.append(weight[one] * fsum(high_worth[mine] * times) / n)
    figure = fsum(weight * means)
    between = fsum(weight * (np.array(means) - figure) ** 2) / total
    answers = int(scores.times.sum())
    squares = [
        weight[one] * fsum(scores.times[mine] * worth[mine] ** 2) / scores.times[mine].sum()
        for one in range(cells)
        if len(mine := np.flatnonzero(cell[place] == one))
    ]
    single = (fsum(squares) - figure**2) / max(1, answers - 1)
    error2 = max(fsum(variance) + between, single)
    effect = error2 / single if single > 1e-12 else 1.0
    return Weighted(figure, fsum(low), fsum(high), sqrt(error2), effect, answers, cells)


def _worths(value: np.ndarray, question: Question) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What each score is worth, whether it is in the lowest band, and in the highest."""
    if question.scale is None:
        return value, np.zeros(len(value)), np.zeros(len(value))
    band = band_of(value, question.scale)
    lowest, highest = (band == 0).astype(float), (band == BANDS - 1).astype(float)
    return worth_of(value, question), lowest, highest
