"""A first portfolio that a log suggests, as values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProposedJourney:
    """A journey: its file or None, and the touchpoints that it leads to.

    `customers` come there; None where nearly all do, or where the journey has a file. Most of them
    begin with `entry`. `part_of` is the place in the portfolio of the journey that it is a part of.
    """

    file: str | None
    goals: tuple[str, ...]
    phase: str | None
    customers: int | None = None
    entry: str | None = None
    part_of: int | None = None


@dataclass(frozen=True, slots=True)
class ProposedReason:
    """A touchpoint by which customers get in touch, and the place of the journey it belongs to."""

    reason: str
    journey: int | None


@dataclass(frozen=True, slots=True)
class ProposedPortfolio:
    """Phases (() where no rule names a stage), journeys, and contact reasons, most first."""

    phases: tuple[str, ...]
    journeys: tuple[ProposedJourney, ...]
    reasons: tuple[ProposedReason, ...]
