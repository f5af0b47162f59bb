"""`cjmine report`: from logs, or from what earlier runs wrote; one file, whole or absent."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from cli.running import SAMPLE_LOGS, run

LIMIT = 450_000
EXPORT = "customer,activity,time\n" + "".join(
    f"c{customer},{name},2026-03-0{day}T10:00:00Z\n"
    for customer in range(30)
    for day, name in enumerate(("Search", "Pay")[: 1 + customer % 2], 1)
)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample logs, the JSON of both runs, and the report on the logs."""
    folder = tmp_path_factory.mktemp("results")
    shutil.copytree(SAMPLE_LOGS, folder / "sample_logs")
    rules = ["--goal", "Final bill mail", "--entry", "Moving page", "--top", "10"]
    rules += ["--deadline", "14d"]
    for typed, status in (
        (["check", "sample_logs", "-o", "check.json", "-o", "check.html"], 1),
        (["discover", "sample_logs", *rules, "-o", "found.json", "-o", "found.html"], 0),
        (["dropoff", "sample_logs", "-o", "left.json"], 0),
        (["priorities", "sample_logs", "-o", "first.json"], 0),
        (["report", "sample_logs"], 0),
    ):
        ran = run(folder, *typed)
        assert ran.status == status, ran.err
    assert ran.stdout == b"" and "wrote report.html" in ran.err
    return folder


def parts(file: Path) -> dict[str, str]:
    """The sections of a report, by their names."""
    text = file.read_text("utf-8")
    return {one[1]: one[0] for one in re.finditer(r'<section id="(\w+)".*?</section>', text, re.S)}


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_the_report_on_the_samples_is_small(results: Path, tmp_path: Path, lang: str) -> None:
    """Small enough for any mailbox, in both languages."""
    ran = run(results, "report", "sample_logs", "--lang", lang, "-o", str(tmp_path / "r.html"))
    assert ran.status == 0, ran.err
    assert 50_000 < len((tmp_path / "r.html").read_bytes()) < LIMIT


def test_results_give_the_same_report_as_their_log(results: Path, tmp_path: Path) -> None:
    """All but the last part, which says what was read; with the ideal for the flow map."""
    target = tmp_path / "again.html"
    ran = run(
        results, *("report", "check.json", "found.json", "left.json", "first.json",
            "-i", "sample_logs/journey.yaml"),
        *("-o", str(target)),
    )  # fmt: skip
    assert ran.status == 0, ran.err
    one, other = parts(results / "report.html"), parts(target)
    assert list(one) == list(other)
    assert [name for name in one if one[name] != other[name]] == ["reproduction"]
    assert "check.json, found.json, left.json, first.json" in other["reproduction"]
    assert "curve" in one


def test_a_report_begins_with_the_answer(results: Path) -> None:
    """What is broken, what to do first, the picture; the map has the same three places."""
    head = parts(results / "report.html")["verdict"]
    shown = json.loads((results / "first.json").read_text("utf-8"))
    first = [row for row in shown["items"] if row["verdict"] == "gain"][:3]
    answer = re.search(r'<p class="answer">(.*?)</p>', head, re.S)
    assert answer is not None and "Drop-off at Meter readings" in answer[1]
    gain = first[0]["gain"]
    assert f"{gain['value']:.0f} ({gain['low']:.0f} to {gain['high']:.0f}) goals" in answer[1]
    assert head.count('class="pr-bar"') == 5 and head.count('class="pr-hollow"') == 3
    drawn = parts(results / "report.html")["map"]
    marks = re.findall(r"<title>(\d): ([^<]*)</title><circle", drawn)
    assert sorted(marks) == [
        (str(rank), f"{row['step']}: {row['class']}") for rank, row in enumerate(first, 1)
    ]
    for rank, name in marks:  # also where the steps are below each other
        assert f"<p>fix first, number {rank}: {name}</p>" in drawn


