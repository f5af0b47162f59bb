"""Same input, key and version: the same bytes, wherever and whenever it runs."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from cjmine.reporters.formats import Subject, format_of, formats_of
from cli.running import KEY, SAMPLE_LOGS, Ran, run

OUTPUTS = ("a.json", "a.md", "a.csv", "a.txt", "a.html")
PICTURES = {
    "flow": ("flow.svg", "flow.dot", "flow.html"),
    "variants": ("variants.svg",),
    "model": ("model.svg",),
}
RULES = ("--goal", "Final bill mail", "--entry", "Moving page", "--by", "channel", "--gap", "30d")
# Each differs from the plain one, a fork, in everything that it names.
SURROUNDINGS = {
    "one core, hash seed 0, UTC, C": {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C"},
    "hash seed 1, Tokyo, no UTF-8 mode, wide screen": {
        "PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "0",
        "COLUMNS": "300", "LINES": "5",
    },
    "hash seed random, New York, POSIX, ASCII streams": {
        "PYTHONHASHSEED": "random", "TZ": "America/New_York", "LC_ALL": "POSIX",
        "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii",
    },
    "Dutch": {"LC_ALL": "nl_NL.UTF-8", "LANGUAGE": "nl"},
}  # fmt: skip


def everything(
    folder: Path, environ: dict[str, str] | None = None, before: Sequence[str] = ()
) -> dict[str, bytes]:
    """All that `load`, `discover` and `map` print and write about the sample logs, by name."""
    folder.mkdir(exist_ok=True)
    if not (folder / "sample_logs").exists():
        (folder / "sample_logs").symlink_to(SAMPLE_LOGS)
    loaded = done(folder, ["load", "sample_logs", "-o", "log.parquet"], environ, before)
    shown = done(folder, ["discover", "sample_logs", *RULES, *outputs(OUTPUTS)], environ, before)
    for view, drawn in PICTURES.items():
        done(folder, ["map", "log.parquet", "--as", view, *outputs(drawn)], environ, before)
    pictures = [file for files in PICTURES.values() for file in files]
    written = (*OUTPUTS, *pictures, "log.parquet")
    files = {file: (folder / file).read_bytes() for file in written}
    said = {"load said": loaded.stderr.replace(b"\\u2026", "…".encode()), "screen": shown.stdout}
    return files | said


def outputs(files: Sequence[str]) -> list[str]:
    """What to type so that each of the files is written."""
    return [part for file in files for part in ("-o", file)]


def done(
    folder: Path,
    typed: Sequence[str],
    environ: dict[str, str] | None = None,
    before: Sequence[str] = (),
) -> Ran:
    ran = run(folder, *typed, key=KEY, environ=environ, before=before)
    assert ran.status == 0, ran.err
    return ran


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What comes out in a plain environment."""
    return everything(tmp_path_factory.mktemp("usual") / "work")


def same(one: dict[str, bytes], other: dict[str, bytes]) -> None:
    assert [name for name in one if one[name] != other[name]] == []


@pytest.mark.parametrize("surroundings", SURROUNDINGS)
def test_surroundings_change_no_byte(
    tmp_path: Path, usual: dict[str, bytes], surroundings: str
) -> None:
    """Cores, hash seed, time zone, locale, encoding and size of the screen decide nothing.

    The engine cuts its work by the number of cores.
    """
    environ = SURROUNDINGS[surroundings]
    if surroundings == "Dutch" and "nl_NL.utf8" not in locales():
        pytest.skip("this machine has no Dutch locale")
    before = on_one_core() if surroundings.startswith("one core") else []
    same(usual, everything(tmp_path / "work", environ, before))


def locales() -> list[str]:
    try:
        return subprocess.run(["locale", "-a"], capture_output=True, text=True).stdout.split()
    except OSError:
        return []


def on_one_core() -> list[str]:
    """What to put before a command so that it has one core, where that can be done."""
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else ()
    return ["taskset", "-c", str(min(cores))] if cores and shutil.which("taskset") else []


