"""`--release` on the command line: in every verb and format, as a project's default, refused."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cli.running import SAMPLE_LOGS, run

IDEAL = str(SAMPLE_LOGS / "journey.yaml")
EXACT = re.compile(
    r"\b(2,537|2537|969|2,293|2293|1,613|1613|2,054|2054)\b"
)  # counts of the sample logs


@pytest.mark.parametrize("form", ["text", "json", "markdown", "csv", "github", "junit", "html"])
def test_no_format_of_a_released_check_prints_an_exact_count(
    tmp_path: Path, saved_samples: Path, form: str
) -> None:
    typed = ("check", saved_samples, "-i", IDEAL, "--exit-zero", "-f", form)
    ran = run(tmp_path, *typed, "--release")
    assert ran.status == 0, ran.err
    assert not EXACT.search(ran.out)
    exact = run(tmp_path, *typed)
    assert EXACT.search(exact.out)


def test_a_released_result_has_days_and_names_of_files_and_says_what_it_is(tmp_path: Path) -> None:
    ran = run(tmp_path, "check", SAMPLE_LOGS, "-i", IDEAL, "--release", "--exit-zero", "-f", "json")
    found = json.loads(ran.out)
    assert found["privacy"]["release"] is True
    # The first event is of 23:00 or later in UTC, and of the next day in the zone of the log.
    assert found["log"]["observed_from"] == "2026-01-05"
    assert found["judged"]["begun_from"] == "2026-01-05"
    assert found["log"]["zone"] == "Europe/Amsterdam"
    assert found["journey_file"] == "journey.yaml"
    assert all("/" not in one["path"] for one in found["sources"])
    assert all(one["read"] is None or one["read"] % 5 == 0 for one in found["sources"])
    assert "N235" in {note["code"] for note in found["notes"]}


def test_text_says_that_a_count_is_small(tmp_path: Path, saved_samples: Path) -> None:
    ran = run(tmp_path, "check", saved_samples, "-i", IDEAL, "--release", "--exit-zero")
    assert "<10" in ran.out
    assert "a dash or <10 is a figure" in ran.out


def test_small_groups_are_not_released(tmp_path: Path, saved_samples: Path) -> None:
    ran = run(tmp_path, "discover", saved_samples, "--release", "--min-group", "5")
    assert ran.status == 2
    assert ran.codes == ["U101"]
    assert "--release" in ran.err


def test_a_project_can_release_by_default(tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    rows = [f"c{n:03},Search,2026-03-01T10:00:{n % 60:02}Z" for n in range(33)]
    log.write_text("customer,activity,time\n" + "\n".join(rows) + "\n", "utf-8")
    plain = run(tmp_path, "discover", log, "-f", "json")
    assert json.loads(plain.out)["log"]["journeys"] == 33
    (tmp_path / "cjmine.toml").write_text("[privacy]\nrelease = true\n", "utf-8")
    released = run(tmp_path, "discover", log, "-f", "json")
    assert released.status == 0, released.err
    assert json.loads(released.out)["log"]["journeys"] == 35


def test_a_report_of_exact_results_is_not_released(tmp_path: Path, saved_samples: Path) -> None:
    file = tmp_path / "found.json"
    run(tmp_path, "discover", saved_samples, "-o", file)
    page = tmp_path / "page.html"
    ran = run(tmp_path, "report", file, "--release", "-o", page)
    assert ran.status == 2
    assert "not made for release" in ran.err
    assert not page.exists()


def test_a_report_and_a_map_of_a_log_are_released(tmp_path: Path, saved_samples: Path) -> None:
    page, picture = tmp_path / "page.html", tmp_path / "map.svg"
    run(tmp_path, "report", saved_samples, "--ideal", IDEAL, "--release", "-o", page)
    run(tmp_path, "map", saved_samples, "--ideal", IDEAL, "--release", "-o", picture)
    for file in (page, picture):
        written = re.sub(r"<style.*?</style>", "", file.read_text("utf-8"), flags=re.DOTALL)
        texts = " ".join(re.findall(r">([^<]+)<", written))
        assert not EXACT.search(texts)
        assert "2,535" in texts
    assert "sums may differ" in page.read_text("utf-8")


def test_touchpoints_and_drafts_are_rounded(tmp_path: Path, saved_samples: Path) -> None:
    ran = run(tmp_path, "touchpoints", SAMPLE_LOGS, "--release", "-f", "json")
    found = json.loads(ran.out)
    assert all(one["events"] % 5 == 0 for one in found["sources"])
    draft = run(
        tmp_path, "draft", saved_samples, "--goal", "Final bill mail", "--entry", "Moving page",
        "--release",
    )  # fmt: skip
    counts = re.findall(r"([\d,]+) (?:successful )?journeys", draft.out)
    assert counts
    assert all(int(one.replace(",", "")) % 5 == 0 for one in counts)


def test_released_pages_name_files_without_their_folders(tmp_path: Path) -> None:
    page, result, drawn = (tmp_path / name for name in ("page.html", "found.json", "drawn.html"))
    run(tmp_path, "discover", SAMPLE_LOGS, "--release", "-o", page, "-o", result)
    run(tmp_path, "report", result, "--release", "-o", drawn)
    for file in (page, drawn):
        text = file.read_text("utf-8")
        assert str(tmp_path) not in text
        assert str(SAMPLE_LOGS) not in text and "sample_logs/analytics.csv" not in text
    assert "cjmine discover sample_logs --release" in page.read_text("utf-8")
    run(tmp_path, "discover", SAMPLE_LOGS, "-o", page)
    assert "sample_logs/analytics.csv" in page.read_text("utf-8")


@pytest.mark.parametrize("verb", [("map",), ("draft", "--goal", "Final bill mail")])
def test_what_is_said_beside_a_released_output_has_no_exact_counts_of_the_load(
    tmp_path: Path, verb: tuple[str, ...]
) -> None:
    name, *options = verb
    released = run(tmp_path, name, SAMPLE_LOGS, *options, "--release")
    assert released.status == 0
    assert "N207" in released.err
    assert "each a customer of its own" not in released.err
    assert "each a customer of its own" in run(tmp_path, name, SAMPLE_LOGS, *options).err


def test_an_identity_report_withholds_and_rounds_as_other_results_do(tmp_path: Path) -> None:
    """Hubs and shared devices of few are withheld; what is released is rounded, and says so."""

    def told(*flags: str) -> dict[str, object]:
        ran = run(tmp_path, "identity", "report", SAMPLE_LOGS, "-f", "json", *flags)
        assert ran.status == 0, ran.err
        return dict(json.loads(ran.out))

    exact, usual, released = told("--min-group", "1"), told(), told("--release")
    counts = [key for key, value in exact.items() if type(value) is int and key != "hub_limit"]
    for key in counts:
        value = exact[key]
        assert isinstance(value, int)
        assert usual[key] in (value, None) and (usual[key] == value or value)
        assert released[key] is None or int(str(released[key])) % 5 == 0
    assert {key for key in counts if 0 < int(str(exact[key])) < 10} <= {
        key for key in counts if usual[key] is None
    }
    assert any(exact[key] != released[key] and released[key] is not None for key in counts)
    ran = run(tmp_path, "identity", "report", SAMPLE_LOGS, "--release")
    assert "note[N235]" in ran.err
    few = run(tmp_path, "identity", "report", SAMPLE_LOGS, "--min-group", "100000")
    assert (few.status, few.codes) == (4, ["P103"])


@pytest.mark.parametrize("flags", [[], ["--release"]])
def test_a_note_about_one_big_identifier_holds_no_exact_count(
    tmp_path: Path, flags: list[str]
) -> None:
    """N236 says a share in whole percents; neither the identifier nor its number of events."""
    rows = [f"c{who},Step,2024-05-01T10:{who % 60:02}:00Z" for who in range(2_000)]
    rows += [f"shared-desk,Step,2024-05-02T10:{one % 60:02}:00Z" for one in range(313)]
    (tmp_path / "a.csv").write_text("customer,activity,time\n" + "\n".join(rows) + "\n")
    ran = run(tmp_path, "discover", "a.csv", "-o", "page.html", "-f", "json", *flags)
    assert ran.status == 0 and "N236" in ran.out, ran.err
    for text in (ran.err, ran.out, (tmp_path / "page.html").read_text()):
        assert "shared-desk" not in text
        (said,) = set(re.findall(r"one identifier holds (\S+) of all events", text)) or {"14%"}
        assert said == "14%"
        if flags:
            assert not re.search(r"\b313\b", re.sub(r"[\d.]+(?:px|rem|em)", "", text))
