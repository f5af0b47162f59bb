"""`cjmine ideas` on the command line: the register, its measure, Jira's files, and what is refused."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from ideas.logs import JOURNEY, rows_of, week

from cjmine.results.log import moment
from cli.running import run

LOST = [20] * 19 + [28] + [12] * 6
REGISTER = f"""\
# what we tried
ideas:
  - id: M-1
    title: Keep the cart
    journey: order
    step: Cart
    metric: drop-off
    owner: web
    status: running
    noted: {week(19)}
    since: {week(20)}
    expected: -15 pp
    harm: 1 pp
  - {{id: M-2, title: "=HYPERLINK(x)", metric: goal, status: idea, expected: +3 pp}}
"""
OBSERVED = ("-q",)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """26 weeks of 40 customers, of whom fewer leave at the cart in the last six."""
    lines = [f"{who},{name},{moment(at * 1_000_000)}" for who, name, at in rows_of(LOST)]
    (tmp_path / "shop.csv").write_text("\n".join(["customer,activity,time", *lines]) + "\n")
    (tmp_path / "journey.yaml").write_text(JOURNEY)
    (tmp_path / "ideas.yaml").write_text(REGISTER)
    return tmp_path


def test_the_screen_says_what_its_json_says(folder: Path) -> None:
    done = run(folder, "ideas", "measure", "shop.csv", *OBSERVED)
    assert done.status == 0, done.err
    found = json.loads(run(folder, "ideas", "measure", "shop.csv", *OBSERVED, "--json").out)
    row = found["ideas"][0]["measured"]
    change = row["change"]
    said = " ".join(done.out.split())
    low, high = (f"{100 * change[end]:.1f}".replace("-", "−") for end in ("low", "high"))
    assert f"measured −{-100 * change['value']:.1f} pp ({low} to {high}): kept its promise" in said
    assert f"{row['before']['n']} of {row['before']['of']} ({row['weeks_before']} weeks)" in said
    assert f"{row['after']['n']} of {row['after']['of']} ({row['weeks_after']} weeks)" in said
    assert row["verdict"] == "kept its promise" and row["goal"] == "gain"
    assert "the goal meanwhile: gain" in said
    assert found["ideas"][1]["measured"] is None
    assert (
        "belofte gehouden"
        in run(folder, "ideas", "measure", "shop.csv", *OBSERVED, "--lang", "nl").out
    )


def test_every_format(folder: Path) -> None:
    names = ("a.json", "a.md", "a.csv", "a.txt", "a.html")
    outputs = (part for name in names for part in ("-o", name))
    done = run(folder, "ideas", "measure", "shop.csv", *OBSERVED, *outputs, "-f", "csv")
    assert done.status == 0, done.err
    first, second = list(csv.DictReader(io.StringIO(done.out)))
    assert (first["id"], first["verdict"], first["unit"]) == ("M-1", "kept its promise", "pp")
    assert second["title"] == "'=HYPERLINK(x)" and second["change"] == ""
    for name in names[1:]:
        assert "Keep the cart" in (folder / name).read_text("utf-8")


def test_the_list_is_what_is_written_down(folder: Path) -> None:
    for verb in (("ideas",), ("ideas", "list")):
        done = run(folder, *verb)
        assert done.status == 0, done.err
        assert "M-1  Keep the cart" in done.out and "expected −15.0 pp" in done.out
    found = json.loads(run(folder, "ideas", "list", "-f", "json").out)
    assert found["schema"] == "cjmine/idea-list/1"
    assert [one["id"] for one in found["ideas"]] == ["M-1", "M-2"]


def test_an_idea_is_added_by_its_title_or_from_a_result(folder: Path) -> None:
    done = run(folder, "ideas", "add", "--idea", "Say when", "--noted", "2026-05-01")
    assert done.status == 0, done.err
    text = (folder / "ideas.yaml").read_text("utf-8")
    assert text.startswith("# what we tried\n") and "id: M-3\n" in text.replace("- id", "id")
    ranked = run(folder, "priorities", "shop.csv", *OBSERVED, "-o", "p.json")
    assert ranked.status == 0, ranked.err
    first = json.loads((folder / "p.json").read_text())["items"][0]
    for inputs in (("p.json",), ("shop.csv", "-q")):
        done = run(folder, "ideas", "add", *inputs, "--from", "priorities:1")
        assert done.status == 0, done.err
        found = json.loads(run(folder, "ideas", "list", "-f", "json").out)["ideas"][-1]
        assert found["deviation"] == first["class"] and found["journey"] == "order"
        assert first["step"] in (found["step"], found["touchpoint"])
    refused = run(folder, "ideas", "add", "p.json", "--from", "priorities:999")
    assert refused.status == 2 and "no such place" in refused.err
    for wrong in ("trend:1", "priorities:x", "priorities"):
        assert run(folder, "ideas", "add", "p.json", "--from", wrong).status == 2
    assert run(folder, "ideas", "add").status == 2


def test_an_idea_comes_from_a_hint(folder: Path) -> None:
    made = run(folder, "hints", "shop.csv", *OBSERVED, "-o", "h.json")
    assert made.status == 0, made.err
    hints = json.loads((folder / "h.json").read_text())["hints"]
    done = run(folder, "ideas", "add", "h.json", "--from", "hints:1")
    if not hints:
        assert done.status == 2 and "no such place" in done.err
        return
    assert done.status == 0, done.err
    found = json.loads(run(folder, "ideas", "list", "-f", "json").out)["ideas"][-1]
    assert hints[0]["tip"] in found["title"] and found["metric"] == "goal"


def test_a_place_that_a_result_lacks_is_refused_with_its_last_one(folder: Path) -> None:
    run(folder, "priorities", "shop.csv", *OBSERVED, "-o", "p.json")
    last = len(json.loads((folder / "p.json").read_text())["items"])
    done = run(folder, "ideas", "add", "p.json", "--from", "priorities:999")
    assert f"the last one is --from priorities:{last}" in done.err
    other = run(folder, "ideas", "add", "p.json", "--from", "hints:1")
    assert other.status == 2 and "a result of another verb: cjmine/priorities/" in other.err


def test_what_is_typed_is_refused_where_it_is_typed(folder: Path) -> None:
    """The place of a mistake is the option, not a line that was never written."""
    for option, text in (("--idea", "one\ntwo"), ("--idea", " "), ("--owner", "x" * 201)):
        more = [] if option == "--idea" else ["--idea", "Say it"]
        done = run(folder, "ideas", "add", *more, option, text)
        assert done.status == 2 and f"--> {option}" in done.err and "= try:" in done.err
    unused = run(folder, "ideas", "add", "shop.csv", "--idea", "Say it")
    assert unused.status == 2 and "--from priorities:1" in unused.err


@pytest.mark.parametrize(
    ("encoding", "delimiter", "before"),
    [
        ("utf-8-sig", ";", ""),
        ("utf-16", "\t", ""),
        ("utf-16-le", ",", ""),
        ("cp1252", ";", "sep=;\r\n"),
    ],
)
def test_an_export_comes_back_from_any_spreadsheet(
    folder: Path, encoding: str, delimiter: str, before: str
) -> None:
    run(folder, "ideas", "add", "--idea", "Onthoud de ingave voor één klant")
    rows = [
        ["Samenvatting", "Issuesleutel", "Status", "Labels", "Labels", "Sprint", "Sprint"],
        ["Onthoud de ingave voor één klant", "CX-7", "Gereed", "cjmine", "", "", "Sprint 2"],
    ]
    text = before + "".join(delimiter.join(row) + "\r\n" for row in rows)
    (folder / "jira.csv").write_bytes(text.encode(encoding))
    done = run(folder, "ideas", "read", "jira.csv")
    assert done.status == 0, done.err
    found = json.loads(run(folder, "ideas", "list", "-f", "json").out)["ideas"][-1]
    assert (found["jira"], found["status"]) == ("CX-7", "done")


def test_an_export_with_a_mistake_is_refused_at_its_line(folder: Path) -> None:
    lines = 'Issue key,Summary\nCX-1,"two\nlines"\n12-mrt,b\n'
    (folder / "jira.csv").write_text(lines, "utf-8")
    done = run(folder, "ideas", "read", "jira.csv")
    assert done.status == 2 and "--> jira.csv:4" in done.err and "mrt" not in done.err
    (folder / "jira.csv").write_bytes(bytes(range(256)))
    done = run(folder, "ideas", "read", "jira.csv")
    assert done.status == 3 and "no text" in done.err and "= try:" in done.err


def test_a_first_idea_makes_the_register(tmp_path: Path) -> None:
    done = run(tmp_path, "ideas", "add", "--idea", "Say: when", "--owner", "web")
    assert done.status == 0, done.err
    text = (tmp_path / "ideas.yaml").read_text("utf-8")
    assert re.fullmatch(
        r'ideas:\n  - id: I-1\n    title: "Say: when"\n    owner: web\n    status: idea\n'
        r"    noted: \d{4}-\d\d-\d\d\n    metric: goal\n",
        text,
    )


def test_the_files_of_jira_and_the_way_back(folder: Path) -> None:
    done = run(folder, "ideas", "export", "-o", "jira.csv")
    assert done.status == 0 and "wrote jira.csv" in done.err
    rows = list(csv.DictReader(io.StringIO((folder / "jira.csv").read_text("utf-8"))))
    assert [one["Summary"] for one in rows] == ["Keep the cart", "'=HYPERLINK(x)"]
    body = run(folder, "ideas", "export", "--jira", "rest", "--project", "CX", "-o", "j.json")
    assert body.status == 0, body.err
    assert len(json.loads((folder / "j.json").read_text())["issueUpdates"]) == 2
    assert run(folder, "ideas", "export", "--jira", "rest", "-o", "k.json").status == 2
    back = "Issue key,Status,Labels,Summary\n" + "".join(
        f'CX-{place},Done,{one["Labels"]},"{one["Summary"]}"\n' for place, one in enumerate(rows, 1)
    )
    (folder / "back.csv").write_text(back)
    read = run(folder, "ideas", "read", "back.csv")
    assert read.status == 0 and "ideas that change: 2" in read.err
    text = (folder / "ideas.yaml").read_text("utf-8")
    assert text.startswith("# what we tried\n") and "jira: CX-1" in text and "jira: CX-2" in text
    again = run(folder, "ideas", "read", "back.csv")
    assert "ideas that change: 0" in again.err and "wrote" not in again.err
    assert "every idea has an issue" in run(folder, "ideas", "export", "-o", "x.csv").err


def test_a_register_with_mistakes_is_refused_with_all_of_them(folder: Path) -> None:
    (folder / "ideas.yaml").write_text("ideas:\n  - id: 1 2\n    title: x\n    since: May\n")
    done = run(folder, "ideas", "list")
    assert done.status == 2
    assert "ideas.yaml:2" in done.err and "ideas.yaml:4" in done.err


def test_without_a_register_it_is_said_how_to_begin(tmp_path: Path) -> None:
    done = run(tmp_path, "ideas")
    assert done.status == 2 and "cjmine ideas add" in done.err
