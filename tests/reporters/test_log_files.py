"""A saved log as CSV and XES: read by pm4py and by cjmine with the same events, tokens only."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pandas as pd
import pytest
from cli.running import KEY, run

from cjmine.reporters.log_files import writer_of

HEAD = "customer_id,activity,timestamp,channel\n"
ROWS = "".join(
    f"ann{number}@example.org,{step},2026-03-0{day}T10:00:0{number % 10}.25Z,{channel}\n"
    for number in range(12)
    for day, (step, channel) in enumerate(
        (("Search", "web"), ('=cmd|"x"', "web"), ("Buy <&> ü", "")), 1
    )
)
# pm4py recommends a faster reader.
faster = pytest.mark.filterwarnings("ignore:Install the optional requirement")
FORMS = ["log.csv", "log.csv.gz", "log.xes", "log.xes.gz"]


def loaded(here: Path, name: str, content: str = HEAD + ROWS, *flags: str) -> bytes:
    (here / "a.csv").write_text(content, encoding="utf-8")
    ran = run(here, "load", "a.csv", "-o", name, *flags, key=KEY)
    assert ran.status == 0, ran.err
    raw = (here / name).read_bytes()
    return gzip.decompress(raw) if name.endswith(".gz") else raw


@pytest.mark.parametrize("name", FORMS)
def test_tokens_only_and_the_same_bytes(tmp_path: Path, name: str) -> None:
    text = loaded(tmp_path, name)
    first = (tmp_path / name).read_bytes()
    assert b"example.org" not in text and b"ann1" not in text
    assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    loaded(tmp_path, name)
    assert (tmp_path / name).read_bytes() == first


@pytest.mark.parametrize("name", FORMS)
def test_cjmine_reads_it_again(tmp_path: Path, name: str) -> None:
    loaded(tmp_path, name)
    ran = run(tmp_path, "discover", name, "--min-group", "1", "-f", "json", key=KEY)
    assert ran.status == 0, ran.err
    found = json.loads(ran.out)["log"]
    assert (found["events"], found["journeys"], found["activities"]) == (36, 12, 3)


@faster
@pytest.mark.parametrize("name", ["log.xes", "log.xes.gz"])
def test_pm4py_reads_xes(tmp_path: Path, name: str) -> None:
    import pm4py

    loaded(tmp_path, name)
    frame = pm4py.read_xes(str(tmp_path / name))
    assert len(frame) == 36
    assert frame["case:concept:name"].nunique() == 12
    assert set(frame["concept:name"]) == {"Search", '=cmd|"x"', "Buy <&> ü"}
    assert str(frame["time:timestamp"].min()) == "2026-03-01 10:00:00.250000+00:00"
    first = frame[frame["case:concept:name"] == frame["case:concept:name"].iloc[0]]
    assert first["concept:name"].tolist() == ["Search", '=cmd|"x"', "Buy <&> ü"]
    assert first["channel"].isna().tolist() == [False, False, True]


@pytest.mark.parametrize("name", ["log.csv", "log.csv.gz"])
def test_csv_has_the_names_of_the_field(tmp_path: Path, name: str) -> None:
    import pm4py

    loaded(tmp_path, name)
    frame = pd.read_csv(tmp_path / name)
    assert list(frame) == ["case:concept:name", "concept:name", "time:timestamp", "channel"]
    assert '\'=cmd|"x"' in set(frame["concept:name"])  # no spreadsheet takes it for a formula
    log = pm4py.format_dataframe(frame)
    assert len(pm4py.get_variants(log)) == 1


@faster
def test_a_log_of_cases_keeps_customers_and_cases(tmp_path: Path) -> None:
    content = "case_id,customer_id,activity,timestamp\n" + "".join(
        f"K{case},c{case % 3},{step},2026-03-01T1{hour}:00:00Z\n"
        for hour, step in enumerate(("Open", "Close"))
        for case in range(12)
    )
    import pm4py

    loaded(tmp_path, "log.xes", content, "--customer", "customer_id", "--case", "case_id")
    frame = pm4py.read_xes(str(tmp_path / "log.xes"))
    assert frame["case:concept:name"].nunique() == 12
    assert frame["case:customer"].nunique() == 3
    assert (frame.groupby("case:concept:name")["concept:name"].apply(list).map(str).nunique()) == 1


@pytest.mark.parametrize("name", ["log.txt", "log", "log.parquet.gz", "log.gz", "csv"])
def test_another_suffix_is_refused(tmp_path: Path, name: str) -> None:
    assert writer_of(Path(name)) is None
    (tmp_path / "a.csv").write_text(HEAD + ROWS, encoding="utf-8")
    ran = run(tmp_path, "load", "a.csv", "-o", name, key=KEY)
    assert (ran.status, ran.codes) == (2, ["U101"])
