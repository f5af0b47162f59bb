"""Databases in a log that grows: only what came since the last delivery is read of them."""

from __future__ import annotations

from dataclasses import replace

from cjmine.database import Database, Mark
from cjmine.errors import CjmineError, Code, DataError, Place, Problem, UsageError
from cjmine.eventlog.folder.manifest import Asked, Manifest
from cjmine.ingest.inputs import Inputs
from cjmine.loaders.roles import column_label
from cjmine.loaders.sniff import Sniffed


def since_last(inputs: Inputs, before: Manifest | None) -> Inputs:
    """The inputs, of databases only with what the log has not yet.

    Raises UsageError U101 where a database says not how its rows grow, and DataError L123 where
    nothing says which of them the log has.
    """
    if before is None:
        return inputs
    try:
        return replace(inputs, sources=tuple(_since(one, before) for one in inputs.sources))
    except CjmineError:
        for one in inputs.sources:
            one.opened.rest()
        raise


def _since(one: Sniffed, before: Manifest) -> Sniffed:
    origin = one.source.origin
    if not isinstance(origin, Database):
        return one
    if origin.since is None:
        raise UsageError(
            Problem(
                Code.USAGE,
                "a database that is appended needs since in its source",
                Place(one.source.label),
                cause="without it all rows would be loaded once more",
                remedy="since = the column of a number or a time that grows as rows are added",
            )
        )
    asked = before.asked(one.source.name)
    has_rows = any(
        mark.source == one.source.name for each in before.deliveries for mark in each.watermarks
    )
    if asked is None and not has_rows:
        return one
    if asked is None or asked.since != origin.since:
        raise DataError(
            Problem(
                Code.SOURCES_DISAGREE,
                "the log has rows of this source that were not read by this column since",
                Place(one.source.label, column=column_label(origin.since)),
                cause="nothing says which rows of the database it has",
                remedy="load all at once into a new folder: cjmine load -o NEW/",
            )
        )
    return one.after(Mark(asked.value, asked.rows, asked.unset))


def only_databases(inputs: Inputs) -> bool:
    """Whether nothing but databases is read, which may have nothing new."""
    return all(isinstance(one.source.origin, Database) for one in inputs.sources)


def asked_of(inputs: Inputs) -> tuple[Asked, ...]:
    """How far each database was read by this delivery."""
    found = []
    for one in inputs.sources:
        origin, mark = one.source.origin, one.opened.watermark()
        if isinstance(origin, Database) and origin.since is not None and mark is not None:
            name, since = one.source.name, origin.since
            found.append(Asked(name, since, mark.value, mark.rows, mark.unset))
    return tuple(found)
