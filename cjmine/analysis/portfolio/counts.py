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
from cjmine.analysis.portfolio.answers import (
    AnswerTable,
    JourneyAnswers,
    answer_table,
    journey_answers,
)
from cjmine.analysis.portfolio.courses import mature
from cjmine.analysis.portfolio.kinds import Kinds, kinds_of
from cjmine.analysis.portfolio.part import PortfolioPart
from cjmine.analysis.portfolio.reasons import (
    AskReasons,
    ReasonCounts,
    count_reasons,
    reason_tallies,
)
from cjmine.analysis.portfolio.tallies import Tally, course_tallies, log_tallies, tallies_of
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

    `answers` are those of all journeys, each once. `kinds` are the customers who count alike in
    all journeys, contact reasons and answers; `periods` those who do in the weeks or months in
    which journeys begin: table p + 1 is period p, table 0 what begins in no period that is over.
    """

    journeys: tuple[JourneyCounts, ...]
    answers: AnswerTable
    kinds: Kinds
    periods: Kinds
    reasons: ReasonCounts
    log: LogCounts
    traces: TraceCounts

    def __add__(self, other: PortfolioCounts) -> PortfolioCounts:
        both = zip(self.journeys, other.journeys, strict=True)
        return summed(self, other, journeys=tuple(one + another for one, another in both))


def count_portfolio(part: PortfolioPart, asked: AskPortfolio) -> PortfolioCounts:
    """The counts of a part."""
    found: list[JourneyCounts] = []
    answers: list[JourneyAnswers] = []
    tallies: list[Tally] = []
    begun: list[Tally] = []
    number = part.numbered()
    people = int(number.max(initial=-1)) + 1
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
            place = len(answers)
            over = mature(asked.bounds, moments.full_time, moments.until)
            table = np.where((period >= 0) & (period < over), period + 1, 0)
            tallies += tallies_of(facts, contact, place, number)
            begun += course_tallies(facts, table, place, number)
            answers.append(journey_answers(facts, part, asked.activities))
    whole, names = part.whole, asked.activities
    code = codes_in(names, whole.journeys.activities)
    tallies += reason_tallies(whole.journeys, code, number, asked.reasons)
    tallies += log_tallies(number[whole.journeys.customer])
    given = answer_table(part, answers)
    tallies += given.tallies()
    return PortfolioCounts(
        journeys=tuple(found),
        answers=given,
        kinds=kinds_of(tallies, people),
        periods=kinds_of(begun, people),
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
