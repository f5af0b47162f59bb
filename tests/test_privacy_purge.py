"""A purge removes what is past its retention from saved logs, and says what it cannot purge."""

from __future__ import annotations

import json
import os
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow.parquet as pq
import pytest
from cli.running import KEY, Ran, run

from cjmine.eventlog.build import log_of
from cjmine.eventlog.log import EventLog
from cjmine.eventlog.parquet import open_file, read_log, write_log

BEGIN = date(2026, 3, 1)
# 40 customers each day for 20 days; those with even numbers come back ten days later.
ROWS = [
    (f"c{day:02}-{one:02}", what, (day + later) * 86_400 + 3_600)
    for day in range(20)
    for one in range(40)
    for what, later in (("Search", 0), ("Buy", 10))
    if what == "Search" or one % 2 == 0
]


def shop(folder: Path, retention: str = "30d") -> Path:
    (folder / "cjmine.toml").write_text(f'[privacy]\nretention = "{retention}"\n')
    offset = (BEGIN - date(1970, 1, 1)).days * 86_400
    write_log(log_of([(who, what, offset + at) for who, what, at in ROWS]), folder / "log.parquet")
    return folder


def purge(folder: Path, *typed: str, today: date = BEGIN + timedelta(35)) -> Ran:
    return run(folder, "privacy", "purge", *typed, "--today", today.isoformat())


def expected(day: int) -> list[tuple[str, str]]:
    """Customer and touchpoint of each event from a day on."""
    return sorted((who, what) for who, what, at in ROWS if at >= day * 86_400)


def held(log: EventLog) -> list[tuple[str, str]]:
    frame = log.to_pandas()
    return sorted(zip(frame["case:concept:name"], frame["concept:name"], strict=True))


def test_what_is_older_than_the_retention_is_gone_and_nothing_else(tmp_path: Path) -> None:
    """35 days after the first day, 30 are kept: the events of the first five days go."""
    shop(tmp_path)
    ran = purge(tmp_path, "log.parquet", "--json")
    assert ran.status == 0, ran.err
    log = read_log(tmp_path / "log.parquet", "log")
    assert held(log) == expected(5)
    (row,) = json.loads(ran.out)["logs"]
    gone = {who for who, _, _ in ROWS} - {who for who, _ in expected(5)}
    assert row == {
        "log": "log.parquet",
        "became": "rewritten",
        "events": len(ROWS),
        "events_past": len(ROWS) - len(expected(5)),
        "customers": 800,
        "customers_past": len(gone),
    }
    assert len(gone) == 100


def test_no_byte_of_a_purged_customer_is_left(tmp_path: Path) -> None:
    """Neither in the columns nor in their dictionaries."""
    shop(tmp_path)
    purge(tmp_path, "log.parquet")
    everything = (tmp_path / "log.parquet").read_bytes() + str(
        pq.read_table(tmp_path / "log.parquet").to_pydict()
    ).encode()
    assert b"c00-01" not in everything and b"c19-01" in everything


def test_a_purged_log_says_so_and_says_from_when_it_observes(tmp_path: Path) -> None:
    """Twice purged it has one note; a second purge of the same day changes no byte."""
    shop(tmp_path)
    purge(tmp_path, "log.parquet")
    once = (tmp_path / "log.parquet").read_bytes()
    again = purge(tmp_path, "log.parquet", "--json")
    assert json.loads(again.out)["logs"][0]["became"] == "unchanged"
    assert (tmp_path / "log.parquet").read_bytes() == once
    purge(tmp_path, "log.parquet", today=BEGIN + timedelta(36))
    about = open_file(tmp_path / "log.parquet", "log").about
    assert [one.code.value for one in about.notes] == ["N450"]
    assert "2026-03-07" in about.notes[0].text and "30 days" in about.notes[0].text
    start = datetime(2026, 3, 7, tzinfo=ZoneInfo("UTC")).timestamp()
    assert about.observed_from == int(start) * 1_000_000
    shown = run(tmp_path, "discover", "log.parquet", "--lang", "nl")
    assert "N450" in shown.out + shown.err


