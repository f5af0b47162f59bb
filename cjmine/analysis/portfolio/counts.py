"""What is counted of the journeys of a portfolio: as `check` counts each, and contact reasons."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.check.parts import AskCounts, Counts, counts_of
from cjmine.analysis.cohorts import Cohorts, cohorts_of, rows
from cjmine.analysis.compared_part import Moments, Part, facts_of
from cjmine.analysis.contacts import has_contact
from cjmine.analysis.deviation_counts import codes_in
from cjmine.analysis.log_counts import LogCounts, count_log
from cjmine.analysis.portfolio.answers import AnswerTable, answer_table, journey_answers
from cjmine.analysis.portfolio.kinds import Kinds, kinds_of
from cjmine.analysis.portfolio.part import PortfolioPart
from cjmine.analysis.portfolio.reasons import AskReasons, ReasonCounts, count_reasons
from cjmine.analysis.portfolio.tallies import tally_of
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

    `answers` are those of all journeys, each once; `kinds` are the customers who count alike in
    all journeys.
    """

    journeys: tuple[JourneyCounts, ...]
    answers: AnswerTable
    kinds: Kinds
    reasons: ReasonCounts
    log: LogCounts
    traces: TraceCounts

    def __add__(self, other: PortfolioCounts) -> PortfolioCounts:
        both = zip(self.journeys, other.journeys, strict=True)
        return summed(self, other, journeys=tuple(one + another for one, another in both))


def count_portfolio(part: PortfolioPart, asked: AskPortfolio) -> PortfolioCounts:
    """The counts of a part."""
    found, answers, tallies = [], [], []
    number = part.numbered()
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
            contact = has_contact(facts, family.contacts)
            period = _periods(facts, asked.bounds)
            found.append(_journey(one, facts, contact, period, question, asked))
            tallies.append(tally_of(facts, contact, period, number, asked.activities))
            answers.append(journey_answers(facts, part, asked.activities))
    whole, names = part.whole, asked.activities
    code = codes_in(names, whole.journeys.activities)
    return PortfolioCounts(
        journeys=tuple(found),
        answers=answer_table(part, answers),
        kinds=kinds_of(tallies, int(number.max(initial=-1)) + 1),
        reasons=count_reasons(whole.journeys, code, asked.reasons),
        log=count_log(whole),
        traces=count_traces(variants(whole.journeys), code, len(names)),
    )


def _periods(facts: Facts, bounds: Ints) -> Ints:
    """The week or month in which each journey begins."""
    journeys = facts.comparison.journeys
    return np.searchsorted(bounds, journeys.time[journeys.starts[:-1]], side="right") - 1


def _journey(
    part: Part, facts: Facts, contact: Flags, period: Ints, asked: AskCounts, of_all: AskPortfolio
) -> JourneyCounts:
    counted = np.flatnonzero(facts.is_counted)
    periods = max(len(of_all.bounds) - 1, 1)
    return JourneyCounts(
        check=counts_of(part, facts, asked),
        lost=_share(facts, counted, facts.state == State.ABANDONED),
        contact=_share(facts, counted, contact),
        goal=cohorts_of(
            rows(period[counted], facts.customer[counted], periods, facts.customers),
            facts.state[counted] == State.COMPLETED,
        ),
        scores=count_journey_scores(facts, asked.activities),
    )


def _share(facts: Facts, counted: Ints, has: Flags) -> Cohorts:
    one_group = np.zeros(len(counted), np.int64)
    return cohorts_of(rows(one_group, facts.customer[counted], 1, facts.customers), has[counted])
