"""The portfolio file: what it declares, all its mistakes together, and its JSON Schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from portfolio.folders import ORDER, portfolio_in

from cjmine.errors import Code, UsageError
from cjmine.portfolio.declared import Level, Status
from cjmine.portfolio.file import parse_portfolio
from cjmine.portfolio.schema import portfolio_schema

jsonschema = pytest.importorskip("jsonschema")

PUBLISHED = Path(__file__).parents[2] / "cjmine" / "portfolio" / "portfolio.schema.json"
VALIDATOR = jsonschema.Draft202012Validator(json.loads(PUBLISHED.read_text("utf-8")))
WHOLE = """\
lifecycle: [Orient, Use, Change]
journeys:
  - journey: moving-house.yaml
    phase: Change
    level: sub-journey
    parent: addresses
    owner: online
    review-by: "2026-12-01"
    status: researched
  - journey: addresses
    level: life-cycle
  - template: journeys/retire.yaml
    name: retire by fund
    for: {fund: [A, B]}
    overrides: {B: {owner: pensions, deadline: 60d, status: retired}}
reasons:
  "Call: move*": moving-house
  "Call*": none yet
"""


def fits(text: str) -> bool:
    value: Any = yaml.load(text, yaml.BaseLoader)
    return bool(VALIDATOR.is_valid(value))


def test_a_whole_file() -> None:
    found = parse_portfolio(WHOLE, "p.yaml")
    assert found.lifecycle == ("Orient", "Use", "Change")
    moving, addresses, retire = found.entries
    assert (moving.name, moving.file, moving.phase) == (
        "moving-house",
        "moving-house.yaml",
        "Change",
    )
    assert (moving.level, moving.parent, moving.status) == (
        Level.SUB_JOURNEY,
        "addresses",
        Status.RESEARCHED,
    )
    assert moving.review_by is not None and moving.review_by.isoformat() == "2026-12-01"
    assert (addresses.file, addresses.status) == (None, Status.IDEA)
    assert (retire.name, retire.status, retire.column) == ("retire by fund", Status.LIVE, "fund")
    first, second = retire.values
    assert (first.value, first.override.owner) == ("A", None)
    assert second.override.owner == "pensions" and second.override.status is Status.RETIRED
    assert second.override.deadline == 60 * 86_400_000_000
    assert found.home_of("Call: move date") == "moving-house"
    assert found.home_of("Call: bill") is None and found.is_declared("Call: bill")
    assert not found.is_declared("Mail")


def test_the_schema_is_made_of_the_keys_of_the_reader() -> None:
    """After a change: python -m cjmine.portfolio.schema > cjmine/portfolio/portfolio.schema.json"""
    assert PUBLISHED.read_text("utf-8") == portfolio_schema()
    jsonschema.Draft202012Validator.check_schema(json.loads(portfolio_schema()))
    assert fits(WHOLE)


BAD = {
    "an unknown phase": ("{lifecycle: [Use], journeys: [{journey: a.yaml, phase: Us}]}", "J101"),
    "an unknown parent": ("{lifecycle: [Use], journeys: [{journey: a.yaml, parent: b}]}", "J101"),
    "an unknown home": ("{lifecycle: [U], journeys: [{journey: a.yaml}], reasons: {c: b}}", "J101"),
    "a circle": (
        "{lifecycle: [U], journeys: [{journey: a, parent: b}, {journey: b, parent: a}]}",
        "J110",
    ),
    "two of one name": (
        "{lifecycle: [U], journeys: [{journey: a.yaml}, {journey: a.yml}]}",
        "J108",
    ),
    "no journeys": ("{lifecycle: [U]}", "J107"),
    "an unknown key": ("{lifecycle: [U], journeys: [], phases: [U]}", "J105"),
    "an unknown level": ("{lifecycle: [U], journeys: [{journey: a, level: day}]}", "J106"),
    "no day": ("{lifecycle: [U], journeys: [{journey: a, review-by: soon}]}", "J106"),
    "a template without values": ("{lifecycle: [U], journeys: [{template: a.yaml}]}", "J107"),
    "a template of two columns": (
        "{lifecycle: [U], journeys: [{template: a.yaml, for: {b: [c], d: [e]}}]}",
        "J106",
    ),
    "a template that is no file": (
        "{lifecycle: [U], journeys: [{template: a, for: {b: [c]}}]}",
        "J106",
    ),
    "an override of no value": (
        "{lifecycle: [U], journeys: [{template: a.yaml, for: {b: [c]}, overrides: {d: {owner: e}}}]}",
        "J101",
    ),
    "values of a journey": (
        "{lifecycle: [U], journeys: [{journey: a.yaml, for: {b: [c]}}]}",
        "J110",
    ),
    "a reason below a wider one": (
        "{lifecycle: [U], journeys: [{journey: a}], reasons: {'Call*': none yet, 'Call: b*': a}}",
        "J110",
    ),
    "a reason twice": (
        "{lifecycle: [U], journeys: [], reasons: {a: none yet, 'a': none yet}}",
        "J108",
    ),
    "no mapping": ("[a]", "J106"),
    "nothing": ("", "J104"),
    "a part of something smaller": (
        "{lifecycle: [U], journeys: [{journey: a, level: moment}, {journey: b, parent: a}]}",
        "J110",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_mistake_has_its_code_and_place(name: str) -> None:
    text, code = BAD[name]
    with pytest.raises(UsageError) as raised:
        parse_portfolio(text, "p.yaml")
    assert [one.code.value for one in raised.value.problems] == [code] * len(raised.value.problems)
    assert all(one.place.file == "p.yaml" and one.place.line for one in raised.value.problems)


def test_all_mistakes_come_together_in_the_order_of_the_file() -> None:
    text = WHOLE.replace("phase: Change", "phase: Chang").replace("parent: addresses", "parent: x")
    text = text.replace("none yet", "nobody")
    with pytest.raises(UsageError) as raised:
        parse_portfolio(text, "p.yaml")
    found = [(one.code, one.place.line) for one in raised.value.problems]
    assert found == [(Code.JOURNEY_NAME, 4), (Code.JOURNEY_NAME, 6), (Code.JOURNEY_NAME, 18)]


def test_a_journey_without_a_name_has_its_other_mistakes_too() -> None:
    text = """\
