"""`--json` is short for `--format json`, in every verb whose format may be JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import KEY, run

ROWS = "customer_id,activity,timestamp\n" + "".join(
    f"c{number},{step},2026-03-0{day}T10:00:00Z\n"
    for number in range(12)
    for day, step in enumerate(("Search", "Buy"), 1)
)
JOURNEY = "{journey: order, goal: Buy, stages: [{stage: One, steps: [Search, Buy]}]}\n"


@pytest.mark.parametrize(
    "command",
    ["discover a.csv", "check a.csv --ideal journey.yaml", "sniff a.csv", "touchpoints a.csv"],
)
def test_it_is_the_same_as_the_long_form(tmp_path: Path, command: str) -> None:
    (tmp_path / "a.csv").write_text(ROWS)
    (tmp_path / "journey.yaml").write_text(JOURNEY)
    short = run(tmp_path, *command.split(), "--json", key=KEY)
    long = run(tmp_path, *command.split(), "-f", "json", key=KEY)
    assert short.status == long.status == 0, short.err
    assert short.out == long.out and short.out.startswith("{")


def test_two_formats_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(ROWS)
    ran = run(tmp_path, "discover", "a.csv", "--json", "-f", "markdown", key=KEY)
    assert (ran.status, ran.codes) == (2, ["U101"])
