"""What is known of a log before the journeys of a portfolio are compared with it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.compared_part import AskOutline, Outline, outline
from cjmine.analysis.multisets import Values, values
from cjmine.analysis.portfolio.part import PortfolioPart
from cjmine.counting.merging import summed
from cjmine.eventlog.log import ACTIVITY, CHANNEL, CUSTOMER

_NOTHING = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class Outlines:
    """The outline of the whole log, and the times to the goal of each family, in their order.

    Where a family declares a deadline, its times are not asked for.
    """

    whole: Outline
    to_goal: tuple[Values, ...]

    def __add__(self, other: Outlines) -> Outlines:
        both = zip(self.to_goal, other.to_goal, strict=True)
        return summed(self, other, to_goal=tuple(one + another for one, another in both))


def outlines(part: PortfolioPart, asked: AskOutline) -> Outlines:
    """The outlines of a part."""
    log, times = part.log, part.log.times
    none = values(_NOTHING, _NOTHING)
    owners = log.codes(CUSTOMER)
    whole = Outline(
        activities=tuple(sorted(log.names(ACTIVITY))),
        channels=tuple(sorted(log.names(CHANNEL))) if log.has(CHANNEL) else (),
        customers=int(np.count_nonzero(np.bincount(owners))) if len(owners) else 0,
        first=int(times.min()) if len(times) else None,
        last=int(times.max()) if len(times) else None,
        to_goal=none,
    )
    to_goal = [
        none if one.rules.deadline is not None else outline(part.among(one), asked).to_goal
        for one in part.setup.families
    ]
    return Outlines(whole, tuple(to_goal))
