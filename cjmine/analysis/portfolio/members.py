"""The journeys of a portfolio one by one: each value of a template is a journey of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cjmine.ideal.compiled import CompiledIdeal
from cjmine.portfolio.declared import DeclaredPortfolio, Entry, Status, Variation


@dataclass(frozen=True, slots=True)
class Member:
    """A journey of the portfolio, or one value of a template.

    `ideal` is None where it is not measured: it has no file yet, or is retired.
    """

    entry: Entry
    variation: Variation | None
    ideal: CompiledIdeal | None

    @property
    def name(self) -> str:
        """What it is called: `retire`, or `retire: A` for a value of a template."""
        value = self.value
        return self.entry.name if value is None else f"{self.entry.name}: {value}"

    @property
    def value(self) -> str | None:
        """The value of the column of its template; None for a journey."""
        return None if self.variation is None else self.variation.value

    @property
    def owner(self) -> str | None:
        """Who answers for it: as the portfolio says, else as its journey file does."""
        override = self.variation.override if self.variation else None
        said = (override.owner if override else None) or self.entry.owner
        return said or (self.ideal.journey.owner if self.ideal else None)

    @property
    def review_by(self) -> date | None:
        """The last day on which what is known of it is not stale."""
        override = self.variation.override if self.variation else None
        return (override.review_by if override else None) or self.entry.review_by

    @property
    def status(self) -> Status:
        """How far it is."""
        override = self.variation.override if self.variation else None
        return (override.status if override else None) or self.entry.status

    def asks_the_same(self, other: Member) -> bool:
        """Whether two measured journeys are cut from the same events and have the same goal.

        Then they differ by whose journeys they are alone.
        """
        assert self.ideal is not None and other.ideal is not None
        one, another = self.ideal.journey, other.ideal.journey
        return (one.goal, one.entry, one.gap, one.until_goal) == (
            another.goal,
            another.entry,
            another.gap,
            another.until_goal,
        )


@dataclass(frozen=True, slots=True)
class Journeys:
    """A portfolio and its journeys one by one, in the order of the file."""

    declared: DeclaredPortfolio
    members: tuple[Member, ...]

    @property
    def measured(self) -> tuple[Member, ...]:
        """Those with an ideal."""
        return tuple(one for one in self.members if one.ideal is not None)

    @property
    def measured_at(self) -> list[int]:
        """Their places among all."""
        return [at for at, one in enumerate(self.members) if one.ideal is not None]

    @property
    def templates(self) -> tuple[Entry, ...]:
        """The entries that are templates."""
        return tuple(one for one in self.declared.entries if one.column is not None)
