"""Object-centric event logs (OCEL 2.0) in their three forms, read into one plain shape."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from typing import Any
from xml.parsers import expat

from cjmine.errors import Code, DataError, Place, Problem
from cjmine.loaders.budgets import DEEPEST, MOST_BYTES, over_budget
from cjmine.loaders.files import chunks, unreadable
from cjmine.loaders.sqlite_tables import SqliteTables
from cjmine.loaders.unpacking import look_ahead


class Form(Enum):
    """How an object-centric log is stored."""

    JSON = auto()
    XML = auto()
    SQLITE = auto()


@dataclass(frozen=True, slots=True)
class ObjectEvent:
    """One event: its type, when (as written), the ids of its objects, and its attributes."""

    activity: str
    time: str
    objects: tuple[str, ...] = field(repr=False)
    attributes: dict[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class ObjectLog:
    """The events in file order, and the type of every object."""

    events: tuple[ObjectEvent, ...] = field(repr=False)
    type_of: dict[str, str] = field(repr=False)

    @property
    def types(self) -> dict[str, int]:
        """How many objects there are of each type, by name."""
        counts: dict[str, int] = {}
        for name in sorted(self.type_of.values()):
            counts[name] = counts.get(name, 0) + 1
        return counts


def form_of(first: bytes, text: str) -> Form | None:
    """The form of an object-centric log by the beginning of a file; None for anything else."""
    if first.startswith(b"SQLite format 3\0"):
        return Form.SQLITE
    beginning = text.lstrip("\ufeff \t\r\n")
    if beginning.startswith("{") and (
        ('"objectTypes"' in text and '"eventTypes"' in text)
        or '"ocel:global-log"' in text
        or '"ocel:events"' in text
    ):
        return Form.JSON
    if beginning.startswith("<") and "<object-types" in text:
        return Form.XML
    return None


def read_objects(path: Path, label: str, form: Form, most: int = MOST_BYTES) -> ObjectLog:
    """Read a log. `most` is that of `chunks`.

    Raises DataError L102, L113, L118, L119, L122, L130 where it cannot be read.
    """
    try:
        look_ahead(path, label, most)
        if form is Form.JSON:
            return _from_json(json.loads(b"".join(chunks(path, label, most))))
        if form is Form.XML:
            return _Xml(label).read(chunks(path, label, most))
        return _from_sqlite(path, label)
    except DataError:
        raise
    except OSError as error:
        raise unreadable(label, error) from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, sqlite3.Error):
        raise DataError(
            Problem(
                Code.LOG_FORMAT,
                "not a whole object-centric log (OCEL 2.0)",
                Place(label),
                remedy="export it again",
            )
        ) from None


def _from_json(written: Any) -> ObjectLog:
    if "ocel:events" in written:  # the first version of the standard
        return ObjectLog(
            tuple(
                ObjectEvent(
                    str(one["ocel:activity"]),
                    str(one["ocel:timestamp"]),
                    tuple(map(str, one.get("ocel:omap", ()))),
                    {str(key): str(value) for key, value in one.get("ocel:vmap", {}).items()},
                )
                for one in written["ocel:events"].values()
            ),
            {str(key): str(one["ocel:type"]) for key, one in written["ocel:objects"].items()},
        )
    return ObjectLog(
        tuple(
            ObjectEvent(
                str(one["type"]),
                str(one["time"]),
                tuple(str(link["objectId"]) for link in one.get("relationships") or ()),
                {str(a["name"]): str(a["value"]) for a in one.get("attributes") or ()},
            )
            for one in written["events"]
        ),
        {str(one["id"]): str(one["type"]) for one in written["objects"]},
    )


class _Xml:
    """Follows the XML; a document type is refused, so nothing is fetched or expanded."""

    def __init__(self, label: str) -> None:
        self._label, self._depth = label, 0
        self._events: list[ObjectEvent] = []
        self._types: dict[str, str] = {}
        self._event: tuple[str, str] | None = None
        self._objects: list[str] = []
        self._attributes: dict[str, str] = {}
        self._attribute: str | None = None
        self._text: list[str] = []
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text.append
        self._parser.StartDoctypeDeclHandler = self._refuse

    def read(self, pieces: Iterator[bytes]) -> ObjectLog:
        """Parse to the end. Raises DataError L118, L119."""
        try:
            for piece in pieces:
                self._parser.Parse(piece, False)
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise DataError(
                Problem(Code.XML_MALFORMED, "malformed XML", Place(self._label, error.lineno))
            ) from None
        return ObjectLog(tuple(self._events), self._types)

    def _refuse(self, *_: object) -> None:
        raise DataError(
            Problem(Code.XML_FORBIDDEN, "a document type is not read", Place(self._label))
        )

    def _start(self, name: str, given: dict[str, str]) -> None:
        self._text.clear()
        self._depth += 1
        if self._depth > DEEPEST:
            raise over_budget(self._label, f"elements are nested more than {DEEPEST} deep")
        if name == "event":
            self._event = (given["type"], given["time"])
            self._objects, self._attributes = [], {}
        elif name == "object" and self._event is None and "type" in given:
            self._types[given["id"]] = given["type"]
        elif name in ("relationship", "object") and self._event is not None:
            self._objects.append(given.get("object-id") or given["id"])
        elif name == "attribute":
            self._attribute = given.get("name")

    def _end(self, name: str) -> None:
        self._depth -= 1
        if name == "attribute" and self._event is not None and self._attribute:
            self._attributes[self._attribute] = "".join(self._text)
        elif name == "event" and self._event is not None:
            activity, time = self._event
            event = ObjectEvent(activity, time, tuple(self._objects), self._attributes)
            self._events.append(event)
            self._event = None
        self._text.clear()


def _from_sqlite(path: Path, label: str) -> ObjectLog:
    """Read the tables; names come from the log's own map and are quoted, nothing is trusted."""
    with closing(SqliteTables(path, label)) as log:
        types = dict(_pairs(log, "object", "ocel_id", "ocel_type"))
        objects: dict[str, list[str]] = {}
        for event, other in _pairs(log, "event_object", "ocel_event_id", "ocel_object_id"):
            objects.setdefault(event, []).append(other)
        events = dict(_pairs(log, "event", "ocel_id", "ocel_type"))
        about: dict[str, dict[str, str]] = {}
        for _, mapped in _pairs(log, "event_map_type", "ocel_type", "ocel_type_map"):
            names = log.columns(f"event_{mapped}")
            for row in log.rows(f"event_{mapped}", *names):
                named = {
                    key: cell for key, cell in zip(names, row, strict=True) if cell is not None
                }
                about[named.pop("ocel_id")] = named
        return ObjectLog(
            tuple(
                ObjectEvent(
                    kind,
                    about.get(event, {}).pop("ocel_time", ""),
                    tuple(objects.get(event, ())),
                    about.get(event, {}),
                )
                for event, kind in events.items()
            ),
            types,
        )


def _pairs(log: SqliteTables, table: str, first: str, second: str) -> Iterator[tuple[str, str]]:
    for one, other in log.rows(table, first, second):
        yield str(one), str(other)
