"""A log folder as a log: described by its manifest, read in intervals of prefixes.

A run alone is what a saved file is. Several are put together when they are read, in the order in
which they were delivered, so that events at one time keep the order of deliveries, sources, rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa

from cjmine.columns import numbers
from cjmine.eventlog.build import build_log
from cjmine.eventlog.described import about_of, described
from cjmine.eventlog.folder.manifest import Manifest, read_manifest
from cjmine.eventlog.folder.prefixes import PREFIXES
from cjmine.eventlog.folder.run_file import Slice, groups_for, read_slices, slices_of
from cjmine.eventlog.folder.source_order import ORDER, source_numbers
from cjmine.eventlog.log import DICTIONARY, ROLES, TIME, About, EventLog, one_chunk
from cjmine.log_folders import RUNS


@dataclass(frozen=True, slots=True)
class FolderPart:
    """The customers of an interval of prefixes with all their events; cheap to hand on.

    `about` is what the log says about itself, as JSON; `columns` are those that are wanted of it.
    """

    path: str
    label: str
    about: str
    columns: tuple[str, ...]
    first: int
    last: int
    slices: tuple[Slice, ...]

    @property
    def files(self) -> tuple[str, ...]:
        """The runs with customers of the interval."""
        return tuple(str(Path(self.path) / RUNS / one.run) for one in self.slices)

    def read(self) -> EventLog:
        """Read the part. Raises DataError L122 where a file is damaged or was taken away."""
        about = about_of(json.loads(self.about), self.label)
        folder = Path(self.path)
        return put_together(
            read_slices(folder, self.label, about.cases, self.slices, self.first, self.last),
            self.columns,
            about,
        )


def put_together(tables: list[pa.Table], columns: tuple[str, ...], about: About) -> EventLog:
    """Tables of events as one log; equal times keep the order of the tables.

    A column that a table lacks is empty there. Where tables have the numbers of sources, events
    with equal times are in their order.
    """
    is_ordered = len(tables) > 1 and all(ORDER in table.column_names for table in tables)
    sources = source_numbers(tables) if is_ordered else None
    joined = {name: _joined(tables, name) for name in columns}
    del tables  # what they were made of is as large again
    return build_log(joined, about, sources)


def _joined(tables: list[pa.Table], name: str) -> pa.Array:
    """A column of all tables."""
    parts: list[pa.Array] = []
    for table in tables:
        if name not in table.column_names:
            parts.append(_empty(table.num_rows))
        elif name == TIME:
            parts.append(one_chunk(table, name).view(pa.int64()))
        else:
            parts.append(one_chunk(table, name))
    kind = pa.int64() if name == TIME else DICTIONARY
    return one_chunk(pa.table([pa.chunked_array(parts, kind)], names=[name]), name)


def _empty(rows: int) -> pa.Array:
    nothing = np.full(rows, -1, np.int32)
    return pa.DictionaryArray.from_arrays(numbers(nothing, nothing < 0), pa.array([], pa.string()))


@dataclass(frozen=True, slots=True)
class FolderLog:
    """A log folder of which only the manifest was read.

    `more` are columns of its runs that its parts have beside those of a log.
    """

    path: str
    label: str
    manifest: Manifest
    more: tuple[str, ...] = ()

    @property
    def about(self) -> About:
        """What the log says about itself."""
        return self.manifest.about

    @property
    def events(self) -> int:
        """The number of events."""
        return self.manifest.events

    @property
    def attributes(self) -> tuple[str, ...]:
        """The names of the declared attributes."""
        return tuple(name for name in self.manifest.layout.columns if name not in ROLES)

    def has(self, column: str) -> bool:
        """Whether the log has a column."""
        return column in self.manifest.layout.columns

    def read(self) -> EventLog:
        """The whole log. Raises DataError L122 where a file is damaged or was taken away."""
        return self._parts((0, PREFIXES))[0].read()

    def parts(self, number: int) -> tuple[FolderPart, ...]:
        """About so many parts: intervals of prefixes, cut where row groups are where that goes.

        A log whose customers are not its cases is one part.
        """
        if not self.manifest.layout.is_cut:
            return self._parts((0, PREFIXES))
        groups = groups_for(max((run.events for run in self.manifest.runs), default=0))
        grain = PREFIXES // groups if number <= groups else 1
        steps = PREFIXES // grain
        return self._parts({round(place * steps / number) * grain for place in range(number + 1)})

    def _parts(self, bounds: Iterable[int]) -> tuple[FolderPart, ...]:
        """The parts between bounds.

        Settled runs and others together are not in the order of sources, so that it is read.
        """
        text = json.dumps(described(self.about), ensure_ascii=False)
        runs, columns = self.manifest.runs, (*self.manifest.columns, *self.more)
        more = (ORDER,) if len({run.settled for run in runs}) > 1 else self.more
        return tuple(
            FolderPart(self.path, self.label, text, columns, *ends, slices_of(runs, *ends, more))
            for ends in pairwise(sorted(bounds))
        )


def open_folder(folder: Path, label: str) -> FolderLog:
    """What a log folder says about itself. Raises DataError L122 where it cannot be read."""
    return FolderLog(str(folder), label, read_manifest(folder, label))
