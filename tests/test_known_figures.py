"""Figures of public logs that others counted: the command and Python give exactly these."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from real_logs import real

import cjmine
from cjmine.notebook import Found

ROOT = Path(__file__).parents[1]
ONBOARDING = "onboarding/onboard_client.csv"
SHOP = "clicks/ecom.csv.gz"

pytestmark = pytest.mark.real_data


def by_command(log: str, *options: str) -> dict[str, Any]:
    """What `cjmine discover … -f json` prints; errors and notes go elsewhere."""
    command = [sys.executable, "-m", "cjmine", "discover", str(real(log)), *options]
    shown = ["--min-group", "1", "-f", "json", "--top", "all"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [*command, *shown], capture_output=True, check=True, cwd=ROOT, env=environment
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def by_python(log: str, **roles: str) -> Found:
    return cjmine.discover(cjmine.load(real(log), **roles), min_group=1)


def agree(printed: dict[str, Any], found: Found) -> None:
    """The command and the data frames tell the same, row for row."""
    size = printed["log"]
    for name in ("events", "journeys", "customers", "activities", "variants", "tied_journeys"):
        assert size[name] == getattr(found.size, name)
    flows = found.directly_follows
    pairs = zip(flows["from"], flows["to"], flows["count"], strict=True)
    assert [(row["from"], row["to"], row["count"]) for row in printed["directly_follows"]] == [
        *pairs
    ]
    assert [row["journeys"] for row in printed["variants"]] == found.variants["journeys"].tolist()
    assert [row["activities"] for row in printed["variants"]] == [
        list(trace) for trace in found.variants["activities"]
    ]
    assert [row["events"] for row in printed["activities"]] == found.activities["events"].tolist()


def pairs_and_steps(found: dict[str, Any]) -> tuple[int, int]:
    return len(found["directly_follows"]), sum(row["count"] for row in found["directly_follows"])


def one_source(found: dict[str, Any], rows: int) -> None:
    (source,) = found["sources"]
    assert (source["read"], source["loaded"]) == (rows, rows)
    assert source["rejected"] == source["duplicate"] == source["filtered"] == 0


def test_client_onboarding_of_a_bank() -> None:
    """A process log: cases, two times a row, day first."""
    roles = {"case": "process", "activity": "activity", "timestamp": "start"}
    flags = [word for role, column in roles.items() for word in (f"--{role}", column)]
    found = by_command(ONBOARDING, *flags)
    size = found["log"]
    assert (size["events"], size["journeys"], size["activities"]) == (54_224, 6_838, 11)
    assert (size["variants"], size["tied_journeys"]) == (16, 0)
    assert size["observed_from"].startswith("2022-10-17T")
    assert size["observed_until"].startswith("2024-07-05T")
    assert pairs_and_steps(found) == (15, 47_386)
    one_source(found, 54_224)
    assert found["variants"][0] == {
        "activities": [
            "Enter Data",
            "Submit Request",
            "Determine Missing Document",
            "Scoreboarding",
            "Update Backend Systems",
            "Four-eyes Check",
            "Send Notifications",
        ],
        "journeys": 1_788,
        "folded": False,
        "number": 1,
    }
    agree(found, by_python(ONBOARDING, **roles))


def test_its_columns_are_recognised_without_being_named() -> None:
    assert by_python(ONBOARDING).size == by_python(ONBOARDING, case="process").size


def test_clicks_of_a_web_shop_by_user() -> None:
    """30 rows are exact duplicates: every row is an event."""
    found = by_command(SHOP, "--customer", "user_id")
    size = found["log"]
    assert (size["events"], size["journeys"], size["customers"]) == (31_106, 600, 600)
    assert size["activities"] == 19
    assert size["tied_journeys"] > 0
    assert pairs_and_steps(found) == (338, 30_506)
    one_source(found, 31_106)
    agree(found, by_python(SHOP, customer="user_id"))


def test_clicks_of_a_web_shop_by_session() -> None:
    found = by_command(SHOP, "--customer", "session_id")
    size = found["log"]
    assert (size["events"], size["journeys"], size["activities"]) == (31_106, 3_605, 19)
    assert size["variants"] == len(found["variants"]) == 3_003
    assert pairs_and_steps(found) == (336, 27_501)
    agree(found, by_python(SHOP, customer="session_id"))


def test_sessions_as_cases_keep_their_customers() -> None:
    """3,605 journeys of 600 people: small groups are counted in people."""
    found = by_command(SHOP, "--case", "session_id", "--customer", "user_id")
    size = found["log"]
    assert (size["journeys"], size["customers"], size["variants"]) == (3_605, 600, 3_003)
    assert pairs_and_steps(found) == (336, 27_501)
    agree(found, by_python(SHOP, case="session_id", customer="user_id"))
