"""How much more the journeys of an idea changed than those of its control, by customer.

A second round: how much a customer sways the contrast hangs on the shares over the whole log.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import Cohorts
from cjmine.analysis.compare.contrasts import Contrasts
from cjmine.analysis.compared_part import Part, facts_of
from cjmine.analysis.contrasts import (
    DIFFERENCE_IN_DIFFERENCES,
    CellShares,
    contrast_influences,
)
from cjmine.analysis.ideas.counts import AskIdeas, followed_rows


@dataclass(frozen=True, slots=True)
class AskIdeaContrasts:
    """The question: the measures with a control, and the shares of the four cells of each."""

    asked: AskIdeas
    cells: tuple[CellShares, ...]


def contrasts_asked(asked: AskIdeas, sides: Cohorts) -> AskIdeaContrasts:
    """The question about the measures with a control; `sides` are counted over the whole log."""
    many = len(asked.measures)
    cells = []
    for own, control in asked.controlled:
        at = np.array([own, many + own, control, many + control])
        cells.append(CellShares(sides.having[at], sides.among[at]))
    return AskIdeaContrasts(asked, tuple(cells))


def count_idea_contrasts(part: Part, ask: AskIdeaContrasts) -> Contrasts:
    """The influences of the customers of a part, in the order of the measures with a control."""
    facts = facts_of(part, ask.asked.compare.moments)
    followed = followed_rows(part, facts, ask.asked)
    begin = part.journeys.time[part.journeys.starts[:-1]]
    swayed = []
    for pair, cells in zip(ask.asked.controlled, ask.cells, strict=True):
        rows = [followed[one] for one in pair]
        journey = np.concatenate([one.journey for one in rows])
        has = np.concatenate([one.has for one in rows])
        segment = np.repeat([0, 1], [len(one.journey) for one in rows])
        plan = ask.asked.measures[pair[0]].plan
        week = plan.place(begin[journey])
        cell = 2 * segment + (week >= len(plan.before))
        kept = week >= 0
        swayed.append(
            contrast_influences(
                cells,
                DIFFERENCE_IN_DIFFERENCES,
                cell[kept],
                has[kept],
                facts.customer[journey[kept]],
            )
        )
    return Contrasts(tuple(swayed))
