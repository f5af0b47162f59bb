"""What the command line says when something is wrong: one row, one mistake.

Each row must end with the exit status that the documentation promises, show the expected errors
and no others, say what to do about it, print nothing to stdout, and never quote the data.
"""

from __future__ import annotations

import codecs
import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow.csv import read_csv

from cjmine.errors import ExitStatus
from cli.running import (
    KEY,
    PATIENCE,
    environment,
    events,
    heeding_ctrl_c,
    left_behind,
    permissions_hold,
    run,
    with_file_limit,
    without_privileges,
)

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
    Row("header only", csv(), "discover a.csv", DATA, "L121", remedy=False),
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
    Row("nobody but NA", csv(*["NA,Geheim,2024-05-01 10:00:00"] * 12), "discover a.csv", DATA, "L121", remedy=False),
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
    Row("XES that stops early", {"a.xes": "<log><trace>"}, "discover a.xes", DATA, "L118", remedy=False),
    Row("damaged Parquet", {"a.parquet": b"PAR1" + NOISE}, "discover a.parquet", DATA, "L122", remedy=False),
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
    Row("goal to end with, unnamed", csv(ROW), "discover a.csv --until-goal", USAGE, "U101"),
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
    Row("load into a workbook", csv(ROW), "load a.csv -o a.xlsx", USAGE, "U101", key=KEY),
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
    Row("missing configuration", {"a.csv": GOOD}, "discover a.csv --config x.toml", USAGE, "C101", remedy=False),
    Row("configured file missing", {"cjmine.toml": CONFIG}, "discover", DATA, "L101", ("shop",), remedy=False),
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
    Row("key in a missing folder", {}, "privacy new-key keys/my.key", OUTPUT, "O101", remedy=False),
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


def made(tmp_path: Path, files: Mapping[str, str | bytes]) -> Path:
    """A working folder with these files."""
    folder = tmp_path / "work"
    folder.mkdir()
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


@pytest.mark.parametrize("row", ROWS, ids=[row.mistake for row in ROWS])
def test_a_mistake_has_one_clear_message(tmp_path: Path, row: Row) -> None:
    """Exact status, exactly the expected errors, a remedy, no stdout, no data, nothing left."""
    folder = made(tmp_path, row.files)
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


def test_a_case_called_na_is_a_case_and_such_a_customer_is_nobody(tmp_path: Path) -> None:
    """Neither passes in silence: a note counts both, and read = loaded + filtered."""
    rows = GOOD + "NA,Search,2024-05-01T10:00:00Z\nNA,Buy,2024-05-01T11:00:00Z\n"
    folder = made(tmp_path, {"a.csv": rows, "b.csv": rows.replace("customer", "case", 1)})
    for file, filtered, journeys in (("a.csv", 2, 12), ("b.csv", 0, 13)):
        ran = run(folder, "discover", file, "-f", "json")
        found = json.loads(ran.stdout)
        source = found["sources"][0]
        assert (source["read"], source["loaded"], source["filtered"]) == (
            26,
            26 - filtered,
            filtered,
        )
        assert found["log"]["journeys"] == journeys
        assert any(note["code"] == "N205" and "2" in note["text"] for note in found["notes"])


@pytest.mark.parametrize("packed", [False, True])
def test_a_line_of_a_gigabyte_costs_no_gigabyte(tmp_path: Path, packed: bool) -> None:
    """Refused after two mebibytes, plain or packed; the run gets 2 GiB of address space."""
    folder = made(tmp_path, {})
    file = folder / "a.csv"
    begin = (HEADER + ROW + "geheim,Geheim " + "x" * 20_000).encode()
    if packed:
        file.write_bytes(gzip.compress(begin) + gzip.compress(b"x" * (1 << 20)) * 1024)
    else:
        file.write_bytes(begin)
        os.truncate(file, 1 << 30)
    ran = run(folder, "discover", "a.csv")
    assert (ran.status, ran.codes) == (DATA, ["L112"]), ran.err
    assert "a.csv:3" in ran.err and SECRET not in ran.err.lower()


