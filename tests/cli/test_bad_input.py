"""What the command line says when something is wrong: one row, one mistake.

Each row must end with the exit status that the documentation promises, show the expected errors
and no others, say what to do about it, print nothing to stdout, and never quote the data.
"""

from __future__ import annotations

import gzip
import random
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from cli.running import KEY, events, left_behind, permissions_hold, run, without_privileges

from cjmine.errors import ExitStatus

USAGE, DATA, PRIVACY, OUTPUT = (
    ExitStatus.USAGE,
    ExitStatus.DATA,
    ExitStatus.PRIVACY,
    ExitStatus.OUTPUT,
)
SECRET = "geheim"  # stands in every customer, activity and note below; no message may show it
GOOD = events()
HEADER = "customer,activity,time\n"
ROW = "geheim1,Geheim step,2024-05-01 10:00:00\n"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 8
ELF = b"\x7fELF\x02\x01\x01" + bytes(64) + bytes(range(256)) * 8
NOISE = random.Random(7).randbytes(5000)
PACKED = gzip.compress(events(5000).encode(), mtime=0)
CONFIG = """
[source.shop]
files    = "a.csv"
customer = { column = "customer" }
activity = { column = "activity" }
time     = { column = "time" }
"""
XES = '<?xml version="1.0"?>\n<!DOCTYPE log [<!ENTITY who "geheim">]>\n<log><trace/></log>\n'


@dataclass(frozen=True, slots=True)
class Row:
    """A mistake: the files in the folder, what is typed behind `cjmine`, and what must follow."""

    mistake: str
    files: Mapping[str, str | bytes]
    typed: str
    status: ExitStatus
    codes: str
    says: tuple[str, ...] = field(default=())
    remedy: bool = True
    key: str | None = None


def csv(*rows: str, header: str = HEADER) -> dict[str, str | bytes]:
    return {"a.csv": header + "".join(f"{row}\n" for row in rows)}


