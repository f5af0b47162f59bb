"""`cjmine draft` and `cjmine schema`: what is written where, and where the stages come from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cjmine.ideal.file import parse_journey, read_journey
from cli.running import run

ROWS = "who,what,when\n" + "".join(
    f"K-{who},{page},2024-05-03T1{hour}:00:00Z\n"
    for who in range(20)
    for hour, page in enumerate(("/zoeken", "/winkelwagen", "/bedankt"))
)
CONFIG = """[source.web]
files = "web.csv"
customer = { column = "who" }
activity = { column = "what" }
time = { column = "when" }
"""
RULES = """
[[touchpoint]]
label = "/zoeken"
activity = "Search"
stage = "Orienteren"

[[touchpoint]]
label = "/bedankt"
activity = "Thanks"
stage = "Kopen"
"""


def test_the_command(tmp_path: Path, saved_samples: Path) -> None:
    """To stdout or into a file, which is replaced when that is asked for."""
    folder = tmp_path / "work"
    folder.mkdir()
    asked = ("draft", saved_samples, "--goal", "Final bill mail", "--entry", "Moving page")
    assert run(folder, *asked, "-o", "j.yaml").status == 0
    found = read_journey(folder / "j.yaml", "j.yaml").journey
    assert found.steps[0].name == "Moving page"
    assert run(folder, *asked).out == (folder / "j.yaml").read_text()
    again = run(folder, *asked, "-o", "j.yaml")
    assert (again.status, again.codes) == (5, ["O102"])
    assert run(folder, *asked, "-o", "j.yaml", "--force").status == 0
    assert run(folder, "check", saved_samples, "-i", "j.yaml").status == 0
    assert run(folder, "draft", saved_samples).codes == ["U101"]
    assert run(folder, "draft", saved_samples, "--goal", "Byu").status == 2


@pytest.mark.parametrize("what", [(), ("check",), ("discover",), ("baseline",)])
def test_the_schema_is_printed(tmp_path: Path, what: tuple[str, ...]) -> None:
    """To stdout or into a file: the same text."""
    folder = tmp_path / "work"
    folder.mkdir()
    shown = run(folder, "schema", *what)
    assert '"$schema"' in shown.out
    assert all(re.search(rf"cjmine/{one}/[12]", shown.out) for one in what)
    assert run(folder, "schema", *what, "-o", "s.json").status == 0
    assert (folder / "s.json").read_text() == shown.out


def test_the_configuration_beside_the_logs_or_named_gives_the_stages(tmp_path: Path) -> None:
    """For exports, and for a saved log, which needs no configuration otherwise."""
    folder = tmp_path / "logs"
    folder.mkdir()
    (folder / "web.csv").write_text(ROWS)
    (folder / "cjmine.toml").write_text(CONFIG + RULES)
    made = run(tmp_path, "draft", "logs", "--goal", "Thanks")
    assert made.status == 0, made.err
    read = parse_journey(made.out, "j.yaml")
    assert [stage.name for stage in read.stages] == ["Orienteren", "Kopen"]
    (tmp_path / "my.key").write_text("ab" * 16 + "0123456789abcdef" * 2)
    (tmp_path / "my.key").chmod(0o600)
    assert run(tmp_path, "load", "logs", "--key-file", "my.key", "-o", "x.parquet").status == 0
    asked = ("draft", "x.parquet", "--goal", "Thanks")
    assert "Orienteren" not in run(tmp_path, *asked).out
    again = run(tmp_path, *asked, "--config", "logs/cjmine.toml")
    assert parse_journey(again.out, "j.yaml").stages == read.stages
