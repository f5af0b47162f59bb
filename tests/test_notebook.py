"""The Python interface: few names, light to import, data frames that are what they promise."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from eventlog_rows import rows
from notation import log
from test_deliver import brought, export

import cjmine
from cjmine.errors import Code, DataError, OutputError, PrivacyError, UsageError
from cjmine.eventlog.log import EventLog
from cjmine.notebook import Found
from cjmine.privacy.key import new_key, read_key

CSV = """customer,activity,time,plan
ann,Search,2026-03-02 10:00:00,gold
ann,Buy,2026-03-02 10:05:00,gold
bob,Search,2026-03-03 10:00:00,free
"""
SHOP = """
    ann: Search@0@web@plan=gold Buy@70.5@call Buy@99
    bob: Search@0@web@plan=free View@30@web
"""


@pytest.fixture(autouse=True)
def no_key_around(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CJMINE_KEY", raising=False)


@pytest.fixture
def web(tmp_path: Path) -> Path:
    file = tmp_path / "web.csv"
    file.write_text(CSV)
    return file


def measured(text: str = SHOP, **how) -> Found:
    return cjmine.discover(log(text), **{"min_group": 1, **how})


def test_the_public_names_are_exactly_these() -> None:
    """Adding one is a decision; taking one away breaks somebody's notebook."""
    assert sorted(cjmine.__all__) == [
        "CheckedJourney",
        "CjmineError",
        "EventLog",
        "Found",
        "Journey",
        "Share",
        "__version__",
        "check",
        "discover",
        "from_frame",
        "load",
        "read",
        "save",
    ]
    assert dir(cjmine) == sorted(cjmine.__all__)
    for name in cjmine.__all__:
        assert getattr(cjmine, name).__doc__ or name == "__version__"


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'discovr'"):
        _ = cjmine.discovr


@pytest.mark.parametrize("module", ["numpy", "pandas", "pyarrow", "duckdb", "pm4py", "pydantic"])
def test_importing_cjmine_imports_nothing_heavy(module: str) -> None:
    script = f"import sys, cjmine; sys.exit({module!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_measuring_imports_neither_pandas_nor_pm4py() -> None:
    """They come with the first data frame, and with the first process model."""
    script = (
        "import sys, cjmine\n"
        "from cjmine.eventlog.build import log_of\n"
        "found = cjmine.discover(log_of([('ann', 'Search', 0)]), min_group=1)\n"
        "repr(found)\n"
        "assert 'pandas' not in sys.modules and 'pm4py' not in sys.modules\n"
        "found.activities\n"
        "assert 'pandas' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", script], check=True)


def test_arguments_stay_as_they_are() -> None:
    """Notebooks call these by name."""
    assert list(inspect.signature(cjmine.discover).parameters) == [
        "log",
        "goal",
        "entry",
        "gap",
        "until_goal",
        "by",
        "top",
        "min_group",
        "release",
        "observed_from",
        "observed_until",
        "deadline",
    ]
    assert list(inspect.signature(cjmine.load).parameters) == [
        "files",
        "case",
        "customer",
        "activity",
        "timestamp",
        "channel",
        "tz",
        "time_format",
        "region",
        "object_type",
        "keep",
        "max_rejects",
        "config",
        "key_file",
        "max_bytes",
    ]
    assert inspect.signature(cjmine.discover).parameters["min_group"].default == 10


# Data frames


COLUMNS = {
    "activities": {
        "activity": "string",
        "events": "Int64",
        "journeys": "Int64",
        "starts_here": "Int64",
        "ends_here": "Int64",
    },
    "directly_follows": {
        "from": "string",
        "to": "string",
        "count": "Int64",
        "median_seconds": "Float64",
        "p90_seconds": "Float64",
    },
    "variants": {
        "activities": "object",
        "journeys": "Int64",
        "is_folded": "boolean",
        "number": "Int64",
    },
    "channels": {"channel": "string", "events": "Int64", "journeys": "Int64"},
    "switches": {"from": "string", "to": "string", "count": "Int64", "journeys": "Int64"},
    "loops": {
        "activity": "string",
        "journeys": "Int64",
        "of": "Int64",
        "at_once": "Int64",
        "returns": "Int64",
    },
    "segments": {"value": "string", "journeys": "Int64", "reached": "Int64", "of": "Int64"},
}


@pytest.mark.parametrize("name", COLUMNS)
def test_a_frame_has_its_columns_and_types(name: str) -> None:
    frame = getattr(measured(goal="Buy", by="plan"), name)
    assert isinstance(frame, pd.DataFrame)
    assert len(frame) > 0
    assert {column: str(kind) for column, kind in frame.dtypes.items()} == COLUMNS[name]


