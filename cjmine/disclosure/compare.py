"""From the counts of a comparison to the one that may be shown, with words for what it shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cjmine.analysis.cohorts import Cohorts
from cjmine.analysis.compare.contrasts import Contrasts
from cjmine.analysis.compare.counts import LEFT_OUT, CompareCounts
from cjmine.analysis.compare.finished import FoundTime, found_shares, found_times
from cjmine.analysis.compare.measures import GOAL, layout_of
from cjmine.analysis.compare.sides import Place, Sides
from cjmine.analysis.compare.trend import goal_trend
from cjmine.analysis.compare.variants import SidedVariants
from cjmine.analysis.compare.weeks import SEGMENTS, WEEK, full_weeks
from cjmine.analysis.compare.words import compared_rows
from cjmine.analysis.intervals import share_of
from cjmine.analysis.subject import Subject
from cjmine.disclosure.compare_frame import Asked, framed, with_notes
from cjmine.disclosure.compare_mix import Mixed, shown_mix
from cjmine.disclosure.compare_rows import Arms, of_share, shown_ratio, shown_rows
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.shown import count, shown, two_digits
from cjmine.results.compare import (
    Compared,
    ComparedRow,
    Design,
    GoalTrend,
    Group,
    LeftOut,
    Reason,
    SampleRatio,
    SideDifference,
    SidedVariant,
    Week,
)
from cjmine.results.figures import Counted
from cjmine.results.log import moment
from cjmine.results.verdicts import RatioVerdict

_REASONS = {
    Place.ELSEWHERE: Reason.ELSEWHERE,
    Place.STRADDLES: Reason.STRADDLES,
    Place.BOTH: Reason.BOTH,
    Place.OTHER_SEGMENT: Reason.OTHER_SEGMENT,
}


def shown_comparison(
    counts: CompareCounts,
    subject: Subject,
    asked: Asked,
    policy: Policy,
    contrasts: Contrasts,
    mix: Mixed | None = None,
) -> Compared:
    """A comparison without any figure about too few customers; words are about what it shows.

    `contrasts` are those of the shares with those of the control, where there is one.
    """
    ideal, activities = subject.ideal, subject.activities
    ratio = _ratio(counts, asked, policy)
    has_verdict = not asked.is_running
    if ratio is not None and ratio.verdict in (None, RatioVerdict.STOP):
        has_verdict = False
    shares = tuple(found_shares(counts, ideal, activities))
    times: tuple[FoundTime, ...] = ()
    fit = None
    if asked.sides.control is None:  # times and fitness have no contrast
        times = tuple(found_times(counts.times, ideal))
        fit = counts.fit if ideal.space.labels else None
    found = shown_rows(shares, times, fit, contrasts.rows, policy)
    rows = compared_rows(found, has_verdict, asked.margin)
    found_weeks = tuple(_weeks(counts.weeks, asked.sides, policy))
    result = replace(
        framed(
            counts.overview, subject, asked, rows, _groups(counts, subject, asked, policy), policy
        ),
        sample_ratio=ratio,
        gained=_variants(counts.variants, 1, activities, policy),
        lost=_variants(counts.variants, 0, activities, policy),
        left_out=tuple(_left_out(counts, policy)),
        control=None if asked.sides.control is None else str(asked.sides.control),
        weeks=found_weeks,
        trend=_trend(counts.weeks, rows[0], asked, policy),
        held_equal=None if mix is None else shown_mix(mix, rows[0], policy),
    )
    return with_notes(result, counts.overview, subject, asked, policy)


def _groups(
    counts: CompareCounts, subject: Subject, asked: Asked, policy: Policy
) -> tuple[Group, Group]:
    rows = layout_of(subject.ideal, len(subject.activities)).rows
    one, other = (
        _group(name, counts.measures.of(side * rows + GOAL), policy)
        for side, name in enumerate(asked.names)
    )
    return one, other


def _group(name: str, journeys: Counted, policy: Policy) -> Group:
    customers = Counted(journeys.customers, journeys.customers)
    return Group(name, count(journeys, policy), count(customers, policy))


def _ratio(counts: CompareCounts, asked: Asked, policy: Policy) -> SampleRatio | None:
    if asked.planned is None:
        return None
    people = counts.arms.customers.tolist()
    one, other = (Counted(many, many) for many in people)
    return shown_ratio(Arms((one, other), asked.planned), policy)


def _variants(
    found: SidedVariants, side: int, activities: tuple[str, ...], policy: Policy
) -> tuple[SidedVariant, ...]:
    """The traces that enough customers of one side have, and no customer of the other."""
    journeys, customers = (one.reshape(2, -1) for one in (found.journeys, found.customers))
    here, there = journeys[side], journeys[1 - side]
    enough = (customers[side] >= max(policy.min_group, 1)) & (there == 0)
    rows = [
        SidedVariant(
            tuple(activities[code] for code in found.traces.one(place).tolist()),
            policy.rounded(int(here[place])),
        )
        for place in enough.nonzero()[0].tolist()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.journeys, row.activities)))


def _weeks(found: Cohorts, sides: Sides, policy: Policy) -> Iterator[Week]:
    """The goal by week; a week in which nothing may be shown is there with nothing."""
    place = 0
    for number, window in enumerate(sides.windows):
        for week in range(full_weeks(window)):
            cells = [SEGMENTS * place + segment for segment in range(SEGMENTS)]
            goal, control = (shown(share_of(found.n(one), found.of(one)), policy) for one in cells)
            since = moment(window.since + week * WEEK)
            yield Week(
                since=since[:10] if policy.release else since,
                after=number == 1,
                goal=of_share(goal),
                control=None if sides.control is None else of_share(control),
            )
            place += 1


def _trend(found: Cohorts, goal: ComparedRow, asked: Asked, policy: Policy) -> GoalTrend | None:
    """The trend of the goal, where its shares of both sides are shown; in two digits if released.

    It is about the customers of all weeks together, also of those whose share is withheld.
    """
    trend = goal_trend(found, asked.sides, asked.design is Design.CHANGE)
    if trend is None or (goal.a.low is not None and goal.b.low is not None and not policy.release):
        return trend
    if goal.a.low is None or goal.b.low is None or trend.difference is None:
        return replace(trend, without=None, difference=None, slope_p=None)
    step = trend.difference
    low, high = (None if one is None else two_digits(one) for one in (step.low, step.high))
    return replace(
        trend,
        without=None if trend.without is None else two_digits(trend.without),
        difference=SideDifference(two_digits(step.value), low, high),
        slope_p=None if trend.slope_p is None else two_digits(trend.slope_p),
    )


def _left_out(counts: CompareCounts, policy: Policy) -> Iterator[LeftOut]:
    reasons = (*(_REASONS[place] for place in LEFT_OUT), Reason.OPEN, Reason.TRUNCATED)
    for number, reason in enumerate(reasons):
        journeys = counts.left.counted(number)
        if journeys:
            customers = Counted(journeys.customers, journeys.customers)
            yield LeftOut(reason, count(journeys, policy), count(customers, policy))
