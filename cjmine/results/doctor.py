"""What a look at a saved log on disk found: its files, what was delivered, what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Literal

from cjmine.results.figures import STRICT, Moment, Names, Records, Setting


class Trouble(StrEnum):
    """Why a file of a log cannot be read as the log says."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    OTHER_EVENTS = "other-events"


class Leftover(StrEnum):
    """What a file is that is no part of the log; the next writer deletes it."""

    RETIRED = "retired"
    UNFINISHED = "unfinished"


@dataclass(frozen=True, slots=True)
class RunFile:
    """A file of the log: how many events it should hold, and what is wrong with it.

    What is kept of a delivery as it was read has no such number.
    """

    file: str
    events: Records | None
    bytes: Setting
    trouble: Trouble | None


@dataclass(frozen=True, slots=True)
class DeliverySeen:
    """What one load brought, in so many files, and the version of cjmine that read it."""

    number: Setting
    files: Setting
    events: Records | None
    version: str


@dataclass(frozen=True, slots=True)
class LeftFile:
    """A file beside the log that is no part of it."""

    file: str
    why: Leftover
    bytes: Setting


@dataclass(frozen=True, slots=True)
class DoctorReport:
    """A saved log on disk: `is_sound` where every file of it is as the log says.

    A log in one file names no deliveries. `observed_from` and `observed_until` are the times of its
    first and last event where the log knows them without reading.
    """

    __pydantic_config__: ClassVar[Mapping[str, object]] = STRICT

    schema: Literal["cjmine/doctor/1"]
    log: str
    is_sound: bool
    key: str | None
    events: Records | None
    activities: Names | None
    observed_from: Moment | None
    observed_until: Moment | None
    bytes: Setting
    runs: tuple[RunFile, ...]
    deliveries: tuple[DeliverySeen, ...]
    leftovers: tuple[LeftFile, ...]
    min_group: Setting
