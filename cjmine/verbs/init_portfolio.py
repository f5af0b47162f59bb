"""A first portfolio: a log in; phases, contact reasons and journeys to begin with out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from cjmine.analysis.contacts import Contacts, fitting
from cjmine.analysis.proposal.propose import Asked, Home, Proposal, propose
from cjmine.analysis.proposal.sent import sent_mails
from cjmine.analysis.proposal.ways import customers_with
from cjmine.counting.groups import Flags, Ints
from cjmine.declared import DeclaredContact
from cjmine.disclosure.labels import refuse_absent, shown_labels
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.refusals import refuse_small_result
from cjmine.eventlog.journeys import Journeys, cut, without_events, without_surveys
from cjmine.eventlog.log import Cases, EventLog
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
from cjmine.wildcards import fits

MOST_JOURNEYS, MOST_REASONS = 10, 50


def journey_files(folder: Path) -> tuple[IdealJourney, ...]:
    """The journeys whose files are in a folder, by file. Raises UsageError J1xx."""
    found = [path for path in sorted(folder.glob("*.yaml")) if is_journey(text_of(path), path.name)]
    return tuple(read_ideal(path, path.name).journey for path in found)


def propose_portfolio(
    log: EventLog,
    declared: Sequence[IdealJourney],
    contact: DeclaredContact,
    rules: tuple[TouchpointRule, ...],
    settings: CutSettings,
) -> ProposedPortfolio:
    """Propose a portfolio of a log, of names that at least `min_group` customers have.

    Journeys are those that files declare, and one for each goal of the settings, else one for each
    touchpoint that customers come to by way of others, and then pause. `contact` says what contacts
    are and what answers them, else contact is all by call, chat or mail but for mails that are sent
    as a step.

    Raises
    ------
    UsageError
        U103 where a goal of the settings is not in the log, or of too few customers.
    PrivacyError
        P103 where the log is about fewer customers than `min_group`.
    """
    policy, least = settings.policy, max(settings.min_group, 1)
    journeys = without_surveys(cut(log))
    refuse_small_result(journeys.customers, policy)
    refuse_absent(settings.goal, "--goal", shown_labels(log, settings.min_group), policy)
    names = journeys.activities
    sounds = np.array([AN_END.search(name) is not None for name in names], bool)
    is_contact = _contacts(journeys, declared, contact, sounds, least)
    is_answer = fitting(names, contact.answers)[journeys.activity]
    goals = (goal for one in declared for goal in one.goal)
    found = propose(
        journeys,
        is_contact,
        ~(is_contact | is_answer),
        Asked(
            given=tuple(dict.fromkeys((*goals, *settings.goal))),
            is_searched=not settings.goal,
            may_be=np.array([_may_be_named(name) for name in names], bool),
            sounds=sounds,
            is_cut=log.about.cases is Cases.GIVEN,
            most=MOST_JOURNEYS,
            least=least,
        ),
    )
    proposed = _in_place(found.journeys, declared, rules, journeys.customers, policy)
    asking = customers_with(without_events(journeys, ~is_contact))
    return ProposedPortfolio(
        phases=tuple(dict.fromkeys(one.stage for one in rules if one.stage)),
        journeys=proposed,
        reasons=tuple(
            ProposedReason(name, _home(name, declared, found.homes, proposed))
            for name in _most(names, asking, least)[:MOST_REASONS]
        ),
    )


def _contacts(
    journeys: Journeys,
    declared: Sequence[IdealJourney],
    contact: DeclaredContact,
    sounds: Flags,
    least: int,
) -> Flags:
    """Which events are contact: what the project names, else what its steps and mails are not."""
    steps = tuple(step.name for one in declared for step in one.steps)
    found = Contacts(contact.activities, steps).flags(journeys)
    if contact.activities:
        return found
    return found & ~sent_mails(journeys, found, sounds, least)[journeys.activity]


def _in_place(
    found: Sequence[Proposal],
    declared: Sequence[IdealJourney],
    rules: tuple[TouchpointRule, ...],
    every: int,
    policy: Policy,
) -> tuple[ProposedJourney, ...]:
    """The journeys in the order of their ends; declared ones at the first of their goals."""
    placed: list[ProposedJourney] = []
    left = list(declared)
    for one in found:
        part_of = None if one.part_of is None else _place(one.part_of, placed)
        own = [journey for journey in left if one.end in journey.goal]
        left = [journey for journey in left if journey not in own]
        placed += [_declared(journey, rules, part_of) for journey in own]
        if not any(one.end in journey.goals for journey in placed):
            is_few = policy.is_small(every - one.customers)  # do not come there
            customers = None if is_few else policy.rounded(one.customers)
            phase = stage_named(rules, one.end)
            placed.append(ProposedJourney(None, (one.end,), phase, customers, one.entry, part_of))
    return (*placed, *(_declared(one, rules, None) for one in left))


def _declared(
    journey: IdealJourney, rules: tuple[TouchpointRule, ...], part_of: int | None
) -> ProposedJourney:
    phases = (stage_named(rules, goal) for goal in journey.goal)
    phase = next((one for one in phases if one is not None), None)
    return ProposedJourney(journey.file, journey.goal, phase, part_of=part_of)


def _place(end: str, journeys: Sequence[ProposedJourney]) -> int | None:
    """The place of the only journey that leads to an end."""
    found = [place for place, one in enumerate(journeys) if end in one.goals]
    return found[0] if len(found) == 1 else None


def _home(
    reason: str,
    declared: Sequence[IdealJourney],
    homes: Sequence[Home],
    journeys: Sequence[ProposedJourney],
) -> int | None:
    """The place of the only journey that names a reason as friction, else of its home."""
    naming = [one.file for one in declared if reason in one.friction]
    if len(naming) == 1:
        return next(place for place, one in enumerate(journeys) if one.file == naming[0])
    ends = [one.end for one in homes if one.contact == reason]
    return _place(ends[0], journeys) if ends and not naming else None


def _most(names: Sequence[str], customers: Ints, least: int) -> list[str]:
    """The touchpoints of enough customers, of most customers first.

    A name in which `*` would hold for another of them is left out.
    """
    counted = sorted(zip(names, customers.tolist(), strict=True), key=lambda one: (-one[1], one[0]))
    found = [name for name, many in counted if many >= least and _may_be_named(name)]
    return [
        name
        for name in found
        if "*" not in name or not any(other != name and fits(other, name) for other in found)
    ]


def _may_be_named(label: str) -> bool:
    """Whether a label can be a name in a portfolio file, with a word before it."""
    return label.isprintable() and len(label) < LONGEST_NAME - 20 and not is_journey_file(label)
