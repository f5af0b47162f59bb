"""Parts of a log: whole customers, every event once, the same from memory and from a file."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from eventlog_rows import COLUMNS, check_parts, owners, rows
from hypothesis import given
from hypothesis import strategies as st
from notation import log
from strategies import log_from, logs

from cjmine.eventlog import parquet
from cjmine.eventlog.log import Cases, EventLog
from cjmine.eventlog.parquet import open_file, read_log, write_log


@given(logs(), st.integers(1, 7))
def test_parts_in_memory_hold_whole_customers_and_every_event_once(
    whole: EventLog, number: int
) -> None:
    parts = whole.parts(number)
    assert 1 <= len(parts) <= number
    check_parts(whole, list(parts))


@given(logs(), st.integers(1, 7), st.integers(1, 40))
def test_parts_of_a_file_hold_whole_customers_and_every_event_once(
    whole: EventLog, number: int, row_group: int
) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(parquet, "ROW_GROUP", row_group)
        file = Path(folder) / "log.parquet"
        write_log(whole, file)
        saved = open_file(file, "log")
        assert saved.events == whole.events and saved.about == whole.about
        assert saved.attributes == whole.attributes
        assert all(saved.has(name) == whole.has(name) for name in COLUMNS)
        check_parts(whole, list(saved.parts(number)))
        assert rows(read_log(file, "log")) == rows(whole)


def test_parts_in_memory_share_it() -> None:
    whole = log_from([(f"{number:03d}", "step", number) for number in range(100)])
    for part in whole.parts(4):
        buffer, shared = (
            one.table.column("time").chunk(0).buffers()[1].address for one in (part, whole)
        )
        assert buffer == shared


def test_row_groups_have_their_own_names_and_end_with_customers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "ROW_GROUP", 10)
    whole = log_from([(f"{n // 3:03d}", f"step {n // 15}", n) for n in range(60)])
    file = tmp_path / "log.parquet"
    write_log(whole, file)
    with pq.ParquetFile(file, read_dictionary=["case:concept:name"]) as opened:
        groups = [opened.read_row_group(one) for one in range(opened.num_row_groups)]
    assert len(groups) == 6
    names = [group.column("case:concept:name").chunk(0).dictionary.to_pylist() for group in groups]
    assert len([name for group in names for name in group]) == len(whole.names("customer")) == 20


@pytest.mark.parametrize("number", [1, 3])
def test_a_log_of_an_older_version_is_read_whole_for_every_part(
    tmp_path: Path, number: int
) -> None:
    """It repeats the customers, and its row groups end anywhere."""
    whole = log_from([(f"{n // 3:03d}", "step", n) for n in range(60)])
    file = tmp_path / "log.parquet"
    write_log(whole, file)
    table = pq.read_table(file)
    table = table.add_column(1, "customer", table.column("case:concept:name"))
    about = table.schema.metadata[b"cjmine"].replace(
        b',"row_groups_hold_whole_customers":true', b""
    )
    assert about != table.schema.metadata[b"cjmine"]
    pq.write_table(table.replace_schema_metadata({b"cjmine": about}), file, row_group_size=7)
    saved = open_file(file, "log")
    assert not saved.is_cut
    check_parts(whole, list(saved.parts(number)))


def test_given_cases_of_interleaved_customers_are_brought_together() -> None:
    whole = log(
        """
        order-1 (zoe): Pay@1
        order-2 (ann): Pay@2
        order-3 (zoe): Pay@3
        """,
        Cases.GIVEN,
    )
    assert [owners(part) for part in whole.parts(2)] == [{"ann"}, {"zoe"}]


def test_a_part_that_was_cut_short_of_its_pieces_is_empty() -> None:
    """More pieces than customers: the last ones have no events but all columns."""
    whole = log_from([("ann", "step", 0)])
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "log.parquet"
        write_log(whole, file)
        parts = [part.read() for part in open_file(file, "log").parts(3)]
    assert [part.events for part in parts] == [1, 0, 0]
    assert all(isinstance(part.table, pa.Table) for part in parts)
