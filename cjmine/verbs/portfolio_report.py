"""Report of a portfolio: the portfolio, and the report of each journey that is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cjmine.analysis.portfolio.members import Journeys, Member
from cjmine.counting.rounds import IN_THIS_PROCESS
from cjmine.counting.split import Split
from cjmine.declared import NOTHING_DECLARED, Declared
from cjmine.eventlog.parts import Log
from cjmine.eventlog.where import Where
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.ideas.insights import Insight
from cjmine.portfolio_sentences import PortfolioSentence
from cjmine.progress import Progress, no_progress
from cjmine.reporters.html.report import Report
from cjmine.results.portfolio import Portfolio
from cjmine.verbs.portfolio import gated_portfolio
from cjmine.verbs.portfolio_settings import PortfolioSettings, refuse_others
from cjmine.verbs.report import report_on_log
from cjmine.verbs.settings import ReportSettings


@dataclass(frozen=True, slots=True)
class JourneyReport:
    """The report of a journey, or of all values of a template together, by its name."""

    name: str
    report: Report


@dataclass(frozen=True, slots=True)
class PortfolioReport:
    """A portfolio, and the reports of its journeys in the order of the file.

    `unheard` are the insights that none of these shows.
    """

    portfolio: Portfolio
    reports: tuple[JourneyReport, ...]
    unheard: int = 0


def portfolio_report(
    log: Log,
    asked: Journeys,
    settings: ReportSettings,
    project: Declared = NOTHING_DECLARED,
    progress: Progress = no_progress,
    split: Split = IN_THIS_PROCESS,
    said: tuple[Insight, ...] = (),
) -> PortfolioReport:
    """Measure a portfolio, and report on each journey of which figures are shown.

    One whose report would give few customers away beside the page and the other reports has none;
    a note says so.

    Raises what `portfolio` raises, and UsageError U101 for what is asked of one journey only.
    """
    refuse_others(settings, ("--goal",) if settings.goal else ())
    wanted = settings.into(PortfolioSettings, gain=settings.gain)
    gated = gated_portfolio(log, asked, wanted, project, progress, split)
    found, reports, missing = gated.portfolio, [], []
    for name, ideal, where in _shown(found, asked):
        if name not in gated.reported.names:
            missing.append(PortfolioSentence.NO_PAGE.note(name))
            continue
        chosen = replace(settings, where=where, title=name)
        report = report_on_log(log, ideal, chosen, project, progress, split, said)
        if name not in gated.reported.scored:
            report = report.without_scores()
        reports.append(JourneyReport(name, report))
    found = replace(found, notes=(*found.notes, *missing))
    shown = {each for one in reports if one.report.heard for each in one.report.heard.insights}
    return PortfolioReport(found, tuple(reports), len([one for one in said if one not in shown]))


def _shown(
    found: Portfolio, asked: Journeys
) -> Iterator[tuple[str, CompiledIdeal, tuple[Where, ...]]]:
    """The journeys and templates with figures, and which journeys of the log are theirs."""
    members: dict[str, list[Member]] = {}
    for member, row in zip(asked.members, found.journeys, strict=True):
        if member.ideal is not None and row.journeys is not None:
            members.setdefault(member.entry.name, []).append(member)
    for name, mine in members.items():
        ideal, column = mine[0].ideal, mine[0].entry.column
        assert ideal is not None
        values = tuple(one.value for one in mine if one.value is not None)
        yield name, ideal, () if column is None else (Where(column, values),)
