"""The portfolio that people declare: the life cycle, the journeys on it, and contact reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cjmine.ideal.nodes import UNMARKED, Mark
from cjmine.wildcards import fits


class Level(StrEnum):
    """How much of a customer's life a journey covers, the most first."""

    LIFE_CYCLE = "life-cycle"
    JOURNEY = "journey"
    SUB_JOURNEY = "sub-journey"
    MOMENT = "moment"


class Status(StrEnum):
    """How far a journey has come."""

    IDEA = "idea"
    RESEARCHED = "researched"
    LIVE = "live"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Override:
    """What differs for one value of a template; None is as the template has it.

    `deadline` is in microseconds.
    """

    owner: str | None = None
    review_by: date | None = None
    status: Status | None = None
    deadline: int | None = None


AS_THE_TEMPLATE = Override()


@dataclass(frozen=True, slots=True)
class Variation:
    """One value of the column of a template, and what differs for it."""

    value: str
    override: Override = AS_THE_TEMPLATE


@dataclass(frozen=True, slots=True)
class Entry:
    """A journey of the portfolio, or a template: one journey over the values of a column.

    `file` is its journey file as it is written, None where it has none yet. A template has a
    `column` and one `Variation` a value. `owner` wins over that of the journey file. `review_by`
    is the last day on which what is known of it is not stale.
    """

    name: str
    file: str | None = None
    phase: str | None = None
    level: Level = Level.JOURNEY
    parent: str | None = None
    owner: str | None = None
    review_by: date | None = None
    status: Status = Status.IDEA
    column: str | None = None
    values: tuple[Variation, ...] = ()
    mark: Mark = UNMARKED


@dataclass(frozen=True, slots=True)
class Reason:
    """A contact reason by the name of its touchpoint, in which `*` holds for any text.

    `journey` is its home, None where it has none yet.
    """

    reason: str
    journey: str | None


@dataclass(frozen=True, slots=True)
class DeclaredPortfolio:
    """The phases of the life cycle in their order, the journeys and the contact reasons.

    `file` is what messages call the file.
    """

    lifecycle: tuple[str, ...]
    entries: tuple[Entry, ...]
    reasons: tuple[Reason, ...] = ()
    file: str = ""

    @property
    def families(self) -> dict[str, frozenset[str]]:
        """For each journey that others name as their parent: itself and all below it, by name.

        >>> entries = (Entry("move"), Entry("form", parent="move"), Entry("page", parent="form"))
        >>> sorted(DeclaredPortfolio((), entries).families["move"])
        ['form', 'move', 'page']
        """
        parent = {one.name: one.parent for one in self.entries}
        found: dict[str, set[str]] = {}
        for name in parent:
            above = parent[name]
            while above is not None:
                found.setdefault(above, {above}).add(name)
                above = parent[above]
        return {name: frozenset(found[name]) for name in parent if name in found}

    def home_of(self, reason: str) -> str | None:
        """The journey of a contact reason: that of the first that fits, as the file lists them.

        >>> reasons = (Reason("Call: move*", "moving"), Reason("Call*", None))
        >>> found = DeclaredPortfolio((), (), reasons)
        >>> found.home_of("Call: move date"), found.home_of("Call: bill")
        ('moving', None)
        """
        fitting = (one.journey for one in self.reasons if fits(reason, one.reason))
        return next(fitting, None)

    def is_declared(self, reason: str) -> bool:
        """Whether a touchpoint is listed as a contact reason."""
        return any(fits(reason, one.reason) for one in self.reasons)
