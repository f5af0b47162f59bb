"""A log folder without the events before a moment: its runs, and what was kept of deliveries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from cjmine.columns import flags
from cjmine.eventlog.folder.folder_log import FolderLog, FolderPart
from cjmine.eventlog.folder.manifest import Delivery, Manifest, Run
from cjmine.eventlog.folder.run_file import groups_for
from cjmine.eventlog.folder.source_order import ORDER
from cjmine.eventlog.folder.writing import FolderWriter, leftovers, writing
from cjmine.eventlog.log import About, EventLog
from cjmine.ingest.kept_delivery import copy_since
from cjmine.log_folders import KEPT, MANIFEST, mark_ended
from cjmine.output import remove_whole
from cjmine.temporary import remove

_AT_ONCE = 2_000_000  # events


def delete_folder(folder: Path, label: str) -> None:
    """Delete a log folder: the manifest first, so that it is no log from then on.

    Raises OutputError O101, O104.
    """
    with writing(folder, label):
        mark_ended(folder)
        remove_whole(folder / MANIFEST)
        remove(folder)


def rewrite_folder(folder: Path, label: str, moment: int, about: Callable[[About], About]) -> None:
    """Write all files of a log folder without the events before a moment, and delete the old ones.

    `about` gives what the log says of itself then. A reader that is at the old files may fail;
    nothing of what is past stays. Raises OutputError O101, O104, DataError L122.
    """
    with writing(folder, label) as writer:
        manifest = writer.manifest
        assert manifest is not None
        runs = [_run(writer, manifest, run, moment) for run in manifest.runs]
        deliveries = tuple(_delivery(writer, one, label, moment) for one in manifest.deliveries)
        published = writer.publish(
            replace(
                manifest,
                about=about(manifest.about),
                deliveries=deliveries,
                runs=tuple(run for run in runs if run.events),
            )
        )
        for file in leftovers(folder, published):
            remove(file)


def _run(writer: FolderWriter, manifest: Manifest, run: Run, moment: int) -> Run:
    alone = replace(manifest, runs=(run,), columns=run.columns)
    log = FolderLog(str(writer.folder), str(writer.folder), alone, (ORDER,))
    most = -(-run.events // _AT_ONCE)
    kept = sum(
        int(np.count_nonzero(part.read().times >= moment)) for part in log.parts(max(most, 1))
    )
    # A power of two, and no more than row groups: then each part ends where row groups end.
    parts = log.parts(1 << (min(max(most, 1), groups_for(kept)).bit_length() - 1))
    return writer.add(_since(parts, moment), kept, run.settled)


def _since(parts: tuple[FolderPart, ...], moment: int) -> Iterator[EventLog]:
    for part in parts:
        events = part.read()
        yield EventLog(events.table.filter(flags(events.times >= moment)), events.about)


def _delivery(writer: FolderWriter, one: Delivery, label: str, moment: int) -> Delivery:
    """The delivery as it was read without what is past; tables of customers have no times."""
    if one.kept is None:
        return one
    source = writer.folder / KEPT / one.kept
    name = writer.unused(one.kept)
    return replace(one, kept=writer.keep(name, partial(copy_since, source, label, moment)))
