"""The registry: every module of `formats` is found, and a file is told by its content."""

from __future__ import annotations

import gzip
import pkgutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from loaders.reading import source, written
from real_logs import real

from cjmine.errors import Code, DataError
from cjmine.loaders import formats
from cjmine.loaders.head import Head
from cjmine.loaders.registry import loader_named, loaders, recognise
from cjmine.loaders.sniff import settle, sniff
from cjmine.sources import Kind, Roles

CSV = "klantnummer;event;time\nc1;a;2024-05-13 10:00:00\nc2;b;2024-05-13 10:00:00\n"
LOG = '192.0.2.1 - - [13/May/2024:10:00:00 +0200] "GET /a HTTP/1.1" 200 12 "-" "Mozilla"\n'
JSON = '{"klantnummer": "c1", "event": "a", "time": "2024-05-13T10:00:00Z"}\n'


def test_every_module_of_formats_is_a_loader() -> None:
    """A new format is a new module; names are unique and can be asked for."""
    modules = [module.name for module in pkgutil.iter_modules(formats.__path__)]
    names = [loader.name for loader in loaders()]
    assert len(names) == len(set(names)) == len(modules)
    assert {"csv", "jsonl", "parquet", "access-log"} <= set(names)
    assert {name.replace("-", "_") for name in names} == set(modules)
    for name in names:
        assert loader_named(name).name == name
        assert loader_named(name).title


def test_an_unknown_format_names_the_nearest() -> None:
    """L104 with a suggestion."""
    with pytest.raises(DataError) as caught:
        loader_named("acces-log")
    assert caught.value.code is Code.FORMAT_UNKNOWN
    assert "access-log" in caught.value.problems[0].remedy


@pytest.mark.parametrize(
    ("content", "format"),
    [
        (CSV, "csv"),
        (CSV.encode("utf-16"), "csv"),
        (CSV.encode("utf-16-le"), "csv"),
        ("\ufeff" + CSV, "csv"),
        (gzip.compress(CSV.encode(), mtime=0), "csv"),
        (CSV.replace("\n", "\r"), "csv"),
        ("sep=;\n" + CSV, "csv"),
        (LOG * 3, "access-log"),
        ("\n" + LOG * 3, "access-log"),
        (LOG.split(' "-"')[0] + "\n", "access-log"),
        (gzip.compress((LOG * 3).encode(), mtime=0), "access-log"),
        (JSON * 3, "jsonl"),
        ("\ufeff" + JSON, "jsonl"),
        ("\n" + JSON, "jsonl"),
        (JSON.replace("\n", "\r\n") * 2, "jsonl"),
    ],
)
def test_a_file_is_told_by_its_content(tmp_path: Path, content: bytes | str, format: str) -> None:
    """Its name says nothing."""
    loader, because = recognise(Head.of(written(tmp_path, content, "export.dat"), "export.dat"))
    assert loader.name == format
    assert because


def test_parquet_is_told_by_its_first_bytes(tmp_path: Path) -> None:
    """Binary, and yet known."""
    path = tmp_path / "export.dat"
    pq.write_table(pa.table({"a": [1]}), path)
    assert recognise(Head.of(path, "export.dat"))[0].name == "parquet"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", Code.FILE_EMPTY),
        (bytes(range(256)) * 40, Code.FORMAT_UNKNOWN),
        (b"Dear reader\nthis is a letter\nwithout any table\n", Code.FORMAT_UNKNOWN),
        (b"<html><body>a, b, c</body></html>\n", Code.FORMAT_UNKNOWN),
    ],
)
def test_what_is_no_export_is_refused(tmp_path: Path, content: bytes, code: Code) -> None:
    """With the place and without a line of it."""
    with pytest.raises(DataError) as caught:
        recognise(Head.of(written(tmp_path, content), "export.dat"))
    assert caught.value.code is code
    assert caught.value.problems[0].place.file == "export.dat"
    assert "Dear" not in str(caught.value)


def test_sniffing_settles_the_roles_and_says_why(tmp_path: Path) -> None:
    """What was guessed can be written down: column, reason, masked sample."""
    found = sniff(written(tmp_path, CSV), "export.csv", Roles())
    assert found.assumed and found.source.format == "csv"
    assert found.source.roles.customer and found.source.roles.customer.column == "klantnummer"
    assert found.source.roles.customer.kind is Kind.CUSTOMER
    assert found.source.roles.activity == "event"
    assert found.source.roles.time and found.source.roles.time.columns == ("time",)
    assert all(row.because for row in found.inspection.found)
    assert "c1" not in repr(found.inspection)


def test_a_declared_source_is_not_assumed(tmp_path: Path) -> None:
    """The declared format decides; without one the content does."""
    path = written(tmp_path, CSV)
    assert not settle(source(path, "csv", Roles())).assumed
    assert settle(source(path, "", Roles())).source.format == "csv"


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("weblogs/apache/apache_logs", "access-log"),
        ("weblogs/formats/apache_access.log", "access-log"),
        ("calls/twilio/twilio_call_data.csv", "twilio"),
        ("calls/bandicoot/ego.csv", "csv"),
        ("mail/banking77/test.csv", "csv"),
        ("clicks/ecom.csv.gz", "csv"),
    ],
)
def test_real_exports_are_recognised(name: str, format: str) -> None:
    """By content, packed or not."""
    assert recognise(Head.of(real(name), name))[0].name == format
