"""Rows of tables with a declared id: one record, whichever file or delivery brings them."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from test_deliver import brought
from test_deliver_linked import at_once, same

from cjmine.errors import CjmineError, Code, DataError, PrivacyError, UsageError
from cjmine.eventlog.log import EventLog
from cjmine.ingest.source_flags import SourceFlags

HEADER = ("event_id", "customer", "at", "what", "changed")
TWICE = [
    ("e1", "K-1", "2026-01-01 10:00:00", "Buy", "2026-01-01 11:00:00"),
    ("e2", "K-2", "2026-01-01 10:00:00", "Buy", "2026-01-03 11:00:00"),
    ("", "K-3", "2026-01-01 10:00:00", "Buy", ""),
    ("e1", "K-1", "2026-01-01 10:00:00", "Return", "2026-01-02 11:00:00"),
    ("e2", "K-2", "2026-01-01 10:00:00", "Late", "2025-01-01 11:00:00"),
    ("NULL", "K-3", "2026-01-01 10:00:00", "Buy", ""),
]


def configured(
    folder: Path, more: str = 'version = "changed"', name: str = "orders"
) -> SourceFlags:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "cjmine.toml").write_text(
        f'timezone = "UTC"\n[source.{name}]\nfiles = "{name}*"\ncustomer = "customer"\n'
        f'timestamp = "at"\nactivity = "what"\ndelivery = "event_id"\n{more}\n'
    )
    return SourceFlags(config=folder / "cjmine.toml")


def table(file: Path, rows: list[tuple[str, ...]]) -> Path:
    file.write_text("\n".join([",".join(HEADER), *map(",".join, rows), ""]))
    return file


def activities(log: EventLog) -> list[str]:
    return sorted(log.table["activity"].to_pylist())


def account(log: EventLog) -> tuple[int, int, int]:
    one = log.about.sources[0]
    return one.read, one.loaded, one.duplicate


def as_json(file: Path) -> None:
    records = [dict(zip(HEADER, row, strict=True)) for row in TWICE]
    file.write_text("".join(json.dumps(one) + "\n" for one in records))


def as_parquet(file: Path) -> None:
    columns = dict(zip(HEADER, map(list, zip(*TWICE, strict=True)), strict=True))
    times = pa.array([one or None for one in columns.pop("changed")]).cast(pa.timestamp("us"))
    pq.write_table(pa.table({**columns, "changed": times}), file)


def as_workbook(file: Path) -> None:
    book = Workbook()
    for row in (HEADER, *TWICE):
        book.active.append(row)
    book.save(file)


@pytest.mark.parametrize(
    ("suffix", "write"),
    [
        ("csv", lambda file: table(file, TWICE)),
        ("json", as_json),
        ("parquet", as_parquet),
        ("xlsx", as_workbook),
    ],
)
def test_every_kind_of_table_knows_its_copies(tmp_path: Path, suffix: str, write: object) -> None:
    """The newest copy counts, and rows without an id are records of their own."""
    flags = configured(tmp_path)
    assert callable(write)
    write(tmp_path / f"orders.{suffix}")
    log = at_once([tmp_path / f"orders.{suffix}"], flags)
    assert activities(log) == ["Buy", "Buy", "Buy", "Return"]
    assert account(log) == (6, 4, 2)
    (note,) = [note for note in log.about.notes if "without an id" in note.text]
    assert "2 (orders 2)" in note.text


def test_without_a_version_the_first_copy_counts(tmp_path: Path) -> None:
    flags = configured(tmp_path, "")
    log = at_once([table(tmp_path / "orders.csv", TWICE)], flags)
    assert activities(log) == ["Buy", "Buy", "Buy", "Buy"]


@pytest.mark.parametrize(
    ("versions", "kept"),
    [(("9", "10"), "Second"), (("31-12-2025", "01-01-2026"), "Second"), (("2", ""), "First")],
)
def test_a_version_is_a_number_or_a_time(
    tmp_path: Path, versions: tuple[str, str], kept: str
) -> None:
    flags = configured(tmp_path)
    rows = [
        ("e1", "K-1", "2026-01-01 10:00:00", what, version)
        for what, version in zip(("First", "Second"), versions, strict=True)
    ]
    assert activities(at_once([table(tmp_path / "orders.csv", rows)], flags)) == [kept]


def test_two_sources_with_equal_ids_are_two_records(tmp_path: Path) -> None:
    configured(tmp_path)
    first = (tmp_path / "cjmine.toml").read_text()
    second = first.partition("\n")[2].replace("orders", "returns")
    (tmp_path / "cjmine.toml").write_text(first + second)
    files = [table(tmp_path / f"{name}.csv", TWICE[:1]) for name in ("orders", "returns")]
    files[1].write_text(files[1].read_text().replace("Buy", "Return"))
    log = at_once(files, SourceFlags(config=tmp_path / "cjmine.toml"))
    assert activities(log) == ["Buy", "Return"]


ROWS = st.tuples(
    st.sampled_from(["", "e1", "e2", "e3"]),
    st.sampled_from(["K-1", "K-2", ""]),
    st.integers(0, 2).map(lambda minute: f"2026-03-02 10:0{minute}:00"),
    st.sampled_from(["Home", "Basket"]),
    st.sampled_from(["", "2026-03-02 10:00:00", "2026-03-03 10:00:00"]),
)


@given(st.lists(st.lists(ROWS, min_size=1, max_size=6), min_size=1, max_size=4), st.booleans())
def test_appended_copies_are_those_of_one_load(
    tmp_path_factory: pytest.TempPathFactory,
    deliveries: list[list[tuple[str, ...]]],
    versioned: bool,
) -> None:
    folder = tmp_path_factory.mktemp("project")
    flags = configured(folder, 'version = "changed"' if versioned else "")
    somebody = ("", "K-9", "2026-03-02 10:00:00", "Home", "2026-03-02 10:00:00")
    files = [
        table(folder / f"orders{place}.csv", [*rows, somebody])
        for place, rows in enumerate(deliveries)
    ]
    if len({file.read_bytes() for file in files}) < len(files):
        return  # a file that is given twice has an account at once, and a note in a log folder
    for place, file in enumerate(files):
        brought(folder / "log", [file], appends=place > 0, flags=flags)
    same(folder / "log", at_once(files, flags))


def refused(kind: type[CjmineError], file: Path, flags: SourceFlags) -> str:
    with pytest.raises(kind) as found:
        at_once([file], flags)
    return "\n".join(str(one) for one in found.value.problems)


def test_a_missing_column_is_named_with_the_nearest(tmp_path: Path) -> None:
    flags = configured(tmp_path)
    file = tmp_path / "orders.csv"
    table(file, TWICE)
    file.write_text(file.read_text().replace("event_id", "event_ids"))
    with pytest.raises(DataError) as found:
        at_once([file], flags)
    (problem,) = found.value.problems
    assert problem.code is Code.COLUMN_MISSING
    assert "event_id" in problem.message and "event_ids" in problem.remedy


def test_versions_that_are_neither_numbers_nor_times_are_refused(tmp_path: Path) -> None:
    flags = configured(tmp_path, 'version = "what"')
    with pytest.raises(DataError) as found:
        at_once([table(tmp_path / "orders.csv", TWICE)], flags)
    assert found.value.code is Code.TIME_UNREADABLE
    assert found.value.problems[0].place.column == "what"


def test_an_id_that_lost_its_digits_is_rejected(tmp_path: Path) -> None:
    flags = configured(tmp_path)
    rows = [("1.2345E+15", *row[1:]) for row in TWICE[:2]]
    with pytest.raises(DataError) as found:
        at_once([table(tmp_path / "orders.csv", rows)], flags)
    assert {one.code for one in found.value.problems[1:]} == {Code.IDENTIFIER_ROUNDED}


def test_an_id_that_would_be_kept_is_refused(tmp_path: Path) -> None:
    flags = configured(tmp_path, 'keep = "event_id"')
    with pytest.raises(PrivacyError):
        at_once([table(tmp_path / "orders.csv", TWICE)], flags)


def test_what_is_declared_wrongly_is_refused(tmp_path: Path) -> None:
    file = table(tmp_path / "orders.csv", TWICE)
    flags = configured(tmp_path)
    text = (tmp_path / "cjmine.toml").read_text()
    (tmp_path / "cjmine.toml").write_text(text.replace('delivery = "event_id"\n', ""))
    with pytest.raises(UsageError) as found:
        at_once([file], flags)
    assert "delivery" in found.value.problems[0].message


def test_a_format_that_knows_its_copies_takes_no_other_id(tmp_path: Path) -> None:
    (tmp_path / "cjmine.toml").write_text(
        '[source.mail]\nfiles = "*.mbox"\nformat = "mail"\nown = "example.nl"\ndelivery = "id"\n'
    )
    (tmp_path / "a.mbox").write_text(
        "From a@example.com Fri May  3 10:00:00 2024\nFrom: a@example.com\nTo: info@example.nl\n"
        "Date: Fri, 3 May 2024 10:00:00 +0000\nMessage-ID: <1@example.com>\nSubject: x\n\nbody\n\n"
    )
    with pytest.raises(UsageError) as found:
        at_once([tmp_path / "a.mbox"], SourceFlags(config=tmp_path / "cjmine.toml"))
    assert found.value.code is Code.CONFIG_VALUE
