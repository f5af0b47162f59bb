"""What only people know of how personal data are used, as `[privacy]` in `cjmine.toml` has it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LegalBasis(StrEnum):
    """Why the law allows it: the six of Article 6(1) of the GDPR, in its order."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGAL_OBLIGATION = "legal-obligation"
    VITAL_INTERESTS = "vital-interests"
    PUBLIC_TASK = "public-task"
    LEGITIMATE_INTERESTS = "legitimate-interests"


@dataclass(frozen=True, slots=True)
class DeclaredPrivacy:
    """Who uses personal data, why the law allows it, of whom, who gets them, how long they stay.

    What is not declared is None; `recipients` that are declared as none are (). `interest` is what
    legitimate interests are about. `retention` is how many days events of a saved log are kept,
    `retention_exports` how many days exports are. `journeys` are the files, relative to the
    configuration, whose purposes the project has.
    """

    controller: str | None = None
    contact: str | None = None
    officer: str | None = None
    legal_basis: LegalBasis | None = None
    interest: str | None = None
    people: tuple[str, ...] = ()
    recipients: tuple[str, ...] | None = None
    transfers: tuple[str, ...] = ()
    retention: int | None = None
    retention_exports: int | None = None
    journeys: tuple[str, ...] = ()


NO_PRIVACY_DECLARED = DeclaredPrivacy()
