"""`--deadline`, `--observed-from` and `--observed-until`: the same journeys in every verb."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.running import run

IDEAL = """\
journey: order
goal: Buy
deadline: 1d
stages:
  - stage: One
    steps: [Search, Buy]
"""
ASKED = ("--deadline", "2d", "--observed-from", "2024-05-02", "--observed-until", "2024-05-06")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Of twenty customers a day for nine days, every other one buys, half of these a week later."""
    rows = [
        f"d{day}c{one},Search,2024-05-0{day}T23:30:00\n"
        for day in range(1, 10)
        for one in range(20)
    ]
    rows += [
        f"d{day}c{one},Buy,{when}\n"
        for day in range(1, 10)
        for one in range(0, 20, 2)
        for when in [f"2024-05-0{day}T23:59:00" if one % 4 else f"2024-05-{day + 7:02}T12:00:00"]
    ]
    (tmp_path / "shop.csv").write_text("customer,activity,time\n" + "".join(rows))
    (tmp_path / "journey.yaml").write_text(IDEAL)
    return tmp_path


def test_discover_and_check_count_the_same_journeys(folder):
    """Begun on 2, 3 or 4 May, and a day is a day of the log: 60 journeys, of which 15 buy in time."""
    tz = ("--tz", "Europe/Amsterdam")
    found = run(folder, "discover", "shop.csv", "--goal", "Buy", "-f", "json", *tz, *ASKED)
    checked = run(folder, "check", "shop.csv", "-i", "journey.yaml", "-f", "json", *tz, *ASKED)
    one, two = json.loads(found.out), json.loads(checked.out)
    assert one["goal"] == two["goal"]
    assert (one["goal"]["n"], one["goal"]["of"]) == (15, 60)
    assert one["judged"] == two["judged"]
    states = two["states"]
    assert (states["truncated"], states["open"], states["completed"]) == (20, 40, 15)
    assert sum(states.values()) == two["log"]["journeys"] == 120  # later ones are behind the wall


def test_a_map_and_a_report_say_the_period_and_the_counts(folder):
    run(
        folder,
        "map",
        "shop.csv",
        "-i",
        "journey.yaml",
        "-o",
        "map.svg",
        "--tz",
        "Europe/Amsterdam",
        *ASKED,
    )
    run(
        folder,
        "report",
        "shop.csv",
        "-i",
        "journey.yaml",
        "-o",
        "page.html",
        "--tz",
        "Europe/Amsterdam",
        *ASKED,
    )
    for name in ("map.svg", "page.html"):
        text = (folder / name).read_text("utf-8")
        assert "25.0 % (" in text
        assert "15 of 60 journeys begun 2 May 2024 to 4 May 2024" in text


def test_shares_are_marked_where_no_deadline_is_declared(folder):
    """90 journeys of nine days cannot say how long a journey may take."""
    (folder / "journey.yaml").write_text(IDEAL.replace("deadline: 1d\n", ""))
    screen = run(folder, "check", "shop.csv", "-i", "journey.yaml").out
    assert "Goal Buy: ≈ " in screen
    assert "Exactly as designed: ≈ " in screen
    assert "declare a deadline" in screen
    run(folder, "map", "shop.csv", "-i", "journey.yaml", "-o", "map.svg")
    run(folder, "report", "shop.csv", "-i", "journey.yaml", "-o", "page.html")
    for name in ("map.svg", "page.html"):
        assert "≈ " in (folder / name).read_text("utf-8")
    declared = run(folder, "check", "shop.csv", "-i", "journey.yaml", "--deadline", "1d").out
    assert "≈" not in declared
    assert "the deadline is" not in declared


EXPECTED = """\
expect:
  goal-rate: {is: ">= 90%", min-customers: 20}
"""
BUILDS = ("github", "gitlab", "sarif", "junit")


@pytest.mark.parametrize("form", BUILDS)
def test_builds_see_the_mark_and_the_cause_without_a_deadline(folder, form):
    """The share is marked as on the screen, and the reason names what is missing."""
    (folder / "journey.yaml").write_text(IDEAL.replace("deadline: 1d\n", "") + EXPECTED)
    shown = readable(run(folder, "check", "shop.csv", "-i", "journey.yaml", "-f", form).out)
    assert "found ≈ " in shown
    assert "no deadline is declared, and the log shows too few whole journeys" in shown
    (folder / "journey.yaml").write_text(IDEAL + EXPECTED)
    assert "≈" not in readable(
        run(folder, "check", "shop.csv", "-i", "journey.yaml", "-f", form).out
    )


def readable(text):
    """A report with its escapes of JSON read."""
    return (
        text
        if not text.startswith(("[", "{"))
        else json.dumps(json.loads(text), ensure_ascii=False)
    )


@pytest.mark.parametrize(
    ("budget", "typed", "cause", "said"),
    [
        ("'>= 90%'", (), "customers", "too few customers to decide"),
        (
            "{is: '>= baseline - 2 pp', min-customers: 20}",
            (),
            "no-baseline",
            "there is no baseline",
        ),
        (
            "{is: '>= 90%', min-customers: 20}",
            ("--deadline", "30d"),
            "nobody",
            "no counted journey is of those",
        ),
    ],
)
def test_an_inconclusive_expectation_says_why(folder, budget, typed, cause, said):
    """In JSON as a word, on the screen and in builds in words."""
    expected = f"expect:\n  goal-rate: {budget}\n"
    (folder / "journey.yaml").write_text(IDEAL + expected)
    asked = ("check", "shop.csv", "-i", "journey.yaml", *typed)
    (row,) = json.loads(run(folder, *asked, "-f", "json").out)["expectations"]
    assert (row["verdict"], row["undecided"]) == ("inconclusive", cause)
    for form in ("text", "markdown", *BUILDS):
        shown = readable(run(folder, *asked, "-f", form).out)
        assert said in " ".join(shown.split())


def test_what_the_baseline_does_not_have_is_said(folder):
    (folder / "journey.yaml").write_text(IDEAL)
    asked = ("check", "shop.csv", "-i", "journey.yaml")
    run(folder, *asked, "--save-baseline", "before.json")
    kept = json.loads((folder / "before.json").read_text())
    kept["counted"] = [one for one in kept["counted"] if one["measure"] != "goal-rate"]
    (folder / "before.json").write_text(json.dumps(kept))
    budget = "{is: '>= baseline - 2 pp', min-customers: 20}"
    (folder / "journey.yaml").write_text(f"{IDEAL}expect:\n  goal-rate: {budget}\n")
    found = json.loads(run(folder, *asked, "--baseline", "before.json", "-f", "json").out)
    assert found["expectations"][0]["undecided"] == "not-in-baseline"
