"""Nothing raw leaves by the ways in that need no file: pipes, and frames that come in parts."""

from __future__ import annotations

import io
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from cli.running import KEY, left_behind, run
from privacy.canaries import Aviary, Scanner, plant, spoil, unpacked

import cjmine
from cjmine.errors import CjmineError


@pytest.fixture(scope="module", params=["good", "spoiled"])
def garden(tmp_path_factory: pytest.TempPathFactory, request) -> tuple[Path, Scanner]:
    root, aviary = tmp_path_factory.mktemp(request.param), Aviary()
    plant(root / "in", aviary)
    if request.param == "spoiled":
        spoil(root / "in", aviary)
    return root / "in", Scanner(aviary)


def as_arrow(file: Path) -> bytes:
    """A planted table as an Arrow stream, and the beginning of one where it is spoiled."""
    try:
        table = pq.read_table(file)
    except pa.ArrowInvalid:
        return file.read_bytes()
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table, max_chunksize=50)
    return sink.getvalue()


@pytest.mark.parametrize("form", ["events.jsonl", "arrow", "cut arrow"])
@pytest.mark.parametrize(
    "typed",
    [
        "load - -o log.parquet",
        "load - -o log/",
        "discover - -f json --top all --min-group 1 -o a.html",
        "sniff -",
    ],
)
def test_no_canary_leaves_through_a_pipe(
    garden: tuple[Path, Scanner], tmp_path: Path, form: str, typed: str
) -> None:
    """Not on a screen, not in what is written, and nothing of the spool is left."""
    inputs, scanner = garden
    content = as_arrow(inputs / "events.parquet") if "arrow" in form else b""
    content = content or (inputs / form).read_bytes()
    (tmp_path / "given").write_bytes(content[: len(content) // 2] if "cut" in form else content)
    folder = tmp_path / "work"
    folder.mkdir()
    before = ["sh", "-c", f'cat "{tmp_path}/given" | "$@"', "sh"]
    ran = run(folder, *typed.split(), key=KEY, before=before)
    assert ran.status in (0, 2, 3, 4), ran.err
    written = [data for file in folder.rglob("*") if file.is_file() for data in unpacked(file)]
    assert not [
        scanner.hits(data) for data in (ran.stdout, ran.stderr, *written) if scanner.hits(data)
    ]
    assert left_behind(folder) == []
    if (
        form == "events.jsonl"
        and typed.startswith("load")
        and inputs.parent.name.startswith("good")
    ):
        assert ran.status == 0 and written, ran.err
    if "cut" in form:
        assert ran.status and not [*folder.rglob("*.parquet")]


def test_no_canary_leaves_a_frame_that_comes_in_parts(
    garden: tuple[Path, Scanner], monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs, scanner = garden
    monkeypatch.setenv("CJMINE_KEY", KEY)
    try:
        table = pq.read_table(inputs / "events.parquet")
    except pa.ArrowInvalid:
        pytest.skip("the spoiled file is no table any more")
    try:
        log = cjmine.from_frame(pa.RecordBatchReader.from_batches(table.schema, _broken(table)))
        shown = repr(log) + str(log.table.to_pydict())
    except CjmineError as error:
        shown = repr(error.problems)
    assert not scanner.hits(shown.encode())


def _broken(table: pa.Table):
    yield from table.to_batches(max_chunksize=50)
    raise ValueError(str(table.slice(0, 5).to_pylist()))
