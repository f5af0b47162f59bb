"""A delivery joins a log: its runs behind those that are there, its accounts behind theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from cjmine.errors import Code, DataError, Note, Place, Problem
from cjmine.eventlog.folder.manifest import Delivery, Manifest, Run
from cjmine.eventlog.log import ACTIVITY, About, Cases, EventLog, Nameless
from cjmine.eventlog.source_columns import SourceColumns

AddRun = Callable[[Iterable[EventLog], int], Run]


@dataclass(slots=True)
class Seen:
    """The touchpoints of some logs, and the times of their first and last event."""

    _activities: set[str] = field(default_factory=set)
    _times: list[int] = field(default_factory=list)

    def look(self, log: EventLog) -> None:
        """Take note of a log."""
        names, used = log.names(ACTIVITY), np.bincount(log.codes(ACTIVITY))
        self._activities.update(names[code] for code in np.flatnonzero(used).tolist())
        if log.events:
            self._times += [int(log.times.min()), int(log.times.max())]

    def looking(self, parts: Iterable[EventLog]) -> Iterator[EventLog]:
        """The same logs, of which note is taken."""
        for part in parts:
            self.look(part)
            yield part

    def look_at(self, manifest: Manifest) -> None:
        """Take note of what a log folder says."""
        self._activities.update(manifest.activities)
        self._times += [one for one in (manifest.first, manifest.last) if one is not None]

    @property
    def activities(self) -> tuple[str, ...]:
        """The touchpoints, in order."""
        return tuple(sorted(self._activities))

    @property
    def first(self) -> int | None:
        """The time of the first event; None without events."""
        return min(self._times, default=None)

    @property
    def last(self) -> int | None:
        """The time of the last event; None without events."""
        return max(self._times, default=None)


@dataclass(frozen=True, slots=True)
class Written:
    """Runs that were written, and what was seen of them."""

    runs: tuple[Run, ...]
    seen: Seen

    @property
    def events(self) -> int:
        """The number of events."""
        return sum(run.events for run in self.runs)


def written(add: AddRun, runs: Iterable[tuple[Iterable[EventLog], int]]) -> Written:
    """Write runs, each given in parts and with the number of its events."""
    seen = Seen()
    made = tuple(add(seen.looking(parts), events) for parts, events in runs)
    return Written(made, seen)


def with_delivery(
    manifest: Manifest | None, runs: Written, about: About, delivery: Delivery
) -> Manifest:
    """The manifest of a log to which a delivery was added; without one it is the first.

    `about` is what the delivery says of itself.
    """
    if manifest is None:
        return _of(Manifest(about), runs, about, delivery)
    runs.seen.look_at(manifest)
    every = Written((*manifest.runs, *runs.runs), runs.seen)
    return _of(manifest, every, _joined(manifest.about, about), delivery)


def decided_anew(manifest: Manifest, runs: Written, about: About, delivery: Delivery) -> Manifest:
    """The manifest of a log of which all events were written again, with a further delivery.

    `about` is what all of it says of itself, but for the columns of earlier deliveries, and for
    what was declared or removed since.
    """
    before = manifest.about
    purged = tuple(note for note in before.notes if note.code is Code.PURGED)
    said = replace(
        about,
        columns=_columns([*before.columns, *about.columns]),
        observed_from=before.observed_from,
        observed_until=before.observed_until,
        notes=(*about.notes, *purged),
    )
    return _of(manifest, runs, said, delivery)


def _of(manifest: Manifest, runs: Written, about: About, delivery: Delivery) -> Manifest:
    return replace(
        manifest,
        about=about,
        deliveries=(*manifest.deliveries, delivery),
        runs=runs.runs,
        activities=runs.seen.activities,
        first=runs.seen.first,
        last=runs.seen.last,
    )


def check_cases(log: About, delivery: Cases) -> None:
    """Raises DataError L123 where a log has cases and the delivery none, or the other way round."""
    if log.cases is not delivery:
        raise DataError(
            Problem(
                Code.SOURCES_DISAGREE,
                "a log with cases and one without cannot be one log",
                Place(),
                remedy="keep process logs with cases in a log of their own",
            )
        )


def _joined(log: About, delivery: About) -> About:
    return replace(
        log,
        sources=(*log.sources, *delivery.sources),
        zone=log.zone if log.zone == delivery.zone else "UTC",
        notes=_notes(log.notes, delivery.notes),
        nameless=_nameless([*log.nameless, *delivery.nameless]),
        columns=_columns([*log.columns, *delivery.columns]),
    )


def _notes(first: Sequence[Note], then: Sequence[Note]) -> tuple[Note, ...]:
    """The notes of a matter by the newest delivery that has any: their numbers do not add up."""
    newest = {note.code for note in then}
    return (*(note for note in first if note.code not in newest), *then)


def _nameless(found: Sequence[Nameless]) -> tuple[Nameless, ...]:
    sums: dict[tuple[str | None, str | None], int] = {}
    for one in found:
        key = (one.activity, one.channel)
        sums[key] = sums.get(key, 0) + one.events
    rows = sorted(sums.items(), key=lambda one: tuple(name or "" for name in one[0]))
    return tuple(Nameless(*key, many) for key, many in rows)


def _columns(found: Sequence[SourceColumns]) -> tuple[SourceColumns, ...]:
    """One entry for all files of one name, format and channel, whenever they came."""
    joined: dict[tuple[str, str, str | None], SourceColumns] = {}
    for one in found:
        key = (one.name, one.format, one.channel)
        before = joined.get(key, replace(one, kept=(), dropped=()))
        joined[key] = replace(
            one,
            kept=tuple(dict.fromkeys([*before.kept, *one.kept])),
            dropped=tuple(dict.fromkeys([*before.dropped, *one.dropped])),
        )
    return tuple(joined.values())
