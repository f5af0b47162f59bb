"""Insights: read with all mistakes, shown where they belong, and nothing personal or rare with them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest
import yaml
from cli.running import run
from ideas.logs import JOURNEY, ideal, rows_of

import cjmine.ideas
from cjmine.disclosure.insights import heard_in
from cjmine.errors import Code, UsageError
from cjmine.ideas.insights import Insight, parse_insights
from cjmine.ideas.schema import insights_schema
from cjmine.reporters.journey_map.heard import quoted
from cjmine.reporters.language import Lang, language
from cjmine.results.log import moment

TEXT = """\
insights:
  - what: I had to type it twice
    source: interviews
    date: 2026-03-12
    step: Cart
    ideas: [M-1]
  - {what: Nobody reads it, step: Search}
  - {what: About a rare thing, source: survey, touchpoint: Secret}
  - {what: About help, source: survey, touchpoint: Help}
  - {what: Of another journey, journey: claim}
  - {what: Of a step that is not here, step: Pay}
"""


def test_all_keys_are_read() -> None:
    first, second, *_ = parse_insights(TEXT, "insights.yaml")
    assert first == Insight(
        *("I had to type it twice", "interviews", date(2026, 3, 12), None, "Cart", None, ("M-1",))
    )
    assert second.source is None and second.place == "Search"
    assert parse_insights("insights:\n", "x") == parse_insights("insights: []", "x") == ()


def test_all_problems_come_together_and_nothing_personal_is_repeated() -> None:
    wrong = (
        "insights:\n"
        "  - what: Call me at j.jansen@example.nl\n"
        "    source: mail of +31 6 12345678\n"
        "  - source: x\n"
        "    date: yesterday\n"
        "    ideas: [M 1]\n"
        "    colour: red\n"
    )
    with pytest.raises(UsageError) as refused:
        parse_insights(wrong, "insights.yaml")
    found = [(one.code, one.place.line) for one in refused.value.problems]
    assert found == [
        *((Code.LOOKS_PERSONAL, 2), (Code.LOOKS_PERSONAL, 3), (Code.JOURNEY_MISSING, 4)),
        *((Code.JOURNEY_VALUE, 5), (Code.JOURNEY_VALUE, 6), (Code.JOURNEY_KEY, 7)),
    ]
    said = " ".join(str(one) for one in refused.value.problems)
    assert "jansen" not in said and "12345678" not in said


def test_the_published_schema_is_made_of_the_keys() -> None:
    file = Path(cjmine.ideas.__file__).with_name("insights.schema.json")
    assert file.read_text("utf-8") == insights_schema()
    plain = json.loads(json.dumps(yaml.safe_load(TEXT), default=str))
    jsonschema.validate(plain, json.loads(insights_schema()))


def test_what_few_customers_have_is_counted_alone() -> None:
    every = parse_insights(TEXT, "insights.yaml")
    found = heard_in(every, ideal(), ("Search", "Cart", "Buy", "Help"))
    assert [one.what for one in found.insights] == [
        *("Nobody reads it", "I had to type it twice", "About help"),
    ]
    assert found.silent == ("Buy",) and found.left_out == 2
    assert [one.what for one in found.at("Cart")] == ["I had to type it twice"]


def test_an_insight_without_a_source_is_called_an_opinion() -> None:
    for lang, word in ((Lang.EN, "an opinion"), (Lang.NL, "een mening")):
        assert word in quoted(Insight("x"), language(lang))
        assert word not in quoted(Insight("x", "survey"), language(lang))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = rows_of([20] * 8)
    lines = [f"{who},{name},{moment(at * 1_000_000)}" for who, name, at in rows]
    for many, name in ((3, "Secret"), (40, "Help")):
        lines += [f"{who},{name},{moment((at + 1) * 1_000_000)}" for who, _, at in rows[: 2 * many]]
    (tmp_path / "shop.csv").write_text("\n".join(["customer,activity,time", *lines]) + "\n")
    (tmp_path / "journey.yaml").write_text(JOURNEY)
    (tmp_path / "insights.yaml").write_text(TEXT)
    return tmp_path


def test_the_report_and_the_map_show_them(folder: Path) -> None:
    assert run(folder, "report", "shop.csv", "-q", "-o", "r.html").status == 0
    page = (folder / "r.html").read_text("utf-8")
    assert page.count("I had to type it twice") >= 3  # section, map, list of steps
    assert "no source: an opinion" in page and "answered by M-1" in page
    assert "About help" in page and "Secret" not in page and "rare thing" not in page
    assert run(folder, "map", "shop.csv", "-q", "-o", "m.svg").status == 0
    svg = (folder / "m.svg").read_text("utf-8")
    assert svg.count('class="jm-heard"') == 1
    assert svg.count('class="jm-heard jm-optional"') == 1
    (folder / "insights.yaml").unlink()
    assert run(folder, "map", "shop.csv", "-q", "-o", "n.svg").status == 0
    assert 'class="jm-heard' not in (folder / "n.svg").read_text("utf-8")


def test_the_page_of_a_portfolio_shows_them(folder: Path) -> None:
    text = "lifecycle: [Buy]\njourneys: [{journey: journey.yaml, phase: Buy, name: Order}]\n"
    (folder / "portfolio.yaml").write_text(text)
    done = run(folder, "report", "portfolio.yaml", "shop.csv", "-q", "-o", "pages")
    assert done.status == 0, done.err
    page = (folder / "pages" / "index.html").read_text("utf-8")
    assert "What customers said" in page and "I had to type it twice" in page
    assert "Secret" not in page and "rare thing" not in page
    assert "Shown with no journey here: 3" in page


def test_what_is_about_all_journeys_is_on_the_page_once(folder: Path) -> None:
    for name in ("first", "second"):
        (folder / f"{name}.yaml").write_text(JOURNEY)
    text = "lifecycle: [Buy]\njourneys: [{journey: first.yaml}, {journey: second.yaml}]\n"
    (folder / "portfolio.yaml").write_text(text)
    more = "  - {what: Letters come late, source: mail}\n"
    (folder / "insights.yaml").write_text(TEXT + more)
    done = run(folder, "report", "portfolio.yaml", "shop.csv", "-q", "-o", "pages")
    assert done.status == 0, done.err
    page = (folder / "pages" / "index.html").read_text("utf-8")
    assert page.count("Letters come late") == 1 and "About all journeys" in page
    assert page.count("I had to type it twice") == 2
    assert "Letters come late" in (folder / "pages" / "second.html").read_text("utf-8")


def test_an_idea_that_the_register_lacks_is_refused(folder: Path) -> None:
    """What answers an insight is looked up in the register beside it, where there is one."""
    (folder / "ideas.yaml").write_text("ideas: [{id: M-2, title: Say it}]\n")
    done = run(folder, "report", "shop.csv", "-q", "-o", "r.html")
    assert done.status == 2 and 'there is no idea "M-1"' in done.err
    assert "--> insights.yaml:6:13" in done.err and 'did you mean "M-2"?' in done.err
    (folder / "ideas.yaml").write_text("ideas: [{id: M-1, title: Say it}]\n")
    assert run(folder, "report", "shop.csv", "-q", "-o", "r.html").status == 0


def test_a_personal_text_stops_the_report(folder: Path) -> None:
    (folder / "insights.yaml").write_text("insights: [{what: Ask j.jansen@example.nl}]\n")
    done = run(folder, "report", "shop.csv", "-q", "-o", "r.html")
    assert done.status != 0 and "P104" in done.err and "jansen" not in done.err
    assert not (folder / "r.html").exists()
