"""A first portfolio that a log suggests, as values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProposedJourney:
    """A journey: its file, or None and the touchpoint that it leads to."""

    file: str | None
    goal: str
    phase: str | None


@dataclass(frozen=True, slots=True)
class ProposedReason:
    """A touchpoint by which customers get in touch, and the file of the journey that names it."""

    reason: str
    file: str | None


@dataclass(frozen=True, slots=True)
class ProposedPortfolio:
    """Phases (() where no rule names a stage), journeys, and contact reasons, most first."""

    phases: tuple[str, ...]
    journeys: tuple[ProposedJourney, ...]
    reasons: tuple[ProposedReason, ...]
