"""Which touchpoints customers come to by way of others, and then pause: what journeys lead to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.proposal.ways import Met, ways_to
from cjmine.counting.groups import Flags, Ints
from cjmine.eventlog.journeys import Journeys

_ODDS = 4
_OF_ALL = 100
MOST_ENDS = 25


@dataclass(frozen=True, slots=True)
class Ends:
    """Touchpoints by their codes, of most customers first; `rests` says where customers pause."""

    codes: Ints
    rests: Flags


def find_ends(
    met: Met, is_pause: Flags, customers: Ints, may_be: Flags, sounds: Flags, least: int
) -> Ends:
    """Find the ends of journeys that have no contact, at most 25.

    Parameters
    ----------
    is_pause
        After which events customers pause.
    customers, may_be, sounds
        Of each touchpoint: its customers, whether it may be an end, and whether its name says that
        something is done.
    least
        So many customers an end has, and one of a hundred of all.

    Customers pause after an end at four times the odds of all events, or it sounds like an end; and
    they come to it by way of others (`Ways.has_way`).
    """
    rests = _rests(is_pause, met.journeys)
    enough = customers >= max(least, met.journeys.customers / _OF_ALL)
    found = np.flatnonzero(may_be & enough & (rests | sounds))
    found = found[np.lexsort((found, -customers[found]))][:MOST_ENDS]
    found = found[ways_to(met, found, least).has_way]
    return Ends(found, rests[found])


def _rests(is_pause: Flags, journeys: Journeys) -> Flags:
    """After which touchpoints customers pause at four times the odds of all events, or more."""
    size = len(journeys.activities)
    paused, went_on = (
        np.bincount(journeys.activity[of], minlength=size) for of in (is_pause, ~is_pause)
    )
    found: Flags = (paused > 0) & (paused * went_on.sum() >= _ODDS * went_on * paused.sum())
    return found
