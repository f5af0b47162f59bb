"""What is asked of each part of a log about contacts."""

from __future__ import annotations

from dataclasses import dataclass

from cjmine.analysis.compared_part import Moments
from cjmine.analysis.contact.events import Rules
from cjmine.analysis.contact.kinds import Waves
from cjmine.analysis.contacts import Names
from cjmine.analysis.dropoff.next_events import Vocabulary
from cjmine.analysis.like.kinds import AskLike
from cjmine.counting.groups import Ints


@dataclass(frozen=True, slots=True)
class AskContact:
    """The question: names and moments of the whole log, the rules, and what is asked for.

    `again` are the times within which another contact is one more, `promise` the time within which
    an answer is promised, both in microseconds. `before` are names of the contacts before which it
    is looked at what customers did, () for all; `after` is the number of the step after which
    contacts are looked at, None for all.
    """

    words: Vocabulary
    moments: Moments
    rules: Rules
    waves: Waves
    like: AskLike
    again: Ints
    promise: int
    before: Names
    after: int | None
    min_group: int
