"""Reports of priorities: figures recomputed from the JSON, hostile labels, widths, both languages."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import datetime
from functools import cache
from xml.etree import ElementTree

import pytest
from reporters.hostile import LABELS
from strategies import log_from

from cjmine.declared import Declared, Worth
from cjmine.ideal.compiled import compile_ideal
from cjmine.ideal.file import parse_journey
from cjmine.reporters.escaping import columns
from cjmine.reporters.formats import Asked, Format, Ranking, Subject, formats_of, tables_of
from cjmine.reporters.language import Lang, language
from cjmine.reporters.priorities.bars import bars
from cjmine.reporters.priorities.tables import EVERY
from cjmine.reporters.priorities.words import times
from cjmine.reporters.registry import render
from cjmine.results.codec import to_json
from cjmine.results.priorities import Per, Priorities
from cjmine.results.verdicts import Verdict
from cjmine.verbs.priorities import priorities
from cjmine.verbs.priorities_settings import PrioritiesSettings

IDEAL = """journey: "shop <b>"
goal: Pay
deadline: 1d
stages:
  - stage: All
    steps: [A, B, Pay]
"""


@cache
def found(label: str = "Call", k: int = 1) -> Priorities:
    """A touchpoint after A that costs the goal, one that does not, repeats, skips and losses."""
    rows = []
    for number in range(400):
        names = ["A", "B", "Pay"]
        if number % 4 == 0:
            names[1:1] = [label]
        if number % 10 == 1:
            names[1:1] = ["Chat"]
        if number % 5 == 2:
            names[1:1] = ["A"]
        if number % 16 == 15:
            names.remove("B")
        if number % (2 if number % 4 == 0 else 7) == 0 or number % 25 == 2:
            names.remove("Pay")
        if number % 20 == 3:
            names = ["A"]
        begin = 3600 * number
        rows += [(f"c{number:03}", name, begin + at) for at, name in enumerate(names)]
    ideal = compile_ideal(parse_journey(IDEAL, "shop.yaml"))
    worth = Declared(worth=Worth(40.0))
    log = log_from([*rows, ("end", "A", 10**7)])
    return priorities(log, ideal, PrioritiesSettings(min_group=k), worth)


def test_tables_are_those_that_can_be_asked_for() -> None:
    assert [table.name for table in EVERY] == tables_of(Subject.PRIORITIES)


def test_the_screen_has_the_figures_of_the_json() -> None:
    """Rank by rank: journeys, shares, gain, the bare difference, the one held equal, q, money."""
    data = json.loads(to_json(found()))
    text = " ".join(render(found(), Format.TEXT, Asked(every=True)).split())
    gains = [row for row in data["items"] if row["verdict"] == "gain"]
    assert len(gains) >= 2
    for rank, row in enumerate(gains, 1):
        gain = ends(row["gain"], 0 if max(map(abs, row["gain"].values())) >= 10 else 1)
        goal, like = (f"{100 * one:.1f} %" for one in (row["goal"]["value"], row["comparable"]))
        name = f"{row['step']}: {row['class']}"
        assert f"{rank} {name} {row['journeys']} {goal} {like} {gain}" in text
        assert f"naive {points(row['naive'])}; held equal {points(row['effect'])}" in text
        money = ends(row["money"], 0 if max(map(abs, row["money"].values())) >= 10 else 1)
        assert f"€ {money}" in text
        assert row["money"]["value"] == pytest.approx(40 * row["gain"]["value"])
    together = data["together"]
    assert f"1 to {together['items']} together: {ends(together['gain'], 0)}" in text
    for row in data["items"]:
        if row["is_ceiling"] and row["gain"]:
            assert f"◁ {row['step']} {row['journeys']}" in text
    first = gains[0]
    assert f"{first['e_value']:.1f} times as likely" in text
    assert f"{first['e_value_near']:.1f} times for the near end" in text


def ends(one: dict[str, float], places: int) -> str:
    value, low, high = (f"{one[end]:,.{places}f}" for end in ("value", "low", "high"))
    return f"{value} ({low} to {high})".replace("-", "−")


def points(one: dict[str, float]) -> str:
    value, low, high = (100 * one[end] for end in ("value", "low", "high"))
    return f"{value:+.1f} pp ({low:.1f} to {high:.1f})".replace("-", "−")


def test_gains_are_written_for_a_time() -> None:
    """The JSON is about the log; a screen for a year has so many times its gains."""
    result = found()
    begun = (result.judged.begun_from, result.judged.begun_until)
    first, last = (datetime.fromisoformat(one) for one in begun)
    days = (last - first).total_seconds() / 86_400
    assert times(result, None) == 1
    assert times(result, Per.YEAR) == pytest.approx(365.25 / days)
    assert times(result, Per.YEAR) == pytest.approx(4 * times(result, Per.QUARTER))
    assert times(result, Per.QUARTER) == pytest.approx(3 * times(result, Per.MONTH))
    row = next(one for one in result.items if one.gain)
    shown = render(result, Format.TEXT, Asked(ranking=Ranking(per=Per.YEAR)))
    assert f"{row.gain.value * 365.25 / days:,.0f} (" in shown
    assert "in a year" in shown
    assert (
        render(result, Format.JSON, Asked(ranking=Ranking(per=Per.YEAR))) == to_json(result) + "\n"
    )


def test_the_ranking_is_as_long_as_asked_and_bare_differences_are_asked_for() -> None:
    short = render(found(), Format.TEXT, Asked(ranking=Ranking(top=1)))
    assert "\n 1 " in short and "\n 2 " not in short and "more: --top all" in short
    usual, naive = (
        render(found(), Format.TEXT, Asked(ranking=Ranking(naive=flag))) for flag in (False, True)
    )
    assert naive.count("naive ") > usual.count("naive ")


def test_jira_gets_one_task_for_each_gain() -> None:
    rows = list(csv.reader(io.StringIO(render(found(), Format.JIRA))))
    assert rows[0] == ["Summary", "Description", "Issue Type", "Priority", "Labels"]
    gains = [row for row in found().items if row.verdict == "gain"]
    assert len(rows) == 1 + len(gains)
    assert rows[1][0].startswith(f"{gains[0].step}: {gains[0].class_}: gain ")
    assert rows[1][2:] == ["Task", "Highest", f"cjmine {gains[0].code} shop-b"]
    assert "held equal" in rows[1][1] and "\n" not in rows[1][1]


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("form", formats_of(Subject.PRIORITIES))
def test_no_label_does_harm(label: str, form: Format) -> None:
    result = found(label)
    for lang in Lang:
        text = render(result, form, Asked(lang=lang, every=True))
        assert "\x1b" not in text and "\u202e" not in text and "##[" not in text
        if form is Format.HTML:
            assert "<script>alert" not in text
        if form in (Format.CSV, Format.JIRA):
            rows = list(csv.reader(io.StringIO(text)))
            assert all(not cell.startswith(("=", "+", "@")) for row in rows for cell in row)
            assert len({len(row) for row in rows}) == 1


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("lang", Lang)
def test_lines_fit_the_screen(width: int, lang: Lang) -> None:
    asked = Asked(width=width, lang=lang, every=True, ranking=Ranking(naive=True))
    for result in (found("確認" * 30), found(k=30)):
        lines = render(result, Format.TEXT, asked).split("\n")
        assert max(map(columns, lines)) <= width


def test_bars_are_one_for_each_gain_and_hollow_for_ceilings() -> None:
    drawn = ElementTree.fromstring(bars(found("Call <us>"), language(Lang.EN)))
    kinds = [one.get("class") for one in drawn.iter("rect")]
    gains = [row for row in found().items if row.verdict == "gain"]
    ceilings = [row for row in found().items if row.is_ceiling and row.gain]
    assert kinds == ["pr-bar"] * len(gains) + ["pr-hollow"] * len(ceilings)
    widths = [float(one.get("width")) for one in drawn.iter("rect")]
    values = [row.gain.value for row in (*gains, *ceilings)]
    assert [one / widths[0] for one in widths] == pytest.approx(
        [one / values[0] for one in values], rel=0.02
    )
    assert re.search("Gain in goals: .*ceiling", drawn.findtext("desc"))


def test_nothing_to_rank_is_said() -> None:
    empty = replace(found(), items=(), together=None)
    assert "No deviation" in render(empty, Format.TEXT)
    assert "No deviation" in render(empty, Format.MARKDOWN)
    assert "No deviation" in render(empty, Format.HTML)
    assert bars(empty, language(Lang.EN)) == ""
    assert len(render(empty, Format.JIRA).splitlines()) == 1


def test_without_rows_there_are_no_headings() -> None:
    """The headings are there only where a row follows, be it in another list."""
    rows = found().items
    silent = tuple(
        replace(row, effect=None, gain=None, money=None, verdict=Verdict.CANNOT_SAY)
        for row in rows
        if not row.is_ceiling
    )
    head = "gain in goals"
    assert head not in render(replace(found(), items=silent, together=None), Format.TEXT)
    ceilings = tuple(row for row in rows if row.is_ceiling)
    assert head in render(replace(found(), items=ceilings, together=None), Format.TEXT)
