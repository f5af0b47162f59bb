"""The journeys and the homes of contacts that a log proposes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.proposal.candidates import candidates_of
from cjmine.analysis.proposal.ends import Ends, find_ends
from cjmine.analysis.proposal.homes import belonging, homes_of, steps_before
from cjmine.analysis.proposal.pauses import pauses_of
from cjmine.analysis.proposal.ways import customers_with, entries_of, met_by, ways_to
from cjmine.counting.groups import Flags
from cjmine.eventlog.journeys import Journeys, without_empty, without_events
from cjmine.eventlog.named_events import having


@dataclass(frozen=True, slots=True)
class Asked:
    """What to propose.

    Touchpoints `given` are ends in any case; others are looked for where `is_searched`, among those
    that `may_be` ends (one flag a touchpoint), and at most so many (`most`) are proposed. `sounds`
    says whose names say that something is done. Journeys that `is_cut` have no pauses within. What
    fewer than `least` customers have is no end.
    """

    given: tuple[str, ...]
    is_searched: bool
    may_be: Flags
    sounds: Flags
    is_cut: bool
    most: int
    least: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A journey by its end, to which so many customers come.

    Also where most of these journeys begin, and the end of the journey that it is a part of.
    """

    end: str
    entry: str | None
    part_of: str | None
    customers: int


@dataclass(frozen=True, slots=True)
class Home:
    """A touchpoint of contact, and the end of the journey that it belongs to."""

    contact: str
    end: str


@dataclass(frozen=True, slots=True)
class Proposals:
    """Journeys in order, and the touchpoints of contact that have a home."""

    journeys: tuple[Proposal, ...]
    homes: tuple[Home, ...]


def propose(journeys: Journeys, is_contact: Flags, is_step: Flags, asked: Asked) -> Proposals:
    """Propose journeys of the events that are steps, and homes of those that are contact.

    Open journeys count with what they did so far. A log without events proposes nothing.
    """
    names, least = journeys.activities, asked.least
    way = without_empty(without_events(journeys, ~is_step))
    met = met_by(way)
    is_pause, customers = pauses_of(way, asked.is_cut), customers_with(journeys)
    given = [names.index(name) for name in asked.given if name in names]
    may_be = asked.may_be.copy()
    may_be[given] = False
    found = find_ends(met, is_pause, customers_with(way), may_be, asked.sounds, least)
    if not asked.is_searched:
        found = Ends(found.codes[:0], found.rests[:0])
    ends = Ends(
        np.array([*given, *found.codes], np.int64),
        np.append(np.ones(len(given), bool), found.rests),
    )
    chosen = candidates_of(met, is_pause, ends, len(given), asked.most, least)
    ways = ways_to(met, np.array([one.end for one in chosen], np.int64), least)
    place = {one.end: at for at, one in enumerate(chosen)}
    wholes = np.array(
        [place[one.end if one.part_of is None else one.part_of] for one in chosen], np.int64
    )
    before = steps_before(journeys, is_step)
    near = np.append(belonging(way, ways), -1)[before]
    asked_of_way = is_contact & having(journeys, is_step)[journeys.journey]
    homes = homes_of(journeys, asked_of_way, near, wholes, least)
    entries = entries_of(met, ways, wholes, asked.may_be & (customers >= least))
    return Proposals(
        tuple(
            Proposal(
                names[one.end],
                None if entry is None else names[entry],
                None if one.part_of is None else names[one.part_of],
                int(customers[one.end]),
            )
            for one, entry in zip(chosen, entries, strict=True)
        ),
        tuple(
            Home(names[at], names[chosen[homes[at]].end])
            for at in np.flatnonzero(homes >= 0).tolist()
        ),
    )
