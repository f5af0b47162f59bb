"""Reports of a comparison: the words, every format, both languages, and hostile labels."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from functools import cache

import pytest
from notation import log
from privacy.test_outputs_hostile import (
    HOSTILE,
    is_flat,
    is_formula,
    markdown_cells,
    tables,
)
from reporters.hostile import LABELS

from cjmine.declared import Arm, Declared, Experiment
from cjmine.ideal.compiled import compile_ideal
from cjmine.ideal.file import parse_journey
from cjmine.reporters.comparison import tables as declared_tables
from cjmine.reporters.escaping import columns
from cjmine.reporters.formats import Asked, Format, Subject, formats_of, tables_of
from cjmine.reporters.language import Lang
from cjmine.reporters.registry import render
from cjmine.results.compare import Compared
from cjmine.results.schema import result_schema
from cjmine.verbs.compare import compare
from cjmine.verbs.compare_settings import CompareSettings

IDEAL = compile_ideal(
    parse_journey(
        "journey: shop\ngoal: Buy\ndeadline: 1h\nstages:\n  - stage: Shop\n    steps: [Search, Buy]\n",
        "shop.yaml",
    )
)


@cache
def comparison(name: str = "") -> Compared:
    """120 of 200 against 80 of 200 buy; 20 on the second side call."""
    lines = [
        f"{arm}{n}: Search@{n}@arm={arm} {'Buy' if n < many else 'Help@call' if n > 179 else ''}"
        for arm, many in (("old", 80), ("new", 120))
        for n in range(200)
        if arm == "new" or n < 180
    ]
    declared = Declared(
        experiments=(Experiment("form", "arm", (Arm("old", 0.45), Arm("new", 0.55))),)
    )
    text = "\n".join([*lines, "late: Search@9d"])
    found = compare(log(text), IDEAL, CompareSettings(experiment="form"), declared)
    if not name:
        return found
    rows = tuple(row if row.step is None else replace(row, step=name) for row in found.rows)
    groups = (replace(found.groups[0], name=name), replace(found.groups[1], name=name))
    gained = tuple(replace(one, activities=(name, name)) for one in found.gained)
    return replace(
        found, rows=rows, groups=groups, goal=(name,), name=name, journey=name, gained=gained
    )


def test_the_screen() -> None:
    """The goal first, then what differs; the rest is one line."""
    shown = render(comparison(), Format.TEXT)
    assert shown.startswith("shop: experiment form, old and new\n")
    assert "  customers 180 : 200, planned 45 : 55, p 0.353: as planned\n" in shown
    assert "Goal Buy                  44.4 %  60.0 %  +15.6 pp (" in shown
    assert "gain p 0.003" in shown
    assert all(columns(line) <= 80 for line in shown.split("\n"))
    every = render(comparison(), Format.TEXT, Asked(every=True))
    assert every.count("\n") >= shown.count("\n")


def test_dutch_has_its_own_words_and_numbers() -> None:
    shown = render(comparison(), Format.TEXT, Asked(lang=Lang.NL))
    assert "Doel Buy                  44,4 %  60,0 %" in shown
    assert "winst p 0,003" in shown


def test_the_page_draws_every_share_that_differs() -> None:
    page = render(comparison(), Format.HTML)
    drawn = [row for row in comparison().rows if row.difference and row.difference.low is not None]
    shares = [row for row in drawn if row.unit == "share"]
    assert page.count('class="tm-dot"') == len(shares) > 3
    assert "Goal Buy: +15.6 pp" in page
    assert "Every measure" in page


def test_json_has_the_keys_that_are_promised() -> None:
    found = json.loads(render(comparison(), Format.JSON))
    assert found["schema"] == "cjmine/compare/1"
    promised = {"design", "groups", "sample_ratio", "rows", "detectable", "notes"}
    assert promised <= found.keys()
    assert {"chi2", "p", "verdict"} <= found["sample_ratio"].keys()
    keys = {"measure", "step", "a", "b", "difference", "p", "q", "verdict"}
    assert all(keys <= row.keys() for row in found["rows"])
    assert {"n", "of", "value", "low", "high"} == found["rows"][0]["a"].keys()
    assert found["rows"][0]["verdict"] == "gain"
    assert found["rows"][0]["measure"] == "goal-rate"


def test_the_command_line_offers_every_table() -> None:
    assert [one.name for one in declared_tables.EVERY] == tables_of(Subject.COMPARISON)


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("label", [*HOSTILE, *LABELS], ids=range(len(HOSTILE) + len(LABELS)))
def test_hostile_names_do_nothing(label: str, lang: Lang) -> None:
    """On the screen, in Markdown, in tables and on the page; JSON keeps them as they are."""
    found = comparison(label or "empty")
    for form in formats_of(Subject.COMPARISON):
        asked = Asked(lang=lang, every=True)
        text = render(found, form, asked)
        if form in (Format.TEXT, Format.MARKDOWN):
            assert is_flat(text.replace("\u200b", "") if form is Format.MARKDOWN else text)
        if form is Format.MARKDOWN:
            for header, _, *rows in tables(text):
                wide = len(markdown_cells(header))
                assert all(len(markdown_cells(row)) == wide for row in rows)
        if form is Format.HTML:
            assert "<script>alert" not in text
            assert "<img src=x" not in text
        if form is Format.JSON:
            assert json.loads(text)["name"] == (label or "empty")
    for table in tables_of(Subject.COMPARISON):
        written = render(found, Format.CSV, Asked(table=table))
        for cells in csv.reader(io.StringIO(written)):
            assert not any(is_formula(cell) for cell in cells)


def test_the_json_is_what_its_schema_says() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(result_schema("cjmine/compare/1"))
    jsonschema.validate(json.loads(render(comparison(), Format.JSON)), schema)
