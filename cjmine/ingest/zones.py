"""The hour that a clock runs twice, and the zone in which days are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from cjmine.errors import Code, DataError, Place, Problem
from cjmine.ingest.reading import SourceRead
from cjmine.loaders.sniff import Sniffed

Times = npt.NDArray[np.int64]
_SECOND = 1_000_000
_DAY = timedelta(days=1)


def zone_of(sources: Sequence[Sniffed]) -> str:
    """The zone in which days are shown: what the sources declare where all agree, else UTC."""
    times = [one.source.roles.time for one in sources]
    zones = {time.zone for time in times if time is not None and time.zone is not None}
    return zones.pop() if len(zones) == 1 else "UTC"


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
        times = np.concatenate(read.time)
        settled, count = settled_times(times, zone)
        read.time[:] = [settled]
        left = max(read.clock.doubled_hour - count, 0)
        read.clock = replace(read.clock, doubled_hour=left)


def settled_times(times: Times, zone: str) -> tuple[Times, int]:
    """Times in file order, each doubled hour settled as first or second, and how many were settled.

    >>> minutes = [10, 50, 20]  # of the hour from 01:00 UTC, the second 02:00 in Amsterdam
    >>> night = 1729990800 * 1_000_000
    >>> times = np.array([night + one * 60_000_000 for one in minutes])
    >>> settled, count = settled_times(times, "Europe/Amsterdam")
    >>> ((settled - night) // 60_000_000).tolist(), count
    ([-50, -10, 20], 3)
    """
    if not len(times):
        return times, 0
    windows = _doubled(int(times.min()), int(times.max()), zone)
    found, count = times.copy(), 0
    is_back = _falls(times, windows)
    if is_back:
        found = found[::-1]
    for begin, length in windows:
        places = np.flatnonzero((found >= begin) & (found < begin + length))
        steps = np.flatnonzero(np.diff(found[places]) < 0)
        if len(steps) == 1:
            found[places[: steps[0] + 1]] -= length
            count += len(places)
    if not count or (np.diff(found) < 0).any():
        return times, 0
    return (found[::-1] if is_back else found), count


def _falls(times: Times, windows: Sequence[tuple[int, int]]) -> bool:
    """Whether a file has the newest first, by its times outside doubled hours."""
    other = np.ones(len(times), bool)
    for begin, length in windows:
        other &= (times < begin) | (times >= begin + length)
    kept = times[other]
    return len(kept) > 1 and bool(kept[-1] < kept[0])


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
