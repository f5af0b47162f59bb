"""A delivery joins a log: its runs behind those that are there, its accounts behind theirs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cjmine.errors import Code, DataError, Note, Place, Problem
from cjmine.eventlog.folder.manifest import Delivery, Manifest, Run
from cjmine.eventlog.log import About, Cases, Nameless
from cjmine.eventlog.source_columns import SourceColumns

UTC = "UTC"


def with_delivery(
    manifest: Manifest | None, runs: tuple[Run, ...], about: About, delivery: Delivery
) -> Manifest:
    """The manifest of a log to which a delivery was added; without one it is the first.

    `runs` are those of the delivery, `about` is what it says of itself.
    """
    if manifest is None:
        return _of(Manifest(about), runs, about, delivery, _columns_of(runs))
    columns = (*manifest.columns, *_columns_of(runs))
    every = (*manifest.runs, *runs)
    declared = {zone for one in (*manifest.deliveries, delivery) for zone in one.zones}
    joined = replace(
        _joined(manifest.about, about),
        zone=shown_zone(declared | ({manifest.about.zone} - {UTC})),  # of a log that was saved
    )
    return _of(manifest, every, joined, delivery, columns)


def shown_zone(declared: Iterable[str]) -> str:
    """The zone in which days are shown: what sources declare where all agree, else UTC.

    >>> shown_zone(["Europe/Amsterdam", "Europe/Amsterdam"]), shown_zone([])
    ('Europe/Amsterdam', 'UTC')
    """
    zones = set(declared)
    return zones.pop() if len(zones) == 1 else UTC


def decided_anew(
    manifest: Manifest, runs: tuple[Run, ...], about: About, delivery: Delivery
) -> Manifest:
    """The manifest of a log whose events were decided anew, with a further delivery.

    `runs` takes the place of all runs that are not settled. `about` is what all of it says of
    itself, but for the columns of earlier deliveries, and for what was declared or removed since.
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
    settled = tuple(run for run in manifest.runs if run.settled)
    columns = (*_columns_of(runs), *manifest.columns)
    return _of(manifest, (*settled, *runs), said, delivery, columns)


def _columns_of(runs: Iterable[Run]) -> tuple[str, ...]:
    return tuple(name for run in runs for name in run.columns)


def _of(
    manifest: Manifest,
    runs: tuple[Run, ...],
    about: About,
    delivery: Delivery,
    columns: tuple[str, ...],
) -> Manifest:
    return replace(
        manifest,
        about=about,
        deliveries=(*manifest.deliveries, delivery),
        runs=runs,
        columns=tuple(dict.fromkeys(columns)),
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
