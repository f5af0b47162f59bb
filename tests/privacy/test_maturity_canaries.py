"""How far an organisation is names files and days: nothing that stands in them, and no author."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from privacy.canaries import MARK, Aviary, Scanner
from privacy.planted import assert_hidden, swept_of
from privacy.test_canaries import Garden
from test_maturity import FILES

ASKED = "maturity {IN} --today 2026-11-26"
FORMS = ("", "--json", "-f markdown", "--lang nl")


def filled(folder: Path) -> Garden:
    """All evidence, with a canary in every text that a person writes, and in the log."""
    aviary, inputs = Aviary(), folder / "in"
    for name, text in FILES.items():
        file = inputs / name
        file.parent.mkdir(parents=True, exist_ok=True)
        for word in ("fewer calls", "they wait", "talks", "Say it", "service", "Moving page"):
            text = text.replace(word, f"{word} {aviary.new()}")
        file.write_text(text, "utf-8")
    rows = [f"L{aviary.new()},Moving page,2026-05-02T10:00:00Z" for _ in range(20)]
    (inputs / "a.csv").write_text("\n".join(["customer,activity,time", *rows]) + "\n")
    return Garden(inputs, Scanner(aviary), folder)


@pytest.mark.parametrize("form", FORMS)
def test_maturity_gives_nothing_away(tmp_path: Path, form: str) -> None:
    shop = filled(tmp_path)
    assert_hidden(shop, tmp_path / "run", f"{ASKED} {form}")


def test_what_is_named_are_files(tmp_path: Path) -> None:
    """The control: a canary in the name of a file is said."""
    shop = filled(tmp_path)
    (shop.inputs / "moving.yaml").rename(shop.inputs / f"{MARK}99999.yaml")
    assert swept_of(shop, tmp_path / "run", ASKED).hits


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_no_author_of_a_repository_is_named(tmp_path: Path) -> None:
    shop = filled(tmp_path)
    who = f"{MARK}99999"
    person = {"NAME": who, "EMAIL": f"{who}@example.org"}
    environ = {
        f"GIT_{role}_{key}": one for role in ("AUTHOR", "COMMITTER") for key, one in person.items()
    }
    for typed in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", f"asked by {who}"]):
        subprocess.run(["git", *typed], cwd=shop.inputs, env=os.environ | environ, check=True)
    found = swept_of(shop, tmp_path / "run", f"{ASKED} --json")
    assert (found.status, found.hits) == (0, {}), found.said