@pytest.mark.parametrize("closed", ["a.csv", "logs", "logs/inner"])
def test_what_is_closed_to_us_is_named(tmp_path: Path, closed: str) -> None:
    """A file or folder without permission: status 3 with its name, also inside a folder."""
    folder = made(tmp_path, {"a.csv": GOOD, "logs/inner/a.csv": GOOD, "logs/b.csv": GOOD})
    if not permissions_hold(folder):
        pytest.skip("a superuser whose privileges cannot be dropped reads everything")
    (folder / closed).chmod(0)
    ran = run(folder, "discover", closed.split("/")[0], before=without_privileges())
    (folder / closed).chmod(0o755)
    assert (ran.status, ran.codes, ran.out) == (DATA, ["L102"], ""), ran.err
    assert closed.split("/")[0] in ran.err and "permissions" in ran.err


def test_a_folder_that_is_closed_for_writing_gets_nothing(tmp_path: Path) -> None:
    """Status 5 for a log and for a result; the folder stays as it was."""
    folder = made(tmp_path, {"a.csv": GOOD})
    if not permissions_hold(folder):
        pytest.skip("a superuser whose privileges cannot be dropped writes everywhere")
    (folder / "out").mkdir(mode=0o555)
    for typed in ("load a.csv -o out/l.parquet", "discover a.csv -o out/a.json"):
        ran = run(folder, *typed.split(), key=KEY, before=without_privileges())
        assert (ran.status, ran.codes, ran.out) == (OUTPUT, ["O101"], ""), ran.err
        assert "out/" in ran.err and "Permission denied" in ran.err
    assert list((folder / "out").iterdir()) == []


@pytest.mark.parametrize("typed", ["load a.csv -o l.parquet", "discover a.csv --top all -o a.json"])
def test_a_full_disk_leaves_the_old_file(tmp_path: Path, typed: str) -> None:
    """Status 5, the target has its old bytes, the temporary file is gone."""
    folder = made(tmp_path, {"a.csv": GOOD})
    target = folder / typed.split()[-1]
    target.write_text("old")
    ran = run(folder, *typed.split(), key=KEY, before=with_file_limit(300))
    assert (ran.status, ran.codes, ran.out) == (OUTPUT, ["O101"], ""), ran.err
    assert "too large" in ran.err and target.name in ran.err
    assert target.read_text() == "old"
    assert left_behind(folder) == []


