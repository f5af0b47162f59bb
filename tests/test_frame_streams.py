"""Frames that come in parts are read part by part: the log of the whole frame, without a copy."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import cjmine
from cjmine.errors import CjmineError, Code, DataError, UsageError
from cjmine.loaders.frames import rows_of

ROWS = 5_000
HOW: dict[str, Any] = {"customer": "who", "activity": "what", "timestamp": "when", "keep": "plan"}
TABLE = pa.table(
    {
        "who": [f"c{number // 7:06}" for number in range(ROWS)],
        "what": [("Search", "Compare", "Buy")[number % 3] for number in range(ROWS)],
        "when": pa.array(range(ROWS), pa.timestamp("s", "UTC")).cast(pa.timestamp("us", "UTC")),
        "plan": ["gold" if number % 2 else None for number in range(ROWS)],
        "unread": ["x" * 20] * ROWS,
    }
)


@pytest.fixture(autouse=True)
def one_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same tokens in every load of a test."""
    monkeypatch.setenv("CJMINE_KEY", "00112233445566778899aabbccddeeff" * 2)


def parts(size: int = 700) -> Iterator[pa.RecordBatch]:
    return iter(TABLE.to_batches(max_chunksize=size))


class OnlyACapsule:
    """What another library hands over: the PyCapsule interface and nothing else."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return TABLE.__arrow_c_stream__(requested_schema)


WAYS: dict[str, Callable[[], object]] = {
    "a reader": lambda: pa.RecordBatchReader.from_batches(TABLE.schema, parts()),
    "a capsule": OnlyACapsule,
    "a relation of DuckDB": lambda: duckdb.from_arrow(TABLE),
    "batches": lambda: parts(),
    "batches with one row first": lambda: iter([TABLE[:1], TABLE[1:]]),
    "an empty part first": lambda: iter([TABLE[:0], TABLE]),
    "pandas frames": lambda: (part.to_pandas() for part in parts()),
    "polars frames": lambda: (pl.DataFrame(part) for part in parts()),
    "pandas, in parts of its own": lambda: TABLE.to_pandas(),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_stream_gives_the_log_of_the_whole_frame(way: str) -> None:
    found, whole = cjmine.from_frame(WAYS[way](), **HOW), cjmine.from_frame(TABLE, **HOW)
    assert found.events == ROWS
    assert found.table.equals(whole.table)
    assert found.about.sources == whole.about.sources


@pytest.mark.parametrize(("wide", "narrow"), [("int64", "Int64"), ("float64", "int64")])
def test_parts_of_other_numbers_are_one_column(wide: str, narrow: str) -> None:
    """What pandas takes for whole numbers in one part and for floats in another is one id."""
    frame = TABLE.to_pandas().assign(who=[number // 7 for number in range(ROWS)])
    stream = iter([frame[:3_000].astype({"who": wide}), frame[3_000:].astype({"who": narrow})])
    assert cjmine.from_frame(stream, **HOW).table.equals(cjmine.from_frame(frame, **HOW).table)


def test_only_what_is_read_is_asked_for() -> None:
    """A column that plays no role does not become Arrow once the roles are known."""
    (batch,) = rows_of(TABLE.to_pandas(), "data frame").batches(("what", "who"))
    assert batch.schema.names == ["what", "who"]


def broken() -> Iterator[pa.RecordBatch]:
    yield from TABLE.to_batches(max_chunksize=2_500)
    raise ValueError("customer jane@example.org was not found")


def other(column: str, values: object) -> Iterator[pa.Table]:
    yield TABLE
    place = TABLE.schema.get_field_index(column)
    yield TABLE[:2].set_column(place, column, pa.array(values))


def early() -> Iterator[pa.RecordBatch]:
    raise ValueError("customer jane@example.org was not found")
    yield


BAD: dict[str, tuple[Callable[[], object], Code]] = {
    "broken off": (broken, Code.FILE_UNREADABLE),
    "broken off at once": (early, Code.FILE_UNREADABLE),
    "texts, then numbers": (lambda: other("who", [7, 8]), Code.SOURCES_DISAGREE),
    "a column gone": (lambda: iter([TABLE, TABLE.drop(["who"])]), Code.SOURCES_DISAGREE),
    "zoned times, then local ones": (
        lambda: other("when", pa.array([1, 2], pa.timestamp("us"))),
        Code.SOURCES_DISAGREE,
    ),
    "nothing at all": (lambda: iter([]), Code.HEADER_MISSING),
    "a stream without rows": (
        lambda: pa.RecordBatchReader.from_batches(TABLE.schema, iter([])),
        Code.NO_EVENTS,
    ),
    "day or month first": (
        lambda: (
            part.set_column(2, "when", pa.array(["02/03/2026 10:00"] * part.num_rows))
            for part in parts()
        ),
        Code.DAY_MONTH_UNCLEAR,
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_stream_that_goes_wrong_says_so_without_a_value(name: str) -> None:
    given, code = BAD[name]
    with pytest.raises(DataError) as caught:
        cjmine.from_frame(given(), **HOW)
    assert caught.value.code is code
    assert "jane" not in repr(caught.value.problems)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("given", [iter([5]), iter(["a.csv"]), [TABLE]])
def test_parts_that_are_no_frames_are_refused(given: object) -> None:
    with pytest.raises(CjmineError) as caught:
        cjmine.from_frame(given)
    assert isinstance(caught.value, UsageError)


_PEAK = r"""
import re, sys
import pyarrow as pa, pyarrow.parquet as pq
import cjmine

way, path = sys.argv[1:]
events = 0
if way == "file":
    events = cjmine.load(path).events
elif way != "nothing":
    file = pq.ParquetFile(path)
    reader = pa.RecordBatchReader.from_batches(file.schema_arrow, file.iter_batches(1 << 16))
    if way == "stream":
        events = cjmine.from_frame(reader).events
    else:
        events = sum(batch.num_rows for batch in reader)
print(events, re.search(r"VmHWM:\s+(\d+)", open("/proc/self/status").read())[1])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is asked of Linux")
def test_a_stream_takes_about_the_memory_of_its_file(tmp_path: Path) -> None:
    """And what its reader takes by itself; a materialised one takes more for each unread column."""
    rows = 1_000_000
    pq.write_table(
        pa.table(
            {
                "customer": pa.array([f"c{number // 10:08}" for number in range(rows)]),
                "activity": pa.array([f"Step {number % 9}" for number in range(rows)]),
                "time": pa.array(range(rows), pa.timestamp("s", "UTC")),
                "text": pa.array(
                    [f"words that nobody reads, {number}" * 9 for number in range(rows)]
                ),
            }
        ),
        tmp_path / "a.parquet",
        row_group_size=1 << 16,
    )
    ways = ("nothing", "file", "reader alone", "stream")
    events, peaks = zip(*(_run(way, tmp_path / "a.parquet") for way in ways), strict=True)
    assert events == (0, rows, rows, rows)
    nothing, file, reader, stream = peaks
    assert stream - nothing < 1.3 * (file - nothing + reader - nothing)


def _run(way: str, path: Path) -> tuple[int, int]:
    ran = subprocess.run(
        [sys.executable, "-c", _PEAK, way, str(path)], check=True, capture_output=True
    )
    events, peak = map(int, ran.stdout.split())
    return events, peak
