"""What customers answered about journeys and groups of them, as far as it may be shown.

Each answer counts in the scores of all journeys and groups that hold it; how many answer is
published beside the counts of customers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from cjmine.analysis.portfolio.answers import AnswerTable
from cjmine.analysis.score_counts import BANDS, Question, count_given, questions_of
from cjmine.analysis.scores import found_scores
from cjmine.counting.groups import Flags, Ints
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.portfolio_journeys import ShownJourney
from cjmine.disclosure.portfolio_publication import Published
from cjmine.disclosure.scores import shown_scores
from cjmine.results.map import Score, ScoreBand
from cjmine.scales import Summary

Scores = tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class ShownAnswers:
    """The scores of each journey and of each group."""

    journeys: Sequence[Scores]
    groups: Sequence[Scores]


def shown_answers(
    answers: AnswerTable,
    activities: tuple[str, ...],
    journeys: Sequence[ShownJourney],
    inside: Flags,
    page: Published,
) -> ShownAnswers:
    """The scores that may be shown beside each other: those of journeys, in their order, first.

    `inside[g, j]` says which journeys are in group g; of these it pools those whose own score is
    shown, each answer once. Where only the bands would give few away, how many answered and the
    mean are shown.
    """
    of_journeys: list[list[Score]] = [[] for _ in journeys]
    of_groups: list[list[Score]] = [[] for _ in inside]
    questions = questions_of(activities)
    for place, question in enumerate(questions):
        own = [_of(one.scores, question) for one in journeys]
        if not any(own):
            continue
        mine = answers.about(place)
        shown = _Answers.of(mine, len(journeys), page)
        alone = np.eye(len(journeys), dtype=bool)
        for at, row in shown.shown(own, alone):
            of_journeys[at].append(row)
        has = inside & [any(_of(rows, question)) for rows in of_journeys]
        placed = mine.placed_in(len(journeys))
        pooled = [
            _pooled(mine, np.asarray(placed[members].any(axis=0)), questions, page.counts.policy)
            for members in has
        ]
        for at, row in shown.shown(pooled, has):
            of_groups[at].append(row)
    return ShownAnswers([*map(tuple, of_journeys)], [*map(tuple, of_groups)])


def _pooled(
    answers: AnswerTable, chosen: Flags, questions: tuple[Question, ...], policy: Policy
) -> list[Score]:
    """The score over some of the answers to one question."""
    counts = count_given(answers.given(chosen), questions)
    return list(shown_scores(found_scores(counts, questions, [0]), ("",), policy))


def _of(rows: Iterable[Score], question: Question) -> list[Score]:
    return [one for one in rows if (one.metric, one.scale) == (question.metric, question.scale)]


@dataclass(frozen=True, slots=True)
class _Answers:
    """The answers to one question: the columns that count them, with their band and journeys."""

    columns: Ints
    band: Ints
    inside: Flags
    page: Published

    @classmethod
    def of(cls, answers: AnswerTable, journeys: int, page: Published) -> _Answers:
        """The answers of a table, which are to one question."""
        column, band = answers.column, answers.band
        order = np.argsort(column, kind="stable")
        first = order[np.flatnonzero(np.diff(column[order], prepend=-1))]
        return cls(column[first], band[first], answers.placed_in(journeys)[:, first], page)

    def shown(self, rows: Sequence[list[Score]], members: Flags) -> Iterator[tuple[int, Score]]:
        """The places of rows that may be shown, with these; a row is about answers of members."""
        for at, found in enumerate(rows):
            some = np.asarray(self.inside[members[at]].any(axis=0))
            if not found:
                continue
            (row,) = found
            bands = [some & (self.band == band) for band in range(BANDS)]
            shown = [flags for flags, one in zip(bands, row.bands, strict=False) if _is_known(one)]
            if row.summary is Summary.SHARE and row.value is not None:
                shown = shown or bands[-1:]
            if self._takes(some, *shown):
                yield at, row
            elif self._takes(some):
                yield at, _without_bands(row)

    def _takes(self, *some: Flags) -> bool:
        kinds = self.page.kinds
        return self.page.takes_columns(*(kinds.sum_of(self.columns[one]) for one in some))


def _is_known(band: ScoreBand) -> bool:
    return band.answers is not None


def _without_bands(row: Score) -> Score:
    bands = tuple(ScoreBand(one.name, None) for one in row.bands)
    if row.summary is Summary.MEAN:
        return replace(row, bands=bands)
    return replace(row, bands=bands, value=None, low=None, high=None)
