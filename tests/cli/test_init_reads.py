"""What `discover` reads without a flag, `init` writes a configuration for that reads the same."""

from __future__ import annotations

import json
import shlex
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from cases.case import Case
from test_cases import SHARED, TABLE

from cli.running import SAMPLE_LOGS, run

_FLAGS = ("--tz", "--region", "--max-rejects")
_ROWS = "{0}1,Search,{1} 08:30:00\n{0}1,Buy,{1} 09:30:00\n{0}2,Search,{1} 10:30:00\n"
# Several files of one name, of which each is read in a way of its own.
FOLDERS = {
    "the same columns, days and months the other way round": {
        "export1.csv": "klant,activiteit,tijd\n" + _ROWS.format("a", "24-05-2024"),
        "export2.csv": "klant,activiteit,tijd\n" + _ROWS.format("b", "05/24/2024"),
    },
    "other columns": {
        "export1.csv": "klant,activiteit,tijd\n" + _ROWS.format("a", "2024-05-24"),
        "export2.csv": "polisnummer,documentsoort,datum\n" + _ROWS.format("b", "2024-05-24"),
    },
    "a zone in the header": {
        "export1.csv": "klant,activiteit,time (UTC+01:00)\n" + _ROWS.format("a", "2024-05-24"),
        "export2.csv": "klant,activiteit,time (UTC)\n" + _ROWS.format("b", "2024-05-24"),
    },
    "a mailbox of one customer": {
        "inbox.mbox": "\n".join(
            f"From x Mon Mar  3 1{one}:00:00 2025\nFrom: ann@mail.example\n"
            f"To: help@shop.example\nDate: Mon, 3 Mar 2025 1{one}:00:00 +0000\n"
            f"Message-ID: <{one}@mail.example>\nSubject: Question\n\nbody\n"
            for one in range(4)
        )
    },
}


def reads_the_same(folder: Path, names: Sequence[str], flags: Sequence[str]) -> None:
    """The same records of the same files become events, of as many customers and journeys."""
    slack = (
        ["--max-rejects", flags[flags.index("--max-rejects") + 1]]
        if "--max-rejects" in flags
        else []
    )
    bare = run(folder, "discover", *names, *flags, "--min-group", "1", "-f", "json")
    assert bare.status == 0, bare.err
    (folder / "new").mkdir()
    zone = () if "--tz" in flags else ("--tz", "UTC")
    made = run(
        folder, "init", "--from", *names, *flags, *zone,
        "--min-group", "1", "--no-input", "--into", "new",
    )  # fmt: skip
    assert made.status == 0, made.err
    config = ("--config", "new/cjmine.toml")
    told = run(folder, "discover", *config, *slack, "--min-group", "1", "-f", "json")
    assert told.status == 0, told.err
    one, two = (json.loads(ran.out) for ran in (bare, told))
    for key in ("journeys", "customers", "events", "observed_from", "observed_until"):
        assert one["log"][key] == two["log"][key], (folder / "new" / "cjmine.toml").read_text()
    parts = ("format", "read", "loaded", "rejected", "duplicate", "filtered")
    assert sorted([row[part] for part in parts] for row in one["sources"]) == sorted(
        [row[part] for part in parts] for row in two["sources"]
    )


@pytest.mark.parametrize("files", FOLDERS.values(), ids=list(FOLDERS))
def test_a_folder_reads_as_without_flags(tmp_path: Path, files: dict[str, str]) -> None:
    (tmp_path / "exports").mkdir()
    for name, text in files.items():
        (tmp_path / "exports" / name).write_text(text)
    reads_the_same(tmp_path, ["exports"], ("--tz", "Europe/Amsterdam"))


def test_the_sample_logs_read_as_without_flags(tmp_path: Path) -> None:
    """Each export alone: together init links them by the customer table, discover does not."""
    for name in ("calls_2026-03.csv", "analytics.csv", "web/access.log"):
        folder = tmp_path / Path(name).stem
        folder.mkdir()
        shutil.copyfile(SAMPLE_LOGS / name, folder / Path(name).name)
        reads_the_same(folder, [Path(name).name], ("--tz", "Europe/Amsterdam", "--region", "NL"))


def _plain(case: Case) -> bool:
    """Whether a case is loaded whole, with no flag about columns."""
    options = [word for word in shlex.split(case.command) if word.startswith("--")]
    return case.command.startswith("load ") and not case.status and set(options) <= set(_FLAGS)


PLAIN = [case for case in TABLE if _plain(case) and case.folder[0] in "CEX"]


@pytest.mark.real_data
@pytest.mark.parametrize("case", PLAIN, ids=[case.name for case in PLAIN])
def test_a_case_reads_as_without_flags(case: Case, tmp_path: Path) -> None:
    """Tables, workbooks and process logs of the table of cases."""
    if not (SHARED / case.folder).is_dir():
        pytest.skip(f"the case {case.folder} is not beside the checkout")
    shutil.copytree(SHARED / case.folder, here := tmp_path / "here", copy_function=shutil.copyfile)
    here.chmod(0o755)  # the shared folders are read-only
    words = shlex.split(case.command)[1:]
    names = [word for word in words if (here / word).is_file()]
    reads_the_same(here, names, [word for word in words if word not in names])
