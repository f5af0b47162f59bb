"""The same journeys beside the present ideal and a new one: who walks the new one already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import Among, Cohorts, cohorts, rows
from cjmine.analysis.compare.finished import FoundShare, found_share
from cjmine.analysis.compare.fit import SidedFit, count_both
from cjmine.analysis.compared_part import Moments, Part, Rules, facts_of, ideal_of
from cjmine.analysis.crossed import CrossedCohorts, crossed_among
from cjmine.analysis.deviation_counts import everybody
from cjmine.analysis.overview import Overview, count_overview
from cjmine.conformance.compare import compare
from cjmine.conformance.facts import Facts
from cjmine.counting.groups import Ints
from cjmine.counting.merging import summed
from cjmine.eventlog.named_events import having, named
from cjmine.results.compare import AS_DESIGNED, DONE, GOAL_RATE

GOAL, DESIGNED, FIRST_STEP = range(3)


@dataclass(frozen=True, slots=True)
class AskNext:
    """The question: names and moments of the whole log, the new ideal, and the steps of both."""

    activities: tuple[str, ...]
    moments: Moments
    rules: Rules
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NextCounts:
    """The counts beside the present ideal, then beside the new one; by side, then by measure."""

    overview: Overview
    measures: Cohorts
    crossed: CrossedCohorts
    fit: SidedFit

    def __add__(self, other: NextCounts) -> NextCounts:
        return summed(self, other)


def count_next(part: Part, asked: AskNext) -> NextCounts:
    """The counts of a part; the new ideal is about the same journeys, judged in the same way."""
    now = facts_of(part, asked.moments)
    found, states = now.comparison, now.comparison.states
    new = Facts(part.log, compare(part.journeys, ideal_of(asked.rules), found.window, states))
    width = FIRST_STEP + len(asked.steps)
    sides = [_having(one, asked.steps) for one in (now, new)]
    group = np.concatenate([number + side * width for side, (number, _) in enumerate(sides)])
    journey = np.concatenate([one for _, one in sides])
    has = rows(group, now.customer[journey], 2 * width, now.customers)
    counted = everybody(now).journeys
    base = Among(np.concatenate([counted, counted]))
    denominator = np.zeros(width, np.int64)
    is_inside = np.ones(len(journey), bool)
    return NextCounts(
        overview=count_overview(part, now, asked.moments, asked.activities),
        measures=cohorts(base, np.repeat([0, 1], width), has, None, is_inside),
        crossed=crossed_among(base, denominator, has, is_inside),
        fit=count_both(now, new),
    )


def _having(facts: Facts, steps: tuple[str, ...]) -> tuple[Ints, Ints]:
    """The measures of counted journeys beside one ideal: number and journey, one row each."""
    comparison = facts.comparison
    journeys, labels = comparison.journeys, comparison.ideal.space.labels
    reached = named(journeys, comparison.ideal.journey.goal) & ~comparison.states.is_after
    at_goal = np.flatnonzero(having(journeys, reached) & facts.is_counted)
    fits = (facts.of_variant(comparison.moves.cost) == 0) & facts.is_counted
    designed = np.flatnonzero(fits)
    seen = facts.seen_steps
    place = np.array([steps.index(name) for name in labels], np.int64)
    done = FIRST_STEP + place[seen.step[seen.is_matched]]
    number = [np.full(len(at_goal), GOAL), np.full(len(designed), DESIGNED), done]
    return (
        np.concatenate(number),
        np.concatenate([at_goal, designed, seen.journey[seen.is_matched]]),
    )


def next_shares(
    counts: NextCounts, steps: tuple[str, ...], now: tuple[str, ...], new: tuple[str, ...]
) -> Iterator[FoundShare]:
    """Every share beside both ideals; a step that one of them lacks has no share there."""
    width = FIRST_STEP + len(steps)

    def found(measure: str, step: str | None, row: int) -> FoundShare:
        return found_share(counts.measures, counts.crossed, width, measure, step, row, True)

    yield found(GOAL_RATE, None, GOAL)
    yield found(AS_DESIGNED, None, DESIGNED)
    for place, step in enumerate(steps):
        one = found(DONE, step, FIRST_STEP + place)
        yield one.beside(step in now, step in new)
