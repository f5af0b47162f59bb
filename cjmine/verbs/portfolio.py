"""Portfolio: all journeys of an organisation beside one log, counted in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from cjmine.analysis.compared_part import AskOutline, Moments, Outline
from cjmine.analysis.contacts import Contacts
from cjmine.analysis.judged import assumed_full_time
from cjmine.analysis.multisets import Values
from cjmine.analysis.periods import Periods, periods
from cjmine.analysis.portfolio.counts import AskPortfolio, PortfolioCounts, count_portfolio
from cjmine.analysis.portfolio.finished import FinishedPortfolio, finished_journey
from cjmine.analysis.portfolio.members import Journeys, Member
from cjmine.analysis.portfolio.outlines import Outlines, outlines
from cjmine.analysis.portfolio.part import Family, Setup, prepared
from cjmine.analysis.portfolio.pooled import AskPooled, PooledCounts, count_pooled
from cjmine.analysis.portfolio.reasons import AskReasons
from cjmine.analysis.subject import Subject
from cjmine.conformance.states import FullTime, terms_of
from cjmine.counting.merging import merged
from cjmine.counting.rounds import IN_THIS_PROCESS, Rounds
from cjmine.counting.split import Split
from cjmine.declared import NOTHING_DECLARED, Declared
from cjmine.disclosure.portfolio import Gate, Members, ShownPortfolio, shown_portfolio
from cjmine.disclosure.refusals import refuse_small_expectations, refuse_small_result
from cjmine.errors import Problem, UsageError
from cjmine.eventlog.log import ROLES, About
from cjmine.eventlog.parts import Log
from cjmine.portfolio.declared import DeclaredPortfolio
from cjmine.progress import Phase, Progress, ProgressEvent, no_progress
from cjmine.results.portfolio import Portfolio
from cjmine.results.trend import Every
from cjmine.verbs.filters import said_of
from cjmine.verbs.observed import judging_of, observed
from cjmine.verbs.portfolio_gains import with_gains
from cjmine.verbs.portfolio_journeys import check_columns, families_of
from cjmine.verbs.portfolio_settings import PortfolioSettings

_HALF_A_YEAR = 26 * 7 * 86_400_000_000


def portfolio(
    log: Log,
    asked: Journeys,
    settings: PortfolioSettings,
    project: Declared = NOTHING_DECLARED,
    progress: Progress = no_progress,
    split: Split = IN_THIS_PROCESS,
) -> Portfolio:
    """Every journey of a portfolio as `check` counts it, and all of them together.

    Raises what `gated_portfolio` raises.
    """
    return gated_portfolio(log, asked, settings, project, progress, split).portfolio


def gated_portfolio(
    log: Log,
    asked: Journeys,
    settings: PortfolioSettings,
    project: Declared = NOTHING_DECLARED,
    progress: Progress = no_progress,
    split: Split = IN_THIS_PROCESS,
) -> ShownPortfolio:
    """The portfolio, and which of its journeys may be reported on beside it.

    `project` says what is contact. Journeys of too few customers are withheld; an empty log gives
    rows without journeys.

    Raises
    ------
    UsageError
        J106 for expectations that too few customers decide, U101 where the log lacks the column of
        a template.
    PrivacyError
        P103 where the log is about fewer customers than `min_group`.
    """
    _refuse_small_expectations(asked, settings)
    check_columns(log, asked)
    declared, measured = asked.declared, asked.measured
    about = observed(log.about, settings)
    progress(ProgressEvent(Phase.ALIGN))
    families = families_of(log, measured, about, settings, project.contact.activities, split)
    own = tuple(sorted({name for one in families for name in one.contacts.own}))
    setup = Setup(families, own, about.observed_until)
    with Rounds(log, prepared, setup, split) as rounds:
        known = merged(rounds.ask(outlines, AskOutline(about.observed_from), Outlines))
        refuse_small_result(known.whole.customers, settings.policy)
        subjects = _subjects(log, measured, families, about, known)
        course = _course(known.whole, about)
        question = _question(declared, families, subjects, project, known.whole, course, settings)
        counts = merged(rounds.ask(count_portfolio, question, PortfolioCounts))
        progress(ProgressEvent(Phase.COUNT))
        may_occur = [
            one.contacts.may_occur(known.whole.activities, known.whole.channels)
            for one in families
            for _ in one.members
        ]
        journeys = [
            finished_journey(*each, course)
            for each in zip(counts.journeys, measured, subjects, may_occur, strict=True)
        ]

        def pool(inside: Members) -> PooledCounts:
            groups = AskPooled(question.moments, inside.inside, inside.having)
            return merged(rounds.ask(count_pooled, groups, PooledCounts))

        found = shown_portfolio(
            Gate(
                FinishedPortfolio(asked, journeys, counts, known.whole.activities),
                about,
                said_of(settings),
                course.every,
                settings.margin,
                settings.policy,
                pool,
            )
        )
    if settings.gain:
        gains = with_gains(found, log, asked, settings, project, progress, split)
        return replace(found, portfolio=gains)
    return found


def _refuse_small_expectations(asked: Journeys, settings: PortfolioSettings) -> None:
    problems: list[Problem] = []
    for ideal in {one.entry.name: one.ideal for one in asked.measured}.values():
        assert ideal is not None
        try:
            refuse_small_expectations(ideal.journey, settings.policy)
        except UsageError as error:
            problems += error.problems
    if problems:
        raise UsageError(*problems)


def _subjects(
    log: Log,
    measured: Sequence[Member],
    families: Sequence[Family],
    about: About,
    known: Outlines,
) -> list[Subject]:
    """What the figures of each measured journey are about, in the order of the families."""
    members = iter(measured)
    found = []
    for family, to_goal in zip(families, known.to_goal, strict=True):
        for filters in family.members:
            ideal = next(members).ideal
            assert ideal is not None
            full_time = _full_time(ideal.journey.deadline, to_goal)
            gap = terms_of(ideal.journey, about.cases).gap
            ends = (known.whole.first, known.whole.last)
            found.append(
                Subject(
                    ideal=ideal,
                    about=about,
                    columns=(*(name for name in ROLES if log.has(name)), *log.attributes),
                    activities=known.whole.activities,
                    channels=known.whole.channels,
                    judging=judging_of(about, ends, full_time, gap, filters),
                    labels=(),
                    filters=filters,
                )
            )
    return found


def _full_time(deadline: int | None, to_goal: Values) -> FullTime:
    return assumed_full_time(to_goal) if deadline is None else FullTime(deadline)


def _course(known: Outline, about: About) -> Periods:
    """The weeks that the log has, or the months of a longer one."""
    first, last = known.first or 0, known.last or 0
    every = Every.WEEK if last - first <= _HALF_A_YEAR else Every.MONTH
    return periods(first, last, every, about.zone)


def _question(
    declared: DeclaredPortfolio,
    families: Sequence[Family],
    subjects: Sequence[Subject],
    project: Declared,
    known: Outline,
    course: Periods,
    settings: PortfolioSettings,
) -> AskPortfolio:
    own = {name for one in families for name in one.contacts.own}
    listed = tuple(name for name in known.activities if declared.is_declared(name))
    contacts = Contacts(project.contact.activities, tuple(sorted(own - set(listed))))
    firsts = np.cumsum([0, *(len(one.members) for one in families)])[:-1].tolist()
    moments = []
    for subject in (subjects[at] for at in firsts):
        judging, since = subject.judging, subject.about.observed_from
        moments.append(Moments(since, judging.first, judging.until, judging.full_time.value))
    return AskPortfolio(
        activities=known.activities,
        channels=known.channels,
        moments=tuple(moments),
        min_group=settings.min_group,
        reasons=AskReasons(contacts, listed, len(known.activities), settings.min_group),
        bounds=course.bounds,
    )
