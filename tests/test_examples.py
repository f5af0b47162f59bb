"""The examples run, and print what stands in them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "examples"
SCRIPTS = ["first_journey", "ci_gate", "before_and_after", "own_data_frame"]
STATUS = {"ci_gate": 1}


def cells(text: str) -> str:
    """The lines of a script that say what it prints."""
    return "".join(f"{line[4:]}\n" for line in text.splitlines() if line.startswith("# >"))


@pytest.mark.parametrize("name", SCRIPTS)
def test_an_example_prints_what_stands_in_it(tmp_path: Path, name: str) -> None:
    """In an empty folder, with no key around and no word on stderr."""
    script = EXAMPLES / f"{name}.py"
    environ = {key: value for key, value in os.environ.items() if not key.startswith("CJMINE")}
    ran = subprocess.run(
        [sys.executable, "-W", "error", str(script)],
        cwd=tmp_path,
        env=environ | {"PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (STATUS.get(name, 0), "")
    assert ran.stdout == cells(script.read_text("utf-8"))
    named = re.findall(r'(?:save|save_baseline|write_text)\("([\w.]+)"', script.read_text("utf-8"))
    for file in named:
        assert (tmp_path / file).stat().st_size > 100


def test_every_example_is_listed_and_run() -> None:
    """A script that nobody runs rots; one that nobody lists is not found."""
    listed = re.findall(r"\[(\w+)\.py\]\((\w+)\.py\)", (EXAMPLES / "README.md").read_text("utf-8"))
    assert [one for one, _ in listed] == [two for _, two in listed] == SCRIPTS
    there = {path.stem for path in EXAMPLES.glob("*.py")}
    assert there - set(SCRIPTS) == {"make_sample_logs", "verify_sample_logs"}
