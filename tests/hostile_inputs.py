"""Files that are made to fill the memory, to take forever or to break a parser, and what is said.

Shared by the test of their outcome and the benchmark of their time.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import sqlite3
import zipfile
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from cli.running import events
from old_workbooks import Cell, in_container, old_workbook

MEBIBYTE = 1 << 20
XES_HEAD = '<?xml version="1.0"?><log xes.version="1.0">'
XES_EVENT = (
    '<event><string key="concept:name" value="Zoeken"/>'
    '<date key="time:timestamp" value="2024-05-01T10:00:00Z"/></event>'
)


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file, the command that reads it (`{}` is its path), and the code; "" where it is read."""

    name: str
    suffix: str
    make: Callable[[Path], None]
    code: str
    typed: str = "discover {} --min-group 1"

    @property
    def status(self) -> int:
        """How the command ends: 2 where the file is one of ours, 3 where it is data."""
        return {"": 0, "J": 2, "U": 2, "C": 2}.get(self.code[:1], 3)


def _text(written: str) -> Callable[[Path], None]:
    return lambda path: path.write_text(written, "utf-8") and None


def _packed(
    unit: bytes, times: int, first: bytes = b"", last: bytes = b""
) -> Callable[[Path], None]:
    """A gzip file that repeats itself, written as it comes."""

    def make(path: Path) -> None:
        with gzip.open(path, "wb", compresslevel=6) as file:
            file.write(first)
            for _ in range(times):
                file.write(unit)
            file.write(last)

    return make


def _one_line_xes(path: Path) -> None:
    trace = f'<trace><string key="concept:name" value="K-1"/>{XES_EVENT * 2}</trace>'
    path.write_text(XES_HEAD + trace * 1_400 + "</log>")


def _deep_xes(path: Path) -> None:
    path.write_text(XES_HEAD + "<list>" * 100_000 + "</list>" * 100_000 + "</log>")


def _wide_table(path: Path) -> None:
    columns = 100_000
    path.write_text("\n".join([",".join(f"c{one}" for one in range(columns)), "1," * columns]))


def _wide_lines(path: Path) -> None:
    record = {f"key{one}": 1 for one in range(5_000)}
    path.write_text("\n".join(json.dumps(record) for _ in range(20)))


def workbook(*cells: tuple[str, int]) -> Callable[[Path], None]:
    """A workbook whose one sheet has cells in these places; the row is said twice in a sheet."""
    rows = "".join(
        f'<row r="{row}"><c r="{place}" t="str"><v>x</v></c></row>' for place, row in cells
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    related = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{related}"><Relationship Id="rId1"'
        f' Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{related}"><Relationship Id="rId1"'
        f' Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData>'
        "</worksheet>",
    }

    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
            for name, written in parts.items():
                file.writestr(name, written)

    return make


_LONG = "x" * 8_000


def _old(
    cells: Sequence[Cell], size: tuple[int, int] | None = None, shared: str = "", times: int = 1
) -> Callable[[Path], None]:
    return lambda path: (
        path.write_bytes(old_workbook(cells, size=size, shared=shared, times=times)) and None
    )


def _round_sectors(path: Path) -> None:
    path.write_bytes(in_container(bytes(6_000), loop=True))


def _repeated_cells(path: Path) -> None:
    """An OpenDocument sheet of one cell that is repeated over a whole sheet."""
    _open_document(path, 1_048_576, 16_384, "x")


def _repeated_text(path: Path) -> None:
    _open_document(path, 60_000, 4, _LONG)


def _open_document(path: Path, rows: int, columns: int, text: str) -> None:
    cell = (
        f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell'
        f' table:number-columns-repeated="{columns}" office:value-type="string">'
        f"<text:p>{text}</text:p></table:table-cell></table:table-row>"
    )
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr(
            "content.xml",
            f"<office:document-content {names}><office:body><office:spreadsheet>"
            f'<table:table table:name="S">{cell}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )


def _shared_text(path: Path) -> None:
    workbook(("A1", 1))(path)
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 100_001)
    )
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name).decode() for name in file.namelist()}
    parts["xl/sharedStrings.xml"] = f"<sst><si><t>{_LONG}</t></si></sst>"
    sheet, related = "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"
    parts[sheet] = re.sub("(<sheetData>).*(</sheetData>)", rf"\g<1>{rows}\g<2>", parts[sheet])
    parts[related] = parts[related].replace(
        "</Relationships>",
        f'<Relationship Id="rId2" Type="{office}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, written in parts.items():
            file.writestr(name, written)


def _strings_bomb(path: Path) -> None:
    workbook(("A1", 1))(path)
    file = zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED)
    with file, file.open("xl/sharedStrings.xml", "w") as part:
        for _ in range(120):
            part.write(b"<si><t>a</t></si>" * 61_680)


