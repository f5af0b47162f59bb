"""Compacting: runs beside each other become one, so that reading a log stays cheap.

The newest runs are put together as long as the one before them is at most twice as large; an old
large run waits until half as many new events have come. So each event is written again a few times
in all, however long the log grows. Runs that are settled stay apart from those that are not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from cjmine.eventlog.folder.folder_log import FolderLog
from cjmine.eventlog.folder.manifest import Manifest
from cjmine.eventlog.folder.run_file import groups_for
from cjmine.eventlog.folder.source_order import ORDER
from cjmine.eventlog.folder.writing import FolderWriter

MOST_RUNS = 8
_TIMES = 2
_AT_ONCE = 1_000_000  # events that are put together at a time


def first_to_compact(events: Sequence[int]) -> int:
    """From which run on all are put together, by the events of each run in their order.

    >>> first_to_compact([100, 3, 2, 2]), first_to_compact([5, 3, 2, 2])
    (1, 0)
    """
    later = list(accumulate(reversed(events)))[::-1]
    first = max(len(events) - 2, 0)
    while first > 0 and events[first - 1] <= _TIMES * later[first]:
        first -= 1
    return first


def compact(writer: FolderWriter) -> Manifest | None:
    """Put the newest runs of a log together where there are many; None where there are few."""
    manifest = writer.manifest
    if manifest is None:
        return None
    settled = tuple(run for run in manifest.runs if run.settled)
    others = tuple(run for run in manifest.runs if not run.settled)
    mine, rest = (settled, others) if len(settled) >= len(others) else (others, settled)
    if len(mine) < MOST_RUNS:
        return None
    first = first_to_compact([run.events for run in mine])
    merged = replace(manifest, runs=mine[first:])
    log = FolderLog(str(writer.folder), str(writer.folder), merged, (ORDER,))
    # No more parts than row groups of the largest run: then each ends where row groups end.
    groups = groups_for(max(run.events for run in merged.runs))
    parts = log.parts(min(max(-(-merged.events // _AT_ONCE), 1), groups))
    run = writer.add((part.read() for part in parts), merged.events, mine[0].settled)
    return writer.publish(replace(manifest, runs=(*mine[:first], run, *rest)))
