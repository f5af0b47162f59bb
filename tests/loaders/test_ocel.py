"""Object-centric logs: three forms of one log load alike, flattened on one type."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from loaders.exports import Read, read_file

from cjmine.errors import DataError
from cjmine.sources import Extras

OBJECTS = {"o1": "order", "o2": "order", "i1": "item"}
Event = tuple[str, str, str, list[str]]
EVENTS: list[Event] = [
    ("e1", "Place", "2024-05-03T09:00:00Z", ["o1", "i1"]),
    ("e2", "Merge", "2024-05-03T10:00:00Z", ["o1", "o2", "o1"]),
    ("e3", "Pack", "2024-05-03T11:00:00Z", ["i1"]),
]
ORDER = Extras(object_type="order")


def as_json(path: Path, events: Sequence[Event] = EVENTS) -> None:
    path.write_text(
        json.dumps(
            {
                "objectTypes": [{"name": "order", "attributes": []}],
                "eventTypes": [{"name": "Place", "attributes": []}],
                "objects": [{"id": key, "type": kind} for key, kind in OBJECTS.items()],
                "events": [
                    {
                        "id": event,
                        "type": kind,
                        "time": time,
                        "attributes": [{"name": "price", "value": 5}],
                        "relationships": [{"objectId": one, "qualifier": ""} for one in objects],
                    }
                    for event, kind, time, objects in events
                ],
            }
        )
    )


def as_xml(path: Path, events: Sequence[Event] = EVENTS) -> None:
    objects = "".join(f'<object id="{key}" type="{kind}"/>' for key, kind in OBJECTS.items())
    told = "".join(
        f'<event id="{event}" type="{kind}" time="{time}"><attributes>'
        '<attribute name="price">5</attribute></attributes><objects>'
        + "".join(f'<relationship object-id="{one}" qualifier=""/>' for one in linked)
        + "</objects></event>"
        for event, kind, time, linked in events
    )
    path.write_text(
        '<?xml version="1.0"?><log><object-types><object-type name="order"/></object-types>'
        f"<event-types/><objects>{objects}</objects><events>{told}</events></log>"
    )


def as_sqlite(path: Path, events: Sequence[Event] = EVENTS) -> None:
    with closing(sqlite3.connect(path)) as log:
        log.executescript(
            "CREATE TABLE event (ocel_id TEXT, ocel_type TEXT);"
            "CREATE TABLE object (ocel_id TEXT, ocel_type TEXT);"
            "CREATE TABLE event_object (ocel_event_id TEXT, ocel_object_id TEXT, q TEXT);"
            "CREATE TABLE event_map_type (ocel_type TEXT, ocel_type_map TEXT);"
        )
        log.executemany("INSERT INTO object VALUES (?, ?)", OBJECTS.items())
        for event, kind, time, objects in events:
            log.execute("INSERT INTO event VALUES (?, ?)", (event, kind))
            log.execute("INSERT INTO event_map_type VALUES (?, ?)", (kind, f'{kind}"x'))
            log.execute(f'CREATE TABLE "event_{kind}""x" (ocel_id TEXT, ocel_time TEXT, price)')
            log.execute(f'INSERT INTO "event_{kind}""x" VALUES (?, ?, 5)', (event, time))
            log.executemany(
                "INSERT INTO event_object VALUES (?, ?, '')", [(event, one) for one in objects]
            )
        log.commit()


FORMS = [as_json, as_xml, as_sqlite]


@pytest.mark.parametrize("write", FORMS)
def test_every_form_is_flattened_alike(tmp_path: Path, write: Callable[[Path], None]) -> None:
    """One event of two orders is told twice, one of none is left out and counted."""
    write(path := tmp_path / "log")
    found = read_file(path, extras=ORDER)
    rows = zip(
        found.found.table["case"].to_pylist(), found.found.activities, found.found.moments,
        strict=True,
    )  # fmt: skip
    assert list(rows) == [
        ("o1", "Place", "2024-05-03T09:00:00"),
        ("o1", "Merge", "2024-05-03T10:00:00"),
        ("o2", "Merge", "2024-05-03T10:00:00"),
    ]
    assert found.filtered == {"NO_OBJECT": 1}
    assert "1 events of several" in found.sniffed.inspection.description


@pytest.mark.parametrize("write", [as_json, as_xml, as_sqlite])
def test_an_event_without_a_readable_time_is_rejected(
    tmp_path: Path, write: Callable[[Path, Sequence[Event]], None]
) -> None:
    """Once for each of its orders, by the number of the pair; the other events are told."""
    more = [(kind, kind, f"2024-05-0{day}T09:00:00Z", ["o1"]) for day, kind in ((4, "B"), (5, "P"))]
    late = [(id, kind, "soon" if id == "e2" else time, of) for id, kind, time, of in EVENTS]
    write(path := tmp_path / "log", [*late, *more])
    found = read_file(path, extras=ORDER)
    assert found.rejects == [(2, None, "L108"), (3, None, "L108")]
    assert found.found.activities == ["Place", "B", "P"]


def test_the_first_version_of_the_standard(tmp_path: Path) -> None:
    """Its JSON still goes round: the keys are others, the events the same."""
    events = {
        id: {"ocel:activity": kind, "ocel:timestamp": time, "ocel:omap": of, "ocel:vmap": {}}
        for id, kind, time, of in EVENTS
    }
    objects = {id: {"ocel:type": kind, "ocel:ovmap": {}} for id, kind in OBJECTS.items()}
    path = tmp_path / "log.jsonocel"
    path.write_text(
        json.dumps({"ocel:global-log": {}, "ocel:events": events, "ocel:objects": objects})
    )
    found = read_file(path, extras=ORDER)
    assert found.found.table["case"].to_pylist() == ["o1", "o1", "o2"]
    assert found.filtered == {"NO_OBJECT": 1}


@pytest.mark.parametrize(
    ("name", "writer"),
    [("log.json", "write_ocel2_json"), ("log.xml", "write_ocel2_xml"),
     ("log.sqlite", "write_ocel2_sqlite")],
)  # fmt: skip
def test_what_another_program_writes(tmp_path: Path, name: str, writer: str) -> None:
    """pm4py reads our log and writes it in each form of the standard; all give the same events."""
    pm4py = pytest.importorskip("pm4py")
    as_json(plain := tmp_path / "plain.json")
    getattr(pm4py, writer)(pm4py.read_ocel2_json(str(plain)), str(tmp_path / name))
    theirs, ours = (read_file(path, extras=ORDER) for path in (tmp_path / name, plain))

    def told(read: Read) -> set[tuple[str, str, str]]:
        cases = read.found.table["case"].to_pylist()
        return set(zip(cases, read.found.activities, read.found.moments, strict=True))

    assert told(theirs) == told(ours)
    assert theirs.filtered == ours.filtered == {"NO_OBJECT": 1}


@pytest.mark.parametrize("write", FORMS)
def test_the_type_must_be_chosen(tmp_path: Path, write: Callable[[Path], None]) -> None:
    """Without a type the error counts the objects of each; a wrong one gets a near miss."""
    write(path := tmp_path / "log")
    with pytest.raises(DataError) as caught:
        read_file(path)
    assert caught.value.problems[0].cause.endswith("item 1, order 2")
    with pytest.raises(DataError) as caught:
        read_file(path, extras=Extras(object_type="orders"))
    assert "order" in caught.value.problems[0].remedy


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    """Entities are how XML reads other files and grows without end."""
    as_xml(path := tmp_path / "log.xml")
    text = path.read_text().replace("<log>", '<!DOCTYPE log [<!ENTITY a "b">]><log>')
    path.write_text(text)
    with pytest.raises(DataError) as caught:
        read_file(path, extras=ORDER)
    assert caught.value.problems[0].code.value == "L119"


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.95])
@pytest.mark.parametrize("write", FORMS)
def test_half_a_log_has_a_code(tmp_path: Path, write: Callable[[Path], None], keep: float) -> None:
    """A log that was cut off is an error, in every form."""
    write(path := tmp_path / "log")
    content = path.read_bytes()
    path.write_bytes(content[: int(keep * len(content))])
    with pytest.raises(DataError):
        read_file(path, extras=ORDER)
