"""How times are written: the format of a column, by what is declared or by its values.

The order of day and month is settled for a whole column, never row by row, and only by a value
that proves it. A column either carries offsets or it does not; both in one column is an error.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from zoneinfo import ZoneInfo

from cjmine.errors import Code, DataError, Place, Problem, UsageError
from cjmine.loaders.time_words import PLAIN, has_digits, may_be_time, plain

# Looks through a column for the largest first and second part of its dates.
Order = Callable[[str, bool], tuple[int, int]]
EARLIEST_US = 0
LAST_DAY = 31
_MOST_PLAIN = 500  # samples that are put into plain form
_EPOCHS = {"epoch-s": 1_000_000, "epoch-ms": 1_000, "epoch-us": 1}
_ISO = re.compile(
    r"^(?P<y>\d{4})(?P<s>[-/.])\d{1,2}(?P=s)\d{1,2}"
    r"(?:(?P<t>[T ])\d{1,2}:\d{2}(?P<sec>:\d{2}(?P<frac>[.,]\d+)?)?)?"
    r"(?P<zone> ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2}))?$"
)
_PARTS = re.compile(
    r"^(?P<a>\d{1,2})(?P<s>[-/.])(?P<b>\d{1,2})(?P=s)(?P<y>\d{4}|\d{2})"
    r"(?:(?P<t>[T ]|, )\d{1,2}:\d{2}(?P<sec>:\d{2}(?P<frac>\.\d+)?)?(?P<ampm> [AaPp][Mm])?)?$"
)
# What the engine's strptime reads at once among times in words.
_ENGLISH = re.compile(
    r"\d{1,2}(?P<s>[-/ ])(?i:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?P=s)\d{4}"
    r"(?:(?P<t> )\d{1,2}:\d{2}(?P<sec>:\d{2}(?P<frac>\.\d+)?)?(?P<ampm> [AaPp][Mm])?)?"
)
_EPOCH = re.compile(r"^(\d{10}|\d{13}|\d{16})(?:\.\d+)?$")
_NO_DIGITS = str.maketrans("123456789", "000000000")
# What the engine's strptime knows; a pattern of others would fail inside the engine.
_DIRECTIVES = frozenset("aAwdbBmyYHIpMSfgznjUWcxXZGuV%")


class Shape(Enum):
    """The families of written time."""

    ISO = auto()
    PARTS = auto()
    EPOCH = auto()
    PATTERN = auto()
    WORDS = auto()


@dataclass(frozen=True, slots=True)
class TimeFormat:
    """How the times of one column are written. `zoned` says whether they carry an offset.

    `day_first` is the order of dates that begin with the day or the month, None where there are
    none; WORDS are times of any spelling that `time_words` knows.
    """

    shape: Shape
    patterns: tuple[str, ...] = ()
    zoned: bool = False
    dates_only: bool = False
    per_unit: int = 1
    day_first: bool | None = None

    def __str__(self) -> str:
        if self.shape is Shape.WORDS:
            order = "dates in words or as year, month, day"
            if self.day_first is not None:
                order = "day, month, year" if self.day_first else "month, day, year"
            return order + (" with zone" if self.zoned else "")
        if self.shape is Shape.ISO:
            return "ISO 8601" + (" with offset" if self.zoned else "")
        if self.shape is Shape.EPOCH:
            unit = {factor: name for name, factor in _EPOCHS.items()}[self.per_unit]
            return unit
        return " or ".join(self.patterns)


def declared_format(written: str) -> TimeFormat:
    """The format that a user declared: a strptime pattern or epoch-s, epoch-ms, epoch-us."""
    if written in _EPOCHS:
        return TimeFormat(Shape.EPOCH, zoned=True, per_unit=_EPOCHS[written])
    if written.lower() in ("iso", "iso8601"):
        return TimeFormat(Shape.ISO)
    asked = re.findall(r"%-?(.?)", written)
    if not asked or not _DIRECTIVES.issuperset(asked) or "" in asked:
        raise UsageError(
            Problem(
                Code.USAGE,
                "a time format is a strptime pattern, epoch-s, epoch-ms, epoch-us or iso",
                remedy="for example --time-format '%d-%m-%Y %H:%M:%S'",
            )
        )
    clock = re.search(r"%-?[HIcX]", written) is not None
    zoned = re.search("%[zZ]", written) is not None
    return TimeFormat(Shape.PATTERN, (written,), zoned, dates_only=not clock)


def recognise_format(samples: Sequence[str], order: Order | None = None) -> TimeFormat | None:
    """The format of a column by its samples; None if it does not look like a time.

    `order` looks through the whole column when the samples leave day and month open: it takes
    the separator, and whether the times are to be put into plain form before, and gives the
    largest first and second part.

    Raises
    ------
    DataError
        L110 where no value proves which part is the day.
    """
    values = [value.strip() for value in samples if value and value.strip()]
    if 2 * sum(map(has_digits, values)) <= len(values):
        return None
    if (matches := _all(_ISO, values)) is not None:
        zoned = sum(1 for match in matches if match["zone"])
        only = all(not match["t"] for match in matches)
        seps = {match["s"] for match in matches}
        if seps != {"-"} and not zoned:
            patterns = _patterns(matches, lambda m: f"%Y{m['s']}%m{m['s']}%d")
            return TimeFormat(Shape.PATTERN, patterns, dates_only=only)
        return TimeFormat(
            Shape.ISO, _patterns(matches, lambda m: "%Y-%m-%d"), 2 * zoned > len(values), only
        )
    if (matches := _all(_PARTS, values)) is not None:
        return _parts_format(matches, order)
    if (matches := _all(_EPOCH, values)) is not None:
        lengths = {len(match[1]) for match in matches}
        if len(lengths) == 1:
            unit = {10: "epoch-s", 13: "epoch-ms", 16: "epoch-us"}[lengths.pop()]
            return TimeFormat(Shape.EPOCH, zoned=True, per_unit=_EPOCHS[unit])
    some = values[:_MOST_PLAIN]
    if 2 * sum(map(may_be_time, some)) <= len(some):
        return None
    if (matches := _all(PLAIN, list(map(plain, some)))) is not None:
        zoned = sum(1 for match in matches if match["zone"])
        parts = [match for match in matches if match["a"]]
        english = [found for value in values if (found := _ENGLISH.fullmatch(value))]
        return TimeFormat(
            Shape.WORDS,
            () if zoned else _patterns(english, lambda m: f"%d{m['s']}%b{m['s']}%Y"),
            zoned=2 * zoned > len(matches),
            dates_only=not any(match["clock"] for match in matches),
            day_first=_day_first(parts, order, is_plain=True) if parts else None,
        )
    return None


def _parts_format(matches: list[re.Match[str]], order: Order | None) -> TimeFormat:
    day_first = _day_first(matches, order)

    def date(match: re.Match[str]) -> str:
        s, year = match["s"], "%Y" if len(match["y"]) == 4 else "%y"
        return f"%d{s}%m{s}{year}" if day_first else f"%m{s}%d{s}{year}"

    return TimeFormat(
        Shape.PARTS,
        _patterns(matches, date),
        dates_only=all(not match["t"] for match in matches),
        day_first=day_first,
    )


def _day_first(
    matches: Sequence[re.Match[str]], order: Order | None, is_plain: bool = False
) -> bool:
    """Whether dates begin with the day. Raises DataError L110 where no value proves it."""
    first, second = (_largest_part(match[part] for match in matches) for part in ("a", "b"))
    if first <= 12 and second <= 12 and order is not None:
        first, second = order(matches[0]["s"], is_plain)
    if (first > 12) == (second > 12):
        both = first > 12
        raise DataError(
            Problem(
                Code.DAY_MONTH_UNCLEAR,
                "both parts of the date go over 12"
                if both
                else "every date reads as day-month and as month-day",
                cause="" if both else "no value in the column has a part over 12",
                remedy="say which: --time-format '%d-%m-%Y %H:%M:%S' (or %m-%d-%Y)",
            )
        )
    return first > 12


def _largest_part(parts: Iterable[str]) -> int:
    """The largest number that can be a day; a placeholder such as 99 proves nothing."""
    return max((number for number in map(int, parts) if number <= LAST_DAY), default=0)


def _patterns(
    matches: list[re.Match[str]], date: Callable[[re.Match[str]], str]
) -> tuple[str, ...]:
    """The strptime patterns that occur, the commonest first."""
    counts: dict[str, int] = {}
    forms = Counter(match[0].translate(_NO_DIGITS) for match in matches)
    of_form = {match[0].translate(_NO_DIGITS): match for match in matches}
    for form, match in of_form.items():
        groups = match.groupdict()
        pattern = date(match)
        if groups["t"]:
            hour = "%I:%M" if groups.get("ampm") else "%H:%M"
            pattern += groups["t"] + hour
            if groups["sec"]:
                pattern += ":%S"
            if groups["frac"]:
                pattern += groups["frac"][0] + ("%n" if len(groups["frac"]) > 7 else "%f")
            if groups.get("ampm"):
                pattern += " %p"
        counts[pattern] = counts.get(pattern, 0) + forms[form]
    return tuple(sorted(counts, key=lambda pattern: (-counts[pattern], pattern)))


def _all(expression: re.Pattern[str], values: Sequence[str]) -> list[re.Match[str]] | None:
    """The matches, where more than half of some values match."""
    kept: list[re.Match[str]] = []
    others = 0
    for value in values:
        match = expression.fullmatch(value)
        if match is not None:
            kept.append(match)
        elif 2 * (others := others + 1) >= len(values):
            return None
    return kept or None


def zones_mixed(place: Place) -> DataError:
    """The error for a column in which some times carry an offset and some do not."""
    return DataError(
        Problem(
            Code.ZONES_MIXED,
            "some times carry an offset and some do not",
            place,
            cause="two systems wrote into one export",
            remedy="export all times with an offset, or split the file",
        )
    )


def known_zone(zone: str) -> str:
    """Check the name of a time zone. Raises UsageError U101."""
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        raise UsageError(
            Problem(
                Code.USAGE,
                "unknown time zone",
                Place("--tz"),
                remedy="use a name such as Europe/Amsterdam or UTC",
            )
        ) from None
    return zone
