"""Opening the logs that a command line names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cjmine.cli.options import spare
from cjmine.progress import Progress

if TYPE_CHECKING:
    from cjmine.ingest.loaded import Loaded
    from cjmine.ingest.source_options import SourceOptions


def open_logs(
    logs: Sequence[str],
    sources: SourceOptions,
    progress: Progress,
    keep: Sequence[str] = (),
    beside: Iterable[str | Path] = (),
    outputs: Iterable[Path] = (),
) -> Loaded:
    """Open what the arguments name, and refuse outputs that would replace what is read.

    `beside` are further files that are read. Raises what `open_log` raises, and UsageError U101.
    """
    from cjmine.ingest.open_log import open_log

    loaded = open_log(logs, sources, keep, progress)
    spare([*logs, *beside, *(one.path for one in loaded.source.about.sources)], outputs)
    return loaded
