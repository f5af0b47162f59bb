"""One code, one figure: every place that shows a deviation shows the same two counts."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator

import pytest
from lxml import html as lxml_html
from notation import log

from cjmine.errors import Code
from cjmine.ideal.compiled import compile_ideal
from cjmine.ideal.file import parse_journey
from cjmine.notebook.frames import frame
from cjmine.reporters import journey_map
from cjmine.reporters.check.tables import DEVIATIONS, EXPECTATIONS
from cjmine.reporters.formats import Asked, Format, TableName
from cjmine.reporters.language import Lang
from cjmine.reporters.registry import render
from cjmine.results.check import Check
from cjmine.verbs.check import check
from cjmine.verbs.settings import CheckSettings
from tests.observing import at

IDEAL = """
journey: order
goal: Done
deadline: 1d
stages:
  - stage: One
    steps:
      - Search
      - step: Cart
        channel: web
        expect:
          reached: ">= 90%"
          drop-off: "<= 1%"
          skipped: "<= 1%"
          repeated: "<= 1%"
          out-of-order: "<= 1%"
          wrong-channel: "<= 1%"
      - choice: [Keep contract, {step: New contract, expect: {skipped: "<= 1%"}}]
      - any-order:
          - Ship
          - step: Bill
            within: {min: 10s, max: 30s, after: Ship}
            failed: [Bill failed]
            expect: {late: "<= 1%", early: "<= 1%", failed: "<= 1%"}
      - Done
unexpected:
  - touchpoint: Call
    expect: "<= 1%"