def test_a_dry_run_says_the_same_and_changes_nothing(tmp_path: Path) -> None:
    shop(tmp_path)
    before = (tmp_path / "log.parquet").read_bytes()
    dry = json.loads(purge(tmp_path, "log.parquet", "--dry-run", "--json").out)
    assert (tmp_path / "log.parquet").read_bytes() == before
    done = json.loads(purge(tmp_path, "log.parquet", "--json").out)
    assert {**dry, "dry_run": False} == done


def test_a_log_of_which_nothing_is_left_is_deleted(tmp_path: Path) -> None:
    shop(tmp_path)
    ran = purge(tmp_path, "log.parquet", today=date(2030, 1, 1))
    assert ran.status == 0 and "deleted" in ran.out
    assert not (tmp_path / "log.parquet").exists()


@pytest.mark.parametrize("day", [4, 5, 6])
def test_a_day_belongs_to_the_zone_of_the_log(tmp_path: Path, day: int) -> None:
    """What happened between midnight here and there is kept by the clock of the log."""
    (tmp_path / "cjmine.toml").write_text(
        'timezone = "Europe/Amsterdam"\n[privacy]\nretention = "30d"\n'
        '[source.a]\nfiles = "a.csv"\nformat = "csv"\n'
    )
    rows = [
        f"c{n},Buy,2026-03-{d:02} {hour}:30:00"
        for n in range(40)
        for d in range(1, 9)
        for hour in ("00", "23")
    ]
    (tmp_path / "a.csv").write_text("\n".join(["customer,activity,time", *rows]) + "\n")
    assert run(tmp_path, "load", ".", "-o", "log.parquet", key=KEY).status == 0
    ran = purge(tmp_path, "log.parquet", today=date(2026, 3, day) + timedelta(30))
    assert ran.status == 0, ran.err
    times = read_log(tmp_path / "log.parquet", "log").times
    first = datetime(2026, 3, day, 0, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
    assert times.min() == int(first.timestamp()) * 1_000_000
    assert len(np.unique(times)) == 2 * (9 - day)


def test_few_customers_are_not_counted(tmp_path: Path) -> None:
    """Neither those that go nor those that stay; with a minimum of one both are."""
    (tmp_path / "cjmine.toml").write_text('[privacy]\nretention = "30d"\n')
    offset = (BEGIN - date(1970, 1, 1)).days * 86_400
    for few, many in ((0, 10), (10, 0)):
        rows = [(f"few{one}", "Buy", offset + few * 86_400) for one in range(9)]
        rows += [(f"many{one}", "Buy", offset + many * 86_400) for one in range(40)]
        write_log(log_of(rows), tmp_path / "log.parquet")
        (row,) = json.loads(purge(tmp_path, "log.parquet", "--dry-run", "--json").out)["logs"]
        assert row["events_past"] is None and row["customers_past"] is None
        assert row["customers"] == 49 and row["became"] == "rewritten"
        text = purge(tmp_path, "log.parquet", "--dry-run").out
        assert "– of 49 events" in text and "fewer than 10 customers" in text
        all_of_it = purge(tmp_path, "log.parquet", "--dry-run", "--min-group", "1", "--json").out
        assert json.loads(all_of_it)["logs"][0]["customers_past"] == (9 if few == 0 else 40)


def test_what_is_released_is_rounded(tmp_path: Path) -> None:
    shop(tmp_path)
    found = json.loads(purge(tmp_path, "log.parquet", "--dry-run", "--release", "--json").out)
    assert found["release"] and found["logs"][0]["events"] % 5 == 0


def test_without_a_declared_retention_nothing_happens(tmp_path: Path) -> None:
    shop(tmp_path)
    (tmp_path / "cjmine.toml").write_text("[privacy]\nrelease = false\n")
    before = (tmp_path / "log.parquet").read_bytes()
    ran = purge(tmp_path, "log.parquet")
    assert (ran.status, ran.codes, ran.out) == (2, ["P108"], "")
    (tmp_path / "cjmine.toml").unlink()
    assert purge(tmp_path, "log.parquet").codes == ["P108"]
    assert (tmp_path / "log.parquet").read_bytes() == before


def test_a_folder_is_searched_and_what_cannot_be_purged_is_named(tmp_path: Path) -> None:
    """Saved logs in it are purged though others cannot be; exit status 4 says that not all is."""
    shop(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "a.csv").write_text(
        "customer,activity,time\n" + "c1,Buy,2026-03-01T10:00:00Z\n" * 9
    )
    for name in ("in/other.csv", "in/other.xes.gz"):
        assert run(tmp_path, "load", "a.csv", "-o", name, key=KEY).status == 0
    (tmp_path / "broken.parquet").write_bytes((tmp_path / "log.parquet").read_bytes())
    damage(tmp_path / "broken.parquet")
    ran = purge(tmp_path, ".", "--json")
    found = json.loads(ran.out)
    assert ran.status == 4 and ran.codes == ["P109"] * 3
    assert found["unpurged"] == [
        {"file": "broken.parquet", "why": "unreadable"},
        {"file": "in/other.csv", "why": "other-format"},
        {"file": "in/other.xes.gz", "why": "other-format"},
    ]
    assert [(one["log"], one["became"]) for one in found["logs"]] == [("log.parquet", "rewritten")]
    assert held(read_log(tmp_path / "log.parquet", "log")) == expected(5)


def test_a_log_without_its_end_is_named(tmp_path: Path) -> None:
    """Half a log holds events: it is no purge that passes it over."""
    shop(tmp_path)
    whole = (tmp_path / "log.parquet").read_bytes()
    (tmp_path / "half.parquet").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "short.parquet").write_bytes(b"PAR")
    for named in (".", "half.parquet"):
        found = purge(tmp_path, named, "--dry-run", "--json")
        assert (found.status, found.codes) == (4, ["P109"])
        assert json.loads(found.out)["unpurged"] == [{"file": "half.parquet", "why": "unreadable"}]


