"""A first portfolio: a log in; phases, contact reasons and journeys to begin with out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from cjmine.analysis.contacts import Contacts
from cjmine.counting.groups import Flags, Ints, grouped
from cjmine.disclosure.labels import refuse_absent, shown_labels
from cjmine.disclosure.refusals import refuse_small_result
from cjmine.eventlog.journeys import Journeys, cut, without_surveys
from cjmine.eventlog.log import EventLog
from cjmine.ideal.journey import IdealJourney
from cjmine.ideal.keys import LONGEST_NAME
from cjmine.portfolio.proposed import ProposedJourney, ProposedPortfolio, ProposedReason
from cjmine.portfolio.read_entries import is_journey_file
from cjmine.sources import TouchpointRule, stage_named
from cjmine.verbs.ideals import read_ideal
from cjmine.verbs.init import AN_END
from cjmine.verbs.journey_files import is_journey
from cjmine.verbs.maturity_walk import text_of
from cjmine.verbs.settings import CutSettings

MOST_JOURNEYS, MOST_REASONS = 10, 50


def journey_files(folder: Path) -> tuple[IdealJourney, ...]:
    """The journeys whose files are in a folder, by file. Raises UsageError J1xx."""
    found = [path for path in sorted(folder.glob("*.yaml")) if is_journey(text_of(path), path.name)]
    return tuple(read_ideal(path, path.name).journey for path in found)


def propose_portfolio(
    log: EventLog,
    declared: Sequence[IdealJourney],
    contact: tuple[str, ...],
    rules: tuple[TouchpointRule, ...],
    settings: CutSettings,
) -> ProposedPortfolio:
    """Propose a portfolio of a log, of names that at least `min_group` customers have.

    Journeys are those that files declare, and one a touchpoint that sounds like an end (or that the
    settings name). `contact` are the names of contacts, else all by call, chat or mail are that
    sound like no end.

    Raises
    ------
    UsageError
        U103 where a goal of the settings is not in the log, or of too few customers.
    PrivacyError
        P103 where the log is about fewer customers than `min_group`.
    """
    journeys = without_surveys(cut(log))
    refuse_small_result(journeys.customers, settings.policy)
    known = shown_labels(log, settings.min_group)
    refuse_absent(settings.goal, "--goal", known, settings.policy)
    own = tuple(step.name for one in declared for step in one.steps)
    sounding = tuple(name for name in journeys.activities if AN_END.search(name))
    is_contact = Contacts(contact, (*own, *sounding)).flags(journeys)
    least = max(settings.min_group, 1)
    asking, others = _customers(journeys, is_contact), _customers(journeys, ~is_contact)
    declared_goals = {goal for one in declared for goal in one.goal}
    ends = [name for name in _most(journeys, others, least) if name in sounding]
    if not ends:
        is_last = np.zeros(len(journeys.activity), bool)
        is_last[journeys.starts[1:] - 1] = True
        ends = _most(journeys, _customers(journeys, is_last & ~is_contact), least)[:1]
    goals = [name for name in settings.goal or ends if name not in declared_goals]
    return ProposedPortfolio(
        phases=tuple(dict.fromkeys(one.stage for one in rules if one.stage)),
        journeys=(
            *(ProposedJourney(one.file, one.goal[0], _phase(one, rules)) for one in declared),
            *(
                ProposedJourney(None, goal, stage_named(rules, goal))
                for goal in goals[:MOST_JOURNEYS]
            ),
        ),
        reasons=tuple(
            ProposedReason(name, _home(name, declared))
            for name in _most(journeys, asking, least)[:MOST_REASONS]
        ),
    )


def _customers(journeys: Journeys, marked: Flags) -> Ints:
    """The distinct customers of each touchpoint, among marked events."""
    size = len(journeys.activities)
    by_name = grouped(np.where(marked, journeys.activity, size), size + 1)
    found: Ints = by_name.distinct(journeys.customer[journeys.journey])[:-1]
    return found


def _most(journeys: Journeys, customers: Ints, least: int) -> list[str]:
    """The touchpoints of enough customers, of most customers first."""
    names = zip(journeys.activities, customers.tolist(), strict=True)
    return [
        name
        for name, many in sorted(names, key=lambda one: (-one[1], one[0]))
        if many >= least and _may_be_named(name)
    ]


def _may_be_named(label: str) -> bool:
    """Whether a label can be a name in a portfolio file, with a word before it."""
    return label.isprintable() and len(label) < LONGEST_NAME - 20 and not is_journey_file(label)


def _phase(journey: IdealJourney, rules: tuple[TouchpointRule, ...]) -> str | None:
    return next((found for goal in journey.goal if (found := stage_named(rules, goal))), None)


def _home(reason: str, declared: Sequence[IdealJourney]) -> str | None:
    """The file of the one journey that names a reason as friction."""
    found = [one.file for one in declared if reason in one.friction]
    return found[0] if len(found) == 1 else None
