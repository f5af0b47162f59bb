"""Reports of hints: hostile labels through every format, both languages, narrow screens."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree

import pytest
from reporters.hostile import LABELS
from strategies import log_from

from cjmine.ideal.edits import yaml_name
from cjmine.ideal.file import WrittenIdeal, compiled_journey
from cjmine.reporters.escaping import columns
from cjmine.reporters.formats import Asked, Format, Subject, formats_of, tables_of
from cjmine.reporters.hints.tables import EVERY
from cjmine.reporters.language import Lang
from cjmine.reporters.registry import render
from cjmine.results.hints import Hints, Tip
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
