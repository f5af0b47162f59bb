"""What `satisfaction` counts in each part of a log; counts of parts add up."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import numpy as np

from cjmine.analysis.cohorts import Cells, cells, rows
from cjmine.analysis.compared_part import Moments, Part, facts_of
from cjmine.analysis.like.items import having_items, items_of
from cjmine.analysis.multisets import Values, values
from cjmine.analysis.overview import Overview, count_overview
from cjmine.analysis.satisfaction.asked import STATES, Asked, Asker, everybody_asked
from cjmine.analysis.satisfaction.passings import PASSED, WAYS, Passings, passings
from cjmine.analysis.satisfaction.tallies import Tally, tally
from cjmine.analysis.score_counts import ScoreCounts, count_scores
from cjmine.conformance.facts import Facts
from cjmine.conformance.states import State
from cjmine.counting.groups import Flags, Ints
from cjmine.counting.merging import summed
from cjmine.declared import JOURNEY

GOOD = len(WAYS)  # the side of good passings, after those of each bad way
SIDES = len(WAYS) + 1
OTHERS = 3  # bad passings of other steps: none, one, more
STRATA = len(STATES) * OTHERS
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
# Round times by which journeys are short or long, in seconds.
TIMES = (
    *(one * _MINUTE for one in (1, 2, 5, 10, 20, 30)),
    *(one * _HOUR for one in (1, 2, 3, 6, 12)),
    *(one * _DAY for one in (1, 2, 3, 4, 5, 6, 7, 10, 14, 21, 30, 45, 60, 90, 120, 180, 270, 365)),
)
LONGS = len(TIMES) + 1


@dataclass(frozen=True, slots=True)
class AskSatisfaction:
    """The question: names and moments of the whole log."""

    activities: tuple[str, ...]
    moments: Moments
    asker: Asker

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many values each thing has by which customers are in cells: see `cells`."""
        kinds = (len(one.values) + 1 for one in self.asker.kinds)
        return (len(STATES), len(self.asker.channels) + 1, 2, *kinds)


@dataclass(frozen=True, slots=True)
class QuestionCounts:
    """The customers who were asked one question.

    `known` of them by an event of being asked. `cells` has them by state when asked, first
    channel, contact before, and each column, in this order; `steps` by the last step matched
    before; `deviations` by item, as `check` counts their journeys; `moments` by step, side (each
    bad way, then good) and stratum (state when asked, bad passings of other steps): a customer is
    there once a step and side. `ends` has scores by whether a moment before the last was bad,
    whether the last was, and how long the journey took (a place among `TIMES`). `never` are the
    counted journeys in which it was not asked, by their state.
    """

    known: int
    cells: Tally
    steps: Tally
    deviations: Tally
    moments: Tally
    ends: Values
    never: Cells

    def __add__(self, other: QuestionCounts) -> QuestionCounts:
        return summed(self, other)


@dataclass(frozen=True, slots=True)
class SatisfactionCounts:
    """All counts; `questions` in the order in which they are asked for."""

    overview: Overview
    scores: ScoreCounts
    questions: tuple[QuestionCounts, ...]

    def __add__(self, other: SatisfactionCounts) -> SatisfactionCounts:
        both = zip(self.questions, other.questions, strict=True)
        return summed(self, other, questions=tuple(one + two for one, two in both))


def count_satisfaction(part: Part, asked: AskSatisfaction) -> SatisfactionCounts:
    """The counts of a part."""
    facts = facts_of(part, asked.moments)
    every = everybody_asked(part, facts, asked.asker)
    found = passings(facts, asked.asker.contacts)
    items = having_items(facts, items_of(facts.comparison.ideal, asked.activities))
    return SatisfactionCounts(
        overview=count_overview(part, facts, asked.moments, asked.activities),
        scores=count_scores(facts, asked.activities),
        questions=tuple(
            _question(facts, one, asked.asker.about(question), found, items, asked)
            for question, one in zip(asked.asker.questions, every, strict=True)
        ),
    )


def _question(
    facts: Facts,
    found: Asked,
    about: str | None,
    passed: Passings,
    items: tuple[Ints, Ints],
    asked: AskSatisfaction,
) -> QuestionCounts:
    never = rows(facts.state[found.never], facts.customer[found.never], len(State), facts.customers)
    row_of = np.full(len(facts), -1)
    row_of[found.journey] = np.arange(len(found.journey))
    having = np.flatnonzero(row_of[items[1]] >= 0)
    bad = _passed_before(facts, found, passed, row_of)
    return QuestionCounts(
        known=int(np.count_nonzero(found.is_known)),
        cells=tally(_cell(found, asked.sizes), found.score),
        steps=tally(_about(facts, found, about), found.score),
        deviations=tally(items[0][having], found.score[row_of[items[1][having]]]),
        moments=_moments(found, bad),
        ends=_ends(found, bad),
        never=cells(never),
    )


def _about(facts: Facts, found: Asked, about: str | None) -> Ints:
    """The step that each customer was asked about; the number of steps for the whole journey."""
    labels = facts.comparison.ideal.space.labels
    if about is None or (about not in labels and about != JOURNEY):
        return found.step
    return np.full(len(found.step), labels.index(about) if about in labels else len(labels))


def _cell(found: Asked, sizes: tuple[int, ...]) -> Ints:
    cell: Ints = np.zeros(len(found.state), np.int64)
    columns = (found.state, found.channel, found.has_contact.astype(np.int64), *found.kind)
    for column, size in zip(columns, sizes, strict=True):
        cell = cell * size + column
    return cell


def widths_of(sizes: tuple[int, ...]) -> tuple[int, ...]:
    """By how much the number of a cell grows with each thing that it is made of.

    >>> widths_of((4, 3, 2))
    (6, 2, 1)
    """
    return tuple(prod(sizes[at + 1 :]) for at in range(len(sizes)))


def _passed_before(facts: Facts, found: Asked, passed: Passings, row_of: Ints) -> Flags:
    """How each customer asked had passed each step by then: one row, and a column a way."""
    row = row_of[passed.journey]
    inside = np.flatnonzero(row >= 0)
    inside = inside[passed.time[inside] <= found.time[row[inside]]]
    flags = np.zeros((len(found.journey), facts.step_count, PASSED + 1), bool)
    flags[row[inside], passed.step[inside], passed.way[inside]] = True
    return flags


def _moments(found: Asked, flags: Flags) -> Tally:
    is_bad: Flags = np.any(flags[:, :, :PASSED], axis=2)
    others = is_bad.sum(axis=1)[:, None] - is_bad
    stratum = found.state[:, None] * OTHERS + np.minimum(others, OTHERS - 1)
    sides = flags.copy()
    sides[:, :, GOOD] &= ~is_bad
    row, step, side = np.nonzero(sides)
    return tally((step * SIDES + side) * STRATA + stratum[row, step], found.score[row])


def _ends(found: Asked, flags: Flags) -> Values:
    """Scores by a bad moment before the last, a bad last one, and time since the begin."""
    is_bad: Flags = np.any(flags[:, :, :PASSED], axis=2)
    mine = np.flatnonzero(found.is_answered & (found.step < is_bad.shape[1]))
    end = is_bad[mine, found.step[mine]]
    before = is_bad[mine].sum(axis=1) > end
    took = np.searchsorted(np.array(TIMES) * 1_000_000, found.took[mine], "right")
    return values((before * 2 + end) * LONGS + took, found.score[mine])
