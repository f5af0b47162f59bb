"""Logs come in: from files, from a saved log, from a data frame."""

from __future__ import annotations

from os import fspath
from pathlib import Path

from cjmine.eventlog.saved import open_saved
from cjmine.ingest.frames import frame_inputs
from cjmine.ingest.inputs import Inputs, find_inputs
from cjmine.ingest.load import load as load_inputs
from cjmine.ingest.reject_budget import RejectBudget
from cjmine.ingest.source_options import SourceOptions
from cjmine.notebook.filtered import Names, names
from cjmine.notebook.ideals import File
from cjmine.notebook.log import EventLog
from cjmine.privacy.key import find_key, throw_away_key


def load(
    *files: File,
    case: str | None = None,
    customer: str | None = None,
    activity: str | None = None,
    timestamp: str | None = None,
    channel: str | None = None,
    tz: str | None = None,
    time_format: str | None = None,
    region: str | None = None,
    object_type: str | None = None,
    keep: Names = (),
    max_rejects: int = 0,
    config: File | None = None,
    key_file: File | None = None,
    max_bytes: int | None = None,
) -> EventLog:
    """Read exports or process logs into one pseudonymised event log.

    Parameters
    ----------
    files
        Files, folders or globs. A folder with a `cjmine.toml` is read as that says.
    case, customer, activity, timestamp, channel
        Columns that play these roles; what is left out is recognised where it is plain.
    tz
        The zone of times that carry none, such as "Europe/Amsterdam".
    region, object_type
        The country whose form phone numbers have, such as "NL", and the object that is the case of
        an object-centric log.
    keep
        Further columns to keep as attributes; all others are dropped.
    key_file
        The key of the pseudonyms; without one (and without CJMINE_KEY) a random key is used and
        thrown away, so the log cannot be saved.
    max_bytes
        How many bytes a compressed file may unpack to where it is also 200 times its size.

    Raises
    ------
    CjmineError
        With all problems found, each with code, place, cause and remedy.
    """
    options = SourceOptions(
        case=case,
        customer=customer,
        activity=activity,
        timestamp=timestamp,
        channel=channel,
        tz=tz,
        time_format=time_format,
        region=region,
        object_type=object_type,
        max_bytes=max_bytes,
        config=None if config is None else Path(config),
    )
    inputs = find_inputs([fspath(file) for file in files], options.flags(names(keep)))
    return _loaded(inputs, max_rejects, key_file)


def from_frame(
    frame: object,
    case: str | None = None,
    customer: str | None = None,
    activity: str | None = None,
    timestamp: str | None = None,
    channel: str | None = None,
    tz: str | None = None,
    time_format: str | None = None,
    keep: Names = (),
    max_rejects: int = 0,
    key_file: File | None = None,
) -> EventLog:
    """Read a data frame into a pseudonymised event log, as if it were a file.

    Parameters
    ----------
    frame
        Of pandas or polars, an Arrow table or reader, or anything else that hands over Arrow
        (`__arrow_c_stream__`); or an iterator of such frames, as `pd.read_csv(chunksize=…)` gives.
        It is read part by part and stays as it is; an index is no column.
    case, customer, activity, timestamp, channel, tz, time_format, keep, max_rejects, key_file
        As for `load`.

    Raises
    ------
    CjmineError
        With all problems found; their places are rows, counted from 1, and never values.

    Examples
    --------
    >>> import pyarrow as pa
    >>> frame = pa.table({"who": ["ann"], "what": ["Search"], "when": ["2026-03-02T10:00:00Z"]})
    >>> from_frame(frame, customer="who", activity="what", timestamp="when")
    <cjmine.EventLog 1 event, 1 customer, 1 activity>
    """
    options = SourceOptions(
        case=case,
        customer=customer,
        activity=activity,
        timestamp=timestamp,
        channel=channel,
        tz=tz,
        time_format=time_format,
    )
    inputs = frame_inputs(frame, options.flags(names(keep)))
    return _loaded(inputs, max_rejects, key_file)


def read(file: File) -> EventLog:
    """Read a saved event log. Raises DataError L122."""
    found = open_saved(Path(file), fspath(file)).read()
    return EventLog(found.table, found.about)


def _loaded(inputs: Inputs, max_rejects: int, key_file: File | None) -> EventLog:
    key = find_key(None if key_file is None else Path(key_file)) or throw_away_key()
    found = load_inputs(inputs, key, RejectBudget(max_rejects)).log
    return EventLog(found.table, found.about)
