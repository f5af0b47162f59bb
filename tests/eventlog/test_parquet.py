"""The saved log: the same log back, a normal event log for others, and nothing else accepted."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pm4py
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from notation import log
from strategies import examples, log_from, logs

from cjmine.errors import Code, DataError, Note
from cjmine.eventlog.log import About, Cases, EventLog, Registered, SourceCount
from cjmine.eventlog.parquet import is_log_file, read_log, write_log

ABOUT = About(
    cases=Cases.CUSTOMER,
    sources=(SourceCount("web/access.log", "access-log", 9, 5, 1, 1, 2, 3), SourceCount("x", "csv", 0, 0)),
    key_id="qsjpbfql",
    observed_from=-1,
    observed_until=2**52,
    notes=(Note(Code.UNORDERED, "3 records stood behind a later one"), Note(Code.CLASHES, "é")),
)  # fmt: skip
SMALL = """
    ann: Search@0@web Buy@60s@plan=gold
    bob: Search@5 Call@5@call Call@5@call
"""


def saved(given_log: EventLog, file: Path) -> Path:
    write_log(given_log, file)
    return file


def refused(file: Path) -> str:
    """The message of the L122 that reading a file must raise."""
    with pytest.raises(DataError) as caught:
        read_log(file, "the file")
    assert caught.value.code is Code.LOG_FORMAT
    assert caught.value.problems[0].place.file == "the file"
    return caught.value.problems[0].message


def rewritten(given_log: EventLog, file: Path, change) -> Path:
    """A saved log whose table somebody changed; its metadata stay."""
    write_log(given_log, file)
    table = pq.read_table(file)
    changed = change(table).replace_schema_metadata(table.schema.metadata)
    pq.write_table(changed, file)
    return file


@examples(20)
@given(logs())
def test_what_is_written_is_read(given_log: EventLog) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        file = saved(given_log, Path(folder) / "log.parquet")
        again = read_log(file, "log")
        assert again.about == given_log.about
        assert again.table.column_names == given_log.table.column_names
        assert again.table.to_pylist() == given_log.table.to_pylist()
        twice = saved(again, Path(folder) / "again.parquet")
        assert twice.read_bytes() == file.read_bytes()


def test_metadata_are_kept(tmp_path: Path) -> None:
    file = saved(log(SMALL, about=ABOUT), tmp_path / "log.parquet")
    assert read_log(file, "log").about == ABOUT
    assert is_log_file(file)


def test_attributes_and_given_cases_are_kept(tmp_path: Path) -> None:
    given_log = log(
        """
        order-2 (ann): Search@0@plan=gold Buy@1
        order-1 (bob): Search@0
        """,
        Cases.GIVEN,
    )
    again = read_log(saved(given_log, tmp_path / "log.parquet"), "log")
    assert again.about.cases is Cases.GIVEN
    assert again.attributes == ("plan",)
    assert again.table.to_pylist() == given_log.table.to_pylist()


def test_pandas_opens_it_as_a_normal_event_log(tmp_path: Path) -> None:
    frame = pd.read_parquet(saved(log(SMALL, about=ABOUT), tmp_path / "log.parquet"))
    assert list(frame.columns) == [
        "case:concept:name",
        "concept:name",
        "time:timestamp",
        "channel",
        "plan",
    ]
    assert str(frame["time:timestamp"].dtype) == "datetime64[us, UTC]"
    assert frame["concept:name"].tolist() == ["Search", "Buy", "Search", "Call", "Call"]
    assert frame["channel"].isna().tolist() == [False, True, True, False, False]
    assert frame.equals(log(SMALL).to_pandas().drop(columns="customer"))


def test_pm4py_opens_it_as_a_normal_event_log(tmp_path: Path) -> None:
    """Without renaming a column, and with the counts that cjmine has."""
    frame = pd.read_parquet(saved(log(SMALL), tmp_path / "log.parquet"))
    assert pm4py.get_variants(frame) == {("Search", "Buy"): 1, ("Search", "Call", "Call"): 1}
    graph, starts, ends = pm4py.discover_dfg(frame)
    assert graph == {("Search", "Buy"): 1, ("Search", "Call"): 1, ("Call", "Call"): 1}
    assert (starts, ends) == ({"Search": 2}, {"Buy": 1, "Call": 1})


def test_the_file_is_sorted_by_case_and_time(tmp_path: Path) -> None:
    given_log = log("zoe: B@9 A@1\nann: C@5 B@5 A@2")
    frame = pd.read_parquet(saved(given_log, tmp_path / "log.parquet"))
    cases = frame["case:concept:name"].astype(str)
    assert list(cases) == ["ann", "ann", "ann", "zoe", "zoe"]
    assert frame["concept:name"].tolist() == ["A", "C", "B", "A", "B"]


def test_rows_of_customers_in_another_order_give_the_same_bytes(tmp_path: Path) -> None:
    lines = ["ann: Search@5 Buy@5 Call@1", "bob: Zoo@0 Search@9@call", "zoe: Search@0@web"]
    files = [
        saved(log("\n".join(order)), tmp_path / f"{number}.parquet")
        for number, order in enumerate([lines, lines[::-1], [lines[1], lines[2], lines[0]]])
    ]
    assert len({file.read_bytes() for file in files}) == 1


def test_a_log_of_many_names_and_row_groups_is_read_as_it_was(tmp_path: Path) -> None:
    """Parquet may give up its dictionary, and has one a row group; codes must still agree."""
    given_log = log_from([(f"{n % 5000:05d}", f"step {n % 701}", n) for n in range(30_000)])
    file = saved(given_log, tmp_path / "log.parquet")
    table = pq.read_table(file)
    pq.write_table(table, file, row_group_size=7000)
    again = read_log(file, "log")
    assert again.table.to_pylist() == given_log.table.to_pylist()
    assert again.names("activity") and again.events == 30_000


def test_an_empty_log_is_read_back(tmp_path: Path) -> None:
    again = read_log(saved(log(""), tmp_path / "log.parquet"), "log")
    assert (again.events, again.activities, again.period) == (0, (), None)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.99])
def test_a_truncated_file_is_refused(tmp_path: Path, share: float) -> None:
    file = saved(log(SMALL, about=ABOUT), tmp_path / "log.parquet")
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * share)])
    assert not is_log_file(file)
    refused(file)


def test_no_damage_of_a_byte_escapes_as_another_error(tmp_path: Path) -> None:
    """Every single byte is flipped once: the log is read, or refused with L122."""
    file = saved(log("ann: A B", about=ABOUT), tmp_path / "log.parquet")
    whole = file.read_bytes()
    outcomes = set()
    for place in range(len(whole)):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            read_log(file, "log")
            outcomes.add("read")
        except DataError as error:
            assert error.code is Code.LOG_FORMAT
            outcomes.add("refused")
    assert "refused" in outcomes


def test_a_log_that_needs_more_memory_than_there_is_is_not_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Arrow's error about memory is one of its own and a MemoryError."""

    def read(*_: object, **__: object) -> None:
        raise pa.ArrowMemoryError("malloc of size 9 failed")

    file = saved(log(SMALL), tmp_path / "log.parquet")
    monkeypatch.setattr(pq.ParquetFile, "read_row_groups", read)
    with pytest.raises(MemoryError):
        read_log(file, "log")
    monkeypatch.setattr(pq, "read_metadata", read)
    with pytest.raises(MemoryError):
        read_log(file, "log")


