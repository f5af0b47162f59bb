"""What a purge removed: events past their retention, by saved log, and what cannot be purged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Literal

from cjmine.results.figures import STRICT, Customers, Events, Setting


class Purged(StrEnum):
    """What became of a saved log, or would become of it in a dry run."""

    UNCHANGED = "unchanged"
    REWRITTEN = "rewritten"
    REMOVED = "removed"


class Obstacle(StrEnum):
    """Why a file cannot be purged, or not wholly."""

    OTHER_FORMAT = "other-format"
    SECOND_NAME = "second-name"
    UNREADABLE = "unreadable"
    UNWRITABLE = "unwritable"
    NO_LOG = "no-log"


@dataclass(frozen=True, slots=True)
class PurgedLog:
    """A saved log: its events and customers before, and how many of them are past retention.

    A customer is past retention where all of its events are. A count of too few customers is None.
    """

    log: str
    became: Purged
    events: Events | None
    events_past: Events | None
    customers: Customers | None
    customers_past: Customers | None


@dataclass(frozen=True, slots=True)
class Unpurged:
    """A file that keeps what is past retention, or may do so."""

    file: str
    why: Obstacle


@dataclass(frozen=True, slots=True)
class PurgeReport:
    """Events from before the day `before` are past a retention of so many days on `today`.

    Days are those of the zone of each log. In a dry run no file was changed.
    """

    __pydantic_config__: ClassVar[Mapping[str, object]] = STRICT

    schema: Literal["cjmine/privacy-purge/1"]
    today: str
    before: str
    retention_days: Setting
    dry_run: bool
    min_group: Setting
    release: bool
    logs: tuple[PurgedLog, ...]
    unpurged: tuple[Unpurged, ...]
