"""The reports of outliers: every figure of the screen is that of the JSON, and labels stay flat."""

from __future__ import annotations

import json
import re

import pytest
from analysis.test_outliers import SHOP, WORLD, shared, with_column
from privacy.test_outputs_hostile import HOSTILE, is_flat
from worlds import World

from cjmine.declared import Declared, DeclaredContact
from cjmine.eventlog.log import CHANNEL
from cjmine.reporters.formats import Asked, Format, Subject, tables_of
from cjmine.reporters.language import Lang
from cjmine.reporters.registry import render
from cjmine.results.outliers import Outliers
from cjmine.verbs.outliers import outliers
from cjmine.verbs.outliers_settings import OutliersSettings

ENDING = {"exits": 1.0, "goal_days": 1.0, "exit_days": 1.0}


def mailed(call: str = "Call", mail: str = "Newsletter", pattern: str = "C*") -> Outliers:
    """Sixty of 400 who had a mail call within two days."""
    rows = []
    for number in range(400):
        rows.append((f"c{number:04}", mail, 50 * 86_400 + number, "mail"))
        if number < 60:
            rows.append((f"c{number:04}", call, (50 + number % 2) * 86_400 + 9000, "call"))
    rows += [(f"d{day:04}", call, day * 86_400, "call") for day in range(90)]
    declared = Declared(contact=DeclaredContact((pattern,)))
    return outliers(with_column(rows, CHANNEL), SHOP, OutliersSettings(), declared)


def figures(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:\.\d+)?", text.replace(",", "")))


def test_the_waves_of_the_screen_are_those_of_the_json() -> None:
    result = mailed()
    (wave,) = json.loads(render(result, Format.JSON))["waves"]
    screen = figures(render(result, Format.TEXT))
    excess, per = wave["excess"], wave["per_thousand"]
    said = [f"{wave['n']}", f"{wave['expected']:.1f}", f"{wave['p']:.4f}"]
    said += [f"{excess[key]:.0f}" for key in ("value", "low", "high")]
    said += [f"{per[key]:.0f}" for key in ("value", "low", "high")]
    said.append(f"{wave['candidates'][0]['n']}")
    assert set(said) <= screen
    assert per["value"] == pytest.approx(excess["value"] * 1000 / wave["candidates"][0]["n"])
    assert excess["value"] == pytest.approx(wave["n"] - wave["expected"])


def test_the_contrasts_of_the_screen_are_those_of_the_json() -> None:
    result = outliers(shared(3, 0.3), SHOP, OutliersSettings())
    rows = json.loads(render(result, Format.JSON))["contrasts"]
    screen = render(result, Format.TEXT)
    for row in rows:
        ends = [f"{row['found'][key]:.2f}" for key in ("value", "low", "high")]
        is_said = "{} ({} to {})".format(*ends) in screen
        assert is_said == (row["verdict"] == "confirmed")
        sides = row["found"]["with"], row["found"]["without"]
        for side in sides:
            assert side["value"] == pytest.approx(side["n"] / side["of"])
        assert row["found"]["value"] == pytest.approx(sides[0]["value"] / sides[1]["value"])


def test_every_format_and_language() -> None:
    result = outliers(
        World(seed=5, customers=1200, wave=(60, 64), wave_contact=0.9, **ENDING).log(),
        WORLD,
        OutliersSettings(),
    )
    for form in (Format.TEXT, Format.MARKDOWN, Format.HTML):
        english, dutch = (render(result, form, Asked(lang=lang)) for lang in Lang)
        assert english != dutch
        assert "{" not in render(result, Format.TEXT, Asked(lang=Lang.NL))
    for table in tables_of(Subject.OUTLIERS):
        assert render(result, Format.CSV, Asked(table)).count("\n") >= 1
    assert all(len(line) <= 80 for line in render(result, Format.TEXT).split("\n"))


@pytest.mark.parametrize("label", [one for one in HOSTILE if len(one) < 200])
def test_a_hostile_label_is_flat_in_every_output(label: str) -> None:
    result = mailed(f"{label}1", f"{label}2", "*1")
    assert result.waves and result.waves[0].candidates
    assert is_flat(render(result, Format.TEXT))
    page = render(result, Format.HTML)
    assert "<script>alert" not in page and "<img src=x" not in page
    for table in tables_of(Subject.OUTLIERS):
        text = render(result, Format.CSV, Asked(table))
        assert not any(line.startswith(("=", "+", "-", "@")) for line in text.split("\n"))
