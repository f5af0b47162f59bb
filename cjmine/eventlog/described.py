"""What a log says about itself as plain JSON values, as saved logs keep it."""

from __future__ import annotations

from cjmine.errors import Code, DataError, Note, Place, Problem
from cjmine.eventlog import source_columns
from cjmine.eventlog.log import About, Cases, Nameless, Registered, SourceCount

SCHEMA_VERSION = "1"


def described(about: About) -> dict[str, object]:
    """What a log says about itself, as JSON keeps it."""
    return {
        "schema": SCHEMA_VERSION,
        "cases": about.cases.value,
        "key_id": about.key_id,
        "observed_from": about.observed_from,
        "observed_until": about.observed_until,
        "sources": [
            [
                source.path,
                source.format,
                source.read,
                source.loaded,
                source.rejected,
                source.duplicate,
                source.filtered,
                source.unlinked,
                source.given,
            ]
            for source in about.sources
        ],
        "zone": about.zone,
        "nameless": [[one.activity, one.channel, one.events] for one in about.nameless],
        "columns": source_columns.written(about.columns),
        "notes": [[note.code.value, note.text] for note in about.notes],
        "registered": _registered(about.registered),
    }


def _registered(found: Registered | None) -> list[int] | None:
    return None if found is None else [found.customers, found.silent]


def about_of(written: dict[str, object], label: str) -> About:
    """What `described` wrote.

    Raises DataError L122 for a newer version; KeyError, TypeError, ValueError or AssertionError
    for anything else.
    """
    if written["schema"] != SCHEMA_VERSION:
        raise of_newer_version(label)
    sources, notes = written["sources"], written["notes"]
    nameless, registered = written.get("nameless", []), written.get("registered")
    assert isinstance(sources, list) and isinstance(notes, list) and isinstance(nameless, list)
    first, last, key = (
        written["observed_from"],
        written["observed_until"],
        written["key_id"],
    )
    return About(
        cases=Cases(str(written["cases"])),
        sources=tuple(SourceCount(*source) for source in sources),
        key_id=None if key is None else str(key),
        observed_from=first if isinstance(first, int) else None,
        observed_until=last if isinstance(last, int) else None,
        notes=tuple(Note(Code(code), text) for code, text in notes),
        zone=str(written.get("zone", "UTC")),
        nameless=tuple(Nameless(*one) for one in nameless),
        columns=source_columns.read(written.get("columns", [])),
        registered=Registered(*registered) if isinstance(registered, list) else None,
    )


def of_newer_version(label: str) -> DataError:
    """The error L122: a saved log of a version that this one does not know."""
    return DataError(
        Problem(
            Code.LOG_FORMAT,
            "the event log was written by a newer version of cjmine",
            Place(label),
            remedy="install that version or a later one: pip install --upgrade cjmine",
        )
    )


def damaged(label: str, message: str) -> DataError:
    """The error L122: a saved log cannot be read."""
    return DataError(
        Problem(Code.LOG_FORMAT, message, Place(label), remedy="load the exports again")
    )
