"""One row a journey: what became of it, and how far it is from the ideal."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cjmine.conformance.alignments import Move
from cjmine.conformance.facts import Facts
from cjmine.conformance.states import State
from cjmine.eventlog.log import CUSTOMER


@dataclass(frozen=True, slots=True)
class JourneyTable:
    """Columns of equal length; `last_step` is None where no step was matched.

    `events` are those compared with the ideal, `fitness` is 1 - cost / (events + shortest ideal).
    """

    customer: list[str]
    state: list[str]
    events: npt.NDArray[np.int64]
    cost: npt.NDArray[np.int64]
    fitness: npt.NDArray[np.float64]
    last_step: list[str | None]


def journey_table(facts: Facts) -> JourneyTable:
    """Every journey of a comparison, in the order of the cut log; never folded."""
    comparison, moves = facts.comparison, facts.comparison.moves
    tokens = facts.log.names(CUSTOMER)
    names = [state.name.lower() for state in State]
    cost, events = facts.of_variant(moves.cost), comparison.compared.lengths
    worst = np.maximum(events + comparison.ideal.space.shortest, 1)
    last = np.full(len(comparison.variants), -1)
    matches = np.flatnonzero(moves.kind == Move.SYNCHRONOUS)
    last[moves.trace[matches]] = moves.label[matches]
    labels: list[str | None] = [*comparison.ideal.space.labels, None]
    return JourneyTable(
        customer=[tokens[code] for code in comparison.journeys.customer],
        state=[names[state] for state in facts.state],
        events=events,
        cost=cost,
        fitness=1 - cost / worst,
        last_step=[labels[step] for step in facts.of_variant(last)],
    )