def test_a_saved_log_that_was_damaged_is_refused(tmp_path: Path) -> None:
    """Cut short, or a byte turned over anywhere: an error or the same figures, never others."""
    folder = made(tmp_path, {"a.csv": GOOD})
    assert run(folder, "load", "a.csv", "-o", "l.parquet", key=KEY).status == 0
    whole = (folder / "l.parquet").read_bytes()
    right = run(folder, "discover", "l.parquet", "-f", "json").out
    for name, content in {
        "cut": whole[: len(whole) // 2],
        "without its end": whole[:-8],
        "start": whole[:40] + bytes([whole[40] ^ 255]) + whole[41:],
        "middle": whole[:300] + bytes([whole[300] ^ 255]) + whole[301:],
    }.items():
        (folder / "l.parquet").write_bytes(content)
        ran = run(folder, "discover", "l.parquet", "-f", "json")
        assert ran.status == DATA or ran.out == right, name
        assert ran.status == 0 or (ran.codes == ["L122"] and "Traceback" not in ran.err), ran.err


def test_a_saved_log_is_read_alone_and_as_it_is(tmp_path: Path) -> None:
    """Not beside another file (status 3), and not with options for columns (status 2)."""
    folder = made(tmp_path, {"a.csv": GOOD})
    assert run(folder, "load", "a.csv", "-o", "l.parquet", key=KEY).status == 0
    for typed, status, code in (
        ("discover l.parquet a.csv", DATA, "L123"),
        ("discover a.csv l.parquet", DATA, "L123"),
        ("discover l.parquet --customer customer", USAGE, "U101"),
        ("discover l.parquet --tz UTC", USAGE, "U101"),
    ):
        ran = run(folder, *typed.split())
        assert (ran.status, ran.codes, ran.out) == (status, [code], ""), ran.err
        assert "= try: " in ran.err


@pytest.mark.parametrize(
    "typed",
    [
        "discover a.csv -o a.csv",
        "discover . -o ./a.csv",
        "discover a.csv -o link.csv",
        "load raw.parquet -o raw.parquet --tz UTC",
        "load a.csv -o l.parquet --rejects a.csv",
    ],
)
def test_an_export_is_never_written_over(tmp_path: Path, typed: str) -> None:
    """An output that is an input, by whatever name, is refused before anything is written."""
    folder = made(tmp_path, {"a.csv": GOOD})
    (folder / "link.csv").symlink_to("a.csv")
    if "raw.parquet" in typed:
        pq.write_table(read_csv(folder / "a.csv"), folder / "raw.parquet")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    ran = run(folder, *typed.split(), key=KEY)
    assert (ran.status, ran.codes, ran.out) == (USAGE, ["U101"], ""), ran.err
    assert "would replace a file that is read" in ran.err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_key_file_behind_a_link_is_refused(tmp_path: Path) -> None:
    """A link could be turned to another key between two loads."""
    folder = made(tmp_path, {"a.csv": GOOD})
    (folder / "real.key").write_text(KEY)
    (folder / "real.key").chmod(0o600)
    (folder / "my.key").symlink_to("real.key")
    for file, status in (("my.key", PRIVACY), ("real.key", ExitStatus.DONE)):
        ran = run(folder, "load", "a.csv", "-o", "l.parquet", "--key-file", file)
        assert ran.status == status, ran.err


def test_a_result_that_cannot_be_printed_is_an_error(tmp_path: Path) -> None:
    """Stdout that is full or closed: status 5; a closed stderr changes nothing."""
    folder = made(tmp_path, {"a.csv": GOOD})
    with open("/dev/full", "wb") as full:
        ran = run(folder, "discover", "a.csv", stdout=full)
    assert (ran.status, ran.codes) == (OUTPUT, ["O101"]), ran.err
    closed = run(folder, "discover", "a.csv", before=["sh", "-c", 'exec "$@" >&-', "sh"])
    assert (closed.status, closed.codes) == (OUTPUT, ["O101"]), closed.err
    silent = run(folder, "discover", "a.csv", before=["sh", "-c", 'exec "$@" 2>&-', "sh"])
    assert silent.status == 0
    assert silent.out == run(folder, "discover", "a.csv").out != ""


@pytest.mark.parametrize(
    "typed", ["demo", "discover a.csv -f json", "sniff a.csv", "--help", "discover --help"]
)
def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path, typed: str) -> None:
    """`cjmine … | head -1` and a reader that never reads: status 0, and no word about it."""
    folder = made(tmp_path, {"a.csv": GOOD})
    piped = 'set -o pipefail; "$@" | head -1; echo "status $?"'
    ran = run(folder, *typed.split(), before=["bash", "-c", piped, "bash"])
    assert ran.out.endswith("status 0\n"), ran.out + ran.err
    assert ran.codes == [] and "Traceback" not in ran.err and "Exception" not in ran.err
    deaf = '"$@" | (exec <&-; sleep 1); echo "status ${PIPESTATUS[0]}"'
    ran = run(folder, *typed.split(), before=["bash", "-c", deaf, "bash"])
    assert ran.out.endswith("status 0\n"), ran.out + ran.err
    assert ran.codes == [] and "Traceback" not in ran.err and "Exception" not in ran.err


def test_files_are_written_although_nobody_reads_the_screen(tmp_path: Path) -> None:
    """Stdout and stderr both lead to a reader that is gone; `-o` still gets its file."""
    folder = made(tmp_path, {"a.csv": GOOD})
    deaf = '"$@" 2>&1 | (exec <&-; sleep 1); echo "status ${PIPESTATUS[0]}"'
    ran = run(folder, "discover", "a.csv", "-o", "a.md", before=["bash", "-c", deaf, "bash"])
    assert ran.out.endswith("status 0\n")
    assert (folder / "a.md").read_text().startswith("## Measured journeys")


