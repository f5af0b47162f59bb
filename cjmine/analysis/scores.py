"""What customers answered, beside the steps of the ideal: experience is measured, never guessed."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite, sqrt

import numpy as np
import numpy.typing as npt

from cjmine.analysis.walked import Walked
from cjmine.conformance.alignments import NOWHERE
from cjmine.eventlog.log import EventLog
from cjmine.privacy.small_groups import is_small
from cjmine.results.map import Score
from cjmine.results.share import Z95

SCORE = "score"


def scores(walked: Walked) -> Iterator[Score]:
    """What customers answered, by the last step that they had had."""
    log, comparison = walked.populations.log, walked.populations.comparison
    if not log.has(SCORE):
        return
    journeys, kept = comparison.journeys, comparison.kept
    values = _numbers(log)[log.codes(SCORE)[journeys.event]]
    rows = np.flatnonzero(np.isfinite(values) & walked.seen[journeys.journey])
    upto = np.cumsum(np.isin(journeys.event, kept.event))[rows] - 1
    inside = (upto >= 0) & (kept.journey[np.maximum(upto, 0)] == journeys.journey[rows])
    rows, upto = rows[inside], upto[inside]
    flat = walked.in_variant[upto]
    before = np.where(walked.matched[flat] != NOWHERE, flat, walked.match_before[flat])
    rows, before = rows[before != NOWHERE], before[before != NOWHERE]
    step = walked.matched[before]
    words = np.array([name.partition(" ")[0] for name in journeys.activities], object)
    metric = words[journeys.activity[rows]]
    for number in walked.steps():
        for name in sorted(set(metric[step == number])):
            mine = rows[(step == number) & (metric == name)]
            if is_small(walked.gate.customers(journeys.journey[mine]), walked.gate.min_group):
                continue
            yield _score(walked.labels[number], name, values[mine])


def _numbers(log: EventLog) -> npt.NDArray[np.float64]:
    """The scores of a log by their code; what is no number is no answer, and so is code -1."""
    values = [_number(name) for name in log.names(SCORE)]
    return np.array([*values, np.nan])


def _number(written: str) -> float:
    try:
        value = float(written.strip().replace(",", "."))
    except ValueError:
        return float("nan")
    return value if isfinite(value) else float("nan")


def _score(step: str, metric: str, values: npt.NDArray[np.float64]) -> Score:
    mean = float(values.mean())
    spread = Z95 * float(values.std(ddof=1)) / sqrt(len(values)) if len(values) > 1 else 0.0
    return Score(step, metric, len(values), mean, mean - spread, mean + spread)