@pytest.mark.parametrize("name", COLUMNS)
def test_an_empty_frame_has_its_columns(name: str) -> None:
    frame = getattr(cjmine.discover(log("")), name)
    assert (list(frame.columns), len(frame)) == (list(COLUMNS[name]), 0)


@pytest.mark.parametrize("name", COLUMNS)
def test_every_column_is_described(name: str) -> None:
    described = inspect.getdoc(getattr(Found, name))
    assert all(column in described for column in COLUMNS[name])


def test_frames_hold_the_rows_of_the_result() -> None:
    found = measured(goal="Buy", by="plan")
    assert found.activities.iloc[0].tolist() == ["Search", 2, 2, 2, 0]
    assert found.directly_follows.iloc[0].tolist() == ["Buy", "Buy", 1, 28.5, 28.5]
    assert found.variants["activities"].tolist() == [("Search", "Buy", "Buy"), ("Search", "View")]
    assert found.switches.iloc[0].tolist() == ["web", "call", 1, 1]
    assert found.loops.iloc[0].tolist() == ["Buy", 1, 1, 1, 0]
    assert found.segments.to_dict("records") == [
        {"value": "free", "journeys": 1, "reached": 0, "of": 1},
        {"value": "gold", "journeys": 1, "reached": 1, "of": 1},
    ]
    assert repr(found.goal_rate) == "50.0 % (0.3 to 99.7), 1 of 2"


def test_what_is_withheld_is_missing_and_not_zero() -> None:
    """Waits of a dozen customers need more of them; their count is shown."""
    found = cjmine.discover(log("\n".join(f"c{number}: A B" for number in range(12))))
    flow = found.directly_follows.iloc[0]
    assert flow["count"] == 12
    assert pd.isna(flow["median_seconds"])


def test_a_result_prints_the_screen() -> None:
    """The same that `cjmine discover` shows; never a memory address, never a token."""
    shown = repr(measured("customer_bcd: Search Buy\ncustomer_fgh: Search", goal="Buy"))
    assert "Search" in shown and "Buy" in shown
    assert "customer_" not in shown
    assert " object at " not in shown
    assert "1 of 2" in shown


def test_one_name_and_several_names_are_both_understood() -> None:
    one, several = measured(goal="Buy"), measured(goal=["Buy", "View"])
    assert (one.result.goal.activities, several.result.goal.activities) == (
        ("Buy",),
        ("Buy", "View"),
    )
    assert (one.goal_rate.n, several.goal_rate.n) == (1, 2)
    assert measured(entry="View").size.journeys == measured(entry=("View",)).size.journeys == 1


def test_a_gap_is_written_with_its_unit() -> None:
    text = "ann: A@0 B@2h"
    assert measured(text, gap="90m").size.journeys == 2
    assert measured(text, gap="2h").size.journeys == 1
    with pytest.raises(UsageError):
        measured(text, gap="90")


def test_until_goal_and_top_reach_the_result() -> None:
    text = "ann: A Buy A Buy\nbob: A"
    found = measured(text, goal="Buy", until_goal=True, top=1)
    assert (found.size.journeys, len(found.variants), found.size.variants) == (3, 1, 2)


def test_few_customers_are_refused_until_asked_otherwise() -> None:
    with pytest.raises(PrivacyError) as caught:
        cjmine.discover(log(SHOP))
    assert caught.value.code is Code.TOO_FEW_CUSTOMERS
    assert isinstance(caught.value, cjmine.CjmineError)


# Loading, saving, reading


def test_a_log_that_is_loaded_prints_its_size_and_no_row(web: Path) -> None:
    assert repr(cjmine.load(web)) == "<cjmine.EventLog 3 events, 2 customers, 2 activities>"


def test_arguments_of_load_reach_the_loaders(web: Path) -> None:
    named = web.with_name("other.csv")
    named.write_text(CSV.replace("customer,activity,time,plan", "a,b,c,d"))
    found = cjmine.load(
        named, customer="a", activity="b", timestamp="c", channel="d", tz="Europe/Amsterdam"
    )
    assert found.names("channel") == ("free", "gold")
    assert found.to_pandas()["time:timestamp"].min().isoformat() == "2026-03-02T09:00:00+00:00"
    assert cjmine.load(web, case="customer").about.cases == "given"
    assert cjmine.load(web, keep="plan").attributes == ("plan",)
    assert cjmine.load(str(web), time_format="%Y-%m-%d %H:%M:%S").events == 3


def test_bad_records_stop_a_load_until_asked_otherwise(web: Path) -> None:
    web.write_text(CSV + "eva,Search,2026-13-99 10:00:00,free\n")
    with pytest.raises(DataError) as caught:
        cjmine.load(web)
    assert caught.value.code is Code.REJECTS_OVER_BUDGET
    assert cjmine.load(web, max_rejects=1).events == 3


