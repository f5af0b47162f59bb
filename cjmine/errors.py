"""Every problem that cjmine can name: code, place, message, cause and remedy.

This module stands below everything else and imports nothing of cjmine.
A message shows the place and the shape of a value, never the value: it may be personal data.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import IntEnum, StrEnum


class ExitStatus(IntEnum):
    """What the process tells the shell (DESIGN section 9; held by a test)."""

    DONE = 0
    BROKEN = 1
    USAGE = 2
    DATA = 3
    PRIVACY = 4
    OUTPUT = 5
    INTERNAL = 70
    INTERRUPTED = 130


class Code(StrEnum):
    """Stable codes. A code never changes its meaning and is never used again."""

    # L1xx: reading logs
    FILE_MISSING = "L101"
    FILE_UNREADABLE = "L102"
    FILE_EMPTY = "L103"
    FORMAT_UNKNOWN = "L104"
    HEADER_MISSING = "L105"
    COLUMN_MISSING = "L106"
    ROLE_UNCLEAR = "L107"
    TIME_UNREADABLE = "L108"
    ZONES_MIXED = "L109"
    DAY_MONTH_UNCLEAR = "L110"
    ZONE_UNDECLARED = "L111"
    LINE_TOO_LONG = "L112"
    FILE_TRUNCATED = "L113"
    ENCODING = "L114"
    ROW_STRUCTURE = "L115"
    TIME_IMPLAUSIBLE = "L116"
    VALUE_MISSING = "L117"
    XML_MALFORMED = "L118"
    XML_FORBIDDEN = "L119"
    REJECTS_OVER_BUDGET = "L120"
    NO_EVENTS = "L121"
    LOG_FORMAT = "L122"
    SOURCES_DISAGREE = "L123"
    EXTRA_MISSING = "L124"
    MODEL_FORMAT = "L125"
    SAMPLE_TOO_SMALL = "L126"
    OUT_OF_MEMORY = "L127"
    # N2xx: notes on what was read, assumed or left out
    DUPLICATES_KEPT = "N201"
    TIES = "N202"
    ZONE_ASSUMED = "N203"
    CLOCK_CHANGE = "N204"
    PLACEHOLDER_IDS = "N205"
    COLUMNS_DROPPED = "N206"
    UNLINKED = "N207"
    FOLDED = "N208"
    DATES_ONLY = "N209"
    UNORDERED = "N210"
    SNIFFED = "N211"
    RULES_IGNORED = "N212"
    ROWS_FILTERED = "N213"
    ROWS_REJECTED = "N214"
    DUPLICATE_FILE = "N215"
    CLASHES = "N216"
    ENTRY_CUT = "N217"
    WEAK_IDENTIFIER = "N218"
    GOAL_ABSENT = "N219"
    THROW_AWAY_KEY = "N220"
    SMALL_GROUPS_SHOWN = "N221"
    NO_DIRECTION = "N222"
    CONFIG_USED = "N223"
    REDELIVERED = "N224"
    DEADLINE_ASSUMED = "N225"
    CHANNEL_UNKNOWN = "N226"
    COLUMN_ABSENT = "N227"
    TAKEN_OUT = "N228"
    GOAL_ASSUMED = "N229"
    WITHHELD = "N230"
    BASELINE_DIFFERS = "N231"
    CUT_OFF = "N232"
    HUBS = "N233"
    SHARED_DEVICES = "N234"
    # J1xx: the journey file, and what a check says about it
    JOURNEY_NAME = "J101"
    JOURNEY_UNREACHABLE = "J102"
    ACCEPTED_EXPIRED = "J103"
    JOURNEY_SYNTAX = "J104"
    JOURNEY_KEY = "J105"
    JOURNEY_VALUE = "J106"
    JOURNEY_MISSING = "J107"
    JOURNEY_DUPLICATE = "J108"
    JOURNEY_QUOTES = "J109"
    JOURNEY_CONFLICT = "J110"
    JOURNEY_TOO_LARGE = "J111"
    JOURNEY_MODEL = "J112"
    STEP_ABSENT = "J113"
    ACCEPTED_UNUSED = "J114"
    BASELINE_MISSING = "J115"
    BASELINE_FORMAT = "J116"
    # D1xx, D2xx, G1xx: what expectations and deviations are about
    DROP_OFF = "D101"
    REACHED = "D102"
    SKIPPED = "D201"
    UNEXPECTED = "D202"
    OUT_OF_ORDER = "D203"
    REPEATED = "D204"
    LATE = "D205"
    WRONG_CHANNEL = "D206"
    SWAPPED = "D207"
    REPLACED = "D208"
    ABANDONED = "D209"
    EARLY = "D210"
    FAILED = "D211"
    GOAL_RATE = "G101"
    FITNESS = "G102"
    FITTING = "G103"
    # P1xx: privacy
    KEY_MISSING = "P101"
    KEY_UNSAFE = "P102"
    TOO_FEW_CUSTOMERS = "P103"
    LOOKS_PERSONAL = "P104"
    TOKEN_CLASH = "P105"
    CIVIL_NUMBERS = "P106"
    # C1xx: configuration; U1xx: usage; O1xx: output; X: internal
    CONFIG_SYNTAX = "C101"
    CONFIG_VALUE = "C102"
    CONFIG_NOTHING = "C103"
    USAGE = "U101"
    RESULT_FORMAT = "U102"
    OUTPUT_FAILED = "O101"
    OUTPUT_EXISTS = "O102"
    PICTURE_FAILED = "O103"
    INTERNAL = "X101"

    @property
    def is_about_data(self) -> bool:
        """Whether its notes are about what was read and loaded, whatever is then asked of it.

        >>> Code.DATES_ONLY.is_about_data, Code.RULES_IGNORED.is_about_data
        (True, False)
        """
        return self in _ABOUT_DATA


_ABOUT_DATA = frozenset(
    (
        Code.DUPLICATES_KEPT,
        Code.TIES,
        Code.ZONE_ASSUMED,
        Code.CLOCK_CHANGE,
        Code.PLACEHOLDER_IDS,
        Code.COLUMNS_DROPPED,
        Code.UNLINKED,
        Code.DATES_ONLY,
        Code.UNORDERED,
        Code.SNIFFED,
        Code.ROWS_FILTERED,
        Code.ROWS_REJECTED,
        Code.DUPLICATE_FILE,
        Code.CLASHES,
        Code.WEAK_IDENTIFIER,
        Code.THROW_AWAY_KEY,
        Code.NO_DIRECTION,
        Code.CONFIG_USED,
        Code.REDELIVERED,
        Code.CUT_OFF,
        Code.HUBS,
        Code.SHARED_DEVICES,
    )
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem sits. Lines and positions count from 1; a record is a row below the header.

    `column` names a column of the data, `position` is where in its line something begins.
    """

    file: str | None = None
    line: int | None = None
    column: str | None = None
    record: int | None = None
    position: int | None = None

    def __str__(self) -> str:
        spot = self.file or ""
        if self.line is not None:
            spot += f":{self.line}"
        if self.position is not None:
            spot += f":{self.position}"
        extras = []
        if self.record is not None:
            extras.append(f"record {self.record:,}")
        if self.column is not None:
            extras.append(f"column {self.column}")
        if extras:
            spot = ", ".join([spot, *extras] if spot else extras)
        return spot


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: what, where, why, and what to do about it."""

    code: Code
    message: str
    place: Place = field(default_factory=Place)
    cause: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader of a result should know; not a problem."""

    code: Code
    text: str


