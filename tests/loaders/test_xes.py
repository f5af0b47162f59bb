"""The XES loader: what it reads, what it rejects and where, and what it refuses."""

from __future__ import annotations

import gzip
import re
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from loaders.reading import inspected

from cjmine.errors import Code, DataError, UsageError
from cjmine.loaders import xes_stream
from cjmine.loaders.batch import LeftOut, RawBatch, Reject
from cjmine.loaders.budgets import DEEPEST
from cjmine.loaders.files import head
from cjmine.loaders.formats.xes import LOADER, read_xes
from cjmine.loaders.head import Head
from cjmine.loaders.xes_times import read_times
from cjmine.sources import File, Identifier, Roles, Source, TimeColumn, TouchpointRule

T0 = "2024-03-01T10:00:00.000+00:00"
GOLDEN = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- an order process -->
<log xes.version="1.0" {namespace}>
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <global scope="event"><string key="concept:name" value="never an event"/></global>
  <classifier name="Activity" keys="concept:name"/>
  <string key="concept:name" value="the log"/>
  <trace>
    <string key="concept:name" value="order 1"/>
    <string key="klant" value="K-7"/>
    <event>
      <string key="concept:name" value="Zoeken &amp; kiezen"/>
      <date key="time:timestamp" value="2024-03-01T10:00:00.123+01:00"/>
      <string key="lifecycle:transition" value="start"/>
      <string key="kanaal" value="web"/>
    </event>
    <event>
      <date key="time:timestamp" value="2024-03-01T09:30:00Z"/>
      <string key="lifecycle:transition" value="complete"/>
      <string key="concept:name" value="Zoeken &amp; kiezen">
        <string key="concept:name" value="nested, not ours"/>
      </string>
      <list key="items"><values><string key="kanaal" value="not ours either"/></values></list>
      <container key="time:timestamp"><int key="concept:name" value="1"/></container>
    </event>
    <string key="after"><string key="concept:name" value="nested in the trace"/></string>
  </trace>
  <trace>
    <event>
      <string value="Betalen" key="concept:name"/>
      <date key="time:timestamp" value="2024-03-01T05:00:00-05:00"/>
    </event>
    <string key="concept:name" value="order 2"/>
  </trace>
