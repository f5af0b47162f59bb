"""The hour that a clock runs twice, and the zone in which days are shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from cjmine.errors import Code, DataError, Place, Problem
from cjmine.eventlog.folder.deliveries import shown_zone
from cjmine.ingest.source_read import SourceRead
from cjmine.loaders.batch import TIME
from cjmine.loaders.sniff import Sniffed

Times = npt.NDArray[np.int64]
_SECOND = 1_000_000
_DAY = timedelta(days=1)


def zone_of(sources: Sequence[Sniffed]) -> str:
    """The zone in which days are shown: what the sources declare where all agree, else UTC."""
    return shown_zone(declared_zones(sources))


def declared_zones(sources: Sequence[Sniffed]) -> tuple[str, ...]:
    """The zones that sources declare, each once, in the order of their names."""
    times = [one.source.roles.time for one in sources]
    return tuple(sorted({one.zone for one in times if one is not None and one.zone is not None}))


def in_file_order(sources: Sequence[Sniffed], reads: Sequence[SourceRead]) -> None:
    """Give times of a doubled hour their first or second pass, where a file is else in order.

    Times without an offset are read as of the second pass. Where a file that is otherwise in order,
    forwards or backwards, steps back once in that hour, what comes before the step is of the first
    pass. Only times that this leaves open stay in the count of the clock.
    """
    for one, read in zip(sources, reads, strict=True):
        zone = one.source.roles.time.zone if one.source.roles.time else None
        if zone is None or not read.clock.doubled_hour or read.clock.zoned:
            continue
        moves, count = first_passes(read.column(TIME), zone)
        if moves:
            for piece, times in zip(read.pieces, moved(read.column(TIME), moves), strict=True):
                piece.put(TIME, times)
        left = max(read.clock.doubled_hour - count, 0)
        read.clock = replace(read.clock, doubled_hour=left)


@dataclass(frozen=True, slots=True)
class FirstPass:
    """The places in a file, both included, between which the times of one doubled hour are earlier.

    The second pass of that hour begins at `begin` and takes `length` (microseconds).
    """

    first: int
    last: int
    begin: int
    length: int


def first_passes(parts: Sequence[Times], zone: str) -> tuple[list[FirstPass], int]:
    """What is of the first pass in times in file order, and how many times that settles.

    >>> minutes = [10, 50, 20]  # of the hour from 01:00 UTC, the second 02:00 in Amsterdam
    >>> night = 1729990800 * 1_000_000
    >>> times = [np.array([night + one * 60_000_000 for one in minutes])]
    >>> moves, count = first_passes(times, "Europe/Amsterdam")
    >>> [((part - night) // 60_000_000).tolist() for part in moved(times, moves)], count
    ([[-50, -10, 20]], 3)
    """
    spans = [(int(part.min()), int(part.max())) for part in parts if len(part)]
    if not spans:
        return [], 0
    windows = _doubled(min(low for low, _ in spans), max(high for _, high in spans), zone)
    is_back = _falls(parts, windows)
    moves, count = [], 0
    for begin, length in windows:
        places, times = _within(parts, begin, length)
        step = -1 if is_back else 1
        back = np.flatnonzero(np.diff(times[::step]) < 0)
        if len(back) == 1:
            earlier = places[::step][: back[0] + 1]
            moves.append(FirstPass(int(earlier.min()), int(earlier.max()), begin, length))
            count += len(places)
    if not count or not _in_order(moved(parts, moves), is_back):
        return [], 0
    return moves, count


def moved(parts: Iterable[Times], moves: Sequence[FirstPass]) -> Iterator[Times]:
    """The times of each part, those of first passes one pass earlier."""
    start = 0
    for part in parts:
        found = part.copy()
        for one in moves:
            near = found[max(one.first - start, 0) : max(one.last + 1 - start, 0)]
            near[(near >= one.begin) & (near < one.begin + one.length)] -= one.length
        yield found
        start += len(part)


def _within(parts: Sequence[Times], begin: int, length: int) -> tuple[Times, Times]:
    """The places and the values of the times in a doubled hour."""
    places, found, start = [], [], 0
    for part in parts:
        here = np.flatnonzero((part >= begin) & (part < begin + length))
        places.append(here + start)
        found.append(part[here])
        start += len(part)
    return np.concatenate(places), np.concatenate(found)


def _in_order(parts: Iterable[Times], is_back: bool) -> bool:
    """Whether times fall all the way, or else whether they rise."""
    before: int | None = None
    for part in parts:
        steps = np.diff(part, prepend=part[:1] if before is None else before)
        if ((steps > 0) if is_back else (steps < 0)).any():
            return False
        before = int(part[-1]) if len(part) else before
    return True


def _falls(parts: Sequence[Times], windows: Sequence[tuple[int, int]]) -> bool:
    """Whether a file has the newest first, by its times outside doubled hours."""
    first = last = None
    for part in parts:
        other = np.ones(len(part), bool)
        for begin, length in windows:
            other &= (part < begin) | (part >= begin + length)
        here = np.flatnonzero(other)
        if len(here):
            first = part[here[0]] if first is None else first
            last = part[here[-1]]
    return first is not None and last is not None and bool(last < first)


def _doubled(first: int, last: int, zone: str) -> list[tuple[int, int]]:
    """The second passes of doubled hours in a period: begin and length in microseconds (UTC)."""
    there = ZoneInfo(zone)

    def offset(moment: datetime) -> timedelta:
        return moment.astimezone(there).utcoffset() or timedelta(0)

    day = datetime.fromtimestamp(first // _SECOND, UTC).replace(hour=0, minute=0, second=0) - _DAY
    end = datetime.fromtimestamp(last // _SECOND, UTC) + _DAY
    found: list[tuple[int, int]] = []
    while day < end:
        before, after = offset(day), offset(day + _DAY)
        if after < before:
            low, high = day, day + _DAY
            while high - low > timedelta(seconds=1):
                middle = low + timedelta(seconds=(high - low).total_seconds() // 2)
                low, high = (middle, high) if offset(middle) == before else (low, middle)
            begin = int(high.timestamp()) * _SECOND
            found.append((begin, int((before - after).total_seconds()) * _SECOND))
        day += _DAY
    return found


def check_zones(sources: Sequence[Sniffed], reads: Sequence[SourceRead]) -> None:
    """Refuse times without a zone beside times that have one. Raises DataError L123."""
    naive = [
        one
        for one, read in zip(sources, reads, strict=True)
        if read.clock.naive and one.source.roles.time and one.source.roles.time.zone is None
    ]
    zoned = [one for one, read in zip(sources, reads, strict=True) if read.clock.zoned]
    if naive and any(one not in naive for one in zoned):
        raise DataError(
            Problem(
                Code.SOURCES_DISAGREE,
                "times without a zone cannot be put beside times that have one",
                Place(naive[0].source.label),
                cause=f"{zoned[0].source.label} carries offsets",
                remedy="say which zone it is in: --tz Europe/Amsterdam, or zone in cjmine.toml",
            )
        )
