"""`--lang`: every screen in the language asked for, with the same figures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cli.running import run

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