def test_a_foreign_parquet_file_and_other_files_are_refused(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.parquet"
    pq.write_table(pa.table({"case:concept:name": ["a"], "concept:name": ["b"]}), foreign)
    text = tmp_path / "text.parquet"
    text.write_text("case,activity\n")
    for file in (foreign, text, tmp_path, tmp_path / "absent.parquet"):
        assert not is_log_file(file)
        assert "not a readable event log" in refused(file)


def test_a_newer_schema_is_refused_with_its_reason(tmp_path: Path) -> None:
    file = saved(log(SMALL), tmp_path / "log.parquet")
    table = pq.read_table(file)
    about = json.loads(table.schema.metadata[b"cjmine"])
    about["schema"] = "2"
    pq.write_table(table.replace_schema_metadata({b"cjmine": json.dumps(about).encode()}), file)
    assert "newer version" in refused(file)


@pytest.mark.parametrize(
    "metadata",
    [
        b"",
        b"[]",
        b"{}",
        b"null",
        b"\xff",
        b'{"schema": "1"}',
        b'{"schema": "1", "cases": "customer", "key_id": null, "observed_from": null,'
        b' "observed_until": null, "sources": {}, "notes": []}',
        b'{"schema": "1", "cases": "customer", "key_id": null, "observed_from": null,'
        b' "observed_until": null, "sources": [["a", "csv", 5, 1]], "notes": []}',
        b'{"schema": "1", "cases": "customer", "key_id": null, "observed_from": null,'
        b' "observed_until": null, "sources": [], "notes": [["N999", "?"]]}',
        b'{"schema": "1", "cases": "sometimes", "key_id": null, "observed_from": null,'
        b' "observed_until": null, "sources": [], "notes": []}',
    ],
)
def test_metadata_that_are_not_ours_are_refused(tmp_path: Path, metadata: bytes) -> None:
    """Wrong shapes, rows that do not add up, unknown codes and words."""
    file = saved(log(SMALL), tmp_path / "log.parquet")
    table = pq.read_table(file)
    pq.write_table(table.replace_schema_metadata({b"cjmine": metadata}), file)
    refused(file)


@pytest.mark.parametrize("order", [[1, 0, 2, 3, 4], [0, 2, 1, 3, 4], [0, 1, 4, 3, 2]])
def test_a_log_out_of_order_is_refused(tmp_path: Path, order: list[int]) -> None:
    """By time within a customer, and customers in pieces; the last swap ties and is in order."""
    file = rewritten(log(SMALL), tmp_path / "log.parquet", lambda table: table.take(order))
    if order == [0, 1, 4, 3, 2]:
        assert read_log(file, "log").events == 5
    else:
        assert "not in order" in refused(file)


@pytest.mark.parametrize("name", ["case:concept:name", "concept:name", "time:timestamp"])
def test_a_log_without_a_column_it_must_have_is_refused(tmp_path: Path, name: str) -> None:
    refused(rewritten(log(SMALL), tmp_path / "log.parquet", lambda table: table.drop([name])))


@pytest.mark.parametrize("name", ["case:concept:name", "concept:name", "time:timestamp"])
def test_a_log_with_a_hole_in_a_column_it_must_fill_is_refused(tmp_path: Path, name: str) -> None:
    def holed(table: pa.Table) -> pa.Table:
        place = table.column_names.index(name)
        values = table.column(name).to_pylist()
        return table.set_column(
            place, name, pa.array([None, *values[1:]], table.schema.field(name).type)
        )

    refused(rewritten(log(SMALL), tmp_path / "log.parquet", holed))


def test_a_time_of_another_type_is_refused(tmp_path: Path) -> None:
    def local(table: pa.Table) -> pa.Table:
        place = table.column_names.index("time:timestamp")
        naive = table.column("time:timestamp").cast(pa.timestamp("us"))
        return table.set_column(place, "time:timestamp", naive)

    assert "lacks columns" in refused(rewritten(log(SMALL), tmp_path / "log.parquet", local))


def test_a_log_says_that_it_was_made_with_a_thrown_away_key(tmp_path: Path) -> None:
    """No key id: the file can be read and never be linked."""
    unkeyed = log(SMALL, about=replace(ABOUT, key_id=None))
    assert read_log(saved(unkeyed, tmp_path / "log.parquet"), "log").about.key_id is None


def test_a_log_keeps_how_many_customers_have_no_event(tmp_path: Path) -> None:
    """Of the customer table: two numbers, and nothing else."""
    made = log("ann: Search")
    about = replace(made.about, registered=Registered(9, 4))
    write_log(EventLog(made.table, about), tmp_path / "log.parquet")
    assert read_log(tmp_path / "log.parquet", "log").about.registered == Registered(9, 4)