</log>
"""


def event(name: str | None = "Search", time: str | None = T0, more: str = "") -> str:
    """One event on one line."""
    named = "" if name is None else f'<string key="concept:name" value="{name}"/>'
    timed = "" if time is None else f'<date key="time:timestamp" value="{time}"/>'
    return f"<event>{named}{timed}{more}</event>\n"


def log(*events: str, case: str = "c1") -> str:
    """A log of one trace; its first event is on line 2."""
    name = f'<string key="concept:name" value="{case}"/>'
    return f"<log><trace>{name}\n{''.join(events)}</trace></log>"


def source(path: Path, text: str | bytes, roles: Roles | None = None) -> Source:
    """Write a file and declare it as a source."""
    path = path / "log.xes" if path.is_dir() else path
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return Source(File(path), "log.xes", "xes", "orders", roles or Roles())


def rows(batches: Iterator[RawBatch]) -> list[dict[str, object]]:
    """All events of a file as dictionaries."""
    return [row for batch in batches for row in batch.events.to_pylist()]


def rejects(batches: Iterator[RawBatch]) -> list[Reject]:
    """All rejects of a file."""
    return [reject for batch in batches for reject in batch.rejects]


def us(text: str) -> int:
    """Microseconds since 1970 of an ISO time with offset."""
    return round(datetime.fromisoformat(text).timestamp() * 1_000_000)


def refused(place: Path, text: str | bytes) -> DataError:
    """The error that reading raises; inspecting must raise the same."""
    with pytest.raises(DataError) as inspecting:
        inspected(source(place, text))
    with pytest.raises(DataError) as reading:
        list(read_xes(source(place, text)))
    assert inspecting.value.code == reading.value.code
    return reading.value


# --- what is read -----------------------------------------------------------------------------


@pytest.mark.parametrize("namespace", ["", 'xmlns="http://www.xes-standard.org/"'])
@pytest.mark.parametrize("packed", [False, True])
def test_golden_log(tmp_path: Path, namespace: str, packed: bool) -> None:
    """Traces, nested and misplaced attributes, mixed offsets, any order; packed or not."""
    text = GOLDEN.format(namespace=namespace).encode()
    given = source(tmp_path, gzip.compress(text) if packed else text)
    assert rows(read_xes(given)) == [
        {"activity": "Zoeken & kiezen", "case": "order 1", "time": us("2024-03-01T09:00:00.123Z")},
        {"activity": "Zoeken & kiezen", "case": "order 1", "time": us("2024-03-01T09:30:00Z")},
        {"activity": "Betalen", "case": "order 2", "time": us("2024-03-01T10:00:00Z")},
    ]


def test_prefixed_elements(tmp_path: Path) -> None:
    """A namespace prefix on every element changes nothing."""
    text = log(event("A"), event("B"))
    for name in ("log", "trace", "event", "string", "date"):
        text = text.replace(f"<{name}", f"<x:{name}").replace(f"</{name}", f"</x:{name}")
    text = text.replace("<x:log", '<x:log xmlns:x="http://www.xes-standard.org/"')
    assert [row["activity"] for row in rows(read_xes(source(tmp_path, text)))] == ["A", "B"]


def test_columns_and_types(tmp_path: Path) -> None:
    """Declared attributes, customer and channel are read; a missing one is null."""
    roles = Roles(
        customer=Identifier("case:klant"),
        channel_column="kanaal",
        keep=("lifecycle:transition", "case:klant"),
    )
    (batch,) = read_xes(source(tmp_path, GOLDEN.format(namespace=""), roles))
    coded = pa.dictionary(pa.int32(), pa.string())
    assert {field.name: field.type for field in batch.events.schema} == {
        "activity": coded,
        "case": pa.string(),
        "customer": pa.string(),
        "channel": coded,
        "time": pa.int64(),
        "lifecycle:transition": coded,
        "case:klant": coded,
    }
    columns = batch.events.to_pydict()
    assert columns["customer"] == columns["case:klant"] == ["K-7", "K-7", None]
    assert columns["channel"] == ["web", None, None]
    assert columns["lifecycle:transition"] == ["start", "complete", None]


def test_inspect_settles_roles_and_lists_what_is_dropped(tmp_path: Path) -> None:
    """The standard's keys play the roles; samples are masked; every other key is dropped."""
    given = source(tmp_path, GOLDEN.format(namespace=""), Roles(time=TimeColumn((), zone="UTC")))
    seen = inspected(given)
    assert seen.roles == Roles(
        case="case:concept:name",
        activity="concept:name",
        time=TimeColumn(("time:timestamp",), zone="UTC"),
    )
    assert seen.dropped == ("case:klant", "lifecycle:transition", "kanaal", "items", "case:after")
    assert [row.role for row in seen.found] == ["case", "activity", "time"]
    assert seen.found[0].sample == "aaaaa 9"


def test_inspect_names_the_nearest_attribute(tmp_path: Path) -> None:
    """A declared attribute that is nowhere is an error with a near miss."""
    given = source(tmp_path, GOLDEN.format(namespace=""), Roles(channel_column="kanal"))
    with pytest.raises(DataError) as caught:
        inspected(given)
    assert caught.value.code is Code.COLUMN_MISSING
    assert caught.value.problems[0].remedy == 'did you mean "kanaal"?'


@pytest.mark.parametrize(
    "roles", [Roles(time=TimeColumn(("a", "b"))), Roles(keep=("customer",))], ids=["time", "keep"]
)
def test_declarations_that_xes_cannot_follow(tmp_path: Path, roles: Roles) -> None:
    """Two time columns, or a kept attribute named like one of ours, are usage errors."""
    with pytest.raises(UsageError):
        inspected(source(tmp_path, log(event()), roles))