ROWS = [
    # Files that are not there, or that are something else.
    Row("missing file", {}, "discover a.csv", DATA, "L101", ("a.csv",)),
    Row("missing folder", {}, "discover logs/", DATA, "L101", ("logs/",)),
    Row("a glob without matches", {}, "discover *.csv", DATA, "L101"),
    Row("missing file for sniff", {}, "sniff a.csv", DATA, "L101"),
    Row("missing file for load", {}, "load a.csv -o a.parquet", DATA, "L101", key=KEY),
    Row("one of two files missing", {"a.csv": GOOD}, "discover a.csv b.csv", DATA, "L101"),
    Row("empty file", {"a.csv": ""}, "discover a.csv", DATA, "L103"),
    Row("empty file for sniff", {"a.csv": ""}, "sniff a.csv", DATA, "L103"),
    Row("a folder of nothing", {"logs/.hidden": "x"}, "discover logs", DATA, "L101"),
    Row("folder without exports", {"logs/a.txt": "Hello.\n"}, "discover logs", DATA, "L104"),
    Row("picture", {"a.csv": PNG}, "discover a.csv", DATA, "L104"),
    Row("program", {"a.csv": ELF}, "discover a.csv", DATA, "L104"),
    Row("noise", {"a.csv": NOISE}, "discover a.csv", DATA, "L104"),
    Row("cut gzip", {"a.csv.gz": PACKED[:-200]}, "discover a.csv.gz", DATA, "L113"),
    Row("gzip of noise", {"a.csv.gz": gzip.compress(NOISE)}, "discover a.csv.gz", DATA, "L104"),
    Row("gzip in name only", {"a.csv.gz": b"\x1f\x8b" + NOISE}, "discover a.csv.gz", DATA, "L113"),
    Row("prose", {"a.txt": "Dear all,\nsee you.\n"}, "discover a.txt", DATA, "L104"),
    # Columns.
    Row("header only", csv(), "discover a.csv", DATA, "L121"),
    Row("no header", csv(ROW * 3, header=""), "discover a.csv", DATA, "L105", ("a.csv:1",)),
    Row(
        "column with a near miss",
        csv(ROW),
        "discover a.csv --activity activty",
        DATA,
        "L106",
        ('"activty"', 'did you mean "activity"?', "a.csv:1"),
    ),
    Row(
        "column without a near miss",
        csv(ROW),
        "discover a.csv --customer xyz",
        DATA,
        "L106",
        ("available: customer, activity, time",),
    ),
    Row("two wrong columns", csv(ROW), "discover a.csv --activity a --case b", DATA, "L106 L106"),
    Row(
        "no column is plainly the activity",
        csv("geheim,x,2024-05-01", header="customer,field,time\n"),
        "discover a.csv",
        DATA,
        "L107",
        ("customer, field, time", "--activity COLUMN"),
    ),
    Row("unknown column to keep", csv(ROW), "load a.csv --keep x -o l.parquet", USAGE, "L106", key=KEY),
    Row("unknown column to compare by", csv(ROW), "discover a.csv --by plan", USAGE, "L106"),
    # Times.
    Row(
        "times with and without a zone",
        csv(*["geheim,Geheim,2024-05-01 10:00:00"] * 3, "geheim,Geheim,2024-05-01 10:00:00+02:00"),
        "discover a.csv",
        DATA,
        "L109",
        ("record 4", "column time"),
    ),
    Row(
        "times of which most have a zone",
        csv(*["geheim,Geheim,2024-05-01T10:00:00Z"] * 3, "geheim,Geheim,2024-05-01T10:00:00"),
        "discover a.csv",
        DATA,
        "L120 L109",
        ("a.csv:5", "record 4", "column time"),
    ),
    Row(
        "one file with a zone and one without",
        {"a.csv": GOOD, "b.csv": HEADER + ROW},
        "discover a.csv b.csv",
        DATA,
        "L123",
        ("b.csv", "--tz"),
    ),
    Row(
        "year 0102",
        csv("geheim,Geheim,0102-05-01 10:00:00", ROW.strip()),
        "discover a.csv",
        DATA,
        "L120 L116",
        ("a.csv:2", "1 of 2 records", "--max-rejects 1"),
    ),
    Row(
        "day and month unclear",
        csv("geheim,Geheim,03/04/2024 10:00", "geheim,Geheim,05/06/2024 10:00"),
        "discover a.csv",
        DATA,
        "L110",
        ("column time", "--time-format"),
    ),
    Row("no times at all", csv("geheim,Geheim,later"), "discover a.csv", DATA, "L108"),
    Row("unknown time zone", csv(ROW), "discover a.csv --tz Mars/Base", USAGE, "U101", ("--tz",)),
    Row("no directive in a time format", csv(ROW), "discover a.csv --time-format ISO9000", USAGE, "U101"),
    Row("unknown directive", csv(ROW), "discover a.csv --time-format %Q", USAGE, "U101"),
    Row(
        "a time format that does not fit",
        csv(ROW),
        "discover a.csv --time-format %d.%m.%Y",
        DATA,
        "L120 L108",
    ),
    Row("no zone for a log that is kept", csv(ROW), "load a.csv -o l.parquet", DATA, "L111", key=KEY),
    # Rows.
    Row(
        "only bad rows",
        csv("geheim,Geheim,gestern", "geheim,,2024-05-01 10:00:00", "geheim,,2024-05-02 10:00:00"),
        "discover a.csv",
        DATA,
        "L120 L108 L117 L117",
        ("3 of 3 records", "a.csv:2", "a.csv:3", "a.csv:4"),
    ),
    Row(
        "one bad row too many",
        csv(ROW.strip(), "geheim,Geheim", "geheim,Geheim"),
        "discover a.csv --max-rejects 1",
        DATA,
        "L120 L115 L115",
        ("1 are allowed", "--max-rejects 2"),
    ),
    Row(
        "quote that is never closed",
        csv(*[ROW.strip()] * 3, 'geheim,"Geheim,2024-05-01 10:00:00', ROW.strip()),
        "discover a.csv",
        DATA,
        "L120 L115",
        ("a.csv:5",),
    ),
    Row("nobody but NA", csv(*["NA,Geheim,2024-05-01 10:00:00"] * 12), "discover a.csv", DATA, "L121"),
    Row(
        "no case but NA",
        csv(*["NA,Geheim,2024-05-01 10:00:00"] * 12, header="case,activity,time\n"),
        "discover a.csv",
        DATA,
        "L121",
    ),
    Row(
        "line of 3 MiB",
        csv(ROW.strip(), "geheim,Geheim " + "x" * (3 << 20) + ",2024-05-01 10:00:00"),
        "discover a.csv",
        DATA,
        "L112",
        ("a.csv:3",),
    ),
    Row(
        "broken line of JSON",
        {"a.jsonl": '{"customer":"geheim","activity":"Geheim","time":"2024-05-01"}\n{"customer":\n'},
        "discover a.jsonl",
        DATA,
        "L120 L115",
        ("a.jsonl:2",),
    ),
    Row("XES that declares entities", {"a.xes": XES}, "discover a.xes", DATA, "L119", ("a.xes:2",)),
    Row("XES that stops early", {"a.xes": "<log><trace>"}, "discover a.xes", DATA, "L118"),
    Row("damaged Parquet", {"a.parquet": b"PAR1" + NOISE}, "discover a.parquet", DATA, "L122"),
    # Labels that may be persons, and too few people.
    Row(
        "an address as activity",
        csv("geheim,Mail to geheim@example.nl,2024-05-01 10:00:00"),
        "discover a.csv",
        PRIVACY,
        "P104",
        ("1 distinct value", "column activity"),
    ),
    Row("too few customers", csv(ROW), "discover a.csv", PRIVACY, "P103", ("--min-group 1",)),
    # Options.
    Row("no arguments for discover", {}, "discover", USAGE, "C103"),
    Row("bare number as a gap", csv(ROW), "discover a.csv --gap 30", USAGE, "U101", ("30d",)),
    Row("gap of nothing", csv(ROW), "discover a.csv --gap 0d", USAGE, "U101"),
    Row("negative gap", csv(ROW), "discover a.csv --gap=-1d", USAGE, "U101"),
    Row("gap beyond all time", csv(ROW), "discover a.csv --gap 999999999999999w", USAGE, "U101"),
    Row("top that is no number", csv(ROW), "discover a.csv --top many", USAGE, "U101", ("--top",)),
    Row("negative top", csv(ROW), "discover a.csv --top=-1", USAGE, "U101"),
    Row("rejects that are no number", csv(ROW), "discover a.csv --max-rejects some", USAGE, "U101"),
    Row("rejects over 100 %", csv(ROW), "discover a.csv --max-rejects 101%", USAGE, "U101"),
    Row("negative rejects", csv(ROW), "discover a.csv --max-rejects=-1", USAGE, "U101"),
    Row("group of nobody", csv(ROW), "discover a.csv --min-group 0", USAGE, "U101", ("--min-group",)),
    Row("group that is no number", csv(ROW), "discover a.csv --min-group few", USAGE, "U101"),
    Row("unknown format", csv(ROW), "discover a.csv -f pdf", USAGE, "U101", ("json",)),
    Row("unknown table", csv(ROW), "discover a.csv -f csv --table flows", USAGE, "U101"),
    Row("unknown option", csv(ROW), "discover a.csv --gaol Buy", USAGE, "U101", ("--goal",)),
    Row("unknown command", {}, "discovr a.csv", USAGE, "U101", ("discover",)),
    Row("option without its value", {}, "discover a.csv --goal", USAGE, "U101", ("--goal",)),
    Row("sniff without a file", {}, "sniff", USAGE, "U101", ("FILE",)),
    Row("privacy without a verb", {}, "privacy nothing", USAGE, "U101"),
    Row("suffix without a format", csv(ROW), "discover a.csv -o a.pdf", USAGE, "U101", (".json",)),
    Row("model without a miner", csv(ROW), "discover a.csv -o a.bpmn", USAGE, "U101", ("--model",)),
    Row("miner without a model", csv(ROW), "discover a.csv --model inductive", USAGE, "U101"),
    Row("load without an output", csv(ROW), "load a.csv", USAGE, "U101", (".parquet",), key=KEY),
    Row("load into a CSV file", csv(ROW), "load a.csv -o a.out.csv", USAGE, "U101", key=KEY),
    # Configuration.
    Row(
        "broken configuration",
        {"cjmine.toml": '\n\n[source.shop\nfiles = "a.csv"', "a.csv": GOOD},
        "discover a.csv",
        USAGE,
        "C101",
        ("cjmine.toml:3",),
        remedy=False,
    ),
    Row(
        "unknown key",
        {"cjmine.toml": CONFIG + "activty = 3\n", "a.csv": GOOD},
        "discover a.csv",
        USAGE,
        "C102",
        ("cjmine.toml:7", '"activty"', 'did you mean "activity"?'),
    ),
    Row(
        "two mistakes at once",
        {"cjmine.toml": "timezone = 'Mars/Base'\nx = 1\n" + CONFIG, "a.csv": GOOD},
        "discover a.csv",
        USAGE,
        "C102 C102",
        ("cjmine.toml:1", "cjmine.toml:2"),
    ),
    Row("missing configuration", {"a.csv": GOOD}, "discover a.csv --config x.toml", USAGE, "C101"),
    Row("configured file missing", {"cjmine.toml": CONFIG}, "discover", DATA, "L101", ("shop",)),
    # Keys.
    Row("load without a key", {"a.csv": GOOD}, "load a.csv -o l.parquet", PRIVACY, "P101"),
    Row("short key", {"a.csv": GOOD}, "load a.csv -o l.parquet", PRIVACY, "P102", key="abcdef"),
    Row("constant key", {"a.csv": GOOD}, "load a.csv -o l.parquet", PRIVACY, "P102", key="00" * 32),
    Row(
        "missing key file",
        {"a.csv": GOOD},
        "load a.csv -o l.parquet --key-file my.key",
        PRIVACY,
        "P102",
        ("my.key", "cjmine privacy new-key"),
    ),
    Row(
        "key file that others can read",
        {"a.csv": GOOD, "my.key": KEY},
        "load a.csv -o l.parquet --key-file my.key",
        PRIVACY,
        "P102",
        ("chmod 600 my.key",),
    ),
    Row(
        "a folder as key file",
        {"a.csv": GOOD, "keys/my.key": KEY},
        "load a.csv -o l.parquet --key-file keys",
        PRIVACY,
        "P102",
    ),
    Row("key file that exists", {"my.key": KEY}, "privacy new-key my.key", OUTPUT, "O102"),
    Row("key in a missing folder", {}, "privacy new-key keys/my.key", OUTPUT, "O101"),
    # Outputs.
    Row("missing output folder", {"a.csv": GOOD}, "discover a.csv -o out/a.json", OUTPUT, "O101"),
    Row("a folder as output", {"a.csv": GOOD, "a.md/x": "x"}, "discover a.csv -o a.md", OUTPUT, "O101"),
    Row(
        "missing folder for a log",
        {"a.csv": GOOD},
        "load a.csv -o out/l.parquet",
        OUTPUT,
        "O101",
        ("out/l.parquet",),
        key=KEY,
    ),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=[row.mistake for row in ROWS])
def test_a_mistake_has_one_clear_message(tmp_path: Path, row: Row) -> None:
    """Exact status, exactly the expected errors, a remedy, no stdout, no data, nothing left."""
    folder = tmp_path / "work"
    for name, content in row.files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    folder.mkdir(exist_ok=True)
    before = sorted(folder.rglob("*"))
    ran = run(folder, *row.typed.split(), key=row.key)
    assert (ran.status, " ".join(ran.codes)) == (row.status, row.codes), ran.err
    assert ran.out == ""
    assert "Traceback" not in ran.err
    assert SECRET not in ran.err.lower()
    for part in row.says:
        assert part in ran.err
    if row.remedy:
        assert "\n   = try: " in ran.err
    assert sorted(folder.rglob("*")) == before
    assert left_behind(folder) == []
