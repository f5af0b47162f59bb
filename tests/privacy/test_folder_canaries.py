"""Nothing raw is in any file of a log folder, nor in what is said while it grows and is looked at."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from cli.running import KEY, left_behind, run
from privacy.canaries import MARK, Aviary, Scanner, plant, spoil, unpacked

SLACK = ("--max-rejects", "100%")
ONCE = ("--settle", "1s", "--once")
CONFIG = ("--config", "in/logs/cjmine.toml")
TABLE = """\
[source.orders]
files     = "orders*.csv"
customer  = "customer"
timestamp = "at"
activity  = "what"
delivery  = "event_id"
version   = "changed"
"""


@pytest.mark.parametrize("how", ["good", "spoiled"])
def test_no_canary_is_in_a_log_that_grows(tmp_path: Path, how: str) -> None:
    """Deliveries that are kept as they were read, customer tables, hashes of records, the manifest."""
    aviary = Aviary()
    plant(tmp_path / "in", aviary)
    if how == "spoiled":
        spoil(tmp_path / "in", aviary)
    web = ["in/logs/web/access.log", "in/logs/analytics.csv"]
    rest = ["in/logs/chats.csv", "in/logs/servicebox.mbox"]
    said = b""
    for typed in (
        ["load", *web, *CONFIG, *SLACK, "-o", "log/"],
        ["load", *rest, *CONFIG, *SLACK, "--append", "log/"],
        ["load", *rest, *CONFIG, *SLACK, "--append", "log/"],
        ["load", "--watch", "in/logs/web", *CONFIG, *SLACK, *ONCE, "--append", "log/"],
        ["doctor", "log/"],
        ["doctor", "log/", "-f", "json"],
    ):
        ran = run(tmp_path, *typed, key=KEY)
        assert ran.status == 0, ran.err
        said += ran.stdout + ran.stderr
    scanner = Scanner(aviary)
    written = [
        data for file in (tmp_path / "log").rglob("*") if file.is_file() for data in unpacked(file)
    ]
    assert len([*(tmp_path / "log" / "kept").iterdir()]) >= 2
    assert not [scanner.hits(data) for data in (said, *written) if scanner.hits(data)]
    assert left_behind(tmp_path) == []


def test_the_id_of_a_record_is_kept_nowhere(tmp_path: Path) -> None:
    """Neither as it is nor as a hash that is the same under another key."""
    (tmp_path / "cjmine.toml").write_text('timezone = "UTC"\n' + TABLE)
    kept = []
    for key in (KEY, KEY[::-1]):
        for place in range(2):
            rows = [
                f"{MARK}{number:05},K-{number},2026-03-0{place + 1} 10:00:00,Buy,{place}"
                for number in range(20)
            ]
            text = "\n".join(["event_id,customer,at,what,changed", *rows, ""])
            (tmp_path / f"orders{place}.csv").write_text(text)
            how = "--append" if place else "-o"
            ran = run(tmp_path, "load", f"orders{place}.csv", how, f"{key[:4]}/", key=key)
            assert ran.status == 0 and MARK not in ran.out + ran.err, ran.err
        files = [file for file in (tmp_path / key[:4]).rglob("*") if file.is_file()]
        assert not [one for one in files for data in unpacked(one) if MARK.encode() in data]
        found = pq.read_table(tmp_path / key[:4] / "kept" / "000001.parquet").column("delivery")
        kept.append(set(found.to_pylist()))
    assert len(kept[0]) == len(kept[1]) == 20
    assert not kept[0] & kept[1]