def test_hostile_names_are_only_text(tmp_path: Path) -> None:
    """Markup, quotes, controls and signs of other scripts come out as they went in."""
    name = "<IMG SRC=x> ' \" ]]> %s \u202e 😀 \t\n [/]"
    written = "".join(f"&#{ord(sign)};" for sign in name)
    (row,) = rows(read_xes(source(tmp_path, log(event(written), case=written))))
    assert (row["activity"], row["case"]) == (name, name)


def test_declared_encodings(tmp_path: Path) -> None:
    """UTF-16 and Latin-1 are read as the XML declaration says."""
    text = '<?xml version="1.0" encoding="{}"?>' + log(event("Café"))
    for encoding in ("utf-16", "iso-8859-1"):
        given = source(tmp_path, text.format(encoding).encode(encoding))
        assert rows(read_xes(given))[0]["activity"] == "Café"


def test_traces_without_a_name_are_cases_of_their_own(tmp_path: Path) -> None:
    """They meet neither each other nor a trace that is really called so: XML cannot hold U+0001."""
    nameless = f"<trace>{event()}</trace>"
    text = log(event()).replace("</log>", f"{nameless}<trace/>{nameless}</log>")
    cases = [row["case"] for row in rows(read_xes(source(tmp_path, text)))]
    assert cases == ["c1", "\x01trace 2 of log.xes", "\x01trace 4 of log.xes"]
    assert refused(tmp_path, log(event(), case="&#1;trace 2")).code is Code.XML_MALFORMED


def test_blocks_cut_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However small the pieces and blocks, the same events come out, with the same rejects."""
    events = [event(f"A{n}", None if n % 7 == 0 else T0) for n in range(50)]
    text = log(*events).replace("</log>", f"<trace>{''.join(events[:5])}")
    text += '<string key="concept:name" value="late"/></trace></log>'
    given = source(tmp_path, text)
    whole = list(read_xes(given))
    monkeypatch.setattr("cjmine.loaders.files.CHUNK", 97)
    monkeypatch.setattr(xes_stream, "BLOCK_EVENTS", 8)
    small = list(read_xes(given))
    assert len(small) > 4
    assert rows(iter(small)) == rows(iter(whole))
    assert rejects(iter(small)) == rejects(iter(whole))
    assert sum(batch.read for batch in small) == 55


def test_a_name_after_too_many_events_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Events of a trace that was given away in part are not renamed afterwards."""
    monkeypatch.setattr("cjmine.loaders.files.CHUNK", 97)
    monkeypatch.setattr(xes_stream, "BLOCK_EVENTS", 8)
    late = '<string key="concept:name" value="late"/>'
    given = source(tmp_path, f"<log><trace>{event() * 50}{late}</trace></log>")
    with pytest.raises(DataError) as caught:
        list(read_xes(given))
    assert caught.value.code is Code.LOG_FORMAT


def test_touchpoint_rules_apply(tmp_path: Path) -> None:
    """A rule renames an activity or leaves its events out, counted."""
    rules = (
        TouchpointRule(activity="Searching", label="Search"),
        TouchpointRule(activity=None, glob="debug*"),
    )
    plain = source(tmp_path, log(event(), event("debug 1"), event("Pay")))
    given = Source(plain.origin, "log.xes", "xes", "orders", Roles(), rules)
    (batch,) = read_xes(given)
    assert [row["activity"] for row in batch.events.to_pylist()] == ["Searching", "Pay"]
    assert [(part.reason, part.records) for part in batch.filtered] == [(LeftOut.RULE, 1)]


def test_a_log_without_events_is_one_empty_batch(tmp_path: Path) -> None:
    """Its columns are there all the same."""
    (batch,) = read_xes(source(tmp_path, "<log><trace/></log>"))
    assert (batch.read, batch.events.num_rows) == (0, 0)
    assert batch.events.schema.names == ["activity", "case", "time"]


