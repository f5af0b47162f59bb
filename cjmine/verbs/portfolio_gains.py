"""What fixing each journey would gain: the first of its priorities together."""

from __future__ import annotations

from dataclasses import replace

from cjmine.analysis.portfolio.members import Journeys, Member
from cjmine.counting.split import Split
from cjmine.declared import Declared
from cjmine.eventlog.parts import Log
from cjmine.eventlog.where import Where
from cjmine.progress import Progress
from cjmine.results.portfolio import Portfolio
from cjmine.results.priorities import Amount
from cjmine.results.verdicts import Verdict
from cjmine.verbs.portfolio_settings import PortfolioSettings
from cjmine.verbs.priorities import priorities
from cjmine.verbs.priorities_settings import PrioritiesSettings


def with_gains(
    found: Portfolio,
    log: Log,
    asked: Journeys,
    settings: PortfolioSettings,
    project: Declared,
    progress: Progress,
    split: Split,
) -> Portfolio:
    """The portfolio with the gain of each journey that is shown, as `priorities` has it."""

    def gain(member: Member) -> Amount | None:
        assert member.ideal is not None
        ranking = replace(settings.into(PrioritiesSettings), by=None)
        if member.value is not None and member.entry.column is not None:
            ranking = replace(ranking, where=(Where(member.entry.column, (member.value,)),))
        ranked = priorities(log, member.ideal, ranking, project, progress, split)
        if ranked.together is not None:
            return ranked.together.gain
        # One alone has nothing to be put together with.
        alone = (one.gain for one in ranked.items if one.verdict is Verdict.GAIN)
        return next(alone, None)

    rows = [
        row if row.journeys is None else replace(row, gain=gain(member))
        for member, row in zip(asked.members, found.journeys, strict=True)
    ]
    return replace(found, journeys=tuple(rows))
