"""Each tick of maturity has evidence in a file; without it exactly its line is less far."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from cli.running import Ran, run

import cjmine.maturity
from cjmine.maturity.schema import answers_schema

TODAY = date(2026, 11, 26)
JOURNEY = """journey: moving
goal: Final bill
owner: service
purpose: fewer calls
stages:
- stage: Move
  steps: [Moving page, Final bill]
expect:
  goal-rate: ">= 40%"
"""
FILES = {
    "moving.yaml": JOURNEY,
    "insights.yaml": "insights:\n- {what: they wait, source: talks, date: 2026-06-01}\n",
    "cjmine.toml": '[source.web]\nfiles = "a.csv"\nformat = "csv"\n',
    "identity.json": '{"schema": "cjmine/identity/1", "across": 120}',
    "check.json": '{"schema": "cjmine/check/2", "sources": [{"read": 9000, "rejected": 50},'
    ' {"read": 1000, "rejected": null}]}',
    ".github/workflows/journey.yml": "jobs:\n  check:\n    - run: cjmine check log.parquet\n",
    "trend.json": '{"schema": "cjmine/trend/1"}',
    "portfolio.yaml": "lifecycle: [Use]\njourneys:\n"
    "- {journey: moving.yaml, owner: service, review-by: 2027-03-01}\n",
    "ideas.yaml": "ideas:\n- {id: M-1, title: Say it, owner: service}\n",
    "ideas.json": '{"schema": "cjmine/ideas/1", "ideas": [{"measured": null},'
    ' {"measured": {"verdict": "not seen"}}], "calibration": {"closed": 3}}',
}
LINES = ("mapping", "mining", "managing")


@dataclass(frozen=True)
class Folder:
    """A folder whose files all have the same day."""

    path: Path

    def write(self, name: str, text: str, day: date = TODAY) -> None:
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        at = (day - date(1970, 1, 1)).days * 86_400 + 3_600
        os.utime(file, (at, at))

    def look(self, *typed: str) -> dict[str, Any]:
        ran = self.run(*typed, "--json")
        assert ran.status == 0, ran.err
        found: dict[str, Any] = json.loads(ran.out)
        return found

    def run(self, *typed: str) -> Ran:
        return run(self.path, "maturity", "--today", TODAY.isoformat(), *typed)

    def levels(self) -> dict[str, int]:
        return {one["line"]: one["level"] for one in self.look()["lines"]}


@pytest.fixture
def full(tmp_path: Path) -> Folder:
    """A folder with all evidence, outside of any repository."""
    folder = Folder(tmp_path / "all")
    for name, text in FILES.items():
        folder.write(name, text)
    return folder


def test_a_folder_with_all_evidence_has_every_stage(full: Folder) -> None:
    found = full.look()
    assert full.levels() == dict.fromkeys(LINES, 5)
    assert found["next"] is None
    assert all(one["shown"] and one["files"] for one in found["evidence"])
    assert {file["file"] for one in found["evidence"] for file in one["files"]} == set(FILES)
    days = {(f["day"], f["by"]) for one in found["evidence"] for f in one["files"]}
    assert days == {(TODAY.isoformat(), "file")}


def test_without_any_named_file_exactly_its_line_is_less_far(full: Folder) -> None:
    """Each file that a tick names, and no file of another line."""
    named = {(f["file"], one["line"]) for one in full.look()["evidence"] for f in one["files"]}
    assert len(named) == len(FILES)  # no file is evidence of two lines
    for name, line in sorted(named):
        kept = (full.path / name).read_text("utf-8")
        (full.path / name).unlink()
        levels = full.levels()
        assert levels.pop(line) < 5, name
        assert set(levels.values()) == {5}, name
        full.write(name, kept)


@dataclass(frozen=True)
class Without:
    """What is taken from a file, the evidence that is then not shown, and the line's level."""

    file: str
    text: str
    instead: str
    evidence: set[str]
    line: str
    level: int


