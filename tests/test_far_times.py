"""Times that stand for none, or are years from all others, are counted and noted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from cli.running import KEY, run

from cjmine.ingest.far_times import far_times

DAY = 86_400_000_000
USUAL = list(range(20_000, 20_200))  # days of 2024


@pytest.mark.parametrize("day", [0, 10_957, 24_855, 47_481, 47_482, 12_000, 30_000])
def test_a_day_that_stands_for_none(day: int) -> None:
    """However many there are, where the day is known to stand for none."""
    for share in (1,) if day in (12_000, 30_000) else (1, 60, 400):
        assert far_times([np.array(USUAL + [day] * share, np.int64) * DAY]) == share


def test_two_such_days_alone_are_far_from_each_other() -> None:
    assert far_times([np.array([0, 0, 47_481], np.int64) * DAY]) == 3


def test_usual_logs_have_none() -> None:
    """Nor has a log that is really of such a day, or of many years."""
    for days in ([], [0], [0, 1, 2], USUAL, range(8_000, 20_000), range(10_950, 11_000)):
        assert far_times([np.array(days, np.int64) * DAY]) == 0


@pytest.mark.parametrize("written", ["1970-01-01", "2099-12-31", "2000-01-01", "2038-01-19"])
def test_they_are_noted(tmp_path: Path, written: str) -> None:
    """N271 with their number; nothing is left out."""
    rows = "".join(f"c{one},a,2025-03-{one:02}T10:00:00Z\n" for one in range(1, 29))
    text = f"customer,activity,time\n{rows}c1,b,{written}T00:00:00Z\n"
    (tmp_path / "events.csv").write_text(text)
    ran = run(tmp_path, "load", "events.csv", "-o", "log.parquet", key=KEY)
    assert "note[N271]" in ran.err and ": 1 (events 1)" in ran.err


@pytest.mark.parametrize(
    "written", ["1900-01-01", "0001-01-01", "9999-12-31", "0000-00-00", "1753-01-01"]
)
def test_years_that_no_export_holds_are_rejected(tmp_path: Path, written: str) -> None:
    """With their line: L116, or L108 where there is no such day."""
    rows = "".join(f"c{one},a,2025-03-{one:02}T10:00:00Z\n" for one in range(1, 29))
    text = f"customer,activity,time\n{rows}c1,b,{written}T00:00:00Z\n"
    (tmp_path / "events.csv").write_text(text)
    ran = run(tmp_path, "load", "events.csv", "-o", "log.parquet", key=KEY)
    assert ran.status == 3
    assert "record 29" in ran.err or "events.csv:30" in ran.err
