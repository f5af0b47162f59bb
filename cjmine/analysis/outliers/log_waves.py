"""The waves of contacts and of errors in a log: what they are looked for in, and which they are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.analysis.compared_part import Part
from cjmine.analysis.outliers.coverage import Covered
from cjmine.analysis.outliers.reasons import (
    CONTACT,
    ERROR,
    Daily,
    LogEvents,
    Reasons,
    count_daily,
    log_events,
)
from cjmine.analysis.outliers.waves import Wave, waves
from cjmine.analysis.trend.coverage import Carriers, CoverageCounts, count_coverage
from cjmine.counting.groups import Ints
from cjmine.counting.merging import summed


@dataclass(frozen=True, slots=True)
class AskWaves:
    """The question for what waves are looked for in; `days` are the moments between which days lie.

    The labels of `carriers` are the names of `reasons`.
    """

    reasons: Reasons
    carriers: Carriers
    days: Ints


@dataclass(frozen=True, slots=True)
class WaveCounts:
    """Events by day, and by touchpoint and channel (the last: none), and what begins or ends."""

    daily: Daily
    by_channel: Ints
    coverage: CoverageCounts

    def __add__(self, other: WaveCounts) -> WaveCounts:
        return summed(self, other)


def count_waves(part: Part, asked: AskWaves) -> WaveCounts:
    """The counts of a part."""
    events = log_events(part, asked.reasons)
    return WaveCounts(
        daily=count_daily(events, len(asked.reasons.names), asked.days),
        by_channel=count_by_channel(events, asked.reasons.names, asked.carriers.channels),
        coverage=count_coverage(
            part.log, events.journeys, events.customer, asked.carriers, asked.days
        ),
    )


def count_by_channel(events: LogEvents, names: tuple[str, ...], channels: tuple[str, ...]) -> Ints:
    """Events by touchpoint and channel."""
    place = {one: number for number, one in enumerate(channels)}
    own = [place[one] for one in events.journeys.channels]
    code = np.array([*own, len(channels)], np.int64)[events.journeys.channel]
    wide = len(channels) + 1
    found = np.bincount(events.name * wide + code, minlength=len(names) * wide)
    return found.astype(np.int64).reshape(len(names), wide)


@dataclass(frozen=True, slots=True)
class WavesOf:
    """The waves of one touchpoint, in the order of time; it is looked at even if it has none."""

    place: int
    is_error: bool
    waves: tuple[Wave, ...]


def waves_of(
    daily: Daily, by_channel: Ints, covered: Covered, reasons: Reasons, carriers: Carriers, k: int
) -> list[WavesOf]:
    """The waves of contacts, then of errors; touchpoints of fewer than k events are left out."""
    tables = {CONTACT: daily.contacts, ERROR: daily.errors}
    rows = [
        (kind, place)
        for kind, table in tables.items()
        for place in np.flatnonzero(table.sum(axis=1) >= k).tolist()
    ]
    days = daily.contacts.shape[1]
    series = np.array([tables[kind][place] for kind, place in rows], np.int64)
    spans = []
    for _, place in rows:
        usual = int(by_channel[place].argmax())
        channel = carriers.channels[usual] if usual < len(carriers.channels) else None
        spans.append(covered.days(reasons.names[place], channel, days))
    found = waves(series.reshape(len(rows), days), spans)
    return [
        WavesOf(place, kind == ERROR, some) for (kind, place), some in zip(rows, found, strict=True)
    ]
