"""What is counted of the journeys of a portfolio: as `check` counts each, and contact reasons."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.check.parts import AskCounts, Counts, counts_of
from cjmine.analysis.cohorts import Cohorts, cohorts_of, rows
from cjmine.analysis.compared_part import Moments, Part, facts_of
from cjmine.analysis.contacts import Contacts, has_contact
from cjmine.analysis.deviation_counts import codes_in
from cjmine.analysis.log_counts import LogCounts, count_log
from cjmine.analysis.portfolio.answers import AnswerTable, answer_table, journey_answers
from cjmine.analysis.portfolio.part import PortfolioPart
from cjmine.analysis.portfolio.reasons import AskReasons, ReasonCounts, count_reasons
from cjmine.analysis.score_counts import ScoreCounts, count_journey_scores
from cjmine.analysis.trace_counts import TraceCounts, count_traces
from cjmine.conformance.facts import Facts
from cjmine.conformance.states import State
from cjmine.counting.groups import Flags, Ints
from cjmine.counting.merging import summed
from cjmine.eventlog.variants import variants


@dataclass(frozen=True, slots=True)
class AskPortfolio:
    """The question for the counts: names and moments of the whole log.

    `moments` are those of each family, `bounds` the moments between which weeks or months lie.
    """

    activities: tuple[str, ...]
    channels: tuple[str, ...]
    moments: tuple[Moments, ...]
    min_group: int
    reasons: AskReasons
    bounds: Ints


@dataclass(frozen=True, slots=True)
class JourneyCounts:
    """The counts of one journey: those of a check, and of its counted journeys.

    `lost` are the abandoned ones, `contact` those with contact; `goal` has one row a period of
    their begin. `scores` are those of all steps together.
    """

    check: Counts
    lost: Cohorts
    contact: Cohorts
    goal: Cohorts
    scores: ScoreCounts

    def __add__(self, other: JourneyCounts) -> JourneyCounts:
        return summed(self, other)


@dataclass(frozen=True, slots=True)
class PortfolioCounts:
    """The counts of all journeys, family by family, of contact reasons and of the whole log.

    `answers` are those of all journeys, each once.
    """

    journeys: tuple[JourneyCounts, ...]
    answers: AnswerTable
    reasons: ReasonCounts
    log: LogCounts
    traces: TraceCounts

    def __add__(self, other: PortfolioCounts) -> PortfolioCounts:
        both = zip(self.journeys, other.journeys, strict=True)
        return summed(self, other, journeys=tuple(one + another for one, another in both))


def count_portfolio(part: PortfolioPart, asked: AskPortfolio) -> PortfolioCounts:
    """The counts of a part."""
    found, answers = [], []
    for family, moments in zip(part.setup.families, asked.moments, strict=True):
        question = AskCounts(
            activities=asked.activities,
            channels=asked.channels,
            moments=moments,
            min_group=asked.min_group,
            has_map=False,
            has_examples=False,
            has_ranges=False,
        )
        for one in part.members(family):
            facts = facts_of(one, moments)
            found.append(_journey(one, facts, question, family.contacts, asked.bounds))
            answers.append(journey_answers(facts, part, asked.activities))
    whole, names = part.whole, asked.activities
    code = codes_in(names, whole.journeys.activities)
    return PortfolioCounts(
        journeys=tuple(found),
        answers=answer_table(part, answers),
        reasons=count_reasons(whole.journeys, code, asked.reasons),
        log=count_log(whole),
        traces=count_traces(variants(whole.journeys), code, len(names)),
    )


def _journey(
    part: Part, facts: Facts, asked: AskCounts, contacts: Contacts, bounds: Ints
) -> JourneyCounts:
    counted = np.flatnonzero(facts.is_counted)
    begin = part.journeys.time[part.journeys.starts[:-1]][counted]
    period = np.searchsorted(bounds, begin, side="right") - 1
    periods = max(len(bounds) - 1, 1)
    return JourneyCounts(
        check=counts_of(part, facts, asked),
        lost=_share(facts, counted, facts.state == State.ABANDONED),
        contact=_share(facts, counted, has_contact(facts, contacts)),
        goal=cohorts_of(
            rows(period, facts.customer[counted], periods, facts.customers),
            facts.state[counted] == State.COMPLETED,
        ),
        scores=count_journey_scores(facts, asked.activities),
    )


def _share(facts: Facts, counted: Ints, has: Flags) -> Cohorts:
    one_group = np.zeros(len(counted), np.int64)
    return cohorts_of(rows(one_group, facts.customer[counted], 1, facts.customers), has[counted])
