"""What `portfolio` finds: the fields are the keys of `portfolio -f json`, in its order.

A figure that is None is withheld, because it would be about too few customers, or undefined.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Literal

from cjmine.errors import Code, Note
from cjmine.portfolio.declared import Level, Status
from cjmine.results.expectations import Verdict
from cjmine.results.figures import (
    STRICT,
    Change,
    Customers,
    Events,
    Figure,
    Journeys,
    Limit,
    Proportion,
    Setting,
)
from cjmine.results.log import LogSize, Privacy, Source
from cjmine.results.map import Score
from cjmine.results.priorities import Amount
from cjmine.results.share import Share
from cjmine.results.trend import Every


class Standing(StrEnum):
    """Where a value of a template is in the funnel plot."""

    WITHIN = "within"
    OUTSIDE = "outside 95"
    DIFFERS = "differs"


class Movement(StrEnum):
    """What the goal of a row did last, by the rules of `trend`.

    `steady`: no change is found in eight judged periods or more; small ones may be there.
    """

    GAINED = "gained"
    LOST = "lost"
    STEADY = "steady"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """The goal of the journeys that begin in a week or month, named by its first day.

    Without counts `value` is in whole percents: the counts would give few away beside others.
    """

    from_: str
    n: Journeys | None
    of: Journeys | None
    value: Proportion | None


@dataclass(frozen=True, slots=True)
class PortfolioJourney:
    """A journey of the portfolio, or one `value` of a template, with the figures of its check.

    `title` and `purpose` are those of its journey file; `file` is None where it has none yet.
    `review_by` is a day. `journeys` are those that had their full time, of `customers`: of these
    are `goal`, `drop_off` (ended without goal or exit) and `contact`, which is None where the log
    has no contact at all. `verdict` and `broken` are those of its `expectations`; None where it is
    not measured or withheld. `scores` are about all its steps together, so their `step` is empty.
    `gain` are the goals that the first of its `priorities` together would bring over the period of
    the log, where that is asked for. `trend` has the weeks or months in which all journeys had
    their time; `movement` is what the goal did in them, from the day `moved_since` on where it
    changed.
    """

    journey: str
    file: str | None
    title: str | None
    purpose: str | None
    phase: str | None
    level: Level
    parent: str | None
    owner: str | None
    review_by: str | None
    status: Status
    value: str | None
    journeys: Journeys | None
    customers: Customers | None
    goal: Share
    drop_off: Share
    contact: Share | None
    scores: tuple[Score, ...]
    expectations: Setting
    verdict: Verdict | None
    broken: Setting | None
    gain: Amount | None
    trend: tuple[TrendPoint, ...]
    movement: Movement | None
    moved_since: str | None


@dataclass(frozen=True, slots=True)
class PooledRow:
    """The journeys of a phase, an owner, a level or a template together, by pooled counts.

    Of `declared` journeys so many are `measured` and shown; a template is one. A customer counts
    once in `customers`; shares pool the journeys that are shown. `verdict` is the worst,
    `expectations` and `broken` are sums. `scores` are about the answers of its journeys whose own
    score is shown, each answer once. `gain` is the sum of theirs, None where two of them count the
    same goals. `trend` and `movement` are those of a journey, by the sums
    of the journeys of which nearly all periods are shown.
    """

    name: str
    declared: Setting
    measured: Setting
    journeys: Journeys | None
    customers: Customers | None
    goal: Share
    drop_off: Share
    contact: Share | None
    scores: tuple[Score, ...]
    expectations: Setting
    verdict: Verdict | None
    broken: Setting
    gain: Amount | None
    trend: tuple[TrendPoint, ...]
    movement: Movement | None
    moved_since: str | None


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A contact reason, and the journey that it belongs to; "(other)" where reasons are folded."""

    reason: str
    contacts: Events
    journey: str | None


@dataclass(frozen=True, slots=True)
class ReasonCoverage:
    """The contacts of the log, and those whose reason has a journey: `value` is their share."""

    contacts: Events | None
    covered: Events | None
    value: Proportion | None
    reasons: tuple[ReasonRow, ...]


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One value of a template: `n` of `of` journeys reach the goal.

    `z` and the limits are those of a funnel plot around the goal of all values that are shown;
    None of fewer than three.
    """

    value: str
    n: Journeys | None
    of: Journeys | None
    z: Figure | None
    limits_95: tuple[Proportion, Proportion] | None
    limits_998: tuple[Proportion, Proportion] | None
    verdict: Standing | None


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """One journey over the values of a column.

    `pooled` are all values together; `share` is the goal of those whose goal is shown, around which
    the limits are. `spread` is how much more values differ among themselves
    than chance and customers explain (1: no more); the limits are that much wider. Of two values
    `difference` is how much larger the goal of the second is.
    """

    template: str
    column: str
    pooled: PooledRow
    share: Proportion | None
    spread: Figure | None
    difference: Change | None
    values: tuple[ValueRow, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to manage: what it is `about`, such as a journey or a contact reason."""

    code: Code
    about: str
    text: str

    @property
    def note(self) -> Note:
        """The same as a note."""
        return Note(self.code, self.text)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """All journeys on one life cycle.

    `parents` are the journeys that others name as theirs, each together with all below it.
    `verdict` is the worst of all journeys. `every` says what the points of trends are. A value of
    a template differs where it is also `margin` or more away from all values together.
    """

    __pydantic_config__: ClassVar[Mapping[str, object]] = STRICT

    schema: Literal["cjmine/portfolio/1"]
    file: str
    lifecycle: tuple[str, ...]
    log: LogSize
    sources: tuple[Source, ...]
    verdict: Verdict
    every: Every
    margin: Limit
    journeys: tuple[PortfolioJourney, ...]
    phases: tuple[PooledRow, ...]
    owners: tuple[PooledRow, ...]
    levels: tuple[PooledRow, ...]
    parents: tuple[PooledRow, ...]
    coverage: ReasonCoverage
    templates: tuple[TemplateRow, ...]
    findings: tuple[Finding, ...]
    notes: tuple[Note, ...]
    privacy: Privacy


def worst(verdicts: Iterable[Verdict | None]) -> Verdict | None:
    """The worst of some verdicts; None of none.

    >>> worst([Verdict.KEPT, None, Verdict.INCONCLUSIVE])
    <Verdict.INCONCLUSIVE: 'inconclusive'>
    """
    found = set(verdicts)
    order = (Verdict.BROKEN, Verdict.INCONCLUSIVE, Verdict.KEPT)
    return next((one for one in order if one in found), None)
