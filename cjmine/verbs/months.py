"""The months of a log: journeys that begin in one month are alike in what else happened then."""

from __future__ import annotations

from datetime import date

import numpy as np

from cjmine.analysis.judged import Judging
from cjmine.counting.groups import Ints
from cjmine.results.log import day_of, moment
from cjmine.verbs.periods import begin_of


def months_of(judging: Judging) -> Ints:
    """The moments at which months begin within a log, in its zone; none within one month."""
    first, last = (day_of(moment(one), judging.zone) for one in (judging.first, judging.until))
    found, at = [], date(first.year, first.month, 1)
    while (at := _next(at)) <= last:
        found.append(begin_of(at, judging.zone))
    return np.array(found, np.int64)


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