@pytest.mark.parametrize(
    ("phase", "number"),
    [
        ("looking through the file", signal.SIGINT),
        ("reading it", signal.SIGINT),
        ("reading it", signal.SIGTERM),
    ],
)
def test_an_end_during_a_load_leaves_nothing(
    tmp_path: Path, phase: str, number: signal.Signals
) -> None:
    """Status 130 within seconds, one line, no log, no temporary file; an old log stays."""
    folder = made(tmp_path, {"l.parquet": "old"})
    rows = "".join(f"c{n},step {n % 7},2024-05-{n % 28 + 1:02}T10:00:00Z\n" for n in range(30_000))
    # 7.5 million events take seconds, and UTF-16 is decoded beside, in a temporary folder.
    many = gzip.compress(rows.encode("utf-16-le")) * 250
    head = gzip.compress(codecs.BOM_UTF16_LE + HEADER.encode("utf-16-le"))
    (folder / "a.csv.gz").write_bytes(head + many)
    typed = [*heeding_ctrl_c(), sys.executable, "-m", "cjmine"]
    typed += ["load", "a.csv.gz", "-o", "l.parquet"]
    started = subprocess.Popen(
        typed, cwd=folder, env=environment(folder, KEY), stdout=-1, stderr=-1, text=True
    )
    opened = f"/proc/{started.pid}/fd"
    wait_until(lambda: any_link(opened, "a.csv.gz") or started.poll() is not None)
    if phase == "reading it":
        wait_until(lambda: left_behind(folder) != [] or started.poll() is not None)
        time.sleep(0.3)
    started.send_signal(number)
    out, err = started.communicate(timeout=PATIENCE)
    assert (started.returncode, out) == (ExitStatus.INTERRUPTED, ""), err
    assert err == "interrupted; nothing was left half-written\n"
    assert sorted(path.name for path in folder.iterdir()) == ["a.csv.gz", "l.parquet"]
    assert (folder / "l.parquet").read_text() == "old"
    assert left_behind(folder) == []


def wait_until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def any_link(folder: str, name: str) -> bool:
    """Whether a process has a file of this name open."""
    try:
        return any(os.readlink(f"{folder}/{link}").endswith(name) for link in os.listdir(folder))
    except OSError:
        return False


@pytest.mark.parametrize("error", [MemoryError(), pa.ArrowMemoryError("malloc failed")])
def test_too_little_memory_is_named_with_its_remedy(
    error: Exception, capsys: pytest.CaptureFixture[str]
) -> None:
    """A program that asks for too much memory, wherever it does."""
    from cjmine.cli.app import _unexpected

    assert _unexpected(error) == ExitStatus.DATA
    said = capsys.readouterr().err
    assert "error[L127]" in said and "memory" in said and "--jobs 1" in said


def test_a_log_is_not_written_to_an_address(tmp_path: Path) -> None:
    """Nor into a folder of that name; and sniff says that it reads no objects."""
    folder = made(tmp_path, {"a.csv": GOOD})
    ran = run(folder, "load", "a.csv", "-o", "s3://exports/log/", key=KEY)
    assert (ran.status, ran.codes) == (USAGE, ["U101"]), ran.err
    assert [one.name for one in folder.iterdir()] == ["a.csv"]
    ran = run(folder, "sniff", "s3://exports/clicks")
    assert (ran.status, ran.codes) == (USAGE, ["U101"])
    assert "no objects in stores" in ran.err


@pytest.mark.parametrize("verb", ["discover", "sniff", "load -o log/"])
def test_an_address_that_is_not_read_is_not_repeated(tmp_path: Path, verb: str) -> None:
    """Users and passwords may be in it, and what is said is kept by schedulers."""
    folder = made(tmp_path, {})
    ran = run(folder, *verb.split(), "postgresql://ann:secret@db.example/crm", key=KEY)
    assert (ran.status, ran.codes) == (USAGE, ["U101"]), ran.err
    assert "postgresql://…" in ran.err and "secret" not in ran.err and "ann" not in ran.err