OCEL = {
    "object": "ocel_id TEXT, ocel_type TEXT",
    "event": "ocel_id TEXT, ocel_type TEXT",
    "event_object": "ocel_event_id TEXT, ocel_object_id TEXT",
    "event_map_type": "ocel_type TEXT, ocel_type_map TEXT",
    "event_Buy": "ocel_id TEXT, ocel_time TEXT",
}


def database(replaced: str, statements: str) -> Callable[[Path], None]:
    """An object-centric log of one event, of which one table is made in another way."""

    def make(path: Path) -> None:
        with closing(sqlite3.connect(path)) as log:
            for name, columns in OCEL.items():
                if name != replaced:
                    log.execute(f"CREATE TABLE {name} ({columns})")
            log.execute(
                "INSERT INTO object VALUES ('o1', 'order')"
            ) if replaced != "object" else None
            log.execute("INSERT INTO event_object VALUES ('e1', 'o1')")
            log.execute("INSERT INTO event_map_type VALUES ('Buy', 'Buy')")
            log.executescript(statements)
            log.commit()

    return make


_ENDLESS = (
    "CREATE VIEW event AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
    " SELECT CAST(i AS TEXT) AS ocel_id, 'Buy' AS ocel_type FROM n;"
)
_COMPUTED = (
    "CREATE TABLE event (i INTEGER, ocel_id TEXT AS (hex(zeroblob(100000000))), ocel_type TEXT"
    " AS ('Buy')); INSERT INTO event (i) VALUES (1), (2), (3);"
)
_VIRTUAL = (
    "CREATE VIRTUAL TABLE event USING fts5(ocel_id, ocel_type);"
    "INSERT INTO event VALUES ('e1', 'Buy');"
)