def test_another_folder_changes_names_only(tmp_path: Path, usual: dict[str, bytes]) -> None:
    """Run from elsewhere with paths adjusted: the figures are the same, the log says the paths."""
    elsewhere = tmp_path / "deep" / "down"
    elsewhere.mkdir(parents=True)
    (tmp_path / "sample_logs").symlink_to(SAMPLE_LOGS)
    done(elsewhere, ["discover", "../../sample_logs", *RULES, "-o", "a.json", "-o", "a.txt"])
    there = (elsewhere / "a.json").read_bytes()
    assert there.replace(b"../../sample_logs", b"sample_logs") == usual["a.json"]
    assert (elsewhere / "a.txt").read_bytes() == usual["a.txt"]


def test_a_throw_away_key_leaves_no_trace(tmp_path: Path) -> None:
    """Each run has random tokens; no order, no tie and no figure depends on them."""
    assert {format_of(Path(file), Subject.DISCOVERY) for file in OUTPUTS} == set(
        formats_of(Subject.DISCOVERY)
    )
    (tmp_path / "sample_logs").symlink_to(SAMPLE_LOGS)
    typed = ["discover", "sample_logs", "--top", "all", *outputs(OUTPUTS)]
    runs = []
    for _ in range(2):
        ran = run(tmp_path, *typed)
        assert ran.status == 0
        runs.append((ran, [(tmp_path / file).read_bytes() for file in OUTPUTS]))
    assert runs[0] == runs[1]


def test_the_order_of_the_arguments_changes_no_figure(tmp_path: Path) -> None:
    """Files in any order; ties between files aside, which follow the order that was given."""
    calls = sorted(path.name for path in SAMPLE_LOGS.glob("calls_*.csv"))
    surveys = sorted(path.name for path in SAMPLE_LOGS.glob("surveys*.csv"))
    names = ["analytics.csv", "chats.csv", "servicebox.mbox", "web/access.log", *calls, *surveys]
    (tmp_path / "cjmine.toml").write_text((SAMPLE_LOGS / "cjmine.toml").read_text())
    for name in [*names, "web/access.log.1.gz", "customers.csv"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(SAMPLE_LOGS / name, tmp_path / name)
    results, logs = [], []
    for seed in range(3):
        order = random.Random(seed).sample(names, len(names)) if seed else names
        done(tmp_path, ["load", *order, "-o", "log.parquet"])
        logs.append((tmp_path / "log.parquet").read_bytes())
        results.append(figures(tmp_path))
    assert results[0] == results[1] == results[2]
    assert logs[0] != logs[1]  # the order is told in the log, with the counts of each file


def figures(folder: Path) -> list[object]:
    found = json.loads(done(folder, ["discover", "log.parquet", "--top", "all", "-f", "json"]).out)
    tables = ("log", "activities", "directly_follows", "variants", "channels", "loops", "switches")
    return [found[name] for name in tables]


def test_the_order_of_rows_changes_no_figure(tmp_path: Path) -> None:
    """Rows of an export in any order: where no two times are equal, nothing depends on it."""
    rows = [
        f"c{one % 40},Step {one * one % 5},2024-05-{1 + one % 28:02}T{one % 24:02}:{one % 60:02}:{one // 60:02}Z"
        for one in range(1200)
    ]
    shown = []
    for seed in range(3):
        mixed = random.Random(seed).sample(rows, len(rows)) if seed else rows
        (tmp_path / "a.csv").write_text("\n".join(["customer,activity,time", *mixed]) + "\n")
        typed = ["discover", "a.csv", "--top", "all", "-f", "csv", "--min-group", "1"]
        shown.append(
            [
                done(tmp_path, [*typed, "--table", one]).stdout
                for one in ("variants", "directly-follows")
            ]
        )
    assert shown[0] == shown[1] == shown[2]
