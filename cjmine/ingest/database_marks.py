"""Databases in a log that grows: only what came since the last delivery is read of them."""

from __future__ import annotations

from dataclasses import replace

from cjmine.database import Database, Mark
from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.eventlog.folder.manifest import Asked, Manifest
from cjmine.ingest.inputs import Inputs
from cjmine.loaders.sniff import Sniffed


def since_last(inputs: Inputs, before: Manifest | None) -> Inputs:
    """The inputs, of databases only with what the log has not yet.

    Raises UsageError U101 where a database says not how its rows grow.
    """
    if before is None:
        return inputs
    return replace(inputs, sources=tuple(_since(one, before) for one in inputs.sources))


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
    return one if asked is None else one.after(Mark(asked.value, asked.rows))


def only_databases(inputs: Inputs) -> bool:
    """Whether nothing but databases is read, which may have nothing new."""
    return all(isinstance(one.source.origin, Database) for one in inputs.sources)


def asked_of(inputs: Inputs) -> tuple[Asked, ...]:
    """How far each database was read by this delivery."""
    marks = [(one.source.name, one.opened.watermark()) for one in inputs.sources]
    return tuple(Asked(name, mark.value, mark.rows) for name, mark in marks if mark is not None)
