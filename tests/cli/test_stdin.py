"""`-` among the logs: a log comes through a pipe, and nothing of it stays."""

from __future__ import annotations

import gzip
import io
import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pytest

from cli.running import COMMAND, KEY, environment, left_behind, run, with_file_limit

ROWS = [f"c{one},Search,2024-05-01T10:00:00Z\nc{one},Buy,2024-05-01T11:00:00Z" for one in range(30)]
SHOP = ("customer,activity,time\n" + "\n".join(ROWS) + "\n").encode()


def as_arrow(content: bytes, kind: object = pa.ipc.new_stream) -> bytes:
    table = pa.csv.read_csv(io.BytesIO(content))
    sink = io.BytesIO()
    with kind(sink, table.schema) as writer:  # type: ignore[operator]
        writer.write_table(table, max_chunksize=7)
    return sink.getvalue()


def as_json(content: bytes) -> bytes:
    rows = pa.csv.read_csv(io.BytesIO(content)).to_pylist()
    return "".join(
        json.dumps(row, default=lambda one: f"{one:%FT%TZ}") + "\n" for row in rows
    ).encode()


FORMS = {
    "csv": SHOP,
    "csv, packed": gzip.compress(SHOP),
    "json lines": as_json(SHOP),
    "arrow stream": as_arrow(SHOP),
    "arrow stream, packed": gzip.compress(as_arrow(SHOP)),
    "arrow file": as_arrow(SHOP, pa.ipc.new_file),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "work"
    place.mkdir()
    (place / "stdin").write_bytes(SHOP)
    return place


def piped(folder: Path, content: bytes, *typed: str, **more: object) -> object:
    """Run a command that gets these bytes through a pipe, not from a file."""
    before = [sys.executable, "-c", _PIPE, content.hex()]
    return run(folder, *typed, key=KEY, before=[*before, *more.pop("before", [])], **more)


# The command line cannot hold more; what is piped here is small.
_PIPE = """
import subprocess, sys
ran = subprocess.run(sys.argv[2:], input=bytes.fromhex(sys.argv[1]))
sys.exit(ran.returncode)
"""


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("way", ["pipe", "redirected"])
def test_what_comes_through_stdin_gives_the_figures_of_its_file(
    folder: Path, form: str, way: str
) -> None:
    """Recognised by its first bytes, packed or not; nothing that stood in for it is left."""
    file = run(folder, "discover", "stdin", "-f", "json")
    if way == "pipe":
        ran = piped(folder, FORMS[form], "discover", "-", "-f", "json")
    else:
        (folder / "other").write_bytes(FORMS[form])
        with (folder / "other").open("rb") as given:
            ran = run(folder, "discover", "-", "-f", "json", stdin=given)
    assert (ran.status, ran.codes) == (0, []), ran.err
    found, same = json.loads(ran.out), json.loads(file.out)
    assert {**found, "sources": None} == {**same, "sources": None}
    assert [one["path"] for one in found["sources"]] == ["stdin"]
    assert left_behind(folder) == []


def test_a_load_from_a_pipe_is_the_load_of_the_file(folder: Path) -> None:
    """Byte for byte; the saved log comes through a pipe too, and is read in parts."""
    run(folder, "load", "stdin", "-o", "file.parquet", key=KEY)
    assert piped(folder, SHOP, "load", "-", "-o", "piped.parquet").status == 0
    saved = (folder / "piped.parquet").read_bytes()
    assert saved == (folder / "file.parquet").read_bytes()
    whole = run(folder, "discover", "file.parquet", "-f", "json")
    ran = piped(folder, saved, "discover", "-", "--jobs", "2", "-f", "json")
    assert (ran.status, ran.out) == (0, whole.out), ran.err


def test_flags_say_what_columns_of_stdin_are(folder: Path) -> None:
    other = SHOP.replace(b"customer,activity,time", b"a,b,c").replace(b"Z\n", b"\n")
    how = ("--customer", "a", "--activity", "b", "--timestamp", "c", "--tz", "Europe/Amsterdam")
    ran = piped(folder, other, "load", "-", "-o", "l.parquet", *how)
    assert ran.status == 0, ran.err
    assert "60" in ran.err and not left_behind(folder)


CUT = as_arrow(SHOP)
BAD = {
    "nothing": (b"", "L103"),
    "what is no log": (b"\x00\x01\x02" * 400, "L104"),
    "a cut pack": (gzip.compress(SHOP)[:-9], "L113"),
    "a cut Arrow stream": (CUT[: len(CUT) // 2], "L113"),
    "an Arrow stream whose writer was ended between two batches": (CUT[:-8], "L113"),
    "a cut Arrow file": (as_arrow(SHOP, pa.ipc.new_file)[:-20], "L113"),
    "rows that are cut": (SHOP[:-20], "L120"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_stream_is_an_error_and_writes_nothing(folder: Path, name: str) -> None:
    content, code = BAD[name]
    ran = piped(folder, content, "load", "-", "-o", "l.parquet")
    assert (ran.status, ran.codes[0]) == (3, code), ran.err
    assert "stdin" in ran.err and "= try:" in ran.err
    assert [path.name for path in folder.iterdir()] == ["stdin"]
    assert left_behind(folder) == []


@pytest.mark.parametrize("typed", [("discover", "-", "-"), ("load", "-", "stdin", "-", "-o", "l")])
def test_stdin_is_named_once(folder: Path, typed: tuple[str, ...]) -> None:
    ran = run(folder, *typed, key=KEY)
    assert (ran.status, ran.codes) == (2, ["U101"])


def test_a_terminal_is_no_log(folder: Path) -> None:
    """A person who forgot the pipe is told so at once."""
    ours, theirs = pty.openpty()
    try:
        ran = run(folder, "discover", "-", stdin=theirs)
    finally:
        os.close(ours)
        os.close(theirs)
    assert (ran.status, ran.codes) == (2, ["U101"])
    assert "zcat calls.csv.gz | cjmine discover -" in ran.err


def test_a_folder_without_room_for_the_spool_is_named(folder: Path) -> None:
    ran = piped(folder, SHOP, "discover", "-", before=with_file_limit(500))
    assert (ran.status, ran.codes) == (5, ["O101"])
    assert "TMPDIR" in ran.err and left_behind(folder) == []


@pytest.mark.skipif(sys.platform != "linux", reason="other systems cannot read a nameless file")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_no_raw_value_is_left_where_the_run_is_ended(folder: Path, number: int) -> None:
    """What was spooled has no name, so that a kill takes it away too."""
    typed = [sys.executable, *COMMAND, "load", "-", "-o", "l.parquet"]
    around = environment(folder, KEY)
    ran = subprocess.Popen(typed, cwd=folder, env=around, stdin=subprocess.PIPE, stderr=-3)
    assert ran.stdin is not None
    ran.stdin.write(b"customer,activity,time\n" + b"canary-7,Buy,2024-05-01T10:00:00Z\n" * 90_000)
    ran.stdin.flush()
    temporary = Path(around["TMPDIR"])
    for _ in range(600):
        if list(temporary.glob("*/stdin")):
            break
        time.sleep(0.05)
    spools = list(temporary.glob("*/stdin"))
    assert len(spools) == 1 and spools[0].stat().st_size
    ran.send_signal(number)
    ran.wait(60)
    ran.stdin.close()
    left = [path for path in (*temporary.rglob("*"), *folder.rglob("*")) if path.is_file()]
    assert [path.name for path in left] == ["stdin"] and left[0].parent == folder
    assert number == signal.SIGKILL or left_behind(folder) == []


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is asked of Linux")
def test_memory_does_not_follow_the_stream(folder: Path) -> None:
    """A hundred times as much through a pipe takes no more memory before it is read."""
    script = (
        "import re\n"
        "from cjmine.cli.stdin import with_stdin\n"
        "with with_stdin({'logs': ['-']}):\n"
        "    print(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1])\n"
    )
    peaks = []
    for size in (1 << 20, 100 << 20):
        ran = subprocess.run(
            [sys.executable, "-c", script],
            input=b"x" * size,
            capture_output=True,
            env=environment(folder),
            check=True,
        )
        peaks.append(int(ran.stdout))
    assert peaks[1] < peaks[0] + (20 << 10)
