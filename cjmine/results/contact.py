"""What `contact` finds: the fields are the keys of `contact -f json`, in its order.

A figure that is None is withheld, because it would be about too few customers, or not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Literal

from cjmine.errors import Note
from cjmine.results.figures import (
    STRICT,
    Amount,
    Customers,
    Events,
    Limit,
    Money,
    Placed,
    Probability,
    Proportion,
    Records,
    Setting,
)
from cjmine.results.full_time import JudgedPeriod
from cjmine.results.log import LogSize, Privacy, Source
from cjmine.results.share import Share, check_share
from cjmine.results.verdicts import Verdict


class ContactType(StrEnum):
    """Why customers get in touch; of several types the first that fits."""

    FAILED = "failed"
    LATE = "late"
    CHASE = "chase"
    AGAIN = "again"
    INSTEAD = "instead"
    AFTER_GOAL = "after the goal"
    WAVE = "wave"
    OTHER = "other"


FAILURE_DEMAND = tuple(ContactType)[:6]


class ContactBy(StrEnum):
    """What contacts can be listed by."""

    CHANNEL = "channel"
    HOUR = "hour"
    REASON = "reason"


class Refused(StrEnum):
    """Why no totals are said: who is known is another question than who got in touch."""

    FEW_KNOWN = "few known"
    DEPENDS = "depends"


@dataclass(frozen=True, slots=True)
class KnownRow:
    """The contacts of one reason or channel: `n` of `of` are of a known customer."""

    name: str
    n: Events
    of: Records


@dataclass(frozen=True, slots=True)
class Identified:
    """How many contacts of the whole log are of a known customer: `n` of `of`.

    The rest were left out by the load: nothing in their record says whose they are. `by` has the
    channels. Totals are not said where they are `refused`: fewer than half are known, or how many
    are known depends on the reason, so that those that are known do not speak for the others.
    """

    n: Events | None
    of: Records | None
    value: Proportion | None
    by: tuple[KnownRow, ...]
    refused: Refused | None


@dataclass(frozen=True, slots=True)
class Excess:
    """How many more contacts there were than expected, with the 95 % interval."""

    value: Amount
    low: Amount
    high: Amount


@dataclass(frozen=True, slots=True)
class TypeAt:
    """The contacts of a type at one step, or after one touchpoint of friction."""

    at: str
    contacts: Events


@dataclass(frozen=True, slots=True)
class TypeRow:
    """The contacts of one type, and where.

    `expected` is what like journeys without the cause give in its place, `excess` the rest; both
    None where there are no like journeys. `cost` is that of the contacts; of the excess alone
    where that is known.
    """

    type: ContactType
    contacts: Events | None
    expected: Amount | None
    excess: Excess | None
    cost: Money | None
    at: tuple[TypeAt, ...]


@dataclass(frozen=True, slots=True)
class Ratio:
    """An odds ratio with its 95 % interval."""

    value: Amount
    low: Amount
    high: Amount


@dataclass(frozen=True, slots=True)
class BeforeRow:
    """A touchpoint before contacts: `contacts` had it so shortly before, of `visits` customers.

    `followed` is the share of its visits that are followed by contact so soon. `ratio` is the odds
    ratio against like journeys without contact (Mantel-Haenszel over the sets of callers);
    `sets` are the callers whose sets hold both journeys with it and journeys without.
    """

    touchpoint: str
    contacts: Events
    visits: Customers
    followed: Share
    sets: Customers | None
    ratio: Ratio | None
    p: Probability | None
    q: Probability | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class AgainRow:
    """`n` of `of` contacts are followed by another of the same customer within a time.

    `after` is the touchpoint of the first, None for any. Only contacts whose time is over count.
    """

    after: str | None
    within_seconds: Limit
    n: Events | None
    of: Events | None
    value: Proportion | None
    low: Proportion | None
    high: Proportion | None

    def __post_init__(self) -> None:
        """Hold that the figures are those of one share."""
        check_share(self.value, self.low, self.high, self.n, self.of)

    @property
    def share(self) -> Share:
        """The figures as a share."""
        return Share(self.value, self.low, self.high, self.n, self.of)


@dataclass(frozen=True, slots=True)
class Unanswered:
    """`n` of `of` contacts that wait for an answer have none within what is promised."""

    within_seconds: Limit
    n: Events | None
    of: Events | None
    value: Proportion | None
    low: Proportion | None
    high: Proportion | None

    def __post_init__(self) -> None:
        """Hold that the figures are those of one share."""
        check_share(self.value, self.low, self.high, self.n, self.of)

    @property
    def share(self) -> Share:
        """The figures as a share."""
        return Share(self.value, self.low, self.high, self.n, self.of)


@dataclass(frozen=True, slots=True)
class ContainedRow:
    """The share of digital visits to a step that no contact follows within the window."""

    step: str
    contained: Share


@dataclass(frozen=True, slots=True)
class HourRow:
    """The contacts of one hour of the week: `weekday` 1 is Monday, `hour` 0 to 23."""

    weekday: Placed
    hour: Setting
    contacts: Events


@dataclass(frozen=True, slots=True)
class Busiest:
    """The hour of the week with most contacts, and how many times the mean hour that is.

    The mean is over the hours of the week that have contact at all.
    """

    weekday: Placed
    hour: Setting
    contacts: Events
    times_mean: Amount


@dataclass(frozen=True, slots=True)
class ContactGroup:
    """The contacts of one channel, reason, or hour of the day."""

    name: str
    contacts: Events
    cost: Money | None


@dataclass(frozen=True, slots=True)
class Contact:
    """When customers get in touch, why, and which contacts need not have been.

    `with_contact` is the share of journeys, `contacts` are those of these journeys. `need_not` is
    the share of the first six types, `cost` what those cost. `before` looks back `before_seconds`
    from contacts that fit the name `before_name`; steps are left to contact within
    `window_seconds`.
    """

    __pydantic_config__: ClassVar[Mapping[str, object]] = STRICT

    schema: Literal["cjmine/contact/1"]
    journey: str
    journey_file: str
    log: LogSize
    sources: tuple[Source, ...]
    judged: JudgedPeriod
    goal: tuple[str, ...]
    identified: Identified
    with_contact: Share
    contacts: Events | None
    per_100: Amount | None
    types: tuple[TypeRow, ...]
    need_not: Share
    cost: Money | None
    currency: str | None
    before_name: str | None
    before_seconds: Limit
    before: tuple[BeforeRow, ...]
    again: tuple[AgainRow, ...]
    unanswered: Unanswered | None
    window_seconds: Limit
    contained: tuple[ContainedRow, ...]
    busiest: Busiest | None
    hours: tuple[HourRow, ...]
    by: ContactBy
    groups: tuple[ContactGroup, ...]
    held_equal: tuple[str, ...]
    notes: tuple[Note, ...]
    privacy: Privacy
