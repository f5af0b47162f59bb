"""`cjmine check` as a build runs it: exit statuses, files, gates, the same bytes everywhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cjmine.reporters.formats import Subject, format_of, formats_of
from cli.running import SAMPLE_LOGS, Ran, left_behind, run

pytestmark = pytest.mark.smoke

JOURNEY = SAMPLE_LOGS / "journey.yaml"
IDEAL = """\
journey: order
goal: Buy
deadline: 1h
stages:
  - stage: One
    steps:
      - Search
      - step: Buy
        expect: {reached: "BUDGET"}
"""


def shop(folder: Path, buyers: int = 150, others: int = 150) -> None:
    """An export in which some search and buy, and others only search."""
    rows = [
        f"b{one},Search,2024-05-01T10:00:00Z\nb{one},Buy,2024-05-01T11:00:00Z"
        for one in range(buyers)
    ]
    rows += [f"o{one},Search,2024-05-01T10:00:00Z" for one in range(others)]
    (folder / "shop.csv").write_text("customer,activity,time\n" + "\n".join(rows) + "\n")


def check(folder: Path, budget: str = ">= 40%", *more: str, **how) -> Ran:
    (folder / "journey.yaml").write_text(IDEAL.replace("BUDGET", budget))
    return run(folder, "check", "shop.csv", *more, **how)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "work"
    place.mkdir()
    shop(place)
    return place


def test_exit_statuses(folder):
    assert check(folder, ">= 40%").status == 0
    assert check(folder, ">= 70%").status == 1
    assert check(folder, ">= 55%").status == 0  # past the budget, but within chance
    assert check(folder, ">= 70%", "--exit-zero").status == 0
    assert run(folder, "check", "none.csv").status == 3
    assert check(folder, "often").status == 2
    assert check(folder, ">= 40%", "--min-group", "1000").status == 4
    assert check(folder, ">= 40%", "-o", "no/such/folder.json").status == 5
    assert left_behind(folder) == []


def test_too_few_journeys_are_inconclusive(folder):
    shop(folder, 20, 20)
    assert check(folder, ">= 90%").status == 0
    assert check(folder, ">= 90%", "--fail-on-inconclusive").status == 1
    assert "inconclusive" in check(folder, ">= 90%").out


def test_all_problems_of_a_journey_file_come_at_once_with_their_places(folder):
    (folder / "journey.yaml").write_text("journey: No\ngoal: Byu\nstages: []\nallwo: x\n")
    ran = run(folder, "check", "shop.csv")
    assert ran.status == 2
    assert ran.codes == ["J109", "J106", "J105"]
    assert "  --> journey.yaml:1:10\n" in ran.err
    assert 'did you mean "allow"?' in ran.err
    assert ran.out == ""


def test_the_journey_beside_the_logs_is_found_or_asked_for(folder):
    assert check(folder).status == 0
    (folder / "journey.yaml").unlink()
    ran = run(folder, "check", "shop.csv")
    assert (ran.status, ran.codes) == (2, ["J104"])
    assert "--ideal FILE" in ran.err


def test_every_format_at_once(folder):
    files = ["a.json", "a.md", "a.csv", "a.xml", "a.txt"]
    ran = check(
        folder, ">= 70%", "-f", "github", *(part for file in files for part in ("-o", file))
    )
    assert ran.status == 1
    assert ran.out.startswith("::error file=journey.yaml,line=9,title=D102 Buy reached::")
    assert json.loads((folder / "a.json").read_text())["verdict"] == "broken"
    assert "<testsuites" in (folder / "a.xml").read_text()
    assert (folder / "a.md").read_text().startswith("## ✗ order")


def test_a_baseline_is_saved_and_compared_with(folder):
    saved = check(folder, ">= 40%", "--save-baseline", "b.json")
    assert saved.status == 0
    text = (folder / "b.json").read_text()
    assert "b1" not in text and "customer" not in text
    shop(folder, 100, 200)
    worse = check(folder, ">= baseline - 5 pp", "--baseline", "b.json", "-f", "json")
    assert worse.status == 1
    found = json.loads(worse.out)["expectations"][0]
    assert found["value"] == pytest.approx(-1 / 6)
    assert found["high"] < -0.05
    (folder / "b.json").write_text("{}")
    assert check(folder, ">= 40%", "--baseline", "b.json").codes == ["J116"]


def test_outputs_never_replace_inputs(folder):
    before = (folder / "shop.csv").read_bytes()
    assert check(folder, ">= 40%", "-o", "shop.csv").status == 2
    assert check(folder, ">= 40%", "--save-baseline", "journey.yaml").status == 2
    assert (folder / "shop.csv").read_bytes() == before


def test_a_process_model_can_be_the_ideal(folder):
    """Written from the journey file, read as the ideal: the same costs."""
    (folder / "journey.yaml").write_text(IDEAL.replace("BUDGET", ">= 1%"))
    for name in ("m.bpmn", "m.pnml"):
        made = run(folder, "model", "journey.yaml", "-o", name)
        assert (made.status, made.err) == (0, f"wrote {name}\n")
        ran = run(folder, "check", "shop.csv", "-i", name, "-f", "json")
        assert ran.status == 0
        found = json.loads(ran.out)
        assert found["conformance"]["cost"] == 150
        assert "N229" in [note["code"] for note in found["notes"]]
    assert run(folder, "model", "journey.yaml", "-o", "m.svg").codes == ["U101"]
    assert run(folder, "model", "none.yaml", "-o", "m.bpmn").codes == ["J104"]
    assert run(folder, "model", "journey.yaml", "-o", "no/such.bpmn").status == 5


def test_observation_windows(folder):
    ran = check(folder, ">= 1%", "--observed-from", "2024-05-02", "-f", "json", "--min-group", "1")
    states = json.loads(ran.out)["states"]
    assert (states["completed"], states["truncated"]) == (0, 300)
    late = check(folder, ">= 1%", "--observed-until", "2024-05-09", "-f", "json")
    assert json.loads(late.out)["states"]["abandoned"] == 150
    assert check(folder, ">= 1%", "--observed-until", "soon").codes == ["U101"]


def test_the_same_bytes_whatever_the_machine(folder):
    """Hash seed, threads, time zone, locale: none of them shows, in any format."""
    files = ["a.txt", "a.json", "a.md", "a.csv", "a.xml", "a.html"]
    assert {format_of(Path(file), Subject.CHECK) for file in files} == set(
        formats_of(Subject.CHECK)
    ) - {"github", "sarif", "gitlab"}  # which no ending of a file says
    written = [part for file in files for part in ("-o", file)]
    runs = []
    for environ in (
        {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C", "OMP_NUM_THREADS": "1"},
        {
            "PYTHONHASHSEED": "77",
            "TZ": "Asia/Tokyo",
            "LC_ALL": "C.UTF-8",
            "ARROW_NUM_THREADS": "1",
            "OMP_NUM_THREADS": "4",
        },
    ):
        command = ("check", SAMPLE_LOGS, "-i", JOURNEY, "-f", "github", *written)
        ran = run(folder, *command, environ=environ)
        assert ran.status == 1, ran.err
        runs.append([ran.stdout, *((folder / file).read_bytes() for file in files)])
    assert runs[0] == runs[1]
    assert all(len(one) > 200 for one in runs[0])


def test_every_figure_of_the_screen_stands_in_the_json(folder):
    """The shares of the screen can be recomputed from the counts of the JSON."""
    command = ("check", SAMPLE_LOGS, "-i", JOURNEY)
    screen = run(folder, *command).out
    found = json.loads(run(folder, *command, "-f", "json").out)
    for row in found["expectations"]:
        if row["verdict"] in ("broken", "warned") and row["n"] is not None:
            assert row["value"] == row["n"] / row["of"]
            assert f"{row['n']:,} of {row['of']:,} journeys" in " ".join(screen.split())
            assert f"{100 * row['value']:.1f} %" in screen
    for step in found["steps"]:
        if step["reached"] is not None:
            assert f"{step['reached']:,}" in screen
        if step["drop_off"]["of"]:
            assert f"{100 * step['drop_off']['value']:.1f} %" in screen
    whole = found["conformance"]
    assert whole["cost"] == whole["log_moves"] + whole["model_moves"]
    worst = whole["events"] + whole["journeys"] * whole["shortest"]
    assert whole["log_fitness"] == pytest.approx(1 - whole["cost"] / worst)
    assert sum(found["states"].values()) == whole["journeys"]


def test_explain_knows_codes_and_names(folder):
    by_code, by_name = run(folder, "explain", "d201"), run(folder, "explain", "skipped")
    assert by_code.out == by_name.out
    assert by_code.out.startswith("D201  skipped\nWhat ")
    assert run(folder, "explain", "D999").codes == ["U101"]
    assert "J104" in run(folder, "explain").out


def test_the_language_is_that_of_the_screen_and_of_files_for_people(tmp_path):
    """JSON, CSV and what build services read are the same in every language."""
    shop(tmp_path)
    names = ["x.txt", "x.md", "x.html", "x.json", "x.csv", "x.xml"]
    outputs = [part for name in names for part in ("-o", name)]
    english = check(tmp_path, ">= 40%", *outputs)
    before = {name: (tmp_path / name).read_text("utf-8") for name in names}
    dutch = check(tmp_path, ">= 40%", *outputs, "--lang", "nl")
    after = {name: (tmp_path / name).read_text("utf-8") for name in names}
    assert "the only expectation is kept" in english.out
    for said in (dutch.out, after["x.txt"], after["x.md"]):
        assert "de enige verwachting is gehaald" in said
    assert '<html lang="nl">' in after["x.html"]
    assert [name for name in names if before[name] == after[name]] == names[3:]
    found = run(tmp_path, "discover", "shop.csv", "--goal", "Buy", "--lang", "nl")
    said = 'Doel "Buy": bereikt door 150 van 300 klantreizen, begonnen 1 mei 2024, ≈ 50,0 %'
    assert said in found.out
