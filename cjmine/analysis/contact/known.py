"""How many contacts are of a known customer, and whether that depends on why they got in touch.

Records that nothing shows the customer of are left out by the load. Who is known may be decided by
what happened: a bank kept the numbers of those who waited for an agent, so that almost all known
calls had queued, and a quarter of the others. Totals of the known ones are then no totals.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import Cells, cells, rows
from cjmine.analysis.contact.events import Way
from cjmine.analysis.contact.words import coded
from cjmine.analysis.contacts import Contacts
from cjmine.analysis.dropoff.next_events import Vocabulary
from cjmine.counting.groups import Ints
from cjmine.counting.merging import summed
from cjmine.eventlog.log import ACTIVITY, CHANNEL, About, EventLog
from cjmine.results.contact import Refused

LEAST_KNOWN = 0.5
LEAST_RECORDS = 30  # of a reason whose share of known customers is compared
LEAST_APART, SURELY = 0.1, 0.001  # between reasons, and p of that


@dataclass(frozen=True, slots=True)
class KnownCounts:
    """The contacts of known customers in the whole log.

    `channels` by channel, the last is unknown; `every` all of them; `reasons` by touchpoint and
    channel.
    """

    channels: Cells
    every: Cells
    reasons: Ints

    def __add__(self, other: KnownCounts) -> KnownCounts:
        return summed(self, other)


def count_known(log: EventLog, way: Way, words: Vocabulary) -> KnownCounts:
    """The contacts of a part of a log; also those that no journey holds."""
    found = np.flatnonzero(way.is_contact)
    row = way.row[found]
    code = np.cumsum(np.diff(way.customer, prepend=way.customer[:1]) != 0)
    customer = code[found]
    people = int(code[-1]) + 1 if len(code) else 0
    activity = coded(words.activities, log.activities)[log.codes(ACTIVITY)[row]]
    channel = np.full(len(row), len(words.channels), np.int64)
    if log.has(CHANNEL):
        own = np.append(coded(words.channels, log.names(CHANNEL)), len(words.channels))
        channel = own[log.codes(CHANNEL)[row]]
    size = len(words.channels) + 1
    return KnownCounts(
        channels=cells(rows(channel, customer, size, people)),
        every=cells(rows(np.zeros(len(row), np.int64), customer, 1, people)),
        reasons=np.bincount(activity * size + channel, minlength=len(words.activities) * size),
    )


@dataclass(frozen=True, slots=True)
class Strangers:
    """The contacts that the load left out, since nothing in their record shows the customer.

    By touchpoint and channel, as the contacts of known customers are; `unnamed` by channel, of
    touchpoints that no known customer has.
    """

    reasons: Ints
    unnamed: Ints

    def by_channel(self, channels: int) -> Ints:
        """The contacts by channel; the last is unknown."""
        found: Ints = self.reasons.reshape(-1, channels + 1).sum(axis=0) + self.unnamed
        return found


def strangers_of(about: About, contacts: Contacts, words: Vocabulary) -> Strangers:
    """What the account of a load says of contacts without a customer."""
    size = len(words.channels) + 1
    reasons = np.zeros(len(words.activities) * size, np.int64)
    unnamed = np.zeros(size, np.int64)
    activity = {name: number for number, name in enumerate(words.activities)}
    channel = {name: number for number, name in enumerate(words.channels)}
    for one in about.nameless:
        name, by = one.activity or "", one.channel or ""
        at = np.zeros(1, np.int32)
        if contacts.among((name,), (by,), at, at)[0]:
            place = channel.get(by, size - 1)
            if name in activity:
                reasons[activity[name] * size + place] += one.events
            else:
                unnamed[place] += one.events
    return Strangers(reasons, unnamed)


def refused(known: Ints, strangers: Strangers) -> Refused | None:
    """Why no totals may be said, if that is so.

    `known` are contacts of known customers by touchpoint and channel. Within a channel the shares
    of reasons are compared (Pearson's chi-square).
    """
    n, of = int(known.sum()), int(known.sum() + strangers.reasons.sum() + strangers.unnamed.sum())
    if not of or n == of:
        return None
    if n < LEAST_KNOWN * of:
        return Refused.FEW_KNOWN
    return Refused.DEPENDS if _depends(known, strangers) else None


def _depends(known: Ints, strangers: Strangers) -> bool:
    from scipy.special import chdtrc

    size = len(strangers.unnamed)
    chi2, freedom, apart = 0.0, 0, 0.0
    table = np.stack([known, strangers.reasons]).reshape(2, -1, size)
    for channel in range(size):
        cells = np.column_stack([table[:, :, channel], [0, strangers.unnamed[channel]]])
        of = cells.sum(axis=0)
        cells, of = cells[:, of >= LEAST_RECORDS], of[of >= LEAST_RECORDS]
        margin = cells.sum(axis=1)
        if len(of) < 2 or not margin.all():
            continue
        expected = np.outer(margin, of) / margin.sum()
        chi2 += float(((cells - expected) ** 2 / expected).sum())
        freedom += len(of) - 1
        shares = cells[0] / of
        apart = max(apart, float(shares.max() - shares.min()))
    return apart >= LEAST_APART and float(chdtrc(freedom, chi2)) < SURELY