def test_a_saved_log_is_read_as_it_was(web: Path, tmp_path: Path) -> None:
    new_key(tmp_path / "my.key")
    kept = cjmine.load(web, key_file=tmp_path / "my.key")
    cjmine.save(kept, tmp_path / "log.parquet")
    again = cjmine.read(tmp_path / "log.parquet")
    assert isinstance(again, EventLog)
    assert again.about == kept.about
    assert again.to_pandas().equals(kept.to_pandas())
    assert cjmine.read(str(tmp_path / "log.parquet")).events == 3


def test_two_loads_with_one_key_can_be_linked(web: Path, tmp_path: Path) -> None:
    new_key(tmp_path / "my.key")
    one, two = (cjmine.load(web, key_file=tmp_path / "my.key") for _ in range(2))
    assert one.names("customer") == two.names("customer")
    assert one.about.key_id is not None


def test_a_key_of_the_environment_is_used(
    web: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = new_key(tmp_path / "my.key")
    monkeypatch.setenv("CJMINE_KEY", key.master.hex())
    assert cjmine.load(web).about.key_id == key.id


def test_a_log_of_a_thrown_away_key_is_not_saved(web: Path, tmp_path: Path) -> None:
    """Its pseudonyms could never be linked again, not even by a deletion request."""
    file = tmp_path / "log.parquet"
    with pytest.raises(PrivacyError) as caught:
        cjmine.save(cjmine.load(web), file)
    assert caught.value.code is Code.KEY_MISSING
    assert "new-key" in caught.value.problems[0].remedy
    assert not file.exists()


def test_a_log_that_cannot_be_written_is_an_output_error(web: Path, tmp_path: Path) -> None:
    new_key(tmp_path / "my.key")
    kept = cjmine.load(web, key_file=tmp_path / "my.key")
    with pytest.raises(OutputError):
        cjmine.save(kept, tmp_path / "nowhere" / "log.parquet")


def test_what_is_no_saved_log_is_not_read(web: Path) -> None:
    with pytest.raises(DataError) as caught:
        cjmine.read(web)
    assert caught.value.code is Code.LOG_FORMAT


def test_a_frame_of_events_is_what_pm4py_expects(web: Path) -> None:
    import pm4py

    graph, starts, ends = pm4py.discover_dfg(cjmine.load(web).to_pandas())
    assert (graph, starts, ends) == (
        {("Search", "Buy"): 1},
        {"Search": 2},
        {"Buy": 1, "Search": 1},
    )


def test_a_log_is_filtered_as_on_the_command_line() -> None:
    made = log(SHOP)
    shop = cjmine.EventLog(made.table, made.about)
    gold = shop.filter(where="plan = gold")
    assert gold.discover(min_group=1).size.customers == 1
    assert cjmine.discover(gold, min_group=1).size.filters == ('--where plan = "gold"',)
    assert shop.discover(min_group=1).size.customers == 2  # nothing changes a log
    both = gold.filter(since="1970-01-01", until="1970-01-01T00:00:00", having=["Buy", "Search"])
    assert both.filter(longer="90s", shorter="100s").discover(min_group=1).size.journeys == 1
    assert gold.filter(having="View").discover(min_group=1).size.journeys == 0
    assert shop.filter(variant=2).discover(min_group=1).variants["activities"].tolist() == [
        ("Search", "View")
    ]
    assert repr(gold).startswith('<cjmine.FilteredLog --where plan = "gold"; of <cjmine.EventLog')
    for wrong in (
        lambda: both.filter(since="1970-01-02"),
        lambda: shop.filter(where="plan"),
        lambda: shop.filter(where="plam = gold").discover(min_group=1),
        lambda: shop.filter(shorter="soon"),
    ):
        with pytest.raises(UsageError):
            wrong()
    with pytest.raises(PrivacyError):
        gold.discover(min_group=2)


def test_a_log_is_saved_as_a_folder_that_grows(tmp_path: Path) -> None:
    """By its slash, or since it is one; read back it is the same log, and loads can join it."""
    key = tmp_path / "my.key"
    new_key(key)
    export(tmp_path / "a.csv", range(2, 6))
    first = cjmine.load(tmp_path / "a.csv", key_file=key)
    for place in (f"{tmp_path}/log/", tmp_path / "log"):
        first.save(place)
        again = cjmine.read(tmp_path / "log")
        assert rows(again) == rows(first) and again.about == first.about
    more = export(tmp_path / "b.csv", range(6, 9))
    brought(tmp_path / "log", [more], appends=True, key=read_key(key))
    assert rows(cjmine.read(tmp_path / "log")) == rows(
        cjmine.load(tmp_path / "a.csv", more, key_file=key)
    )