class CjmineError(Exception):
    """The base of everything cjmine raises on purpose; carries all problems found together."""

    exit_status = ExitStatus.INTERNAL

    def __init__(self, *problems: Problem) -> None:
        if not problems:
            raise ValueError("an error needs at least one problem")
        self.problems: tuple[Problem, ...] = problems
        super().__init__("; ".join(f"{problem.code}: {problem.message}" for problem in problems))

    def __reduce__(self) -> tuple[type[CjmineError], tuple[Problem, ...]]:
        """The same error in another process, with its problems instead of their text."""
        return type(self), self.problems

    @property
    def code(self) -> Code:
        """The code of the first problem."""
        return self.problems[0].code


class UsageError(CjmineError):
    """The command, an option, the configuration or a journey file is wrong."""

    exit_status = ExitStatus.USAGE


class DataError(CjmineError):
    """The input cannot be used as it is."""

    exit_status = ExitStatus.DATA


def out_of_memory(cause: str = "") -> DataError:
    """The error L127: the memory of the machine, or what the process may have of it, is used up.

    >>> out_of_memory().code.value
    'L127'
    """
    return DataError(
        Problem(
            Code.OUT_OF_MEMORY,
            "there is not enough memory for this log",
            cause=cause,
            remedy="load the exports into a saved log, a few at a time if need be; a saved log is"
            " read in parts, one at a time with --jobs 1",
        )
    )


class PrivacyError(CjmineError):
    """Refused, because personal data would not be protected."""

    exit_status = ExitStatus.PRIVACY


class OutputError(CjmineError):
    """The result could not be written."""

    exit_status = ExitStatus.OUTPUT


def did_you_mean(wanted: str, available: Sequence[str]) -> str:
    """Name the nearest of the available names, or list them; empty if there are none.

    >>> did_you_mean("Chekout", ["Search", "Checkout"])
    'did you mean "Checkout"?'
    """
    folded = {name.casefold(): name for name in available}
    near = get_close_matches(wanted.casefold(), folded, n=1, cutoff=0.6)
    if near:
        return f'did you mean "{folded[near[0]]}"?'
    return f"available: {listed(available)}" if available else ""


def listed(names: Iterable[str], most: int = 12) -> str:
    """Join names for a message and cut a long list short.

    >>> listed(["a", "b", "c"], most=2)
    'a, b and 1 more'
    """
    every = list(names)
    shown = ", ".join(every[:most])
    return f"{shown} and {len(every) - most:,} more" if len(every) > most else shown
