"""What a run writes can be read by its owner alone, unless it was made for release."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest
from cli.running import KEY, Ran, events, run

JOURNEY = "journey: j\ngoal: Buy\nstages:\n  - stage: S\n    steps: [Search, Buy]\n"
VERBS = {
    "discover log.parquet": ("x.json", "x.md", "x.html", "x.csv"),
    "check log.parquet -i j.yaml": ("b.json", "b.xml", "b.txt"),
    "check log.parquet --ideal j.yaml": ("base.json",),
    "map log.parquet": ("m.svg", "m.dot"),
    "report log.parquet": ("r.html",),
    "draft log.parquet --goal Buy": ("d.yaml",),
}
pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    here = tmp_path_factory.mktemp("modes")
    (here / "a.csv").write_text(events(40) + "c1,Buy,never\n")
    (here / "j.yaml").write_text(JOURNEY)
    ran = under_any_mask(
        here,
        *["load", "a.csv", "-o", "log.parquet", "--rejects", "r.csv", "--max-rejects", "1"],
        key=KEY,
    )
    assert ran.status == 0, ran.err
    return here


def under_any_mask(folder: Path, *typed: str, key: str | None = None) -> Ran:
    """Run it where new files would be open to all."""
    return run(folder, *typed, key=key, before=["sh", "-c", 'umask 0; "$@"', "x"])


def mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def test_a_saved_log_and_its_rejects_are_private(folder: Path) -> None:
    assert (mode(folder / "log.parquet"), mode(folder / "r.csv")) == (0o600, 0o600)


@pytest.mark.parametrize("release", [False, True])
@pytest.mark.parametrize("verb", VERBS)
def test_results_are_private_until_they_are_released(
    folder: Path, tmp_path: Path, verb: str, release: bool
) -> None:
    """0600, or what the umask leaves; a file that is replaced keeps its mode."""
    here = tmp_path / "here"
    shutil.copytree(folder, here)
    flag = "--save-baseline" if "base.json" in VERBS[verb] else "-o"
    typed = [*verb.split(), *(one for name in VERBS[verb] for one in (flag, name))]
    typed += ["--force"] if verb.startswith("draft") else []
    typed += ["--release"] if release else []
    for before, after in ((None, 0o666 if release else 0o600), (0o640, 0o640)):
        for name in VERBS[verb] if before else ():
            (here / name).chmod(before)
        ran = under_any_mask(here, *typed)
        assert ran.status == 0, ran.err
        assert {name: mode(here / name) for name in VERBS[verb]} == dict.fromkeys(
            VERBS[verb], after
        )


def test_what_is_said_of_a_released_file_names_no_folder(folder: Path, tmp_path: Path) -> None:
    """On stderr too, which a CI job keeps beside its artefacts."""
    shutil.copytree(folder, here := tmp_path / "here")
    out = here / "inner"
    out.mkdir()
    for verb in ("discover", "report", "map"):
        ran = run(here, verb, here / "log.parquet", "-o", out / "r.html", "--release")
        assert ran.status == 0 and "wrote r.html" in ran.err and str(here) not in ran.err + ran.out
        assert str(tmp_path) not in (out / "r.html").read_text()