def _looping_pages(path: Path) -> None:
    """A table whose inner pages point to one another's children, so that it has no end in sight."""
    database("", "INSERT INTO event VALUES ('e1', 'Buy');")(path)
    with closing(sqlite3.connect(path)) as log:
        log.executemany(
            "INSERT INTO event VALUES (?, 'Buy')", ((f"{one:0200}",) for one in range(60_000))
        )
        log.commit()
        (root,) = log.execute("SELECT rootpage FROM sqlite_master WHERE name = 'event'").fetchone()
        (size,) = log.execute("PRAGMA page_size").fetchone()
    raw = bytearray(path.read_bytes())
    start = (root - 1) * size
    assert raw[start] == 5, "the root must be an inner page"
    cells = int.from_bytes(raw[start + 3 : start + 5], "big")
    assert cells > 2
    inner = [one for one in range(0, len(raw), size) if raw[one] == 5 and one != start]
    for page, below in zip([start, *inner], inner, strict=False):  # each has the next one alone
        child = (below // size + 1).to_bytes(4, "big")
        raw[page + 8 : page + 12] = child
        for place in range(int.from_bytes(raw[page + 3 : page + 5], "big")):
            spot = page + int.from_bytes(raw[page + 12 + 2 * place : page + 14 + 2 * place], "big")
            raw[spot : spot + 4] = child
    path.write_bytes(raw)


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _endless_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


ROW = b"c1,Zoeken,2024-05-01T10:00:00Z\n"
SMALLER = "discover {} --min-group 1 --max-bytes 64MB"
IDEAL = "check a.csv --min-group 1 --ideal {}"
BOMB = 1_200  # mebibytes
SMALL = 80  # the same with a limit of 64 MB, so that the test takes less time
HOSTILE = (
    Hostile("a log of XES on one line", ".xes", _one_line_xes, ""),
    Hostile("elements inside each other", ".xes", _deep_xes, "L118"),
    Hostile("one XES value without an end", ".xes", _text(XES_HEAD + '<string key="' + "a" * (9 << 20)), "L118"),
    Hostile("a table of 100,000 columns", ".csv", _wide_table, "L130"),
    Hostile("a table of 100,000 columns of one name", ".csv", _text("a," * 100_000 + "\n" + "1," * 100_000), "L104"),
    Hostile("records of 5,000 keys", ".jsonl", _wide_lines, "L130"),
    Hostile("brackets inside each other", ".json", _text("[" * 1_000_000), "L104"),
    Hostile("objects inside each other", ".jsonl", _text(('{"a":' * 100_000 + "1" + "}" * 100_000 + "\n") * 2), "L104"),
    Hostile("a packed table that repeats itself", ".csv.gz", _packed(ROW * 33_825, BOMB, b"customer,activity,time\n"), "L130"),
    Hostile("packed blanks", ".csv.gz", _packed(b" " * MEBIBYTE, SMALL), "L104", SMALLER),
    Hostile("packed XES of empty traces", ".xes.gz", _packed(b"<trace></trace>" * 69_905, SMALL, XES_HEAD.encode()), "L130", SMALLER),
    Hostile("packed mails", ".mbox.gz", _packed(b"From a@example.nl Thu May  2 10:00:00 2024\n\n\n" * 22_795, SMALL), "L130", SMALLER),
    Hostile("packed JSON of visits", ".json.gz", _packed(b'{"idVisit":1,"actionDetails":[]},' * 31_775, SMALL, b'[{"idVisit":1,"visitorId":"a","actionDetails":[]},'), "L130", SMALLER),
    Hostile("a cell in the last corner of a sheet", ".xlsx", workbook(("A1", 1), ("XFD1048576", 1_048_576)), "L130"),
    Hostile("a cell at the end of column Z", ".xlsx", workbook(("A1", 1), ("Z1048576", 1_048_576)), "L130"),
    Hostile("a cell in the last corner of an old sheet", ".xls", _old([(0, 0, "a"), (65_535, 65_535, "b")]), "L130"),
    Hostile("a cell at the end of an old sheet", ".xls", _old([(0, 0, "a"), (65_535, 255, "b")]), "L130"),
    Hostile("an old sheet that says it is large", ".xls", _old([(0, 0, "a"), (1, 1, "b")], size=(1 << 31, 255)), "L130"),
    Hostile("a text in all cells of an old sheet", ".xls", _old([(row, 0, _LONG) for row in range(60_000)], shared=_LONG), "L130"),
    Hostile("old sheets of the same cells", ".xls", _old([(row, 0, "a") for row in range(9_000)], times=5_000), "L130"),
    Hostile("an old workbook whose sectors go round", ".xls", _round_sectors, "L122"),
    Hostile("a cell of an OpenDocument sheet, repeated", ".ods", _repeated_cells, "L130"),
    Hostile("a text in all cells of a sheet", ".xlsx", _shared_text, "L130"),
    Hostile("a text in all cells of an OpenDocument sheet", ".ods", _repeated_text, "L130"),
    Hostile("a workbook of packed texts", ".xlsx", _strings_bomb, "L130"),
    Hostile("a database view without an end", ".sqlite", database("event", _ENDLESS), "L122"),
    Hostile("a database that computes a column", ".sqlite", database("event", _COMPUTED), "L122"),
    Hostile("a virtual table", ".sqlite", database("event", _VIRTUAL), "L122"),
    Hostile("database pages that repeat each other", ".sqlite", _looping_pages, "L130"),
    Hostile("a pipe as a log", ".csv", _pipe, "L102"),
    Hostile("a device as a log", ".csv", _endless_device, "L102"),
    Hostile("a pipe as an ideal", ".yaml", _pipe, "J104", IDEAL),
    Hostile("a device as an ideal", ".bpmn", _endless_device, "J112", IDEAL),
    Hostile("a journey file of brackets", ".yaml", _text("[" * 10_000), "J104", IDEAL),
    Hostile("a journey file 5,000 deep", ".yaml", _text("- " * 5_000 + "a"), "J104", IDEAL),
    Hostile("a model 5,000 deep", ".bpmn", _text("<definitions>" + "<process>" * 5_000 + "</process>" * 5_000 + "</definitions>"), "J112", IDEAL),
    Hostile("a configuration of brackets", ".toml", _text("a = " + "[" * 5_000), "C101", "discover a.csv --config {}"),
    Hostile("a pipe as a configuration", ".toml", _pipe, "C101", "discover a.csv --config {}"),
    Hostile("a baseline of brackets", ".json", _text("[" * 100_000), "J116", "check a.csv --min-group 1 --ideal j.yaml --baseline {}"),
    Hostile("a pipe as a baseline", ".json", _pipe, "J116", "check a.csv --min-group 1 --ideal j.yaml --baseline {}"),
)  # fmt: skip


def prepared(folder: Path, one: Hostile) -> list[str]:
    """Write the file, with a good log and a journey beside it; gives what to type."""
    (folder / "a.csv").write_text(events(20))
    (folder / "j.yaml").write_text(
        "journey: j\ngoal: Buy\nstages:\n  - stage: S\n    steps: [Search, Buy]\n"
    )
    file = folder / f"hostile{one.suffix}"
    one.make(file)
    return [part.format(file.name) for part in one.typed.split()]