# --- times ------------------------------------------------------------------------------------


def test_ways_to_write_a_time(tmp_path: Path) -> None:
    """Fractions of any length, Z, offsets and blanks; alone and all in one file."""
    written = {
        "2024-02-29T23:59:59Z": "2024-02-29T23:59:59Z",
        "2024-03-01T10:00:00.1+05:30": "2024-03-01T04:30:00.1Z",
        "2024-03-01T10:00:00.1234569+01:00": "2024-03-01T09:00:00.123456Z",
        " 2024-03-01T10:00:00-00:30 ": "2024-03-01T10:30:00Z",
    }
    for text, instant in written.items():
        (row,) = rows(read_xes(source(tmp_path, log(event(time=text)))))
        assert row["time"] == us(instant), text
    together = rows(read_xes(source(tmp_path, log(*(event(time=text) for text in written)))))
    assert [row["time"] for row in together] == [us(instant) for instant in written.values()]


@pytest.mark.parametrize("written", ["24:00:00", "24:00", "24:00:00.000"])
@pytest.mark.parametrize("zone", ["+01:00", "Z", ""])
def test_24_o_clock_is_the_end_of_its_day(written: str, zone: str) -> None:
    """As XML Schema has it, alone and among other times; 24:00:01 is no time."""
    late = f"2025-12-31T{written}{zone}"
    begin = datetime.fromisoformat(f"2026-01-01T00:00:00{zone or '+00:00'}")
    us = int(begin.timestamp()) * 1_000_000
    assert read_times([late]).us.tolist() == [us]
    assert read_times([late, f"2025-12-31T10:00:00{zone}"]).us[0] == us
    assert not read_times(["2025-12-31T24:00:01", "2025-12-31T10:00:00"]).readable[0]


def test_an_absent_activity_names_the_attributes_of_events(tmp_path: Path) -> None:
    """L106 lists what events have; attributes of traces would be one activity a trace."""
    named = '<string key="stap" value="a"/>'
    text = log(f'<event>{named}<date key="time:timestamp" value="{T0}"/></event>')
    with pytest.raises(DataError) as caught:
        inspected(source(tmp_path, text))
    (problem,) = caught.value.problems
    assert (problem.code, problem.remedy) == (Code.COLUMN_MISSING, "available: stap")


def test_naive_times_use_the_declared_zone(tmp_path: Path) -> None:
    """Skipped hours move forward, doubled ones are the second, and both are counted."""
    local = ["2024-07-01T12:00:00", "2024-03-31T02:30:00", "2024-10-27T02:30:00", "2024-01-01"]
    given = log(*(event(time=text) for text in local))
    roles = Roles(time=TimeColumn(("time:timestamp",), zone="Europe/Amsterdam"))
    (batch,) = read_xes(source(tmp_path, given, roles))
    assert [datetime.fromtimestamp(row["time"] / 1e6, UTC) for row in batch.events.to_pylist()] == [
        datetime(2024, 7, 1, 10, tzinfo=UTC),
        datetime(2024, 3, 31, 1, 30, tzinfo=UTC),
        datetime(2024, 10, 27, 1, 30, tzinfo=UTC),
        datetime(2023, 12, 31, 23, tzinfo=UTC),
    ]
    clock = batch.clock
    assert (clock.naive, clock.zoned, clock.skipped_hour, clock.doubled_hour) == (4, 0, 1, 1)
    assert clock.dates_only == 1
    (batch,) = read_xes(source(tmp_path, given))
    assert batch.events["time"][0].as_py() == us("2024-07-01T12:00:00Z")


