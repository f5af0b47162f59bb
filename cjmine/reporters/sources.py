"""The account of one file, as the machine-readable reports give it."""

from __future__ import annotations

from cjmine.eventlog.log import SourceCount

NAMES = ("path", "format", "read", "loaded", "rejected", "duplicate", "filtered", "events")


def source_row(one: SourceCount) -> dict[str, object]:
    """The keys of the JSON contract: read = loaded + rejected + duplicate + filtered.

    `events` is what the loaded records gave; `unlinked` is null where nothing was to link.
    """
    return {name: getattr(one, name) for name in (*NAMES[:-1], "unlinked", "events")}
