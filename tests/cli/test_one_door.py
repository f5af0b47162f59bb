"""`draft` and `sniff` print text that no build service or terminal obeys, and that reads back."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from cjmine.reporters import escaping
from cjmine.reporters.journey_file import quoted
from cjmine.reporters.toml import toml_text
from cli.running import run

LABELS = (
    "##[error]x",
    "::error::y",
    "Buy\x1b[31m",
    "z\u202e\ufffe",
    "##vso[task]",
    "###[warning]a",
)
OBEYED = re.compile(
    r"##(?:\[|vso\[)|^\s*::|[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ufffe]", re.MULTILINE
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Every hostile text as a touchpoint and as the name of the column that holds them."""
    for place, column in enumerate(LABELS):
        rows = [f'customer,"{column}",time'] + [
            f'c{who},"{label}",2024-05-01T10:{minute:02}:00Z'
            for who in range(30)
            for minute, label in enumerate(LABELS)
        ]
        (tmp_path / f"a{place}.csv").write_text("\n".join(rows) + "\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize("place", range(len(LABELS)))
def test_a_draft_holds_the_labels_and_commands_nothing(folder: Path, place: int) -> None:
    ran = run(folder, "draft", f"a{place}.csv", "--activity", LABELS[place], "--goal", LABELS[-1])
    assert ran.status == 0, ran.err
    assert OBEYED.findall(ran.out + ran.err) == []
    (stage,) = yaml.safe_load(ran.out)["stages"]
    assert set(stage["steps"]) == set(LABELS)


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("place", range(len(LABELS)))
def test_what_sniff_prints_names_the_column_and_commands_nothing(
    folder: Path, place: int, form: str
) -> None:
    ran = run(folder, "sniff", f"a{place}.csv", "--activity", LABELS[place], "-f", form)
    assert ran.status == 0 and OBEYED.findall(ran.out + ran.err) == [], ran.out
    if form == "text":
        block = tomllib.loads(ran.out[ran.out.index("[source.") :])
        assert block["source"][f"a{place}"]["activity"]["column"] == LABELS[place]


def test_without_the_escape_a_build_would_obey(monkeypatch: pytest.MonkeyPatch) -> None:
    """Control: both writers hand the hashes on where nothing takes them apart."""
    shown = quoted(LABELS[0]), toml_text(LABELS[0])
    assert not any(map(OBEYED.search, shown))
    for module in ("journey_file", "toml"):
        monkeypatch.setattr(f"cjmine.reporters.{module}.unobeyed", lambda text, _: text)
    assert all(map(OBEYED.search, (quoted(LABELS[0]), toml_text(LABELS[0]))))
    assert escaping.unobeyed("###", "x") == "xx#"