def damage(file: Path) -> None:
    """Another order of events, which no log of cjmine has."""
    table = pq.read_table(file)
    metadata = pq.read_metadata(file).metadata
    turned = table.take(list(range(table.num_rows))[::-1])
    pq.write_table(turned.replace_schema_metadata(metadata), file)


def test_a_named_file_that_is_no_log_is_named(tmp_path: Path) -> None:
    shop(tmp_path)
    (tmp_path / "words.txt").write_text("nothing")
    ran = purge(tmp_path, "words.txt")
    assert (ran.status, ran.codes) == (4, ["P109"]) and "no saved log" in ran.out
    assert purge(tmp_path, "nowhere.parquet").codes == ["L101"]


@pytest.mark.skipif(os.name != "posix", reason="links of POSIX")
def test_links_do_not_keep_what_should_be_gone(tmp_path: Path) -> None:
    """Behind a link the file itself is purged; a second name of it is told."""
    shop(tmp_path)
    (tmp_path / "real").mkdir()
    (tmp_path / "log.parquet").rename(tmp_path / "real" / "log.parquet")
    (tmp_path / "log.parquet").symlink_to(tmp_path / "real" / "log.parquet")
    assert purge(tmp_path, "log.parquet", "real/log.parquet").status == 0
    assert (tmp_path / "log.parquet").is_symlink()
    assert held(read_log(tmp_path / "real" / "log.parquet", "log")) == expected(5)
    os.link(tmp_path / "real" / "log.parquet", tmp_path / "second.parquet")
    ran = purge(tmp_path, "real/log.parquet", "--json", today=BEGIN + timedelta(36))
    assert ran.status == 4
    assert json.loads(ran.out)["unpurged"] == [{"file": "real/log.parquet", "why": "second-name"}]


def test_other_than_whole_logs_are_never_left_behind(tmp_path: Path) -> None:
    """The mode of the file stays, and no temporary file does."""
    shop(tmp_path)
    (tmp_path / "log.parquet").chmod(0o640)
    purge(tmp_path, "log.parquet", "-o", "p.md", "-o", "p.json", "-o", "p.txt")
    assert (tmp_path / "log.parquet").stat().st_mode & 0o777 == 0o640
    names = {one.name for one in tmp_path.iterdir()}
    assert names == {"cjmine.toml", "log.parquet", "p.md", "p.json", "p.txt"}
    assert (tmp_path / "p.md").read_text().startswith("# Purge of 2026-04-05")


def test_a_purge_names_no_customer(tmp_path: Path) -> None:
    shop(tmp_path)
    for typed in ((), ("--json",), ("-f", "markdown"), ("--lang", "nl")):
        ran = purge(tmp_path, "log.parquet", "--dry-run", *typed)
        assert "c00" not in ran.out + ran.err and "Search" not in ran.out + ran.err
