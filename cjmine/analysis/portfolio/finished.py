"""The journeys of a portfolio before anything is withheld. Nothing of it may be shown as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cjmine.analysis.check.finished import FinishedCheck, finished
from cjmine.analysis.intervals import share_of
from cjmine.analysis.periods import Periods
from cjmine.analysis.portfolio.counts import JourneyCounts, PortfolioCounts
from cjmine.analysis.portfolio.courses import mature
from cjmine.analysis.portfolio.members import Journeys, Member
from cjmine.analysis.score_counts import questions_of
from cjmine.analysis.scores import FoundScore, found_scores
from cjmine.analysis.squares import Squares
from cjmine.analysis.subject import Subject
from cjmine.results.share import Share


@dataclass(frozen=True, slots=True)
class FinishedJourney:
    """One measured journey: its check, and shares of its counted journeys.

    `contact` is None where the log can have no contact. `squares` are the sums over customers
    of the goal, `course` has the goal of each period by its first day.
    """

    member: Member
    subject: Subject
    check: FinishedCheck
    customers: int
    squares: Squares
    lost: Share
    contact: Share | None
    course: tuple[tuple[str, Share], ...]
    scores: tuple[FoundScore, ...]


def finished_journey(
    counts: JourneyCounts, member: Member, subject: Subject, has_contact: bool, course: Periods
) -> FinishedJourney:
    """The figures of one journey; `course` are the weeks or months in which journeys begin."""
    lost, contact, goal = counts.lost, counts.contact, counts.goal
    counted, judging = counts.check.check.goal, subject.judging
    over = mature(course.bounds, judging.full_time.value, judging.until)
    return FinishedJourney(
        member=member,
        subject=subject,
        check=finished(counts.check, subject),
        customers=counts.check.overview.log.customers,
        squares=Squares(
            int(counted.among_squared[0]),
            int(counted.among_having[0]),
            int(counted.having_squared[0]),
        ),
        lost=share_of(lost.n(0), lost.of(0)),
        contact=share_of(contact.n(0), contact.of(0)) if has_contact else None,
        course=tuple(
            (course.first_day(at), share_of(goal.n(at), goal.of(at))) for at in range(over)
        ),
        scores=tuple(found_scores(counts.scores, questions_of(subject.activities), [0])),
    )


@dataclass(frozen=True, slots=True)
class FinishedPortfolio:
    """All journeys: those that are `asked` for, and `journeys` for those that are measured."""

    asked: Journeys
    journeys: Sequence[FinishedJourney]
    counts: PortfolioCounts
    activities: tuple[str, ...]