@pytest.mark.parametrize(
    "one",
    [
        Without("moving.yaml", "owner: service\n", "", {"owned-ideal", "all-owned"}, LINES[0], 1),
        Without("moving.yaml", "purpose: fewer calls\n", "", {"owned-ideal"}, LINES[0], 1),
        Without("moving.yaml", 'expect:\n  goal-rate: ">= 40%"\n', "", {"expected"}, LINES[0], 3),
        Without("insights.yaml", "2026-06-01", "2025-06-01", {"heard"}, LINES[0], 4),
        Without("identity.json", "120", "0", {"linked"}, LINES[1], 1),
        Without("check.json", "50", "100", {"rejects"}, LINES[1], 2),
        Without(".github/workflows/journey.yml", "- run", "# - run", {"gated"}, LINES[1], 3),
        Without("portfolio.yaml", ", owner: service", "", {"owners"}, LINES[2], 2),
        Without("portfolio.yaml", "2027-03-01", "2026-11-25", {"review-by"}, LINES[2], 2),
        Without("portfolio.yaml", ", review-by: 2027-03-01", "", {"review-by"}, LINES[2], 2),
        Without("ideas.yaml", ", owner: service", "", {"ideas"}, LINES[2], 1),
        Without("ideas.json", "not seen", "cannot tell", {"measured"}, LINES[2], 3),
        Without("ideas.json", "3", "2", {"calibrated"}, LINES[2], 4),
    ],
    ids=lambda one: f"{one.file} {one.text.strip()}",
)
def test_without_one_fact_exactly_its_line_is_less_far(full: Folder, one: Without) -> None:
    assert one.text in FILES[one.file]
    full.write(one.file, FILES[one.file].replace(one.text, one.instead))
    found = full.look()
    assert {row["evidence"] for row in found["evidence"] if not row["shown"]} == one.evidence
    assert full.levels() == {**dict.fromkeys(LINES, 5), one.line: one.level}
    assert found["next"]["line"] == one.line and found["next"]["evidence"] in one.evidence


@pytest.mark.parametrize(
    ("name", "days", "evidence"),
    [
        ("moving.yaml", 183, "reviewed"),
        ("check.json", 31, "checked"),
        ("trend.json", 92, "followed"),
    ],
)
def test_evidence_grows_old(full: Folder, name: str, days: int, evidence: str) -> None:
    """On its last day it still counts, the day after not."""
    full.write(name, FILES[name], TODAY - timedelta(days))
    assert all(one["shown"] for one in full.look()["evidence"])
    full.write(name, FILES[name], TODAY - timedelta(days + 1))
    assert [one["evidence"] for one in full.look()["evidence"] if not one["shown"]] == [evidence]


