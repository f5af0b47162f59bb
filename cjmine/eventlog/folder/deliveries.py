"""A delivery joins a log: its runs behind those that are there, its accounts behind theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from cjmine.errors import Code, DataError, Note, Place, Problem
from cjmine.eventlog.folder.manifest import DeliveredFile, Delivery, Manifest, Run, Watermark
from cjmine.eventlog.log import ACTIVITY, About, EventLog, Nameless
from cjmine.eventlog.source_columns import SourceColumns
from cjmine.version import VERSION

AddRun = Callable[[Iterable[EventLog], int], Run]


@dataclass(slots=True)
class _Seen:
    """The touchpoints and the period of some runs."""

    activities: set[str] = field(default_factory=set)
    times: list[int] = field(default_factory=list)

    def look(self, log: EventLog) -> None:
        used = np.unique(log.codes(ACTIVITY))
        names = log.names(ACTIVITY)
        self.activities |= {names[code] for code in used.tolist()}
        if log.events:
            times = log.times
            self.times += [int(times.min()), int(times.max())]


def with_delivery(
    manifest: Manifest | None,
    add: AddRun,
    pieces: Iterable[EventLog],
    about: About,
    files: Sequence[DeliveredFile] = (),
    watermarks: Sequence[Watermark] = (),
) -> Manifest:
    """The manifest of a log to which a delivery was added; `add` writes each piece as a run.

    `about` is what the delivery says of itself. Without a manifest it is the first.

    Raises
    ------
    DataError
        L123: the log has cases and the delivery none, or the other way round.
    """
    number = len(manifest.deliveries) + 1 if manifest is not None else 1
    seen = _Seen()
    if manifest is not None:
        _check_cases(manifest.about, about)
        seen.activities.update(manifest.activities)
        seen.times += [one for one in (manifest.first, manifest.last) if one is not None]
    runs: list[Run] = []
    for piece in pieces:
        seen.look(piece)
        runs.append(add([piece], piece.events))
    events = sum(run.events for run in runs)
    delivery = Delivery(number, events, VERSION, tuple(files), tuple(watermarks))
    before = manifest or Manifest(about)
    return replace(
        before,
        about=about if manifest is None else _joined(manifest.about, about),
        deliveries=(*before.deliveries, delivery),
        runs=(*before.runs, *runs),
        activities=tuple(sorted(seen.activities)),
        first=min(seen.times, default=None),
        last=max(seen.times, default=None),
    )


def _check_cases(log: About, delivery: About) -> None:
    """Whether a delivery can join a log. Raises DataError L123."""
    if log.cases is not delivery.cases:
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
