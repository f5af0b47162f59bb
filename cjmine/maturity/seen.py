"""What was seen in the files of a folder, as values; nothing of it is a figure of a log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SeenFile:
    """A file, by its way from the folder, with the day of its last change.

    `in_git`: the day is that of the last commit that changed it.
    """

    file: str
    day: date
    in_git: bool = False


@dataclass(frozen=True, slots=True)
class SeenIdeal:
    """A journey file: whether it names an owner, a purpose and expectations."""

    at: SeenFile
    owned: bool
    has_purpose: bool
    has_expectations: bool


@dataclass(frozen=True, slots=True)
class SeenEntry:
    """A journey of a portfolio, an idea or an insight.

    `day` is what it is reviewed by, or when it was found; None where that is not declared.
    """

    at: SeenFile
    owned: bool
    day: date | None = None


@dataclass(frozen=True, slots=True)
class SeenCount:
    """A file that shows some number of things, of so many where there is a whole."""

    at: SeenFile
    have: int
    of: int | None = None


@dataclass(frozen=True, slots=True)
class SeenFolder:
    """All that a folder holds of it.

    `sources` are configurations with the sources that they declare, `identities` saved reports with
    the customers met in several sources, `checks` with the records rejected of those read. `gates`
    are jobs of build services that run a check. `effects` and `calibrations` are saved measures of
    ideas: the ideas with a verdict, and the closed ideas whose promises were compared.
    """

    ideals: tuple[SeenIdeal, ...] = ()
    insights: tuple[SeenEntry, ...] = ()
    sources: tuple[SeenCount, ...] = ()
    identities: tuple[SeenCount, ...] = ()
    checks: tuple[SeenCount, ...] = ()
    gates: tuple[SeenFile, ...] = ()
    trends: tuple[SeenFile, ...] = ()
    journeys: tuple[SeenEntry, ...] = ()
    ideas: tuple[SeenEntry, ...] = ()
    effects: tuple[SeenCount, ...] = ()
    calibrations: tuple[SeenCount, ...] = ()