lifecycle: [Use]
journeys:
  - journey: no
    phase: Us
    owner: 12
  - level: day
    parent: nothing
  - journey: a.yaml
  - journey: a.yml
reasons: {call: b}
"""
    with pytest.raises(UsageError) as raised:
        parse_portfolio(text, "p.yaml")
    found = [(one.code.value, one.place.line) for one in raised.value.problems]
    assert found == [
        ("J109", 3), ("J101", 4), ("J109", 5), ("J107", 6), ("J106", 6), ("J101", 7), ("J108", 9),
        ("J101", 10),
    ]  # fmt: skip
    assert raised.value.problems[-1].remedy == "available: a"


def test_what_is_missing_is_said_with_what_belongs_there() -> None:
    with pytest.raises(UsageError) as raised:
        parse_portfolio("reasons: {a: none yet}", "p.yaml")
    assert [one.remedy for one in raised.value.problems] == [
        "lifecycle: the phases of the life cycle, in order",
        "journeys: the journeys, and templates of journeys",
    ]


def test_mistakes_of_a_portfolio_and_of_its_journey_files_come_together(tmp_path: Path) -> None:
    text = """\
lifecycle: [Buy]
journeys:
  - phase: Buy
    journey: gone.yaml
  - {journey: order.yaml, phase: By}
  - {journey: bad.yaml}
"""
    with pytest.raises(UsageError) as raised:
        portfolio_in(tmp_path, text, {"order.yaml": ORDER, "bad.yaml": "journey: a"})
    found = [(one.place.file, one.place.line, one.code.value) for one in raised.value.problems]
    portfolio, bad = str(tmp_path / "portfolio.yaml"), str(tmp_path / "bad.yaml")
    assert found[:2] == [(portfolio, 4, "J104"), (portfolio, 5, "J101")]
    assert found[2:] == [(bad, 1, "J107")] * 2
    assert all(one.remedy for one in raised.value.problems)


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("a: [\n\t- b", "tabs"),
        ("lifecycle: [A]\n---\nlifecycle: [B]", "---"),
        ("lifecycle: &a [A]\njourneys: *a", "in its place"),
        ("# a comment", "init --portfolio"),
    ],
)
def test_what_yaml_refuses_has_a_remedy_that_fits(text: str, remedy: str) -> None:
    with pytest.raises(UsageError) as raised:
        parse_portfolio(text, "p.yaml")
    (problem,) = raised.value.problems
    assert remedy in problem.remedy
    assert "journey file" not in problem.message
