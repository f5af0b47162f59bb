"""From a finished portfolio to the one that may be shown; groups are counted from what is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from cjmine.analysis.log_counts import notes_of, size_of, sources_of
from cjmine.analysis.portfolio.finished import FinishedPortfolio
from cjmine.analysis.portfolio.followed import followed
from cjmine.analysis.portfolio.members import Member
from cjmine.analysis.portfolio.pooled import CONTACT, GOAL, LOST, MEASURES, PooledCounts
from cjmine.analysis.portfolio.tallies import Figure
from cjmine.counting.groups import Flags
from cjmine.disclosure.notes import policy_notes, shown_notes
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.portfolio_courses import with_courses, with_shown
from cjmine.disclosure.portfolio_findings import findings_of
from cjmine.disclosure.portfolio_journeys import ShownJourney, journey_row, shown_journey
from cjmine.disclosure.portfolio_pooled import Group, groups_of, pooled_row
from cjmine.disclosure.portfolio_publication import Published, one_publication, shown_size
from cjmine.disclosure.portfolio_reasons import shown_reasons
from cjmine.disclosure.portfolio_reports import Reported, reported_of
from cjmine.disclosure.portfolio_scores import shown_answers
from cjmine.disclosure.portfolio_templates import template_row
from cjmine.disclosure.shown import shown
from cjmine.eventlog.chosen import Filter
from cjmine.eventlog.log import About
from cjmine.portfolio.declared import Level
from cjmine.results.expectations import Verdict
from cjmine.results.log import Privacy
from cjmine.results.portfolio import Portfolio, PortfolioJourney, ReasonCoverage, worst
from cjmine.results.trend import Every


@dataclass(frozen=True, slots=True)
class Members:
    """Which measured journeys each group holds, and for which shares they count in it."""

    inside: Flags
    having: Flags


Pool = Callable[[Members], PooledCounts]


@dataclass(frozen=True)
class Gate:
    """A portfolio on its way through the gate.

    `pool` counts groups of journeys over the log: only those that are shown are in any group.
    """

    found: FinishedPortfolio
    about: About
    filters: tuple[str, ...]
    every: Every
    margin: float
    policy: Policy
    pool: Pool

    @cached_property
    def templates(self) -> list[Group]:
        """The values of each template together."""
        names = [one.name for one in self.found.asked.templates]
        return self._groups(names, lambda one: one.entry.name)

    @cached_property
    def phases(self) -> list[Group]:
        """The journeys of each phase, in the order of the life cycle."""
        return self._groups(self.found.asked.declared.lifecycle, lambda one: one.entry.phase)

    @cached_property
    def owners(self) -> list[Group]:
        """The journeys of each owner, by name."""
        names = sorted({one.owner for one in self.found.asked.members if one.owner is not None})
        return self._groups(names, lambda one: one.owner)

    @cached_property
    def levels(self) -> list[Group]:
        """The journeys of each level that has any."""
        some = {one.entry.level for one in self.found.asked.members}
        names = [one.value for one in Level if one in some]
        return self._groups(names, lambda one: one.entry.level.value)

    @cached_property
    def parents(self) -> list[Group]:
        """Each journey that others are below, together with all of them."""
        asked = self.found.asked
        place = {member: at for at, member in enumerate(asked.measured_at)}
        found = []
        for name, under in asked.declared.families.items():
            inside = [at for at, one in enumerate(asked.members) if one.entry.name in under]
            measured = (place[at] for at in inside if at in place)
            found.append(Group(name, tuple(inside), tuple(measured)))
        return found

    def _groups(self, names: Sequence[str], name_of: Callable[[Member], str | None]) -> list[Group]:
        return groups_of(
            names, [name_of(one) for one in self.found.asked.members], self.found.asked.measured_at
        )

    @property
    def groups(self) -> list[Group]:
        """All groups; templates come first, since journeys are compared with them."""
        return [*self.templates, *self.phases, *self.owners, *self.levels, *self.parents]

    def members(self, journeys: Sequence[ShownJourney]) -> Members:
        """The journeys that are shown, by the groups that they are in."""
        groups = self.groups
        inside = np.zeros((len(groups), len(journeys)), bool)
        for at, one in enumerate(groups):
            inside[at, list(one.measured)] = True
        fits = [None if one.check is None else one.check.counted for one in journeys]
        inside &= np.array([one is not None and one.journeys is not None for one in fits], bool)
        having = np.repeat(inside[None], MEASURES, axis=0)
        having[GOAL] &= np.array([one.goal.n is not None for one in journeys], bool)
        having[LOST] &= np.array([one.lost.n is not None for one in journeys], bool)
        contact = [one.contact is not None and one.contact.n is not None for one in journeys]
        having[CONTACT] &= np.array(contact, bool)
        return Members(inside, having)


@dataclass(frozen=True, slots=True)
class ShownPortfolio:
    """A portfolio that may be shown, and what reports there may be beside it."""

    portfolio: Portfolio
    reported: Reported


def shown_portfolio(gate: Gate) -> ShownPortfolio:
    """A portfolio without any figure about too few customers."""
    found, policy, asked = gate.found, gate.policy, gate.found.asked
    declared, page = asked.declared, Published.of(found.counts.kinds, policy)
    alone = [shown_journey(one, policy) for one in found.journeys]
    journeys = one_publication(alone, page, found.counts.periods)
    inside = gate.members(journeys)
    counts = gate.pool(inside)
    has_customers = [
        bool(one.any()) and page.takes_columns(page.union(Figure.COUNTED, one))
        for one in inside.inside
    ]
    scores = shown_answers(
        found.counts.answers,
        found.activities,
        journeys,
        inside.inside,
        page,
    )
    both = zip(journeys, scores.journeys, strict=True)
    journeys = [replace(one, scores=mine) for one, mine in both]
    reported = reported_of(alone, journeys, page)
    by_member = dict(zip(asked.measured_at, journeys, strict=True))
    rows = [journey_row(one, by_member.get(at), policy) for at, one in enumerate(asked.members)]
    courses = {at: one.trend for at, one in zip(asked.measured_at, alone, strict=True)}
    exact = with_courses(rows, courses)
    pooled = (
        pooled_row(group, at, counts, exact, scores.groups[at], has_customers[at], policy)
        for at, group in enumerate(gate.groups)
    )
    templates = tuple(
        template_row(
            entry,
            [by_member[at] for at in group.declared if at in by_member],
            next(pooled),
            gate.margin,
            policy,
        )
        for entry, group in zip(asked.templates, gate.templates, strict=True)
    )
    phases, owners, levels, parents = (
        tuple(next(pooled) for _ in groups)
        for groups in (gate.phases, gate.owners, gate.levels, gate.parents)
    )
    result = Portfolio(
        schema="cjmine/portfolio/1",
        file=policy.file_name(declared.file),
        lifecycle=declared.lifecycle,
        log=size_of(
            found.counts.log,
            gate.about,
            int(np.count_nonzero(found.counts.traces.used)),
            len(found.counts.traces.traces),
            Filter(gate.filters),
        ),
        sources=sources_of(gate.about),
        verdict=worst(one.verdict for one in rows) or Verdict.INCONCLUSIVE,
        every=gate.every,
        margin=gate.margin,
        journeys=(),
        phases=(),
        owners=(),
        levels=(),
        parents=(),
        coverage=ReasonCoverage(None, None, None, ()),
        templates=(),
        findings=(),
        notes=(),
        privacy=Privacy(policy.min_group, 0, gate.about.key_id, policy.release),
    )
    # What follows has passed the gate already.
    result = replace(
        shown(result, policy),
        coverage=shown_reasons(found.counts.reasons, found.activities, declared, page),
        journeys=exact,
        phases=phases,
        owners=owners,
        levels=levels,
        parents=parents,
        templates=templates,
    )
    result = _with_shown_courses(followed(result), gate, rows)
    apart = frozenset(
        one.finished.member.name
        for one, left in zip(alone, journeys, strict=True)
        if (one.check is None) != (left.check is None)
    )
    findings = findings_of(result, asked.members, apart)
    notes = (*shown_notes(notes_of(found.counts.log, gate.about), policy), *policy_notes(policy))
    result = replace(result, findings=tuple(findings), notes=notes)
    return ShownPortfolio(replace(result, log=shown_size(result.log, page)), reported)


def _with_shown_courses(
    found: Portfolio, gate: Gate, rows: Sequence[PortfolioJourney]
) -> Portfolio:
    """The portfolio with the trends of `rows`, after it is said what goals did."""
    both = zip(found.journeys, rows, strict=True)
    pooled = with_shown([one.pooled for one in found.templates], gate.templates, rows)
    return replace(
        found,
        journeys=tuple(replace(one, trend=row.trend) for one, row in both),
        phases=with_shown(found.phases, gate.phases, rows),
        owners=with_shown(found.owners, gate.owners, rows),
        levels=with_shown(found.levels, gate.levels, rows),
        parents=with_shown(found.parents, gate.parents, rows),
        templates=tuple(
            replace(one, pooled=row) for one, row in zip(found.templates, pooled, strict=True)
        ),
    )
