"""Opening a log: a saved one is described, exports and process logs are loaded and not kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cjmine.errors import Code, DataError, Place, Problem, UsageError
from cjmine.eventlog.saved import is_log, open_saved
from cjmine.ingest.loaded import Loaded
from cjmine.ingest.source_options import SourceOptions
from cjmine.progress import Phase, Progress, ProgressEvent, no_progress
from cjmine.shown_paths import shown_path


def open_log(
    arguments: Sequence[str],
    options: SourceOptions = SourceOptions(),
    keep: Sequence[str] = (),
    progress: Progress = no_progress,
) -> Loaded:
    """Open a saved event log, or load exports and process logs with a key that is thrown away.

    `keep` names attributes to keep where a source has them. Raises what `load` raises; DataError
    L123 where a saved log is named beside other files; UsageError U101 where options name the
    columns of a saved log, which knows its own.
    """
    saved = [argument for argument in arguments if is_log(Path(argument))]
    if not saved:
        from cjmine.ingest.inputs import find_inputs
        from cjmine.ingest.load import load
        from cjmine.privacy.key import throw_away_key

        found = find_inputs(
            arguments, replace(options.flags(keep), lenient=not options.strict), progress
        )
        return load(found, throw_away_key(), options.max_rejects, progress=progress)
    if len(arguments) > 1:
        raise DataError(
            Problem(
                Code.SOURCES_DISAGREE,
                "a saved event log is read alone",
                Place(saved[0]),
                remedy="load all exports into one log",
            )
        )
    if options.is_given:
        raise UsageError(
            Problem(
                Code.USAGE,
                "a saved event log knows its columns and its zone",
                Place(saved[0]),
                remedy="leave the options for columns, times and configuration away",
            )
        )
    progress(ProgressEvent(Phase.READ, shown_path(saved[0])))
    return Loaded(open_saved(Path(saved[0]), saved[0]))
