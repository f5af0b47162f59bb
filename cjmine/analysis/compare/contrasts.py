"""How much more the compared journeys changed than those of the control, by customer.

A second round: how much a customer sways the contrast hangs on the shares over the whole log.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import Cohorts
from cjmine.analysis.compare.measures import AskCompare, measured
from cjmine.analysis.compare.sides import places
from cjmine.analysis.compared_part import Part, facts_of
from cjmine.analysis.contrasts import (
    DIFFERENCE_IN_DIFFERENCES,
    CellShares,
    contrast_influences,
)
from cjmine.analysis.influences import Influences
from cjmine.counting.groups import Ints


@dataclass(frozen=True, slots=True)
class AskContrasts:
    """The question: which measures, and over the whole log `n` of `of` by measure and cell."""

    asked: AskCompare
    rows: Ints
    n: Ints
    of: Ints

    def cells(self, place: int) -> CellShares:
        """The shares of one measure by cell."""
        return CellShares(self.n[place], self.of[place])


def contrasts_asked(asked: AskCompare, table: Cohorts, rows: Sequence[int]) -> AskContrasts:
    """The question about some measures, whose counts by cell and measure are in `table`."""
    wanted = np.array(rows, np.int64)
    n, of = (one.reshape(asked.sides.cells, -1)[:, wanted].T for one in (table.having, table.among))
    return AskContrasts(asked, wanted, n, of)


@dataclass(frozen=True, slots=True)
class Contrasts:
    """How much customers sway the contrast of each measure."""

    rows: tuple[Influences, ...]

    def __add__(self, other: Contrasts) -> Contrasts:
        pairs = zip(self.rows, other.rows, strict=True)
        return Contrasts(tuple(one + another for one, another in pairs))


def count_contrasts(part: Part, ask: AskContrasts) -> Contrasts:
    """The influences of the customers of a part."""
    facts = facts_of(part, ask.asked.moments)
    place = places(part, facts, ask.asked.sides)
    cells = ask.asked.sides.cells
    found = measured(part, facts, ask.asked)
    swayed = []
    for number, row in enumerate(ask.rows.tolist()):
        journey, has = found.of(row, len(facts))
        inside = place[journey] < cells
        journey, has = journey[inside], has[inside]
        swayed.append(
            contrast_influences(
                ask.cells(number),
                DIFFERENCE_IN_DIFFERENCES,
                place[journey],
                has,
                facts.customer[journey],
            )
        )
    return Contrasts(tuple(swayed))
