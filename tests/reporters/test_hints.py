"""Reports of hints: hostile labels through every format, both languages, narrow screens."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from reporters.hostile import LABELS
from strategies import log_from

from cjmine.ideal.edits import yaml_name
from cjmine.ideal.file import WrittenIdeal, compiled_journey
from cjmine.reporters.escaping import columns
from cjmine.reporters.formats import Asked, Format, Subject, formats_of, tables_of
from cjmine.reporters.hints.tables import EVERY
from cjmine.reporters.hints.words import hint_text
from cjmine.reporters.language import Lang, language
from cjmine.reporters.registry import render
from cjmine.results.figures import Change
from cjmine.results.hints import Hint, Hints, Tip
from cjmine.results.verdicts import Verdict
from cjmine.verbs.hints import hints
from cjmine.verbs.hints_settings import HintsSettings


def found(label: str = "Call") -> Hints:
    """40 journeys with a touchpoint that the ideal lacks, and 20 without its second step."""
    text = "journey: shop\ngoal: Pay\ndeadline: 1d\nstages:\n- stage: All\n  steps: [A, B, Pay]\n"
    rows = []
    for number in range(100):
        names = ["A", "B", "Pay"] if number < 80 else ["A", "Pay"]
        names[1:1] = [label, label] if number < 40 else []
        rows += [(f"c{number}", name, 60 * number + at) for at, name in enumerate(names)]
    channels = ["web" if place % 2 else "app" for place in range(len(rows))]
    ideal = WrittenIdeal(text, compiled_journey(text, "shop.yaml"))
    made = log_from([*rows, ("end", "A", 10**6)], [*channels, "web"])
    return hints(made, ideal, HintsSettings(repair=True))


def test_tables_are_those_that_can_be_asked_for() -> None:
    assert [table.name for table in EVERY] == tables_of(Subject.HINTS)


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("form", formats_of(Subject.HINTS))
def test_no_label_does_harm(label: str, form: Format) -> None:
    """A label that no journey file can hold is not proposed; any other is shown, not obeyed."""
    result = found(label)
    assert result.repaired is not None
    for lang in Lang:
        for table in tables_of(Subject.HINTS):
            text = render(result, form, Asked(table, lang=lang))
            assert "\x1b" not in text and "\u202e" not in text and "##[" not in text
            if form is Format.HTML:
                assert "<script>alert" not in text
            if form is Format.CSV:
                rows = list(csv.reader(io.StringIO(text)))
                assert all(not cell.startswith(("=", "+", "@")) for row in rows for cell in row)
    twice = {one.step for one in result.hints if one.tip is Tip.ASKED_TWICE}
    assert label in twice
    kinds = [one.edit.value for one in result.repaired.edits]
    if label and label.isprintable() and label.strip() == label and len(label) <= 200:
        assert kinds == ["allow", "optional"]
        assert yaml_name(label) in result.edited


@pytest.mark.parametrize("width", [80, 120])
def test_words_fit_the_screen(width: int) -> None:
    """All but the lines of the diff, which are the file's own."""
    text = render(found("確認" * 30), Format.TEXT, Asked(width=width))
    head = text[: text.index("\n--- ")]
    assert all(columns(line) <= width for line in head.split("\n"))


def test_the_page_is_well_formed_and_shows_the_diff() -> None:
    text = render(found("Call <us>"), Format.HTML)
    assert "+allow: [&quot;Call &lt;us&gt;&quot;]" in text or "+allow: [&#34;Call" in text
    body = text[text.index("<pre") : text.index("</pre>") + 6]
    assert ElementTree.fromstring(body) is not None


def test_the_figures_of_the_screen_are_those_of_the_json() -> None:
    """Every share and interval that is printed is made again from the keys of the JSON."""
    result = found()
    text = " ".join(render(result, Format.TEXT, Asked(width=160)).split())
    keys = json.loads(render(result, Format.JSON))
    assert keys["hints"] and keys["repaired"]["edits"]
    for one in keys["hints"]:
        share = f"{100 * one['n'] / one['of']:.1f} % ({100 * one['low']:.1f} to"
        assert share in text
    after = keys["repaired"]["fitting_after"]
    assert f"{100 * after['n'] / after['of']:.1f} %" in text
    for one in keys["repaired"]["edits"]:
        assert f"+{one['journeys']}" in text
    gained = sum(one["journeys"] for one in keys["repaired"]["edits"])
    assert after["n"] - keys["repaired"]["fitting_before"]["n"] == gained


def test_what_is_compared_is_said_with_its_interval_and_q() -> None:
    english = language(Lang.EN)
    row = Hint(
        tip=Tip.SKIP, step="Cart", other=None, n=50, of=200, value=0.25, low=0.2, high=0.31,
        effect=Change(-0.001, -0.045, 0.043), margin=0.03, q=0.2, needed=4361, seconds=None,
        verdict=Verdict.CANNOT_TELL, edit=None,
    )  # fmt: skip
    assert hint_text(row, english) == (
        "“Cart”: 25.0 % (20.0 to 31.0) of those that come past leave it out. Goal among like"
        " journeys −0.1 pp (−4.5 to +4.3), margin −3 pp, q 0.200. Cannot tell: about 4,361 journeys"
        " on each side would."
    )
    scored = replace(row, tip=Tip.TRUTH, other="NPS", margin=None, q=0.0001, needed=None,
                     effect=Change(-2.8, -3.9, -1.7), verdict=Verdict.LOSS)  # fmt: skip
    said = hint_text(scored, language(Lang.NL))
    assert "NPS-score −2,8 (−3,9 tot −1,7)" in said and "q <0,001" in said
