"""Arrow IPC: streams and files of several writers, and what is damaged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import cjmine
from cjmine.errors import Code, DataError
from cjmine.loaders.head import Head
from cjmine.loaders.registry import recognise

ROWS = 3_000
TABLE = pa.table(
    {
        "customer": [f"c{number // 9}" for number in range(ROWS)],
        "activity": pa.array(["Search", "Compare", "Buy"] * (ROWS // 3)).dictionary_encode(),
        "time": pa.array(range(ROWS), pa.timestamp("ms", "UTC")),
        "list": [[number] for number in range(ROWS)],
    }
)


@pytest.fixture(autouse=True)
def one_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same tokens in every load of a test."""
    monkeypatch.setenv("CJMINE_KEY", "00112233445566778899aabbccddeeff" * 2)


def by_arrow(path: Path, kind: object = pa.ipc.new_stream, **how: object) -> None:
    with pa.OSFile(str(path), "wb") as sink, kind(sink, TABLE.schema, **how) as writer:  # type: ignore[operator]
        writer.write_table(TABLE, max_chunksize=700)


WRITERS: dict[str, Callable[[Path], object]] = {
    "stream": by_arrow,
    "file": lambda path: by_arrow(path, pa.ipc.new_file),
    "file, packed inside": lambda path: by_arrow(
        path, pa.ipc.new_file, options=pa.ipc.IpcWriteOptions(compression="zstd")
    ),
    "polars, file": lambda path: pl.DataFrame(TABLE).write_ipc(path),
    "polars, packed file": lambda path: pl.DataFrame(TABLE).write_ipc(path, compression="lz4"),
    "polars, stream of categories": lambda path: (
        pl.DataFrame(TABLE)
        .with_columns(pl.col("customer").cast(pl.Categorical))
        .write_ipc_stream(path)
    ),
}


@pytest.mark.parametrize("writer", WRITERS)
def test_arrow_gives_the_log_of_the_same_parquet(tmp_path: Path, writer: str) -> None:
    """Whoever wrote it; nested columns are left out."""
    WRITERS[writer](tmp_path / "a.bin")
    pq.write_table(TABLE, tmp_path / "a.parquet")
    assert recognise(Head.of(tmp_path / "a.bin", "a.bin"))[0].name == "arrow"
    found, same = cjmine.load(tmp_path / "a.bin"), cjmine.load(tmp_path / "a.parquet")
    assert found.events == ROWS
    assert found.table.equals(same.table)


def test_any_cut_or_changed_byte_is_an_error_or_the_whole_log(tmp_path: Path) -> None:
    """Never a shorter log, a crash or a value in a message; the checks of Arrow see the rest."""
    for kind in (pa.ipc.new_stream, pa.ipc.new_file):
        by_arrow(tmp_path / "a.bin", kind)
        whole = (tmp_path / "a.bin").read_bytes()
        for end in range(1, len(whole), len(whole) // 23):
            refused(tmp_path / "cut.bin", whole[:end])
        refused(tmp_path / "cut.bin", whole[:-8])


def refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(DataError) as caught:
        cjmine.load(path)
    assert caught.value.code in (Code.FILE_TRUNCATED, Code.FORMAT_UNKNOWN)


@pytest.mark.parametrize("place", [0.3, 0.5, 0.7])
def test_offsets_that_lead_elsewhere_are_seen(tmp_path: Path, place: float) -> None:
    by_arrow(tmp_path / "a.bin")
    damaged = bytearray((tmp_path / "a.bin").read_bytes())
    begin = int(len(damaged) * place)
    damaged[begin : begin + 400] = bytes(255 for _ in range(400))
    refused(tmp_path / "a.bin", bytes(damaged))
