"""Contacts that need not have been, as items beside the deviations.

A contact is one by what was before it: after a failure, after a promise has passed, before the
answer to the contact before, again after one. Whether a step was given up for it depends on what
comes later, so that is no item: the future may not choose who is compared.
"""

from __future__ import annotations

import numpy as np

from cjmine.analysis.contact.events import Rules, contact_events, way_of
from cjmine.analysis.contact.kinds import NO_WAVES, TYPES, kinds_of
from cjmine.analysis.like.items import Items
from cjmine.analysis.like.shown import Shown
from cjmine.conformance.facts import Facts
from cjmine.results.contact import ContactType

KINDS = (ContactType.FAILED, ContactType.LATE, ContactType.CHASE, ContactType.AGAIN)


def contact_items(facts: Facts, items: Items, rules: Rules) -> Shown:
    """The first contact of each kind of the counted journeys; numbered behind the other items."""
    found = contact_events(facts, way_of(facts.log, rules), rules)
    kind = np.full(len(TYPES), -1)
    kind[[TYPES.index(one) for one in KINDS]] = np.arange(len(KINDS))
    of_contact = kind[kinds_of(facts, found, rules, NO_WAVES).type]
    rows = np.flatnonzero((of_contact >= 0) & facts.is_counted[found.journey])
    first = np.full(len(facts) * len(KINDS), -1)
    pair = found.journey[rows] * len(KINDS) + of_contact[rows]
    first[pair[::-1]] = found.event[rows[::-1]]  # the first of a journey is written last
    pairs = np.flatnonzero(first >= 0)
    journey, which = np.divmod(pairs, len(KINDS))
    return Shown(len(items) + which, journey, first[pairs])
