"""Opening a log: a saved one is read, exports and process logs are loaded and not kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cjmine.errors import Code, DataError, Place, Problem
from cjmine.eventlog.log import EventLog
from cjmine.eventlog.parquet import is_log, read_log
from cjmine.progress import Phase, Progress, ProgressEvent, no_progress

if TYPE_CHECKING:
    from cjmine.ingest.load import Loaded, RejectBudget
    from cjmine.ingest.source_flags import SourceFlags
    from cjmine.privacy.pseudonyms import Key


@dataclass(frozen=True, slots=True)
class Opened:
    """A log, and how it was loaded where it was not a saved one."""

    log: EventLog
    loaded: Loaded | None


def open_log(
    arguments: Sequence[str],
    declared: SourceFlags | None = None,
    key: Key | None = None,
    budget: RejectBudget | None = None,
    progress: Progress = no_progress,
) -> Opened:
    """Read a saved event log, or load exports and process logs and keep nothing of them.

    Without a key a random one is used and thrown away. Raises what `load` raises, and DataError
    L123 where a saved log stands beside other files.
    """
    saved = [argument for argument in arguments if is_log(Path(argument))]
    if saved:
        if len(arguments) > 1:
            raise DataError(
                Problem(
                    Code.SOURCES_DISAGREE,
                    "a saved event log is read alone",
                    Place(saved[0]),
                    remedy="load all exports into one log",
                )
            )
        progress(ProgressEvent(Phase.READ, saved[0]))
        return Opened(read_log(Path(saved[0]), saved[0]), None)
    from cjmine.ingest.inputs import find_inputs
    from cjmine.ingest.load import RejectBudget, load
    from cjmine.ingest.source_flags import SourceFlags
    from cjmine.privacy.key import throw_away_key

    found = find_inputs(arguments, declared or SourceFlags(), progress)
    loaded = load(found, key or throw_away_key(), budget or RejectBudget(), progress=progress)
    return Opened(loaded.log, loaded)
