"""Filters: which journeys are counted, in every verb, with what was set aside."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.running import KEY, run

IDEAL = """\
journey: order
goal: Buy
deadline: 1d
stages:
  - stage: One
    steps: [Search, Buy]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Of twenty customers a day for nine days, half buy; ten are of fund A, six of B, four of C."""
    funds = "A" * 10 + "B" * 6 + "C" * 4
    rows = [
        f"d{day}c{one},{activity},2024-05-0{day}T{hour}:30:00,{funds[one]}\n"
        for day in range(1, 10)
        for one in range(20)
        for activity, hour in (("Search", "22"), ("Buy", "23"))
        if activity == "Search" or one % 2 == 0
    ]
    (tmp_path / "shop.csv").write_text("customer,activity,time,fund\n" + "".join(rows))
    (tmp_path / "journey.yaml").write_text(IDEAL)
    return tmp_path


TZ = ("--tz", "Europe/Amsterdam")


def result(folder: Path, verb: str, *typed: str) -> dict:
    found = run(folder, verb, "shop.csv", "-f", "json", *TZ, *typed)
    assert found.status == 0, found.err
    return json.loads(found.out)


def note(result: dict) -> str:
    (found,) = [one["text"] for one in result["notes"] if one["code"] == "N280"]
    return found


ASKED = ("--since", "2024-05-02", "--until", "2024-05-04", "--where", 'fund in ("A", "B")')


def test_discover_and_check_count_the_chosen_and_say_what_is_set_aside(folder):
    one = result(folder, "discover", "--goal", "Buy", "--deadline", "1d", *ASKED)
    two = result(folder, "check", *ASKED)
    for found in (one, two):
        assert found["log"]["journeys"] == found["log"]["customers"] == 48
        assert (found["goal"]["n"], found["goal"]["of"]) == (24, 48)
        assert note(found) == (
            "journeys set aside by filters: --since 2024-05-02: 20; --until 2024-05-04: 100;"
            ' --where fund in ("A", "B"): 12'
        )
        assert found["log"]["filters"] == [
            "--since 2024-05-02",
            "--until 2024-05-04",
            '--where fund in ("A", "B")',
        ]
        assert found["log"]["observed_until"] == "2024-05-09T21:30:00Z"
    assert one["judged"] == two["judged"]
    assert one["judged"]["begun_from"] == "2024-05-01T22:00:00Z"
    assert one["judged"]["begun_until"] == "2024-05-04T21:59:59.999999Z"


def test_what_is_assumed_comes_from_the_whole_log(folder):
    whole = result(folder, "discover", "--goal", "Buy")
    some = result(
        folder, "discover", "--goal", "Buy", "--where", "fund != A", "--until", "2024-05-03"
    )
    for key in ("seconds", "assumed", "uncertain", "begun_from"):
        assert some["judged"][key] == whole["judged"][key]
    assert some["log"]["observed_until"] == whole["log"]["observed_until"]


def test_few_and_none_are_refused_alike(folder):
    """What no journey has is answered like what few have, or a filter would say what occurs."""
    answers = set()
    for asked in ("fund = nobody", 'fund = "C"'):
        found = run(folder, "discover", "shop.csv", *TZ, "--until", "2024-05-01", "--where", asked)
        assert found.status == 4
        answers.add(found.err)
    assert len(answers) == 1
    assert "P103" in answers.pop()
    others = ["fund != nobody", "fund != C"]
    notes = [
        note(result(folder, "discover", "--until", "2024-05-01", "--where", one)) for one in others
    ]
    assert [one.rpartition(": ")[2] for one in notes] == ["fewer than 10"] * 2
    empty = result(folder, "discover", "--where", "fund = nobody", "--min-group", "1")
    assert empty["log"]["journeys"] == 0
    assert note(empty).endswith(": 180")


def test_a_column_that_the_log_lacks_and_a_time_are_refused(folder):
    run(folder, "load", "shop.csv", "-o", "log.parquet", "--keep", "fund", *TZ, key=KEY)
    found = run(folder, "check", "log.parquet", "--where", "funt = A")
    assert found.status == 2
    assert 'the log has no column "funt"' in found.err
    assert "fund" in found.err and "--keep" not in found.err
    found = run(folder, "check", "log.parquet", "--where", "region = A")
    assert "keep it when loading: cjmine load EXPORTS --keep region; available: fund" in found.err
    for verb, asked in (("discover", ("--where", "time = 1")), ("discover", ("--by", "time"))):
        found = run(folder, verb, "log.parquet", *asked)
        assert found.status == 2
        assert "--since" in found.err


def test_maps_and_reports_are_about_the_chosen(folder):
    run(folder, "map", "shop.csv", *TZ, *ASKED, "-o", "map.svg")
    run(folder, "map", "shop.csv", *TZ, *ASKED, "--as", "flow", "-o", "flow.svg")
    made = run(folder, "report", "shop.csv", *TZ, *ASKED, "-o", "page.html")
    assert made.status == 0, made.err
    page = (folder / "page.html").read_text("utf-8")
    assert "24 of 48 journeys begun 2 May 2024 to 4 May 2024" in page
    assert "--since 2024-05-02 --until 2024-05-04 --where" in page
    assert "N280" in page
    assert "<code>--where fund in" in page
    assert "24 of 48 journeys begun 2 May 2024" in (folder / "map.svg").read_text("utf-8")
    assert "48 journeys" in (folder / "flow.svg").read_text("utf-8")


def test_results_of_other_filters_are_not_put_together(folder):
    for name, verb, asked in (
        ("c.json", "check", ()),
        ("d.json", "discover", ("--since", "2024-05-02")),
    ):
        assert run(folder, verb, "shop.csv", *TZ, *asked, "-o", name).status == 0
    found = run(folder, "report", "c.json", "d.json")
    assert found.status == 2
    assert "other filters" in found.err
    for verb in ("map", "report"):
        found = run(folder, verb, "c.json", "--since", "2024-05-02")
        assert found.status == 2
        assert "filters" in found.err


def test_a_baseline_of_other_filters_is_noted(folder):
    run(folder, "check", "shop.csv", *TZ, "--save-baseline", "b.json")
    found = result(folder, "check", "--baseline", "b.json", "--since", "2024-05-02")
    assert [one["text"] for one in found["notes"] if one["code"] == "N231"] == [
        "the baseline is about journeys of other filters"
    ]
    same = result(folder, "check", "--baseline", "b.json")
    assert "N231" not in [one["code"] for one in same["notes"]]


def test_outcomes_choose_and_say_that_shares_are_about_the_chosen(folder):
    for verb in ("discover", "check"):
        goal = ("--goal", "Buy", "--deadline", "1d") if verb == "discover" else ()
        found = result(folder, verb, *goal, "--having", "Buy", "--longer", "30m")
        assert found["goal"]["n"] == found["goal"]["of"] == 80  # those of the last day are open
        assert found["log"]["journeys"] == 90
        assert note(found).endswith('--having "Buy": 90; --longer 30m: fewer than 10')
        assert "N281" in [one["code"] for one in found["notes"]]
        found = result(folder, verb, *goal, "--shorter", "1h", "--where", "fund = A")
        assert (found["goal"]["n"], found["log"]["journeys"]) == (0, 45)
        found = result(folder, verb, *goal, "--where", "fund = A")
        assert "N281" not in [one["code"] for one in found["notes"]]


def test_an_activity_of_few_is_answered_like_one_that_is_absent(folder):
    with (folder / "shop.csv").open("a") as file:
        file.write("d1c1,Quarrel,2024-05-01T23:59:00,A\n")
    answers = [
        run(folder, verb, "shop.csv", *TZ, "--having", name)
        for verb in ("discover", "check")
        for name in ("Quarrel", "Quarre!")
    ]
    assert {one.status for one in answers} == {2}
    assert len({one.err.replace("Quarrel", "Quarre!") for one in answers}) == 1
    assert "U103" in answers[0].err
    assert "Quarrel" not in answers[1].err


def test_variants_have_the_numbers_of_discover(folder):
    """Also among what other filters leave, in every verb and with any group size."""
    with (folder / "shop.csv").open("a") as file:
        file.writelines(f"d1c{one},Call,2024-05-01T23:59:00,A\n" for one in range(4))
    for more in ((), ("--where", "fund != B"), ("--min-group", "1")):
        listed = result(folder, "discover", "--top", "all", *more)["variants"]
        for number, row in enumerate(listed, 1):
            typed = (*more, "--variant", str(number))
            assert row["number"] == (None if row["folded"] else number)
            if row["folded"]:
                found = run(folder, "check", "shop.csv", *TZ, *typed)
                assert found.status == 2
                assert f"variant {number} is several" in found.err
                continue
            for verb in ("discover", "check"):
                found = result(folder, verb, *typed)
                assert found["log"]["journeys"] == row["journeys"]
                assert found["log"]["filters"][-1] == f"--variant {number}"
            assert (
                result(folder, "discover", *typed)["variants"][0]["activities"] == row["activities"]
            )
    assert any(row["folded"] for row in result(folder, "discover", "--top", "all")["variants"])
    found = run(folder, "discover", "shop.csv", *TZ, "--variant", "99")
    assert found.status == 2
    assert "there is no variant 99" in found.err


def test_discover_shows_the_numbers_that_variant_takes(folder):
    """On the screen, in Markdown, in CSV; journeys that are several have none."""
    with (folder / "shop.csv").open("a") as file:
        file.writelines(f"d1c{one},Call,2024-05-01T23:59:00,A\n" for one in range(4))

    def shown(form: str, *typed: str) -> list[str]:
        found = run(folder, "discover", "shop.csv", *TZ, "--top", "all", "-f", form, *typed)
        assert found.status == 0, found.err
        return [line for line in found.out.splitlines() if "Search" in line and "Buy" in line]

    rows = result(folder, "discover", "--top", "all")["variants"]
    ((number, row),) = [
        (place, row) for place, row in enumerate(rows, 1) if row["activities"] == ["Search", "Buy"]
    ]
    (line,) = shown("text")
    assert line.split()[0] == f"{number}."
    (line,) = shown("markdown")
    assert line.split("|")[-2].strip() == str(number)
    (line,) = shown("csv", "--table", "variants")
    assert line == f"{row['journeys']},0,Search > Buy,{number}"


def test_a_check_compares_journeys_by_a_column(folder):
    """As discover does; values of few customers fold, and sums are those of all."""
    goal = ("--goal", "Buy", "--deadline", "1d")
    asked = ("--by", "fund", "--until", "2024-05-02")
    one = result(folder, "discover", *goal, *asked)["segments"]
    checked = result(folder, "check", *asked)
    two = checked["segments"]
    assert two["by"] == one["by"] == "fund"
    assert [(row["value"], row["journeys"]) for row in two["values"]] == [
        (row["value"], row["journeys"]) for row in one["values"]
    ]
    assert [row["value"] for row in two["values"]] == ["A", "(other)"]
    exact = result(folder, "check", *asked, "--min-group", "1")
    rows = exact["segments"]["values"]
    assert [(row["value"], row["journeys"]) for row in rows] == [("A", 20), ("B", 12), ("C", 8)]
    assert sum(row["goal"]["n"] for row in rows) == exact["goal"]["n"] == 20
    assert sum(row["goal"]["of"] for row in rows) == exact["goal"]["of"] == 40
    assert sum(row["fitting"]["n"] for row in rows) == exact["counted"]["fitting"] == 20
    assert checked["goal"] == exact["goal"]
    table = run(folder, "check", "shop.csv", *TZ, *asked, "--min-group", "1", "-f", "csv",
                "--table", "segments")  # fmt: skip
    assert table.out.splitlines()[:2] == ["value,journeys,reached,fitting,of", "A,20,10,10,20"]
    for form in ("text", "markdown"):
        assert "By fund" in run(folder, "check", "shop.csv", *TZ, *asked, "-f", form).out
    assert "segments" in result(folder, "check")
    assert result(folder, "check")["segments"] is None


def test_a_report_shows_journeys_by_a_column(folder):
    for more in (("-i", "journey.yaml"), ("--goal", "Buy")):
        made = run(folder, "report", "shop.csv", *TZ, "--by", "fund", *more, "-o", "page.html")
        assert made.status == 0, made.err
        assert "Journeys by the values of a column" in (folder / "page.html").read_text("utf-8")
    found = run(folder, "check", "shop.csv", *TZ, "--by", "time")
    assert found.status == 2