@pytest.mark.parametrize("block_events", [100_000, 1])
def test_naive_and_zoned_times_do_not_mix(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block_events: int
) -> None:
    """The first event of the other kind is named, also when it comes in a later batch."""
    monkeypatch.setattr("cjmine.loaders.files.CHUNK", 97)
    monkeypatch.setattr(xes_stream, "BLOCK_EVENTS", block_events)
    given = source(tmp_path, log(event(), event(), event(time="2024-03-01T10:00:00"), event()))
    with pytest.raises(DataError) as caught:
        list(read_xes(given))
    place = caught.value.problems[0].place
    assert caught.value.code is Code.ZONES_MIXED
    assert (place.record, place.line, place.column) == (3, 4, "time:timestamp")


# --- rejects ----------------------------------------------------------------------------------


def test_rejects_say_record_line_and_reason(tmp_path: Path) -> None:
    """What cannot be an event is counted and placed, and its values stay untold."""
    text = log(
        event(),
        event(name=None),
        event(name="  "),
        event(time=None),
        event(time=""),
        event(time="yesterday, said Jansen"),
        event(time="2024-02-30T10:00:00Z"),
        event(time="1969-12-31T23:59:59Z"),
        event(time="2101-01-01T00:00:00Z"),
        event("Pay"),
    ).replace("</log>", f"\n{event()}</log>")
    (batch,) = read_xes(source(tmp_path, text))
    name, time = "concept:name", "time:timestamp"
    assert [(r.record, r.line, r.code, r.column) for r in batch.rejects] == [
        (2, 3, Code.VALUE_MISSING, name),
        (3, 4, Code.VALUE_MISSING, name),
        (4, 5, Code.VALUE_MISSING, time),
        (5, 6, Code.VALUE_MISSING, time),
        (6, 7, Code.TIME_UNREADABLE, time),
        (7, 8, Code.TIME_UNREADABLE, time),
        (8, 9, Code.TIME_IMPLAUSIBLE, time),
        (9, 10, Code.TIME_IMPLAUSIBLE, time),
        (11, 13, Code.ROW_STRUCTURE, None),
    ]
    assert (batch.read, batch.rejected, batch.events.num_rows) == (11, 9, 2)
    assert not any("Jansen" in reject.reason for reject in batch.rejects)


