"""Which mails the organisation sends as a step of the way: they are no contact."""

from __future__ import annotations

import numpy as np

from cjmine.analysis.proposal.ways import met_by, ways_to
from cjmine.counting.groups import Flags
from cjmine.eventlog.journeys import Journeys, without_empty, without_events

_SENT = "out: "  # what mailboxes put before subjects of sent mail
_MAIL = "mail"
_MOST, _MOST_MAILS = 0.5, 50


def sent_mails(journeys: Journeys, is_contact: Flags, sounds: Flags, least: int) -> Flags:
    """Which touchpoints of contact are mails that the organisation sends: one flag a touchpoint.

    Their names say so, or say that something is done (`sounds`), or at least half of the journeys
    with some touchpoint that is no contact get them after it, as it leads there.
    """
    size = len(journeys.activities)
    by_mail = np.array([*(name == _MAIL for name in journeys.channels), False])[journeys.channel]
    mailed = np.bincount(journeys.activity[is_contact & by_mail], minlength=size)
    asked = np.bincount(journeys.activity[is_contact & ~by_mail], minlength=size)
    is_mail = (mailed > 0) & (asked == 0)
    is_named = np.array([name.startswith(_SENT) for name in journeys.activities], bool)
    sent: Flags = is_mail & (is_named | sounds)
    open_mails = np.flatnonzero(is_mail & ~sent)
    open_mails = open_mails[np.argsort(-mailed[open_mails], kind="stable")][:_MOST_MAILS]
    way = without_empty(without_events(journeys, is_contact & ~is_mail[journeys.activity]))
    ways = ways_to(met_by(way), open_mails, least)
    is_step = sent | ((mailed == 0) & (asked == 0))
    follows = ways.leads & (ways.goes_on >= _MOST)
    sent[open_mails] = follows[is_step].any(axis=0)
    return sent
