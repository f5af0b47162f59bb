"""All journeys of one customer: no figure is infinite or no number, which would be no JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.running import run

IDEAL = """\
journey: order
goal: Buy
case: {gap: 2h}
deadline: 1h
stages:
  - stage: One
    steps: [Search, Cart, Buy]
"""


def rows() -> str:
    """120 journeys on as many days: half have Help in the place of Cart, two thirds buy."""
    made = ["customer,activity,time"]
    for number in range(120):
        day = f"2024-{1 + number // 28:02}-{1 + number % 28:02}"
        second, third = ("Help" if number % 2 else "Cart"), ("Buy" if number % 3 else "Other")
        made += [
            f"c1,{name},{day}T10:{place:02}:00Z"
            for place, name in enumerate(("Search", second, third))
        ]
    return "\n".join(made) + "\n"


def refuse(constant: str) -> None:
    pytest.fail(f"{constant} is no JSON")


@pytest.mark.parametrize(
    "verb",
    ["check", "dropoff", "compare --change 2024-03-01", "trend", "priorities", "contact",
     "outliers", "hints", "satisfaction"],
)  # fmt: skip
def test_every_figure_is_a_number(tmp_path: Path, verb: str) -> None:
    (tmp_path / "log.csv").write_text(rows())
    (tmp_path / "journey.yaml").write_text(IDEAL)
    typed = [*verb.split(), "log.csv", "-i", "journey.yaml", "--min-group", "1", "-f", "json"]
    ran = run(tmp_path, *typed)
    assert ran.status == 0, ran.err
    json.loads(ran.out, parse_constant=refuse)