def test_rejects_are_counted_beyond_those_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thousand rejects of a file are told, over all its batches; all are counted."""
    monkeypatch.setattr("cjmine.loaders.files.CHUNK", 1 << 12)
    monkeypatch.setattr(xes_stream, "BLOCK_EVENTS", 100)
    batches = list(read_xes(source(tmp_path, log(*[event(None)] * 1200))))
    assert len(batches) > 4
    assert sum(batch.rejected for batch in batches) == 1200
    assert [reject.record for reject in rejects(iter(batches))] == list(range(1, 1001))


def test_endless_identifiers_are_rejected(tmp_path: Path) -> None:
    """A name that would be repeated for every event of its trace has a bounded length."""
    (batch,) = read_xes(source(tmp_path, log(event(), event(), case="x" * 60_000)))
    assert (batch.rejected, batch.rejects[0].column) == (2, "case:concept:name")


# --- refusals ---------------------------------------------------------------------------------

LAUGHS = '<!DOCTYPE log [<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9)
)


@pytest.mark.parametrize(
    "document_type",
    [
        "<!DOCTYPE log>",
        '<!DOCTYPE log SYSTEM "http://example.com/xes.dtd">',
        '<!DOCTYPE log [<!ENTITY x SYSTEM "{secret}">]>',
        '<!DOCTYPE log [<!ENTITY % x SYSTEM "{secret}"> %x;]>',
        LAUGHS + "]>",
    ],
    ids=["bare", "external", "entity", "parameter entity", "billion laughs"],
)
def test_document_types_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, document_type: str
) -> None:
    """Any DOCTYPE ends the reading, before a file or an address could be opened."""
    secret = tmp_path / "secret.txt"
    secret.write_text("swordfish")
    declared = document_type.replace("{secret}", secret.as_uri())
    given = source(tmp_path, declared + log(event("&x;&a9;")))
    monkeypatch.setattr("socket.socket", lambda *_, **__: pytest.fail("a connection"))
    with pytest.raises(DataError) as caught:
        list(read_xes(given))
    assert caught.value.code is Code.XML_FORBIDDEN
    assert caught.value.problems[0].place.line == 1


def test_undeclared_entities_are_refused(tmp_path: Path) -> None:
    """Nothing but the five entities of XML itself is known."""
    assert refused(tmp_path, log(event("&x;"))).code is Code.XML_MALFORMED


@pytest.mark.parametrize("kind", ["value", "text", "comment", "tag"])
def test_what_never_ends_is_refused_early(tmp_path: Path, kind: str) -> None:
    """200 MB in a small gzip file: a few are unpacked, then it is refused."""
    opening = {"value": b'<string key="k" value="', "text": b"", "comment": b"<!--", "tag": b"<x"}
    path = tmp_path / "log.xes.gz"
    with gzip.open(path, "wb", 1) as packed:
        packed.write(b"<log><trace><event>" + opening[kind])
        for _ in range(50):
            packed.write(b"x" * (4 << 20))
    given = Source(File(path), "log.xes.gz", "xes", "orders", Roles())
    tracemalloc.start()
    with pytest.raises(DataError) as caught:
        list(read_xes(given))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert caught.value.code is Code.XML_MALFORMED
    assert peak < 16 << 20


def test_many_tiny_traces_need_constant_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Batches leave while the file is parsed: four times the file in the same memory."""
    monkeypatch.setattr("cjmine.loaders.files.CHUNK", 1 << 16)
    monkeypatch.setattr(xes_stream, "BLOCK_EVENTS", 1000)
    trace = f'<trace><string key="concept:name" value="c"/>{event("A")}</trace>'
    peaks = []
    for thousands in (5, 20):
        path = tmp_path / f"{thousands}.xes.gz"
        with gzip.open(path, "wb", 1) as packed:
            packed.write(b"<log>")
            for _ in range(thousands):
                packed.write(trace.encode() * 1000)
            packed.write(b"</log>")
        read = 0
        tracemalloc.start()
        for batch in read_xes(Source(File(path), "log", "xes", "orders", Roles())):
            read += batch.read
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert read == 1000 * thousands
    assert peaks[1] < 1.2 * peaks[0]


@pytest.mark.parametrize(
    "text",
    [
        log(event(more="<a>" * (DEEPEST - 2) + "</a>" * (DEEPEST - 2))),
        log(event("x" * 70_000)),
        log(event(more="".join(f"<n{number}/>" for number in range(20_000)))),
        "<!--" + "x" * 100_000 + "-->" + log(event()),
        "plain text",
        "\n",
        log(event())[:-20],
        log(event()) + "<log/>",
        log(event("a\x00b")),
        log(event()).encode() .replace(b"Search", b"Se\xff\xfearch"),
        log(event()).encode().replace(b"Search", b"\xed\xa0\x80"),
    ],
    ids=["depth", "value", "names", "prolog", "text", "blank", "cut off", "two roots", "nul",
         "invalid bytes", "surrogate"],
)  # fmt: skip
def test_malformed_files_are_refused(tmp_path: Path, text: str | bytes) -> None:
    """One code for all that is not well-formed or not sensible, with the line."""
    error = refused(tmp_path, text)
    assert error.code is Code.XML_MALFORMED
    assert error.problems[0].place.line is not None


def test_elements_may_nest_as_deep_as_in_any_format(tmp_path: Path) -> None:
    """A log, a trace, an event, and lists in lists up to the one budget of depth."""
    deep = DEEPEST - 3
    text = log(event(more="<list>" * deep + "</list>" * deep))
    assert len(rows(read_xes(source(tmp_path, text)))) == 1


