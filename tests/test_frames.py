"""Data frames are read like files: the same log, the same checks, no value in any message."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import cjmine
from cjmine.errors import Code, DataError, UsageError

CSV = """who,what,when,plan,unused
0071,Search,2026-03-02 10:00:00,gold,x
0071,Buy,2026-03-02 10:05:00.123456,gold,y
12,Search,2026-10-25 02:30:00,free,z
,Search,2026-03-04 10:00:00,free,z
"""
HOW: dict[str, Any] = {
    "customer": "who",
    "activity": "what",
    "timestamp": "when",
    "keep": "plan",
    "tz": "Europe/Amsterdam",
}


@pytest.fixture(autouse=True)
def one_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same tokens in every load of a test."""
    monkeypatch.setenv("CJMINE_KEY", "00112233445566778899aabbccddeeff" * 2)


def text() -> pd.DataFrame:
    return pd.read_csv(io.StringIO(CSV), dtype=str)


def typed() -> pd.DataFrame:
    frame = text()
    return frame.assign(
        when=pd.to_datetime(frame["when"], format="ISO8601"),
        what=frame["what"].astype("category"),
        who=frame["who"].astype(object),
        plan=pd.Categorical(frame["plan"], categories=["never", "free", "gold"]),
    )


def zoned() -> pd.DataFrame:
    frame = typed()
    return frame.assign(when=frame["when"].dt.tz_localize("Europe/Amsterdam", ambiguous=False))


FRAMES: dict[str, Callable[[], object]] = {
    "pandas, text": text,
    "pandas, objects": lambda: text().astype(object),
    "pandas, times and categories": typed,
    "pandas, nanoseconds": lambda: typed().astype({"when": "datetime64[ns]"}),
    "pandas, times with a zone": zoned,
    "pandas, an index of its own": lambda: typed().set_index(pd.Index([7, 7, 1, 0], name="who")),
    "polars": lambda: pl.from_pandas(typed()),
    "polars, times with a zone": lambda: pl.from_pandas(zoned()),
    "polars, in parts": lambda: pl.concat(
        [pl.from_pandas(text())[:1], pl.from_pandas(text())[1:]], rechunk=False
    ),
    "arrow table": lambda: pa.Table.from_pandas(typed(), preserve_index=False),
    "arrow batch": lambda: pa.RecordBatch.from_pandas(text()),
    "arrow, string views": lambda: pa.table(
        {name: pa.array(column, pa.string_view()) for name, column in text().items()}
    ),
}


@pytest.mark.parametrize("kind", FRAMES)
def test_a_frame_and_the_same_file_give_the_same_log(tmp_path: Path, kind: str) -> None:
    """As CSV and as Parquet: the same events, order, tokens, account and notes."""
    (tmp_path / "a.csv").write_text(CSV)
    pq.write_table(pa.Table.from_pandas(typed(), preserve_index=False), tmp_path / "a.parquet")
    given = cjmine.from_frame(FRAMES[kind](), **HOW)
    assert given.events == 3
    for file in ("a.csv", "a.parquet"):
        loaded = cjmine.load(tmp_path / file, **HOW)
        assert given.table.equals(loaded.table)
        ours, theirs = given.about.sources[0], loaded.about.sources[0]
        assert (ours.read, ours.loaded, ours.filtered) == (4, 3, 1)
        assert (theirs.read, theirs.loaded, theirs.filtered) == (4, 3, 1)
        clock = {Code.CLOCK_CHANGE} if "with a zone" in kind else set()  # nothing to guess there
        notes = [{note.code for note in log.about.notes} - clock for log in (given, loaded)]
        assert notes[0] == notes[1]


@pytest.mark.parametrize("ids", [np.int64, np.uint8, "Int64", float])
def test_whole_numbers_are_ids_without_a_fraction(tmp_path: Path, ids: Any) -> None:
    """7 is 7, whether the column held integers, nullable ones or floats for lack of them."""
    (tmp_path / "a.csv").write_text("who,what,when\n7,Search,2026-03-02T10:00:00Z\n")
    how = {"customer": "who", "activity": "what", "timestamp": "when"}
    frame = pd.read_csv(tmp_path / "a.csv").astype({"who": ids})
    assert cjmine.from_frame(frame, **how).table.equals(
        cjmine.load(tmp_path / "a.csv", **how).table
    )


def test_columns_are_recognised_as_in_a_file() -> None:
    frame = text().rename(columns={"who": "customer", "what": "activity", "when": "timestamp"})
    assert cjmine.from_frame(frame).events == 3


def test_a_process_log_keeps_its_cases() -> None:
    frame = text().rename(
        columns={
            "who": "case:concept:name",
            "what": "concept:name",
            "when": "time:timestamp",
        }
    )
    assert cjmine.from_frame(frame.dropna()).about.cases == "given"


