"""What the goal did in the weeks before a change, and what that would have given after it."""

from __future__ import annotations

from math import sqrt

import numpy as np

from cjmine.analysis.cohorts import Cohorts
from cjmine.analysis.compare.sides import Sides
from cjmine.analysis.compare.weeks import SEGMENTS, WEEK, full_weeks
from cjmine.analysis.interrupted import LEAST_WEEKS_BEFORE, quasi_binomial, step_at
from cjmine.counting.groups import Ints
from cjmine.results.compare import GoalTrend, SideDifference


def goal_trend(table: Cohorts, sides: Sides, is_one_line: bool) -> GoalTrend | None:
    """The trend of the goal by its full weeks; None without windows of time.

    `is_one_line`: the weeks of both sides are of one stretch of time, so that a trend before says
    something of after. All figures are about the customers of all weeks together.
    """
    if not sides.windows:
        return None
    before, after = (full_weeks(one) for one in sides.windows)
    n, of = (one.reshape(-1, SEGMENTS) for one in (table.having, table.among))
    step = slope = None
    if before >= LEAST_WEEKS_BEFORE:
        if is_one_line:
            apart = round((sides.windows[1].since - sides.windows[0].until) / WEEK)
            places = np.concatenate([np.arange(before), before + apart + np.arange(after)])
            reached, judged = (_in_line(one[:, 0], places) for one in (n, of))
            step = step_at(reached, judged, np.arange(len(judged)) >= before)
        slope = _slope_p(n[:before], of[:before], sides.control is not None)
    found = None if step is None else step.difference
    return GoalTrend(
        weeks_before=before,
        weeks_after=after,
        without=None if step is None else step.without,
        difference=None if found is None else SideDifference(found.value, found.low, found.high),
        slope_p=slope,
    )


def _in_line(values: Ints, places: Ints) -> Ints:
    """One value a week; a week that is not compared has a place of its own, without journeys."""
    found = np.zeros(int(places[-1]) + 1, np.int64)
    found[places] = values
    return found


def _slope_p(n: Ints, of: Ints, has_control: bool) -> float | None:
    """How often chance alone gives such a slope of the goal, or of its distance to the control."""
    from scipy.special import stdtr

    segments = SEGMENTS if has_control else 1
    time = np.repeat(np.arange(len(n)) - (len(n) - 1) / 2, segments)
    columns = [np.ones(len(time)), time]
    if has_control:
        is_compared = np.tile([1.0, 0.0], len(n))
        columns = [*columns, is_compared, is_compared * time]
    fit = quasi_binomial(
        np.stack(columns, axis=1), n[:, :segments].ravel(), of[:, :segments].ravel()
    )
    if fit is None:
        return None
    error = sqrt(max(1.0, fit.dispersion) * float(fit.covariance[-1, -1]))
    return float(2 * stdtr(fit.freedom, -abs(float(fit.coefficients[-1])) / error))