def test_malformed_xml_is_placed_and_not_quoted(tmp_path: Path) -> None:
    """Line, character and the kind of fault; nothing of the data."""
    problem = refused(tmp_path, log(event("A"), "<Jansen></event>\n")).problems[0]
    assert (problem.place.line, problem.message) == (
        3,
        "mismatched tag, at character 11 of the line",
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", Code.FILE_EMPTY),
        (gzip.compress(b"", mtime=0), Code.FILE_EMPTY),
        (gzip.compress(log(event()).encode() * 9, mtime=0)[:-30], Code.FILE_TRUNCATED),
        (b"<html><body/></html>", Code.LOG_FORMAT),
        (b'<?xml version="1.0" encoding="klingon"?><log/>', Code.ENCODING),
        (b'<?xml version="1.0" encoding="utf-7"?><log/>', Code.ENCODING),
    ],
    ids=["empty", "empty gzip", "truncated gzip", "no log", "unknown encoding", "utf-7"],
)
def test_other_refusals(tmp_path: Path, text: bytes, code: Code) -> None:
    """Each with the code that names its cause."""
    assert refused(tmp_path, text).code is code


# --- recognition ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("<log>", True),
        ('\ufeff<?xml version="1.0"?>\n<!-- <html> -->\n<?pi x?> <x:log xes.version="1.0">', True),
        ("<!DOCTYPE log [", True),
        (LAUGHS, True),
        ("<logs>", False),
        ('<?xml version="1.0"?><html><log>', False),
        ("<!-- <log> -->", False),
        ("log,case\n<log>", False),
        ("<?a?>" * 5000 + "<html>", False),
        ("", False),
    ],
)
def test_recognise(tmp_path: Path, text: str, ours: bool) -> None:
    """XML whose first element is log, whatever stands before it; nothing else."""
    seen = LOADER.recognise(Head(tmp_path, "x", text.encode(), text))
    assert (seen is not None) is ours
    assert seen is None or seen.certainty == 1.0


# --- the oracle -------------------------------------------------------------------------------


def _short(found: re.Match[str]) -> str:
    return "/>" if found[0].startswith(">") else ""


def test_same_traces_as_pm4py(tmp_path: Path) -> None:
    """pm4py reads the same events, in the same cases, at the same times.

    Without the nested attributes: pm4py gives the value above them as a mapping.
    """
    pm4py = pytest.importorskip("pm4py")
    text = re.sub(
        r">\s*<string[^>]*nested.*?</string>|<container.*?</container>", _short, GOLDEN, flags=re.S
    )
    extra = log(event("X"), event("Y", "2024-05-05T05:05:05.5-03:00"), case="order 3")
    given = source(tmp_path, text.format(namespace="").replace("</log>", extra[len("<log>") :]))
    theirs = pm4py.read_xes(str(given.path), variant="iterparse", show_progress_bar=False)
    expected = [
        (case, activity, int(time.timestamp() * 1_000_000))
        for case, activity, time in zip(
            theirs["case:concept:name"],
            theirs["concept:name"],
            theirs["time:timestamp"],
            strict=True,
        )
    ]
    ours = [(row["case"], row["activity"], row["time"]) for row in rows(read_xes(given))]
    assert sorted(ours, key=str) == sorted(expected, key=str)
    assert len(ours) == 5


def test_recognised_in_a_packed_file(tmp_path: Path) -> None:
    """The beginning of a .xes.gz is unpacked before it is looked at."""
    given = source(tmp_path / "log.xes.gz", gzip.compress(GOLDEN.format(namespace="").encode()))
    first = head(given.path, given.label)
    assert LOADER.recognise(Head(given.path, given.label, first, first.decode())) is not None


def test_pages_words_for_nothing_and_rounded_cases(tmp_path: Path) -> None:
    """As in every format: the page alone, a missing activity, a case that lost digits."""
    made = log(event("/klant/1234567;jsessionid=AB?x=1"), event("NULL")).removesuffix("</log>")
    given = source(tmp_path, made + log(event(), case="1,5E+10").removeprefix("<log>"))
    found = list(read_xes(given))
    assert [row["activity"] for row in rows(iter(found))] == ["/klant/{id}"]
    assert [one.code.value for one in rejects(iter(found))] == ["L117", "L128"]