BAD: dict[str, tuple[Callable[[pd.DataFrame], pd.DataFrame], Code, int | None]] = {
    "a time that is none": (
        lambda one: one.assign(when=["2026-03-02 10:00:00", "secret", *one["when"][2:]]),
        Code.TIME_UNREADABLE,
        2,
    ),
    "offsets that come and go": (
        lambda one: one.assign(
            when=[
                "2026-03-02 10:00:00",
                "2026-03-02 10:00:00+01:00",
                "2026-03-02 10:00:00",
                "2026-03-02 10:00:00",
            ]
        ),
        Code.ZONES_MIXED,
        2,
    ),
    "objects with and without a zone": (
        lambda one: one.assign(
            when=[pd.Timestamp("2026-03-02"), pd.Timestamp("2026-03-02", tz="UTC")] * 2
        ),
        Code.ZONES_MIXED,
        2,
    ),
    "day or month first": (
        lambda one: one.assign(when=["02/03/2026 10:00:00"] * 4),
        Code.DAY_MONTH_UNCLEAR,
        None,
    ),
    "an empty activity": (
        lambda one: one.assign(what=["Search", None, "Search", "Search"]),
        Code.VALUE_MISSING,
        2,
    ),
    "a year that is implausible": (
        lambda one: one.assign(when=pd.to_datetime(["2026-03-02", "1066-10-14"] * 2)),
        Code.TIME_IMPLAUSIBLE,
        2,
    ),
    "a column that is missing": (lambda one: one.drop(columns="who"), Code.COLUMN_MISSING, None),
    "two columns of one name": (
        lambda one: pd.concat([one, one[["who"]]], axis=1),
        Code.HEADER_MISSING,
        None,
    ),
    "no columns": (lambda one: one[[]], Code.HEADER_MISSING, None),
    "no rows": (lambda one: one.iloc[:0], Code.NO_EVENTS, None),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("polars", [False, True])
def test_a_bad_frame_is_an_error_with_its_row_and_no_value(name: str, polars: bool) -> None:
    """The code that a file would give; the row counts from 1."""
    spoil, code, row = BAD[name]
    frame: Any = spoil(text())
    if polars and (name.startswith("objects") or not frame.columns.is_unique):
        pytest.skip("polars has no such frame")
    with pytest.raises(DataError) as caught:
        cjmine.from_frame(pl.from_pandas(frame) if polars else frame, **HOW)
    found = [problem for problem in caught.value.problems if problem.code is code]
    assert found, caught.value
    assert found[0].place.record == row
    said = repr(caught.value.problems)
    assert "secret" not in said and "0071" not in said and "Traceback" not in said


def test_placeholders_are_nobody(tmp_path: Path) -> None:
    """An export's N/A is no customer, in a frame as in a file."""
    frame = text().assign(who=["N/A", "unknown", "12", "12"])
    log = cjmine.from_frame(frame, **HOW)
    assert log.about.sources[0].filtered == 2
    assert Code.PLACEHOLDER_IDS in {note.code for note in log.about.notes}


@pytest.mark.parametrize("given", [5, "a.csv", None, {"who": [1]}, pl.LazyFrame({"who": [1]})])
def test_what_is_no_frame_is_refused_with_advice(given: object) -> None:
    with pytest.raises(UsageError) as caught:
        cjmine.from_frame(given)
    assert caught.value.problems[0].remedy


def test_a_frame_stays_as_it_was() -> None:
    before = zoned()
    frame = before.copy(deep=True)
    cjmine.from_frame(frame, **HOW)
    pd.testing.assert_frame_equal(frame, before)


def test_a_frame_is_pseudonymised_at_the_door() -> None:
    """No raw id is in the log, in what it prints or in what it shows of itself."""
    log = cjmine.from_frame(text().assign(who=["canary-1", "canary-2", "canary-3", None]), **HOW)
    shown = repr(log) + log._repr_html_() + str(log.table.to_pydict()) + repr(log.about)
    assert "canary" not in shown
    assert all(name.startswith("customer_") for name in log.names("customer"))


def test_columns_that_no_file_could_hold_are_left_out() -> None:
    """Lists, bytes and objects beside the columns that matter do no harm."""
    frame = text().assign(unused=[[1], [2], [3], []], more=[b"a", b"b", b"c", b"d"])
    assert cjmine.from_frame(frame, **HOW).events == 3
    assert (
        cjmine.from_frame(pl.DataFrame({**text(), "more": [[1], [2], [], [4]]}), **HOW).events == 3
    )


def test_a_script_that_ends_at_once_ends_well() -> None:
    """The engine is gone before the interpreter is."""
    script = (
        "import cjmine, pyarrow as pa\n"
        "cjmine.from_frame(pa.table({'customer': ['a'], 'activity': ['A'],"
        " 'time': ['2026-03-02T10:00:00Z']}))\n"
    )
    for _ in range(5):
        subprocess.run([sys.executable, "-c", script], check=True)