"""
LOG = """
fits:    Search Cart@web Keep_contract Ship@200s Bill@220s Done
also:    Search Cart@web New_contract Bill@200s Ship@210s Done
neither: Search Cart@web Ship@200s Bill@220s Done
late:    Search Cart@web Keep_contract Ship@200s Bill@290s Done
early:   Search Cart@web Keep_contract Ship@200s Bill@201s Done
failed:  Search Cart@call Keep_contract Ship@200s Bill@220s Bill_failed@225s Done
again:   Search Cart@web Cart@web@70s Call@80s Keep_contract@90s Ship@200s Bill@220s Done
swapped: Cart@web Search Keep_contract Ship@200s Bill@220s Done
moved:   Search Keep_contract Ship@200s Cart@web Bill@220s Done
instead: Search Call Keep_contract Ship@200s Bill@220s Done
beside:  Search Call Keep_contract Ship@200s Bill@220s Done
without: Search Keep_contract Ship@200s Bill@220s Done
lost:    Search Cart@web
"""
CHOICE = "Keep contract or New contract"
FIGURES = {
    ("D101", "Cart"): (1, 13),
    ("D102", "Cart"): (13, 13),
    ("D201", "Cart"): (1, 13),
    ("D201", CHOICE): (1, 12),
    ("D202", "Call"): (3, 13),  # two of them came instead of Cart
    ("D203", "Cart"): (1, 13),
    ("D204", "Cart"): (1, 13),
    ("D204", "Bill"): (1, 12),
    ("D205", "Bill"): (1, 12),  # in one of the twelve Bill came before Ship
    ("D206", "Cart"): (1, 8),
    ("D207", "Cart"): (1, 13),
    ("D208", "Cart"): (2, 13),
    ("D209", "Cart"): (1, 13),
    ("D210", "Bill"): (1, 12),
    ("D211", "Bill"): (1, 12),  # after a good one
}
EXPECTED = {name for name in FIGURES if name[0] not in ("D207", "D208", "D209")} - {
    ("D204", "Bill")
}
TABLED = {name for name in FIGURES if name[0] not in ("D101", "D102")}


def checked(ideal: str, text: str) -> Check:
    settings = CheckSettings(min_group=1, observed_until=at(9 * 86_400_000_000))
    return check(log(text), compile_ideal(parse_journey(ideal, "journey.yaml")), settings).checked


@pytest.fixture(scope="module")
def found() -> Check:
    return checked(IDEAL, LOG)


def figures_of(names: set[tuple[str, str]]) -> dict[tuple[str, str], tuple[int, int]]:
    return {name: FIGURES[name] for name in names}


def test_every_code_occurs():
    """Of those that a check shows; contacts are counted by other verbs."""
    codes = {code.value for code in Code if code.value.startswith("D")}
    codes.remove(Code.AVOIDABLE_CONTACT.value)
    assert {code for code, _ in FIGURES} == codes


def test_in_json_and_in_the_frames_of_a_notebook(found):
    whole = json.loads(render(found, Format.JSON))
    rows = {(row["code"], row["activity"]): row for row in whole["deviations"]}
    assert {name: (row["journeys"], row["of"]) for name, row in rows.items()} == figures_of(TABLED)
    table = frame(DEVIATIONS, found)
    shown = zip(table["code"], table["activity"], table["journeys"], table["of"], strict=True)
    assert {(code, name): (n, of) for code, name, n, of in shown} == figures_of(TABLED)
    expected = {
        (row["code"], named(row["code"], row["step"])): (row["n"], row["of"])
        for row in whole["expectations"]
    }
    assert expected == figures_of(EXPECTED)
    table = frame(EXPECTATIONS, found)
    assert list(zip(table["n"], table["of"], strict=True)) == [
        (row["n"], row["of"]) for row in whole["expectations"]
    ]
    steps = {row["step"]: row for row in whole["steps"]}
    assert (steps["Cart"]["abandoned"], steps["Cart"]["reached"]) == FIGURES["D209", "Cart"]
    assert (steps["Cart"]["drop_off"]["n"], steps["Cart"]["drop_off"]["of"]) == (1, 13)
    assert (steps["Cart"]["reached"], whole["log"]["journeys"]) == FIGURES["D102", "Cart"]
    (timing,) = whole["timings"]
    assert (timing["late"], timing["of"]) == FIGURES["D205", "Bill"]
    assert (timing["early"], timing["of"]) == FIGURES["D210", "Bill"]
    assert timing["measured"] == 11


def named(code: str, step: str) -> str:
    """What the skip of a first step is the skip of."""
    return CHOICE if (code, step) == ("D201", "New contract") else step


def test_in_csv(found):
    text = render(found, Format.CSV, Asked(TableName.DEVIATIONS))
    rows = csv.DictReader(io.StringIO(text))
    assert {
        (row["code"], row["activity"]): (int(row["journeys"]), int(row["of"])) for row in rows
    } == figures_of(TABLED)
    text = render(found, Format.CSV, Asked(TableName.EXPECTATIONS))
    rows = csv.DictReader(io.StringIO(text))
    assert sorted((row["code"], int(row["n"]), int(row["of"])) for row in rows) == sorted(
        (code, *FIGURES[code, name]) for code, name in EXPECTED
    )


def test_in_markdown(found):
    text = render(found, Format.MARKDOWN)
    rows = re.findall(r"^\| (D\d+) \|[^|]*\| ([^|]*) \| (\d+) \| (\d+) \|", text, re.MULTILINE)
    assert {(code, name): (int(n), int(of)) for code, name, n, of in rows} == figures_of(TABLED)
    rows = re.findall(r"^\| \? \| (D\d+) .* \| (\d+) of (\d+) \|", text, re.MULTILINE)
    assert sorted((code, int(n), int(of)) for code, n, of in rows) == sorted(
        (code, *FIGURES[code, name]) for code, name in EXPECTED
    )


@pytest.mark.parametrize("lang", Lang)
def test_on_the_screen(found, lang):
    text = render(found, Format.TEXT, Asked(lang=lang))
    joined = re.sub(r"\n {4,}", " ", text)
    word, journeys = {Lang.EN: ("of", "journeys"), Lang.NL: ("van", "klantreizen")}[lang]
    rows = re.findall(rf"^\? (D\d+)  .*?(\d+) {word} (\d+) {journeys}", joined, re.MULTILINE)
    assert sorted((code, int(n), int(of)) for code, n, of in rows) == sorted(
        (code, *FIGURES[code, name]) for code, name in EXPECTED
    )
    rows = re.findall(rf"^  (D\d+)  .*?(\d+) {word} (\d+) {journeys}", joined, re.MULTILINE)
    assert len(rows) == 5
    assert {(code, int(n), int(of)) for code, n, of in rows} <= {
        (code, *FIGURES[code, name]) for code, name in TABLED
    }
    assert f"Keep contract {'or' if lang is Lang.EN else 'of'} New contract" in text


def test_on_the_page(found):
    page = lxml_html.fromstring(render(found, Format.HTML))
    cells = [[cell.text_content().strip() for cell in row] for row in page.iter("tr")]
    rows = [row for row in cells if re.fullmatch(r"D\d+", row[0])]
    assert {(row[0], row[2]): (int(row[3]), int(row[4])) for row in rows} == figures_of(TABLED)
    shown = []
    for card in page.find_class("card"):
        code, n, of = re.search(
            r"(D\d+).*?(\d+) of (\d+) journeys", card.text_content(), re.DOTALL
        ).groups()
        shown.append((code, int(n), int(of)))
    assert sorted(shown) == sorted((code, *FIGURES[code, name]) for code, name in EXPECTED)


def test_on_the_map(found):
    """The three commonest at each step."""
    drawn = str(journey_map.render(found))
    assert set(deviations_drawn(drawn)) == {
        ("D201", *FIGURES["D201", "Cart"]),
        ("D201", *FIGURES["D201", CHOICE]),
        ("D203", *FIGURES["D203", "Cart"]),
        ("D208", *FIGURES["D208", "Cart"]),
        ("D210", *FIGURES["D210", "Bill"]),
        ("D211", *FIGURES["D211", "Bill"]),
    }
    assert "8.3 % late" in drawn  # D205: 1 of 12
    assert re.search(r"lost here 7\.7 % [^,]*, 1 of 13", drawn)  # D101
    assert "reached by 100.0 %, 13 of 13 journeys" in drawn  # D102
    assert "repeated by 7.7 %" in drawn  # D204 of Cart: 1 of 13
    additions = [one for one in found.map.additions if one.activity == "Call"]
    assert sum(one.journeys for one in additions) == FIGURES["D202", "Call"][0]


def deviations_drawn(drawn: str) -> Iterator[tuple[str, int, int]]:
    for code, n, of in re.findall(r"<title>(D\d+) [^<]*: (\d+) / (\d+)</title>", drawn):
        yield code, int(n), int(of)


def test_an_undeclared_touchpoint_has_one_count_also_where_it_replaces_a_step():
    ideal = IDEAL.split("stages:")[0] + (
        "stages: [{stage: One, steps: [Search, Cart, Done]}]\n"
        'unexpected: [{touchpoint: Call, expect: "<= 1%"}]\n'
    )
    lines = [f"a{one}: Search Call Done" for one in range(6)]
    lines += [f"b{one}: Search Cart Call Done" for one in range(2)]
    found = checked(ideal, "\n".join(lines))
    (expected,) = found.expectations
    (row,) = (row for row in found.deviations if row.code is Code.UNEXPECTED)
    assert (expected.n, expected.of) == (row.journeys, row.of) == (8, 8)
    (replaced,) = (row for row in found.deviations if row.code is Code.REPLACED)
    assert (replaced.activity, replaced.journeys) == ("Cart", 6)


def test_late_is_of_all_in_which_both_are_matched():
    ideal = """
journey: x
goal: B
deadline: 1d
stages:
  - stage: One
    steps:
      - any-order:
          - A
          - {step: B, within: {max: 30s, after: A}, expect: {late: "<= 1%"}}
"""
    lines = [f"a{one}: A@0 B@60s" for one in range(1)] + [f"b{one}: B@0 A@60s" for one in range(3)]
    found = checked(ideal, "\n".join(lines))
    (row,) = found.expectations
    assert (row.n, row.of) == (1, 4)
    (late,) = (row for row in found.deviations if row.code is Code.LATE)
    assert (late.journeys, late.of) == (1, 4)
    (timing,) = found.timings
    assert (timing.late, timing.of, timing.measured) == (1, 4, 1)
