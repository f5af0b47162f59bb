"""The register of how personal data are used, and the notice to the people whose data they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Literal

from cjmine.declared_privacy import LegalBasis
from cjmine.eventlog.source_columns import KeptColumn
from cjmine.results.figures import STRICT, Setting


class DataKind(StrEnum):
    """What a source holds, as people who are no experts call it."""

    WEB = "web"
    APP = "app"
    CALL = "call"
    CONTACT_CENTRE = "contact-centre"
    MAIL = "mail"
    CHAT = "chat"
    SMS = "sms"
    TICKET = "ticket"
    SURVEY = "survey"
    CUSTOMERS = "customers"
    RECORDS = "records"


class Safeguard(StrEnum):
    """A technical measure: Article 30(1)(g)."""

    KEYED_TOKENS = "keyed-tokens"
    COLUMNS_DROPPED = "columns-dropped"
    SMALL_GROUPS = "small-groups"
    RELEASED = "released"
    OWNER_ONLY = "owner-only"
    NO_NETWORK = "no-network"
    PURGE = "purge"


@dataclass(frozen=True, slots=True)
class Purpose:
    """What one journey is measured for, and who owns the journey."""

    journey: str
    purpose: str
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class RegisteredSource:
    """A source of data: the columns that are kept and dropped, by name.

    The values of identifiers (customer, link, case) are replaced by tokens.
    """

    source: str
    format: str
    kind: DataKind
    channel: str | None
    kept: tuple[KeptColumn, ...]
    dropped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Retention:
    """How many days the events of saved logs, or the exports that they come from, are kept."""

    of: Literal["logs", "exports"]
    days: Setting


@dataclass(frozen=True, slots=True)
class PrivacyRegister:
    """What Article 30(1) of the GDPR asks for, a to g, and the legal basis.

    `keys` are the ids of the keys of the tokens of saved logs; `min_group` is the smallest number
    of customers that a figure may be about.
    """

    __pydantic_config__: ClassVar[Mapping[str, object]] = STRICT

    schema: Literal["cjmine/privacy-register/1"]
    controller: str
    contact: str
    officer: str | None
    purposes: tuple[Purpose, ...]
    legal_basis: LegalBasis
    interest: str | None
    people: tuple[str, ...]
    sources: tuple[RegisteredSource, ...]
    recipients: tuple[str, ...]
    transfers: tuple[str, ...]
    retention: tuple[Retention, ...]
    safeguards: tuple[Safeguard, ...]
    min_group: Setting
    keys: tuple[str, ...]

    @property
    def kinds(self) -> tuple[DataKind, ...]:
        """The kinds of data of all sources, each once, in the order of the kinds."""
        found = {one.kind for one in self.sources}
        return tuple(kind for kind in DataKind if kind in found)


@dataclass(frozen=True, slots=True)
class NoticePart:
    """A part of the notice: its heading, and sentences."""

    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrivacyNotice:
    """What is measured, in plain language; `words` are those of title, headings and sentences."""

    __pydantic_config__: ClassVar[Mapping[str, object]] = STRICT

    schema: Literal["cjmine/privacy-notice/1"]
    lang: str
    words: Setting
    title: str
    parts: tuple[NoticePart, ...]
