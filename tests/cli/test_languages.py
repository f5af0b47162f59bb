"""`--lang`: every screen in the language asked for, with the same figures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cli.running import SAMPLE_LOGS, run

ROWS = [f"c{one},Search,2024-05-01T10:00:00Z\nc{one},Buy,2024-05-01T11:00:00Z" for one in range(30)]
SHOP = "customer,activity,time\n" + "\n".join(ROWS) + "\n"


@pytest.mark.parametrize(
    ("verb", "dutch"),
    [
        (["sniff"], "Er is niets geschreven. Voor cjmine.toml:"),
        (["touchpoints"], "shop: 60 gebeurtenissen, 2 labels"),
        (["identity", "report"], "60 gebeurtenissen van 30 kenmerken worden 30 klanten"),
        (
            ["discover", "--goal", "Buy"],
            'Doel "Buy": bereikt door 30 van 30 klantreizen, begonnen 1 mei',
        ),
    ],
    ids=["sniff", "touchpoints", "identity", "discover"],
)
def test_a_screen_in_dutch_has_the_figures_of_the_english_one(
    tmp_path: Path, verb: list[str], dutch: str
) -> None:
    """Figures are written the Dutch way, and JSON does not change at all."""
    (tmp_path / "shop.csv").write_text(SHOP)
    english = run(tmp_path, *verb, "shop.csv")
    translated = run(tmp_path, *verb, "shop.csv", "--lang", "nl")
    assert english.status == translated.status == 0
    assert dutch in translated.out and dutch not in english.out
    assert _figures(translated.out) == _figures(english.out)
    one, other = (
        run(tmp_path, *verb, "shop.csv", "-f", "json", *more).out for more in ([], ["--lang", "nl"])
    )
    assert one == other


def _figures(shown: str) -> list[str]:
    return sorted(re.findall(r"\d+", shown))


@pytest.mark.parametrize(
    "typed",
    [
        "discover {logs}",
        "check {logs} --ideal {logs}/journey.yaml --exit-zero",
        "map {logs} --no-ideal -o m.svg",
        "report {logs} -o r.html",
        "identity report {logs}",
        "touchpoints {logs}",
    ],
)
def test_notes_of_a_load_are_in_dutch(tmp_path: Path, typed: str) -> None:
    """On stderr too; in English they are what they were."""
    typed = typed.format(logs=SAMPLE_LOGS)
    dutch = run(tmp_path, *typed.split(), "--lang", "nl")
    assert dutch.status == 0, dutch.err
    notes = [line for line in dutch.err.splitlines() if line.startswith("note[N206]")]
    assert notes and all(": niet gelezen: " in line for line in notes), dutch.err
    assert "niet gelezen" not in run(tmp_path, *typed.split()).err


def test_a_result_in_dutch_has_no_english_notes(tmp_path: Path) -> None:
    """On the screen, in Markdown, on the page, and from the JSON of an earlier run, in English."""
    check = f"check {SAMPLE_LOGS} --ideal {SAMPLE_LOGS}/journey.yaml --exit-zero"
    assert run(tmp_path, *check.split(), "-o", "check.json").status == 0
    dutch, english = "toegestane contactmomenten 339", "allowed touchpoints 339"
    assert english in (tmp_path / "check.json").read_text("utf-8")
    for more in ("", "-f markdown", "-f html"):
        shown = run(tmp_path, *check.split(), "--lang", "nl", *more.split()).out
        assert dutch in " ".join(shown.split()) and english not in shown
    assert run(tmp_path, *["report", "check.json", "--lang", "nl", "-o", "r.html"]).status == 0
    page = (tmp_path / "r.html").read_text("utf-8")
    assert dutch in page and english not in page
