"""Parquet in an object store: read where it lies, by a real S3-compatible server on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from cli.running import KEY, left_behind, run
from object_store import HAS_SERVER, SECRET, ObjectStore, object_store

import cjmine
from cjmine.errors import CjmineError, Code, UsageError
from cjmine.loaders.stores import stored_objects

ROWS = 3_000
TABLE = pa.table(
    {
        "customer": [f"canary-{number // 9}" for number in range(ROWS)],
        "activity": ["Search", "Compare", "Buy"] * (ROWS // 3),
        "time": pa.array(range(ROWS), pa.timestamp("s", "UTC")),
        "text": [f"words that nobody reads, {number}" * 20 for number in range(ROWS)],
    }
)


@pytest.fixture(scope="module")
def server() -> Iterator[ObjectStore]:
    if not HAS_SERVER:
        pytest.skip("no S3-compatible server: make .venv/store/served")
    with object_store() as running:
        files = running.files
        files.create_dir("exports")
        for place in range(3):
            part = TABLE.slice(place * 1_000, 1_000)
            with files.open_output_stream(f"exports/clicks/part-{place}.parquet") as sink:
                pq.write_table(part, sink, row_group_size=100)
        for name, content in {
            "clicks/_SUCCESS": b"",
            "clicks/.hidden.parquet": b"x",
            "bad/a.parquet": b"PAR1 and no end",
            "csv/a.csv": b"customer,activity,time\n",
            "delta/_delta_log/0.json": b"{}",
            "delta/a.parquet": b"x",
        }.items():
            with files.open_output_stream(f"exports/{name}") as sink:
                sink.write(content)
        yield running


@pytest.fixture
def store(server: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> ObjectStore:
    for name, value in {**server.environ, "CJMINE_KEY": KEY}.items():
        monkeypatch.setenv(name, value)
    return server


def local(folder: Path) -> Path:
    (folder / "clicks").mkdir()
    for place in range(3):
        part = TABLE.slice(place * 1_000, 1_000)
        pq.write_table(part, folder / "clicks" / f"part-{place}.parquet", row_group_size=100)
    return folder / "clicks"


def test_a_prefix_gives_the_log_of_the_same_folder(store: ObjectStore, tmp_path: Path) -> None:
    found, same = cjmine.load("s3://exports/clicks"), cjmine.load(local(tmp_path))
    assert found.events == ROWS
    assert found.table.equals(same.table)
    assert [one.path for one in found.about.sources] == [
        f"s3://exports/clicks/part-{place}.parquet" for place in range(3)
    ]
    assert [one.read for one in found.about.sources] == [1_000] * 3


def test_one_object_is_named_alone_or_beside_a_file(store: ObjectStore, tmp_path: Path) -> None:
    assert cjmine.load("s3://exports/clicks/part-1.parquet").events == 1_000
    both = cjmine.load("s3://exports/clicks/part-1.parquet", local(tmp_path) / "part-2.parquet")
    assert both.events == 2_000


def test_only_columns_that_are_read_are_asked_for(store: ObjectStore) -> None:
    one, *_ = stored_objects("s3://exports/clicks")
    batch = next(iter(one.rows.batches(("customer", "time"))))
    assert batch.schema.names == ["customer", "time"]


def test_it_says_where_it_connects_and_nothing_that_is_secret(
    store: ObjectStore, tmp_path: Path
) -> None:
    """Before it does, on stderr, also where it is quiet; a log folder knows what it has."""
    typed = ("load", "s3://exports/clicks", "-o", "log/")
    ran = run(tmp_path, *typed, key=KEY, environ=store.environ)
    assert ran.status == 0, ran.err
    assert ran.err.startswith("connecting to s3, bucket exports, host 127.0.0.1\n")
    again = run(
        tmp_path, "load", "s3://exports/clicks", "--append", "log/", key=KEY, environ=store.environ
    )
    assert again.status == 0 and "N215" in again.err, again.err
    saved = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for hidden in (b"canary", SECRET.encode()):
        assert hidden not in ran.stdout + ran.stderr + again.stderr + saved
    assert left_behind(tmp_path) == []


BAD = {
    "no bucket": ("s3://nowhere/clicks", Code.FILE_MISSING),
    "no object": ("s3://exports/nothing", Code.FILE_MISSING),
    "nothing of Parquet": ("s3://exports/csv", Code.FILE_MISSING),
    "no Parquet in it": ("s3://exports/bad", Code.LOG_FORMAT),
    "a table of Delta": ("s3://exports/delta", Code.FORMAT_UNKNOWN),
    "a secret in the address": (f"s3://user:{SECRET}@exports/clicks", Code.USAGE),
    "a secret behind the address": (f"s3://exports/clicks?secret_key={SECRET}", Code.USAGE),
    "no bucket at all": ("s3:///clicks", Code.USAGE),
}


@pytest.mark.parametrize("name", BAD)
def test_an_address_that_cannot_be_read_is_an_error_without_secrets(
    store: ObjectStore, name: str
) -> None:
    address, code = BAD[name]
    with pytest.raises(CjmineError) as caught:
        cjmine.load(address)
    assert caught.value.code is code
    assert SECRET not in repr(caught.value.problems) and "canary" not in repr(caught.value.problems)


def test_a_store_that_does_not_answer_is_named(store: ObjectStore, monkeypatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(CjmineError) as caught:
        cjmine.load("s3://exports/clicks")
    assert caught.value.code is Code.DATABASE_UNREACHABLE


def test_a_store_that_is_lost_half_way_leaves_nothing(
    store: ObjectStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The objects were looked at; then they are gone."""
    for one in stored_objects("s3://exports/clicks")[:1]:
        monkeypatch.setattr(pq.ParquetFile, "iter_batches", _lost)
        with pytest.raises(CjmineError) as caught:
            list(one.rows.batches(("customer",)))
        assert caught.value.code is Code.CONNECTION_LOST
        assert "canary" not in repr(caught.value.problems)


def _lost(_file: object, *_given: object, **_named: object) -> Iterator[pa.RecordBatch]:
    yield TABLE.select(["customer"]).to_batches()[0]
    raise OSError("AWS Error NETWORK_CONNECTION: customer canary-7")


@pytest.mark.parametrize("address", ["s3://user:word@b/p", "gs://b:443/p", "abfs://?sig=word"])
def test_a_wrong_address_connects_nowhere(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageError) as caught:
        stored_objects(address)
    assert "word" not in repr(caught.value.problems)
    assert capsys.readouterr().err == ""