def test_one_result_is_enough(results: Path, tmp_path: Path) -> None:
    """What it lacks is said; check and discover write the same page themselves."""
    for name, made, absent in (("check", "check", "discovery"), ("found", "discover", "check")):
        target = tmp_path / f"{name}.html"
        ran = run(results, "report", f"{name}.json", "-o", str(target))
        assert ran.status == 0, ran.err
        assert f"This report holds no {absent}: " in target.read_text("utf-8")
        ours = (results / f"{name}.html").read_text("utf-8")
        assert f"<code>cjmine {made} sample_logs" in ours
        one, other = parts(target), parts(results / f"{name}.html")
        differing = [part for part in one if one[part] != other[part]]
        assert differing == ["reproduction"] if name == "check" else ["flows", "reproduction"]


def test_the_command_that_it_shows_makes_the_same_report(results: Path, tmp_path: Path) -> None:
    """Byte for byte, in other surroundings too."""
    text = (results / "report.html").read_text("utf-8")
    (typed,) = re.findall(r"<dt>Command</dt><dd><code>cjmine (.*?)</code>", text)
    (tmp_path / "sample_logs").symlink_to(results / "sample_logs")
    for environ in ({"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo"}, {"LC_ALL": "C", "COLUMNS": "40"}):
        ran = run(tmp_path, *typed.split(), environ=environ)
        assert ran.status == 0, ran.err
        assert (tmp_path / "report.html").read_text("utf-8") == text


def test_without_an_ideal_the_journeys_are_shown(tmp_path: Path) -> None:
    """And the options are told as they were typed."""
    (tmp_path / "a.csv").write_text(EXPORT)
    ran = run(tmp_path, "report", "a.csv", "--goal", "Pay", "--title", "Paid & <b>done</b>")
    assert ran.status == 0, ran.err
    text = (tmp_path / "report.html").read_text("utf-8")
    assert "<h1>Paid &amp; &lt;b&gt;done&lt;/b&gt;</h1>" in text
    assert "≈ 50.0 % (32.5 to 67.5), 15 of 30 journeys begun 1 March 2026." in text
    assert (
        "cjmine report a.csv --goal Pay --title &#39;Paid &amp; &lt;b&gt;done&lt;/b&gt;&#39;"
        in text
    )


@pytest.mark.parametrize(
    ("typed", "status", "code"),
    [
        ("report", 2, "C103"),
        ("report nowhere.csv", 3, "L101"),
        ("report nowhere.json", 3, "L101"),
        ("report check.json check.json", 2, "U101"),
        ("report check.json sample_logs", 2, "U101"),
        ("report check.json --goal Pay", 2, "U101"),
        ("report check.json --tz UTC", 2, "U101"),
        ("report check.json --baseline check.json", 2, "J116"),
        ("report other.json check.json", 2, "U101"),
        ("report cut.json", 2, "U102"),
        ("report check.json -i wrong.yaml", 2, "J104"),
        ("report check.json -i another.yaml", 2, "U101"),
        ("report sample_logs -i nowhere.yaml", 2, "J104"),
        ("report check.json -o check.json", 2, "U101"),
        ("report check.json -o nowhere/report.html", 5, "O101"),
        ("report left.json", 2, "U101"),
        ("report check.json left.json left.json", 2, "U101"),
        ("report first.json", 2, "U101"),
        ("report few.csv", 4, "P103"),
        ("report check.json --lang de", 2, "U101"),
        ("report check.json --min-group 0", 2, "U101"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(
    results: Path, tmp_path: Path, typed: str, status: int, code: str
) -> None:
    """With a status, a code and something to try; never a traceback."""
    for name in ("check.json", "left.json", "first.json", "sample_logs"):
        (tmp_path / name).symlink_to(results / name)
    written = (results / "found.json").read_text()
    other = json.loads(written)
    other["sources"][0]["path"] = "elsewhere.csv"
    (tmp_path / "other.json").write_text(json.dumps(other))
    (tmp_path / "cut.json").write_text(written[:-30])
    (tmp_path / "wrong.yaml").write_text("journey: [")
    (tmp_path / "another.yaml").write_text(
        "journey: another\ngoal: Pay\nstages: [{stage: One, steps: [Pay]}]\n"
    )
    (tmp_path / "few.csv").write_text("\n".join(EXPORT.splitlines()[:8]) + "\n")
    before = sorted(path.name for path in tmp_path.iterdir())
    ran = run(tmp_path, *typed.split())
    assert (ran.status, ran.codes[:1]) == (status, [code]), ran.err
    assert ran.stdout == b""
    assert sorted(path.name for path in tmp_path.iterdir()) == before
