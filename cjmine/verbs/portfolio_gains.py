"""What fixing each journey would gain: the first of its priorities together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from cjmine.analysis.portfolio.gains import Gain, counting_the_same, together
from cjmine.analysis.portfolio.members import Journeys, Member
from cjmine.counting.split import Split
from cjmine.declared import Declared
from cjmine.disclosure.portfolio import ShownPortfolio
from cjmine.eventlog.parts import Log
from cjmine.eventlog.where import Where
from cjmine.portfolio_sentences import PortfolioSentence
from cjmine.progress import Progress
from cjmine.results.portfolio import Finding, PooledRow, Portfolio
from cjmine.results.priorities import Amount
from cjmine.results.verdicts import Verdict
from cjmine.verbs.portfolio_settings import PortfolioSettings
from cjmine.verbs.priorities import priorities
from cjmine.verbs.priorities_settings import PrioritiesSettings


def with_gains(
    shown: ShownPortfolio,
    log: Log,
    asked: Journeys,
    settings: PortfolioSettings,
    project: Declared,
    progress: Progress,
    split: Split,
) -> Portfolio:
    """The portfolio with the gain of each journey, as `priorities` has it, and of groups.

    A gain is made of figures that only the report of a journey has: where there may be none beside
    the other journeys, there is no gain either.
    """
    found = shown.portfolio

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

    gains, rows = [], []
    for member, row in zip(asked.members, found.journeys, strict=True):
        is_shown = row.journeys is not None and member.entry.name in shown.reported.names
        amount = gain(member) if is_shown else None
        if amount is not None:
            gains.append(Gain(member, amount))
        rows.append(replace(row, gain=amount))
    return _pooled(replace(found, journeys=tuple(rows)), gains, asked)


def _pooled(found: Portfolio, gains: list[Gain], asked: Journeys) -> Portfolio:
    """The gains of phases, owners, levels and templates, and which do not add up."""

    def rows(
        these: tuple[PooledRow, ...], is_in: Callable[[Member, str], bool]
    ) -> tuple[PooledRow, ...]:
        found = []
        for one in these:
            mine = [each for each in gains if is_in(each.member, one.name)]
            found.append(replace(one, gain=together(mine)))
        return tuple(found)

    families = asked.declared.families
    pooled = rows(
        tuple(one.pooled for one in found.templates), lambda one, name: one.entry.name == name
    )
    alike = (
        (one, PortfolioSentence.SAME_GOALS.note(one, other))
        for one, other in counting_the_same(gains)
    )
    return replace(
        found,
        phases=rows(found.phases, lambda one, name: one.entry.phase == name),
        owners=rows(found.owners, lambda one, name: one.owner == name),
        levels=rows(found.levels, lambda one, name: one.entry.level == name),
        parents=rows(found.parents, lambda one, name: one.entry.name in families[name]),
        templates=tuple(
            replace(one, pooled=row) for one, row in zip(found.templates, pooled, strict=True)
        ),
        findings=(
            *found.findings,
            *(Finding(note.code, about, note.text) for about, note in alike),
        ),
    )
