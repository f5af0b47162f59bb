"""What customers answered about groups of journeys, as far as it may be shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from cjmine.analysis.portfolio.answers import AnswerTable
from cjmine.analysis.score_counts import Question, count_given, questions_of
from cjmine.analysis.scores import found_scores
from cjmine.counting.groups import Flags, Ints
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.scores import shown_scores
from cjmine.results.map import Score


def pooled_scores(
    answers: AnswerTable,
    activities: tuple[str, ...],
    shown: Sequence[tuple[Score, ...]],
    inside: Flags,
    policy: Policy,
) -> list[tuple[Score, ...]]:
    """The scores of each group over the answers of its journeys, each answer once.

    `shown` are the scores of each measured journey, and `inside[g, j]` says which are in group g.
    Only journeys whose score on a question is shown are pooled; a group has none where what it does
    not share with a row that is shown would be the answers of too few customers.
    """
    found: list[list[Score]] = [[] for _ in inside]
    questions = questions_of(activities)
    for place, question in enumerate(questions):
        has = np.array([_has(rows, question) for rows in shown], bool)
        if not has.any():
            continue
        mine = answers.about(place)
        of_journey = mine.placed_in(len(has))
        rows = [*of_journey[has]]
        compared = _Compared(mine.customer, mine.band, policy)
        for group, members in enumerate(inside & has):
            both, chosen = of_journey[members], of_journey[members].any(axis=0)
            if not members.any() or compared.differ_by_few(chosen, rows):
                continue
            # Of two journeys the sum says what both have.
            if len(both) == 2 and compared.is_few(both[0] & both[1]):
                continue
            counts = count_given(mine.given(chosen), questions)
            score = shown_scores(found_scores(counts, questions, [0]), ("",), policy)
            found[group] += score
            if score:
                rows.append(chosen)
    return [tuple(one) for one in found]


def _has(rows: Iterable[Score], question: Question) -> bool:
    return any((one.metric, one.scale) == (question.metric, question.scale) for one in rows)


class _Compared:
    """Whether what two rows do not share is the answers of too few customers."""

    def __init__(self, customer: Ints, band: Ints, policy: Policy) -> None:
        self._customer, self._policy = customer, policy
        self._bands = [band == one for one in np.flatnonzero(np.bincount(band)).tolist()]
        most = int(np.bincount(customer).max(initial=0))
        self._enough = policy.min_group * most  # answers that so many customers must have given

    def differ_by_few(self, one: Flags, others: Iterable[Flags]) -> bool:
        """Whether a row differs so from any other, and is none of them."""
        apart = [one ^ other for other in others]
        return all(rows.any() for rows in apart) and any(self.is_few(rows) for rows in apart)

    def is_few(self, rows: Flags) -> bool:
        """Whether some answers, or those of a band among them, are of too few customers."""
        return any(self._is_small(rows & band) for band in (True, *self._bands))

    def _is_small(self, rows: Flags) -> bool:
        if np.count_nonzero(rows) >= self._enough:
            return False
        return self._policy.is_small(int(np.count_nonzero(np.bincount(self._customer[rows]))))
