"""What `maturity` finds: the fields are the keys of `maturity -f json`, in its order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from cjmine.errors import Note
from cjmine.maturity.declared import Evidence, Line, Question, Stage
from cjmine.results.figures import STRICT, Setting


@dataclass(frozen=True, slots=True)
class DatedFile:
    """A file of the folder, and the day of its last change: in git, or of the file itself."""

    file: str
    day: str
    by: Literal["git", "file"]


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One piece of evidence: `have` of `of` have it, in `files`; something in `lacking` has not.

    `of` is None where any number is enough.
    """

    line: Line
    stage: Stage
    evidence: Evidence
    shown: bool
    have: Setting
    of: Setting | None
    files: tuple[DatedFile, ...]
    lacking: tuple[DatedFile, ...]


@dataclass(frozen=True, slots=True)
class LineRow:
    """The last stage of a line that has, as all stages before it, all its evidence.

    `level` is its number, 0 without any; `shown` says of each stage whether it has all its own.
    """

    line: Line
    level: Setting
    stage: Stage | None
    shown: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class SaidRow:
    """What somebody says is so since a day; it ticks nothing."""

    line: Line
    question: Question
    since: str


@dataclass(frozen=True, slots=True)
class Step:
    """The evidence that lacks first in the line that is least far."""

    line: Line
    stage: Stage
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Maturity:
    """How far mapping, mining and managing are, by what the files of a folder show on a day."""

    __pydantic_config__: ClassVar[Mapping[str, object]] = STRICT

    schema: Literal["cjmine/maturity/1"]
    folder: str
    today: str
    lines: tuple[LineRow, ...]
    evidence: tuple[EvidenceRow, ...]
    said: tuple[SaidRow, ...]
    next: Step | None
    notes: tuple[Note, ...]
