"""A log with as many variants as journeys: a hint how to cut them."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import KEY, run


def rows(journeys: int, unlike: bool) -> str:
    steps = [
        (f"c{number}", f"Page {(number + turn * 7) % 40 if unlike else turn}", turn)
        for number in range(journeys)
        for turn in range(3)
    ]
    return "customer_id,activity,timestamp\n" + "".join(
        f"{who},{what},2026-03-01T1{turn}:00:00Z\n" for who, what, turn in steps
    )


@pytest.mark.parametrize(
    ("journeys", "unlike", "noted"), [(40, True, True), (40, False, False), (20, True, False)]
)
def test_a_hint_where_every_journey_is_unlike(
    tmp_path: Path, journeys: int, unlike: bool, noted: bool
) -> None:
    (tmp_path / "a.csv").write_text(rows(journeys, unlike))
    ran = run(tmp_path, "discover", "a.csv", "--json", "--min-group", "1", key=KEY)
    assert ran.status == 0, ran.err
    assert ("N285" in ran.out) is noted
    assert ("--gap 30m" in ran.out) is noted
    assert ("--case session_id" in ran.out) is noted


def test_a_gap_that_is_given_is_no_advice(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(rows(40, True))
    ran = run(tmp_path, "discover", "a.csv", "--json", "--min-group", "1", "--gap", "3d", key=KEY)
    assert "N285" in ran.out and "--gap 30m" not in ran.out
