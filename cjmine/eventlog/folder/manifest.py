"""The manifest of a log folder: which files are the log, and what they hold.

It is replaced as a whole. What it does not name is not part of the log.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from cjmine.eventlog.described import about_of, damaged, described, of_newer_version
from cjmine.eventlog.log import About
from cjmine.eventlog.stored import Layout
from cjmine.log_folders import MANIFEST, SCHEMA
from cjmine.output import write_text

_SEVERAL = ("columns", "bounds", "rows", "activities")


@dataclass(frozen=True, slots=True)
class Run:
    """One file of events, sorted by token.

    Its row group number g holds `rows[g]` events of the prefixes `bounds[g]` up to `bounds[g + 1]`.
    Where customers are not the cases, `bounds` is empty, and a row group holds any cases.
    `settled`: no later delivery can change whose its events are. `activities` are its touchpoints
    in the order of their names, `first` and `last` the times of its first and last event.
    """

    file: str
    columns: tuple[str, ...]
    repeats_cases: bool
    bounds: tuple[int, ...]
    rows: tuple[int, ...]
    settled: bool
    activities: tuple[str, ...]
    first: int | None
    last: int | None

    @property
    def events(self) -> int:
        """The number of events."""
        return sum(self.rows)


@dataclass(frozen=True, slots=True)
class DeliveredFile:
    """A file that was loaded: by its digest it is recognised, under whatever name.

    Who watches a folder recognises it without reading it: by a digest of its `place`, its `size` in
    bytes and when it was `changed` (nanoseconds since 1970).
    """

    path: str
    sha256: str
    place: str
    size: int
    changed: int


@dataclass(frozen=True, slots=True)
class Watermark:
    """The latest time (microseconds) that a source brought."""

    source: str
    time: int


@dataclass(frozen=True, slots=True)
class Asked:
    """How far a database was read: the largest value of the column `since`, and its rows.

    `unset` is how many rows have no value.
    """

    source: str
    since: str
    value: str
    rows: int
    unset: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one load brought; the accounts of its files are among the sources of the log.

    `sources` is how many it had. `settled`: it says nothing of events of others, and no later
    delivery can change whose its events are. `kept` names the file that holds its other events as
    they were read, and the accounts of all its sources; None for a log that was saved, not loaded.
    `tables` names what customer tables stated then, and `zones` are those that sources declare.
    """

    number: int
    events: int
    version: str
    sources: int = 1
    settled: bool = True
    files: tuple[DeliveredFile, ...] = ()
    watermarks: tuple[Watermark, ...] = ()
    kept: str | None = None
    tables: str | None = None
    asked: tuple[Asked, ...] = ()
    zones: tuple[str, ...] = ()

    @property
    def beside(self) -> tuple[str, ...]:
        """The files that hold the delivery as it was read."""
        return tuple(name for name in (self.kept, self.tables) if name is not None)


@dataclass(frozen=True, slots=True)
class Manifest:
    """All that a log folder says about itself without its events.

    `columns` are those of all runs, in the order in which they came. `next_run` numbers the next
    file. `retired` names files of the folder that the manifest before this one named: readers may
    be at them.
    """

    about: About
    deliveries: tuple[Delivery, ...] = ()
    runs: tuple[Run, ...] = ()
    columns: tuple[str, ...] = ()
    next_run: int = 1
    retired: tuple[str, ...] = ()

    @property
    def layout(self) -> Layout:
        """The columns of all runs together."""
        repeats = bool(self.runs) and all(run.repeats_cases for run in self.runs)
        return Layout(self.columns, self.about.cases, repeats)

    @property
    def activities(self) -> tuple[str, ...]:
        """The touchpoints, in the order of their names."""
        return activities_of(self.runs)

    @property
    def first(self) -> int | None:
        """The time of the first event; None without events."""
        return min((run.first for run in self.runs if run.first is not None), default=None)

    @property
    def last(self) -> int | None:
        """The time of the last event; None without events."""
        return max((run.last for run in self.runs if run.last is not None), default=None)

    @property
    def events(self) -> int:
        """The number of events."""
        return sum(run.events for run in self.runs)

    def asked(self, source: str) -> Asked | None:
        """How far a source that asks a database was read so far."""
        every = [one for each in self.deliveries for one in each.asked if one.source == source]
        return every[-1] if every else None

    def watermark(self, source: str) -> int | None:
        """The latest time that a source brought so far."""
        times = [
            one.time for each in self.deliveries for one in each.watermarks if one.source == source
        ]
        return max(times, default=None)


def activities_of(runs: Iterable[Run]) -> tuple[str, ...]:
    """The touchpoints of some runs, in the order of their names."""
    return tuple(sorted({name for run in runs for name in run.activities}))


def read_manifest(folder: Path, label: str) -> Manifest:
    """What a log folder says about itself. Raises DataError L122 where that cannot be read."""
    try:
        written = json.loads((folder / MANIFEST).read_text("utf-8"))
        if written["schema"] != SCHEMA:
            raise of_newer_version(label)
        runs = tuple(
            Run(**{**one, **{name: tuple(one[name]) for name in _SEVERAL}})
            for one in written["runs"]
        )
        return Manifest(
            about_of(written["about"], label),
            tuple(_delivery(one) for one in written["deliveries"]),
            runs,
            tuple(written["columns"]),
            int(written["next_run"]),
            tuple(written["retired"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AssertionError):
        raise damaged(label, "this is not a readable log folder of cjmine") from None


def _delivery(written: dict[str, object]) -> Delivery:
    files, watermarks = written.pop("files"), written.pop("watermarks")
    asked, zones = written.pop("asked", []), written.pop("zones", [])
    assert isinstance(files, list) and isinstance(watermarks, list)
    assert isinstance(asked, list) and isinstance(zones, list)
    return Delivery(
        **written,  # type: ignore[arg-type]
        asked=tuple(Asked(**one) for one in asked),
        zones=tuple(map(str, zones)),
        files=tuple(DeliveredFile(**one) for one in files),
        watermarks=tuple(Watermark(**one) for one in watermarks),
    )


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Replace the manifest as a whole. Raises OutputError O101 where that fails."""
    written = {
        "schema": SCHEMA,
        "about": described(manifest.about),
        "deliveries": [asdict(one) for one in manifest.deliveries],
        "runs": [asdict(one) for one in manifest.runs],
        "columns": manifest.columns,
        "next_run": manifest.next_run,
        "retired": manifest.retired,
    }
    text = json.dumps(written, ensure_ascii=False, separators=(",", ":"))
    write_text(folder / MANIFEST, text + "\n")
