"""Parquet: typed times keep their meaning, everything else is text, damage is named."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from loaders.reading import EVENTS, Outcome, inspected, outcome, roles, source

from cjmine.errors import Code, DataError
from cjmine.loaders.batch import LeftOut
from cjmine.sources import Identifier, Roles, TimeColumn

NOON = datetime(2024, 5, 13, 12)
BASE = {"customer": ["c1", "c2"], "activity": ["a", "b"]}


def stored(folder: Path, columns: dict[str, object], name: str = "events.parquet") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(columns), path)
    return path


def from_parquet(folder: Path, columns: dict[str, object], declared: Roles = EVENTS) -> Outcome:
    return outcome(source(stored(folder, columns), "parquet", declared))


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_naive_times_are_read_in_the_declared_zone(tmp_path: Path, unit: str) -> None:
    """Every unit; without a zone as they stand."""
    columns = {**BASE, "time": pa.array([NOON, NOON], pa.timestamp(unit))}
    found = from_parquet(tmp_path, columns)
    assert found.moments == ["2024-05-13T12:00:00"] * 2
    assert found.clock.naive == 2
    there = from_parquet(tmp_path, columns, roles("Europe/Amsterdam"))
    assert there.moments == ["2024-05-13T10:00:00"] * 2


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("zone", ["UTC", "Europe/Amsterdam", "+02:00"])
def test_zoned_times_are_instants(tmp_path: Path, unit: str, zone: str) -> None:
    """The stored zone is for show; a declared one changes nothing."""
    instants = pa.array([NOON, NOON], pa.timestamp(unit, "UTC")).cast(pa.timestamp(unit, zone))
    for declared in (EVENTS, roles("America/New_York")):
        found = from_parquet(tmp_path, {**BASE, "time": instants}, declared)
        assert found.moments == ["2024-05-13T12:00:00"] * 2
        assert (found.clock.zoned, found.clock.naive) == (2, 0)


@pytest.mark.parametrize("zone", [None, "UTC"])
def test_nanoseconds_are_cut_off(tmp_path: Path, zone: str | None) -> None:
    """As in text: cut to the microsecond, never rounded into the next second."""
    times = pa.array([1715594400_999999999, 1715594400_123456789], pa.timestamp("ns", zone))
    found = from_parquet(tmp_path, {**BASE, "time": times}, roles("UTC"))
    assert found.times == [1715594400_999999, 1715594400_123456]


def test_clock_changes_are_counted(tmp_path: Path) -> None:
    """As in text."""
    times = pa.array([datetime(2024, 10, 27, 2, 30), datetime(2024, 3, 31, 2, 30)])
    found = from_parquet(tmp_path, {**BASE, "time": times}, roles("Europe/Amsterdam"))
    assert (found.clock.doubled_hour, found.clock.skipped_hour) == (1, 1)
    assert found.moments == ["2024-10-27T01:30:00", "2024-03-31T01:30:00"]


def test_dates_are_counted_as_dates(tmp_path: Path) -> None:
    """A day without a time is midnight, and the clock says how many there were."""
    found = from_parquet(tmp_path, {**BASE, "time": [date(2024, 5, 13), date(2024, 5, 14)]})
    assert found.moments == ["2024-05-13T00:00:00", "2024-05-14T00:00:00"]
    assert found.clock.dates_only == 2


@pytest.mark.parametrize(
    ("values", "utc"),
    [
        (["2024-05-13 12:00:00", "2024-05-14 12:00:00"], "2024-05-13T10:00:00"),
        (["2024-05-13T12:00:00Z", "2024-05-14T12:00:00Z"], "2024-05-13T12:00:00"),
        ([1715601600, 1715601601], "2024-05-13T12:00:00"),
        ([1715601600000, 1715601600001], "2024-05-13T12:00:00"),
    ],
)
def test_times_as_text_and_numbers(tmp_path: Path, values: list[object], utc: str) -> None:
    """Read like those of any table."""
    found = from_parquet(tmp_path, {**BASE, "time": values}, roles("Europe/Amsterdam"))
    assert found.moments[0] == utc


def test_bad_typed_times_are_rejected(tmp_path: Path) -> None:
    """Null and year 102, by record."""
    columns = {
        "customer": ["c1", "c2", "c3"],
        "activity": ["a", "b", "c"],
        "time": pa.array([None, datetime(102, 1, 1), NOON]),
    }
    found = from_parquet(tmp_path, columns)
    assert found.places == [(1, None, "L108"), (2, None, "L116")]
    assert found.activities == ["c"]


@pytest.mark.parametrize(
    "values", [pa.array([1e16, 2.0**53]), pa.array([16777216.0, 3e9], pa.float32())]
)
def test_a_number_that_its_type_cannot_hold_is_no_customer(
    tmp_path: Path, values: pa.Array
) -> None:
    """Several numbers are rounded to the same: it is refused, not guessed."""
    columns = {"customer": values, "activity": ["a", "b"], "time": pa.array([NOON, NOON])}
    assert from_parquet(tmp_path, columns).places == [(1, None, "L128"), (2, None, "L128")]


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        (pa.array([1, 2]), ["1", "2"]),
        (pa.array([612345678.0, 2.0**53 - 1]), ["612345678", "9007199254740991"]),
        (pa.array([16777215.0, 7.0], pa.float32()), ["16777215", "7"]),
        (pa.array([1.5, -0.25]), ["1.5", "-0.25"]),
        (pa.array([Decimal("1.50"), Decimal("2.00")]), ["1.50", "2.00"]),
        (pa.array([True, False]), ["true", "false"]),
        (pa.array(["é", "😀"]).dictionary_encode(), ["é", "😀"]),
        (pa.array([2**63 - 1, -(2**63)]), [str(2**63 - 1), str(-(2**63))]),
        (pa.array(["0031", "007"], pa.large_string()), ["0031", "007"]),
    ],
)
def test_other_types_become_text(tmp_path: Path, values: pa.Array, texts: list[str]) -> None:
    """Numbers that a data frame turned into floats become whole again, so that they link."""
    columns = {"customer": values, "activity": values, "time": pa.array([NOON, NOON])}
    found = from_parquet(tmp_path, columns)
    assert (found.customers, found.activities) == (texts, texts)


def test_nulls_are_nobody_and_rejects(tmp_path: Path) -> None:
    """As in every table."""
    columns = {
        "customer": pa.array([None, "c", "c", float("nan") and "c"]),
        "activity": ["a", None, "", "a"],
        "time": pa.array([NOON] * 4),
    }
    found = from_parquet(tmp_path, columns)
    assert found.filtered == {LeftOut.NOBODY: 1}
    assert found.places == [(2, None, "L117"), (3, None, "L117")]


def test_nested_columns_are_ignored(tmp_path: Path) -> None:
    """Structures, lists, maps and bytes are no columns; they are not even asked about."""
    columns = {
        **BASE,
        "time": pa.array([NOON, NOON]),
        "struct": [{"a": 1}, {"a": 2}],
        "list": [[1], [2]],
        "map": pa.array([[("a", 1)], []], pa.map_(pa.string(), pa.int64())),
        "fixed": pa.array([[1, 2], [3, 4]], pa.list_(pa.int64(), 2)),
        "bytes": [b"x", b"y"],
        "plain": ["x", "y"],
    }
    assert from_parquet(tmp_path, columns).loaded == 2
    inspection = inspected(source(tmp_path / "events.parquet", "parquet"))
    assert inspection.dropped == ("plain",)
    with pytest.raises(DataError) as caught:
        from_parquet(tmp_path, {"struct": [{"a": 1}]})
    assert caught.value.code is Code.HEADER_MISSING


@pytest.mark.parametrize("name", ['cu"st', "a;b", "two\nlines", "😀", "a'b", "a.b", "%s"])
def test_hostile_column_names(tmp_path: Path, name: str) -> None:
    """A name is never a piece of SQL."""
    columns = {name: ["c1", "c2"], "activity": ["a", "b"], "time": pa.array([NOON, NOON])}
    declared = Roles(TimeColumn(("time",)), "activity", Identifier(name))
    assert from_parquet(tmp_path, columns, declared).customers == ["c1", "c2"]


@pytest.mark.parametrize(
    "name", ["x[1].parquet", "customer=zz/activity=yy/events.parquet", "x.pq", "gzip json.parquet"]
)
def test_names_of_files_and_folders_mean_nothing(tmp_path: Path, name: str) -> None:
    """A folder called customer=zz does not stand in for the column of the file."""
    stored(
        tmp_path, {"customer": ["wrong"], "activity": ["a"], "time": pa.array([NOON])}, "x1.parquet"
    )
    path = stored(tmp_path, {**BASE, "time": pa.array([NOON, NOON])}, name)
    found = outcome(source(path, "parquet"))
    assert (found.customers, found.activities) == (["c1", "c2"], ["a", "b"])


def test_several_time_columns_are_joined(tmp_path: Path) -> None:
    """A typed date and a time of day as text."""
    columns = {**BASE, "day": [date(2024, 5, 13), None], "clock": ["12:00:00", "12:00:00"]}
    found = from_parquet(tmp_path, columns, roles("UTC", None, ("day", "clock")))
    assert found.moments == ["2024-05-13T12:00:00"]
    assert found.places == [(2, None, "L108")]


def test_row_groups_keep_the_order(tmp_path: Path) -> None:
    """Many small groups: file order and record numbers go on."""
    count = 50_000
    customers = [f"c{number}" for number in range(count)]
    activities: list[str | None] = ["a"] * count
    activities[40_000] = None
    table = pa.table(
        {
            "customer": customers,
            "activity": activities,
            "time": pc.cast(pa.array([NOON] * count), pa.timestamp("us")),
        }
    )
    path = tmp_path / "events.parquet"
    pq.write_table(table, path, row_group_size=777)
    found = outcome(source(path, "parquet"))
    assert found.places == [(40_001, None, "L117")]
    assert found.customers == customers[:40_000] + customers[40_001:]


def test_a_table_without_rows_is_read_as_nothing(tmp_path: Path) -> None:
    """Typed or as text."""
    empty = pa.array([], pa.string())
    for time in (empty, pa.array([], pa.timestamp("us"))):
        found = from_parquet(tmp_path, {"customer": empty, "activity": empty, "time": time})
        assert (found.read, found.loaded) == (0, 0)


def test_damaged_files_are_refused(tmp_path: Path) -> None:
    """L122 whatever is broken and whatever the file is called; nothing of the engine's words."""
    rows = 20_000
    path = stored(
        tmp_path,
        {
            "customer": [f"geheim{number * 7919 % 104729}" for number in range(rows)],
            "activity": ["a"] * rows,
            "time": pa.array([NOON] * rows),
        },
    )
    whole = path.read_bytes()
    middle = bytearray(whole)
    middle[2000:2600] = bytes(600)
    for damaged in (whole[:-30], whole[:-1], b"PAR1" + b"x" * 500, bytes(middle), b"PAR1"):
        broken = tmp_path / "export.dat"
        broken.write_bytes(damaged)
        with pytest.raises(DataError) as caught:
            outcome(source(broken, "parquet"))
        assert caught.value.code is Code.LOG_FORMAT
        assert "geheim" not in repr(caught.value.problems)


def test_an_empty_file_is_called_empty(tmp_path: Path) -> None:
    """L103 as for every format."""
    path = tmp_path / "events.parquet"
    path.write_bytes(b"")
    with pytest.raises(DataError) as caught:
        outcome(source(path, "parquet"))
    assert caught.value.code is Code.FILE_EMPTY
