"""Times of XES: xs:dateTime, read all at once where they are written alike."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cjmine.columns import array, labels, strings
from cjmine.loaders.batch import LATEST_US

_DAY = 86_400_000_000  # microseconds
_QUARTER = 900_000_000  # no zone changes its clocks inside a quarter of an hour
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_KINDS = ((True, pa.timestamp("us", "UTC")), (False, pa.timestamp("us")))
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]|$)")
_END_OF_DAY = re.compile(r"^(\d{4}-\d\d-\d\d[T ])24:00((?::00(?:\.0+)?)?(?![\d:.]))")
Mask = np.ndarray[Any, np.dtype[np.bool_]]
Codes = np.ndarray[Any, np.dtype[np.int32]]
Whole = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its distinct values; a value that is empty or missing has the code -1."""

    codes: Codes
    names: list[str]

    @classmethod
    def of(cls, values: list[str | None]) -> Column:
        """Code some values in the order in which they first occur."""
        code_of: dict[str, int] = {}
        codes = (code_of.setdefault(value, len(code_of)) if value else -1 for value in values)
        return cls(np.fromiter(codes, np.int32, len(values)), list(code_of))

    def where(self, test: Callable[[str], bool], null: bool) -> Mask:
        """Where the test holds; it is made once for each distinct value."""
        held = np.array([*map(test, self.names), null], bool)
        found: Mask = held[self.codes]  # the code -1 takes the last
        return found

    def labels(self, keep: Mask | None = None) -> pa.DictionaryArray:
        """The column, or the part to be kept, as Arrow has it."""
        return labels(self.codes if keep is None else self.codes[keep], self.names)


@dataclass(frozen=True, slots=True)
class Times:
    """Times as they are written: microseconds since 1970, local where there is no offset."""

    us: Whole
    missing: Mask
    readable: Mask
    zoned: Mask
    dates_only: Mask


def read_times(values: list[str | None]) -> Times:
    """All at once where they are written alike; else each distinct one by itself."""
    texts = [value for value in values if value and value.strip()]
    written = pc.utf8_trim_whitespace(strings(texts))
    present = np.fromiter((bool(value and value.strip()) for value in values), bool, len(values))
    spread = np.where(present, np.cumsum(present) - 1, -1)  # the last place is for missing

    def per_event(read: np.ndarray[Any, Any], missing: object) -> np.ndarray[Any, Any]:
        spaced: np.ndarray[Any, Any] = np.append(read, read.dtype.type(missing))[spread]
        return spaced

    dates_only = per_event(array(pc.binary_length(written)) == 10, False)
    for zoned, kind in _KINDS:
        try:
            us = per_event(array(pc.cast(written, kind).cast(pa.int64())), 0)
        except pa.ArrowInvalid:
            continue
        return Times(us, ~present, present, present & zoned, dates_only)
    coded = Column.of(written.to_pylist())
    read = [_instant(text) for text in coded.names]
    us = np.array([each[0] if each else 0 for each in read], np.int64)[coded.codes]
    readable = np.array([each is not None for each in read], bool)[coded.codes]
    offset = np.array([each is not None and each[1] for each in read], bool)[coded.codes]
    readable = per_event(readable, False)
    return Times(
        per_event(us, 0), ~present, readable, per_event(offset, False), dates_only & readable
    )


def _instant(text: str) -> tuple[int, bool] | None:
    """Microseconds since 1970, and whether the text carries an offset; None if it is no time.

    24:00:00 is the end of its day, as in XML Schema.
    """
    in_day = _END_OF_DAY.sub(r"\g<1>00:00\2", text)
    try:
        moment = datetime.fromisoformat(in_day) if _ISO.match(text) else None
    except ValueError:
        return None
    if moment is None:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    us = (aware - _EPOCH) // timedelta(microseconds=1) + (_DAY if in_day != text else 0)
    return us, moment.tzinfo is not None


def to_utc(times: Times, zone: str | None) -> tuple[Whole, Mask, Mask]:
    """Microseconds in UTC, and which local times the clock skipped or had twice.

    Of a doubled hour it takes the second, and moves a skipped one forward, as DuckDB does.
    """
    none = np.zeros(len(times.us), bool)
    local = times.readable & ~times.zoned
    if zone is None or not local.any():
        return times.us, none, none
    quarters, which = np.unique(np.clip(times.us, 0, LATEST_US) // _QUARTER, return_inverse=True)
    there = ZoneInfo(zone)
    walls = [datetime(1970, 1, 1, tzinfo=there) + int(q) * timedelta(minutes=15) for q in quarters]
    before, after = (
        np.array([_offset(wall.replace(fold=fold)) for wall in walls], np.int64) for fold in (0, 1)
    )
    us = np.where(local, times.us - np.minimum(before, after)[which], times.us)
    return us, local & (before < after)[which], local & (before > after)[which]


def _offset(wall: datetime) -> int:
    return (wall.utcoffset() or timedelta()) // timedelta(microseconds=1)