def test_an_empty_folder_is_noticed_nowhere(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    folder = Folder(tmp_path / "none")
    assert folder.levels() == dict.fromkeys(LINES, 0)
    found = folder.look()
    assert [one["stage"] for one in found["lines"]] == [None] * 3
    assert found["next"] == {"line": "mapping", "stage": "noticed", "evidence": "ideal"}
    assert found["said"] == [] and found["notes"] == []


def test_one_journey_of_several_without_an_owner_is_named(full: Folder) -> None:
    full.write("sub/bill.yaml", JOURNEY.replace("owner: service\n", ""))
    row = next(one for one in full.look()["evidence"] if one["evidence"] == "all-owned")
    assert (row["shown"], row["have"], row["of"]) == (False, 1, 2)
    assert [one["file"] for one in row["lacking"]] == ["sub/bill.yaml"]
    assert "1 of 2 (not: sub/bill.yaml, 2026-11-26)" in " ".join(full.run().out.split())


def test_what_is_said_ticks_nothing(full: Folder) -> None:
    """Beside no evidence it lifts no line; beside all it is a list of its own."""
    (full.path / "bare").mkdir()
    bare = Folder(full.path / "bare")
    bare.write("maturity.yaml", "discussed-monthly: 2026-02-01\nmap-known: no\n")
    assert bare.levels() == dict.fromkeys(LINES, 0)
    row = {"line": "managing", "question": "discussed-monthly", "since": "2026-02-01"}
    assert bare.look()["said"] == [row]
    assert "Journeys are discussed every month. (2026-02-01)" in bare.run().out
    bare.write("maturity.yaml", "discussed-monthly: 2027-02-01\n")
    assert bare.look()["said"] == []


def test_the_questions_are_a_file_that_can_be_read(tmp_path: Path) -> None:
    """In both languages; every answer is no until somebody changes it."""
    for lang in ("en", "nl"):
        (tmp_path / lang).mkdir()
        folder = Folder(tmp_path / lang)
        text = folder.run("--questions", "--lang", lang).out
        folder.write("maturity.yaml", text)
        assert folder.look()["said"] == []
        folder.write("maturity.yaml", text.replace(": no ", ": 2026-01-01 "))
        assert len({one["question"] for one in folder.look()["said"]}) == 12


def test_the_published_schema_is_made_of_the_questions(tmp_path: Path) -> None:
    """What the reader takes the schema takes, and what it refuses the schema refuses."""
    text = run(tmp_path, "schema", "maturity-file").out
    assert text == answers_schema()
    assert text == Path(cjmine.maturity.__file__).with_name("maturity.schema.json").read_text()
    schema = json.loads(text)
    first = yaml.safe_load(run(tmp_path, "maturity", "--questions").out)
    assert set(first) == set(schema["properties"]) and len(first) == 12
    jsonschema.validate(first, schema)
    jsonschema.validate({"map-known": "2026-03-01", "map-changed": "no"}, schema)
    for wrong in ({"map-known": "yes"}, {"map-know": "2026-03-01"}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, schema)


def test_mistakes_in_answers_are_shown_together_at_their_places(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.write("maturity.yaml", "map-known: yes\nmap-know: 2026-01-01\n")
    ran = folder.run()
    assert ran.status == 2
    assert "maturity.yaml:1:12" in ran.err and "maturity.yaml:2:1" in ran.err
    assert 'did you mean "map-known"' in ran.err


def test_a_file_with_mistakes_shows_nothing_and_is_named(full: Folder) -> None:
    full.write("moving.yaml", JOURNEY.replace("stages:", "stage: x\nstages:"))
    full.write("cjmine.toml", "timezon = 3\n")
    full.write("ideas.yaml", "ideas: [\n")
    ran = full.run()
    assert ran.err.count("note[N440]") == 3
    assert full.levels() == {"mapping": 0, "mining": 0, "managing": 1}


@pytest.mark.parametrize("text", ["[", "[]", '{"schema": "cjmine/check/2", "sources": 3}', "\0"])
def test_damaged_results_show_no_more_than_they_hold(full: Folder, text: str) -> None:
    full.write("check.json", text)
    assert full.levels() == {"mapping": 5, "mining": 2, "managing": 5}


def test_days_are_those_of_git_where_there_is_a_repository(full: Folder) -> None:
    """Of the last commit of each file; a file that git does not know has its own day."""
    git = repository(full.path)
    git("add", ".")
    git("commit", "-qm", "first", when="2026-01-05")
    full.write("new.yaml", JOURNEY)
    row = full.look()["evidence"][0]
    assert row["files"] == [
        {"file": "moving.yaml", "day": "2026-01-05", "by": "git"},
        {"file": "new.yaml", "day": TODAY.isoformat(), "by": "file"},
    ]
    assert full.levels()["mapping"] == 2  # it was changed more than half a year ago
    full.write("moving.yaml", JOURNEY.replace("40%", "5%"))  # another size
    git("commit", "-qam", "reviewed", when="2026-11-20")
    assert full.levels()["mapping"] == 5


def test_a_cut_off_history_is_said(full: Folder, tmp_path: Path) -> None:
    git = repository(full.path)
    for day in ("2026-01-05", "2026-11-20"):
        git("add", ".")
        git("commit", "-qm", day, "--allow-empty", when=day)
    shallow = tmp_path / "shallow"
    git("clone", "-q", "--depth", "1", full.path.as_uri(), str(shallow))
    assert "note[N441]" in Folder(shallow).run().err
    assert "N441" not in full.run().err


def test_a_repository_runs_no_program(full: Folder) -> None:
    """Neither its configuration nor the environment of the caller can make git run one."""
    git = repository(full.path)
    git("add", ".")
    git("commit", "-qm", "first", when="2026-11-20")
    trap = full.path / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {full.path}/sprung\n")
    trap.chmod(0o755)
    for key in ("core.fsmonitor", "core.pager", "gpg.program", "diff.external", "core.sshCommand"):
        git("config", key, str(trap))
    git("config", "log.showSignature", "true")
    assert full.look()["evidence"][0]["files"][0]["by"] == "git"
    assert not (full.path / "sprung").exists()


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_screens_fit_and_files_hold_the_same(full: Folder, lang: str) -> None:
    """No line of a screen is longer than 80 columns; hostile names stay harmless in all forms."""
    hostile = "a|b`<i>\x1b[31m##[x.yaml"
    full.write(hostile, JOURNEY)
    ran = full.run("--lang", lang, "-o", "m.md", "-o", "m.json")
    assert ran.status == 0, ran.err
    assert max(map(len, ran.out.splitlines())) <= 80
    page = (full.path / "m.md").read_text("utf-8")
    assert "✓" in page and "<i>" not in page
    assert not any("\x1b" in text or "##[" in text for text in (ran.out, page))
    assert "##[" not in (full.path / "m.json").read_text("utf-8")


def test_a_folder_that_is_none_is_an_error(tmp_path: Path) -> None:
    assert "error[U101]: there is no such folder" in Folder(tmp_path).run("nowhere").err


def test_the_same_folder_gives_the_same_bytes(full: Folder) -> None:
    shutil.copytree(full.path, full.path.parent / "again")
    assert full.run("--json").out == Folder(full.path.parent / "again").run("--json").out


def repository(folder: Path) -> Callable[..., None]:
    """A repository in a folder, and a way to run git there on some day."""
    bare = {"PATH": os.environ["PATH"], "HOME": str(folder.parent), "GIT_CONFIG_NOSYSTEM": "1"}

    def git(*typed: str, when: str = "2026-01-05") -> None:
        day = f"{when}T12:00:00+0000"
        names = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.nl"}
        names |= {"GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.nl"}
        dates = {"GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day}
        subprocess.run(["git", *typed], cwd=folder, check=True, env={**bare, **names, **dates})

    git("init", "-q")
    return git
