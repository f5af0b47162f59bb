"""Reports of a check: what they tell, and that no label can make a build or a reader do things."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from reporters.hostile import LABELS, check, judged

from cjmine.errors import Code, Note
from cjmine.reporters.escaping import columns
from cjmine.reporters.formats import Asked, Format, Subject, formats_of, tables_of
from cjmine.reporters.registry import render
from cjmine.results.expectations import Verdict

EVERY = formats_of(Subject.CHECK)
SCHEMA = etree.XMLSchema(etree.parse(str(Path(__file__).with_name("junit.xsd"))))
# How GitHub's runner reads a line: a command at its start, or an old one anywhere in it.
COMMAND = re.compile(r"^\s*::(?P<name>[\w-]+)(?:\s+(?P<properties>.*?))?::(?P<data>.*)$")
OLD_COMMAND = re.compile(r"##\[(?P<name>[^\]\s]+)[^\]]*\]|##vso\[")


def commands(text: str) -> list[str]:
    """The commands that a build service would obey."""
    lines = re.split(r"\r\n|\r|\n", text)
    found = [match["name"] for line in lines if (match := COMMAND.match(line))]
    return found + [match[0] for line in lines for match in OLD_COMMAND.finditer(line)]


@pytest.mark.parametrize("label", LABELS, ids=range(len(LABELS)))
@pytest.mark.parametrize("form", [form for form in EVERY if form is not Format.GITHUB])
def test_no_label_becomes_a_command(form, label):
    assert commands(render(check(label), form, Asked(examples=9))) == []


@pytest.mark.parametrize("table", tables_of(Subject.CHECK))
@pytest.mark.parametrize("label", LABELS, ids=range(len(LABELS)))
def test_no_cell_becomes_a_formula_or_a_command(table, label):
    text = render(check(label), Format.CSV, Asked(table))
    assert commands(text) == []
    for row in list(csv.reader(io.StringIO(text)))[1:]:
        assert not any(cell.startswith(("=", "+", "@", "\t")) for cell in row)


@pytest.mark.parametrize("label", LABELS, ids=range(len(LABELS)))
def test_annotations_are_the_intended_ones_whatever_the_label(label):
    text = render(check(label), Format.GITHUB)
    assert commands(text) == ["error", "warning", "warning", "notice", "notice"]
    for line in text.splitlines()[:5]:
        found = COMMAND.match(line)
        assert found is not None
        properties = dict(part.split("=", 1) for part in found["properties"].split(","))
        assert set(properties) == {"file", "line", "title"}
        assert properties["line"] in ("12", "13", "14", "15", "16")


def test_ten_annotations_of_a_kind_the_last_counts_the_rest():
    one = check()
    many = judged(one, one.expectations[:1] * 25)
    lines = render(many, Format.GITHUB).splitlines()
    assert len([line for line in lines if line.startswith("::error")]) == 10
    assert "and 16 more" in lines[9]


@pytest.mark.parametrize("label", LABELS, ids=range(len(LABELS)))
@pytest.mark.parametrize("few", [False, True])
def test_junit_is_valid_against_its_schema(label, few):
    text = render(check(label, few), Format.JUNIT)
    tree = etree.fromstring(text.encode())
    SCHEMA.assertValid(tree)
    suite = tree[0]
    counted = [suite.get(name) for name in ("tests", "failures", "skipped")]
    assert counted == ["6", "1", "2"]
    assert len(suite.findall("testcase")) == 6
    assert len(suite.findall("testcase/failure")) == 1


@pytest.mark.parametrize("label", LABELS, ids=range(len(LABELS)))
def test_the_screen_fits_and_obeys_nobody(label):
    text = render(check(label), Format.TEXT, Asked(examples=9))
    assert max(columns(line) for line in text.splitlines()) <= 80
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", text)


@pytest.mark.parametrize("label", LABELS, ids=range(len(LABELS)))
def test_markdown_holds_no_markup_of_a_label(label):
    text = render(check(label), Format.MARKDOWN)
    before, drawn, after = re.split("^~~~~$", text, flags=re.MULTILINE)
    assert drawn.strip()
    outside = before + after
    for tag in re.findall(r"</?(\w+)", outside):
        assert tag in ("details", "summary")
    assert "](http" not in outside.replace("\\](", "").replace("\\]\\(", "")
    rows = [line for line in outside.splitlines() if line.startswith("| ✗")]
    assert rows
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 8 for row in rows)


@pytest.mark.parametrize("form", EVERY)
@pytest.mark.parametrize("few", [False, True])
def test_every_report_has_its_verdict_and_ends_with_one_line_feed(form, few):
    text = render(check(few=few), form)
    assert text.endswith("\n") and not text.endswith("\n\n")
    if form is not Format.CSV:
        assert "broken" in text


@pytest.mark.parametrize("form", [Format.TEXT, Format.MARKDOWN, Format.GITHUB])
def test_shares_come_with_what_they_rest_on(form):
    text = render(check(), form)
    assert "320 of 2,232" in text
    assert "12.9 to 15.9" in text.replace("\\", "")


def test_notes_on_the_comparison_are_printed_in_full_and_those_on_the_data_by_code():
    about = (Code.RULES_IGNORED, Code.ENTRY_CUT, Code.CUT_OFF, Code.TIES)
    found = replace(check(), notes=tuple(Note(code, f"text of {code.name}") for code in about))
    text = render(found, Format.TEXT)
    shown = [line.strip() for line in text.splitlines() if line.lstrip().startswith("N2")]
    assert shown == ["N212  text of RULES_IGNORED", "N217  text of ENTRY_CUT"]
    assert "2 notes on the data (N202, N232)" in text


def test_withheld_figures_are_nowhere():
    for form in EVERY:
        text = render(check(few=True), form)
        if form is Format.HTML:  # coordinates and colours are no figures
            text = re.sub(r"<(style|script)>.*?</\1>|<[^>]*>", " ", text, flags=re.DOTALL)
        for figure in ("320", "14.3", "2,200", "1,800", "1,745", "0.143"):
            assert figure not in text, form


def test_json_has_the_keys_of_the_contract():
    found = json.loads(render(check(), Format.JSON))
    assert found["schema"] == "cjmine/check/2"
    assert found["verdict"] == "broken"
    assert {"journeys", "fitting", "cost", "log_moves", "model_moves", "mean_fitness"} <= set(
        found["conformance"]
    )
    assert set(found["counted"]) >= {
        *("journeys", "customers", "fitting", "cost", "log_moves", "model_moves"),
        *("mean_fitness", "log_fitness", "low", "high", "precision"),
    }
    assert set(found["states"]) == {"completed", "exited", "open", "abandoned", "truncated"}
    assert set(found["steps"][0]) >= {
        *("step", "stage", "reached", "matched", "went_on", "abandoned", "exited", "open"),
        *("finished", "drop_off"),
    }
    assert set(found["deviations"][0]) >= {
        *("code", "class", "activity", "journeys", "occurrences", "of"),
    }
    assert set(found["expectations"][0]) >= {
        *("code", "what", "verdict", "value", "low", "high", "budget", "line"),
    }
    assert found["expectations"][0]["value"] == 0.143369
    withheld = json.loads(render(check(few=True), Format.JSON))
    assert withheld["steps"][0]["drop_off"]["value"] is None
    assert withheld["states"]["open"] is None


def test_verdicts_in_words():
    one = check()
    rows = {row.verdict: row for row in one.expectations}

    def said(*verdicts: Verdict) -> str:
        found = judged(one, tuple(rows[verdict] for verdict in verdicts))
        return f"{found.verdict.value}: {render(found, Format.TEXT).splitlines()[0]}"

    assert said() == "kept: ✓ Checkout: no expectations are declared"
    assert said(Verdict.KEPT) == "kept: ✓ Checkout: the only expectation is kept"
    assert said(Verdict.WARNED) == "kept: ✓ Checkout: the only expectation is warned"
    assert said(Verdict.INCONCLUSIVE, Verdict.KEPT) == (
        "inconclusive: ? Checkout: inconclusive: 1 of 2 expectations cannot be decided"
    )
    assert said(Verdict.BROKEN, Verdict.INCONCLUSIVE).startswith("broken: ✗")
