"""The register of ideas: every mistake at its place, edits that leave the rest, and the schema."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import cjmine.ideas
from cjmine.analysis.compare.words import better
from cjmine.analysis.looks import Better
from cjmine.errors import UsageError
from cjmine.ideal.deviations import DeviationClass
from cjmine.ideas.declared import Idea, Metric, Promise, PromiseUnit, Status
from cjmine.ideas.edits import Progress, next_id, with_idea, with_progress
from cjmine.ideas.file import parse_register
from cjmine.ideas.schema import ideas_schema
from cjmine.results.compare import GOAL_RATE

FULL = """\
# what we tried
ideas:
  - id: M-3   # keep
    title: "Meter form: remembers"
    journey: moving
    step: Meter readings
    deviation: late
    owner: web
    status: running
    noted: 2026-03-30
    since: 2026-04-15
    where: {fund: [A, B], plan: gold}
    metric: drop-off
    expected: -4 pp
    harm: 1 pp
    jira: CX-12
  - {id: M-4, title: Fewer letters, metric: contact, touchpoint: "Call: letter", expected: -20}
"""


def test_all_keys_are_read() -> None:
    one, other = parse_register(FULL, "ideas.yaml").ideas
    assert (one.id, one.title, one.step) == ("M-3", "Meter form: remembers", "Meter readings")
    assert (one.metric, one.deviation) == (Metric.DROP_OFF, DeviationClass.LATE)
    assert one.expected == Promise(-0.04, PromiseUnit.POINTS) and one.harm == 0.01
    assert (one.noted, one.since, one.until) == (date(2026, 3, 30), date(2026, 4, 15), None)
    assert [str(where) for where in one.where] == ['fund in ("A", "B")', 'plan = "gold"']
    assert other.expected == Promise(-20, PromiseUnit.JOURNEYS)
    assert (other.status, other.jira, other.touchpoint) == (Status.IDEA, None, "Call: letter")


WRONG = """\
ideas:
  - id: "M 3"
    title: x
    colour: red
  - id: M-1
    title: y
    status: perhaps
    metric: late
    expected: 4 pp
    since: 15-04-2026
  - id: M-1
    title: z
    expected: -4 pp
    until: 2026-01-01
    harm: much
    jira: "=1+1"
    where: fund
"""


def test_all_problems_come_together_with_their_places() -> None:
    with pytest.raises(UsageError) as refused:
        parse_register(WRONG, "ideas.yaml")
    found = [(one.code.value, one.place.line, one.place.position) for one in refused.value.problems]
    assert found == [
        *(("J106", 2, 9), ("J105", 4, 5), ("J107", 5, 5), ("J106", 7, 13), ("J106", 9, 15)),
        *(("J106", 10, 12), ("J108", 11, 5), ("J110", 13, 5), ("J110", 14, 5), ("J106", 15, 11)),
        *(("J106", 16, 11), ("J106", 17, 12)),
    ]
    said = " ".join(str(one) for one in refused.value.problems)
    assert "=1+1" not in said and "much" not in said


@pytest.mark.parametrize("text", ["ideas:\n", "ideas: []\n", "{ideas: []}"])
def test_a_register_may_be_empty(text: str) -> None:
    assert parse_register(text, "x").ideas == ()


@pytest.mark.parametrize("text", ["", "- x", "idea: []", "ideas: 3", "ideas: [3]"])
def test_what_is_no_register_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_register(text, "x")


def test_an_id_that_is_here_twice_is_found_whatever_else_is_wrong() -> None:
    text = "ideas:\n  - {id: M-1, title: no}\n  - {id: M-1, title: b}\n  - {title: c}\n"
    with pytest.raises(UsageError) as refused:
        parse_register(text + "  - {title: d}\n", "ideas.yaml")
    found = [(one.code.value, one.place.line) for one in refused.value.problems]
    assert found == [("J109", 2), ("J108", 3), ("J107", 4), ("J107", 5)]


def test_the_published_schema_is_made_of_the_keys() -> None:
    file = Path(cjmine.ideas.__file__).with_name("ideas.schema.json")
    assert file.read_text("utf-8") == ideas_schema()
    schema = json.loads(ideas_schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    plain = json.loads(json.dumps(yaml.safe_load(FULL), default=str))
    jsonschema.validate(plain, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"ideas": [{"id": "M-1"}]}, schema)


@pytest.mark.parametrize("metric", Metric)
def test_what_should_rise_is_what_a_comparison_wants_to_rise(metric: Metric) -> None:
    name = GOAL_RATE if metric is Metric.GOAL else metric.value
    assert metric.rises is (better(name) is Better.HIGHER)


def test_an_idea_more_leaves_the_rest_as_it_was() -> None:
    tried = parse_register(FULL, "x")
    new = Idea(next_id(tried.ideas), "Ask: once", Metric.LATE, step="no", noted=date(2026, 5, 1))
    block = FULL[: FULL.index("  - {id: M-4")]
    text = with_idea(block, new)
    assert text.startswith(block) and len(parse_register(text, "x").ideas) == 2
    assert parse_register(with_idea(FULL, new), "x").ideas[-1].id == "M-5"
    for empty in ("ideas:\n", "ideas: []\n", "# ours\nideas:\n"):
        (found,) = parse_register(with_idea(empty, new), "x").ideas
        assert (found.id, found.title, found.step, found.noted) == (
            *("M-5", "Ask: once", "no", date(2026, 5, 1)),
        )
    flow = "ideas: [{id: A, title: x}]  # kept\n"
    assert with_idea(flow, new).endswith("]  # kept\n")
    assert len(parse_register(with_idea(flow, new), "x").ideas) == 2


TITLES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")),
    min_size=1,
    max_size=60,
).filter(lambda text: text.strip() == text and text.isprintable())


@given(TITLES, TITLES)
def test_any_title_comes_back(title: str, step: str) -> None:
    new = Idea("I-1", title, Metric.SKIPPED, step=step)
    (found,) = parse_register(with_idea("ideas:\n", new), "x").ideas
    assert (found.title, found.step, found.metric) == (title, step, Metric.SKIPPED)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_progress_is_written_at_its_idea_and_comments_stay(end: str) -> None:
    text = FULL.replace("\n", end)
    news = [Progress("M-3", "CX-99", Status.DONE), Progress("M-4", "CX-13", Status.PLANNED)]
    found = with_progress(text, news)
    assert "# what we tried" in found and "id: M-3   # keep" in found
    assert found.replace("\r\n", "\n").count("\n") == FULL.count("\n")
    one, other = parse_register(found, "x").ideas
    assert (one.jira, one.status) == ("CX-99", Status.DONE)
    assert (other.jira, other.status, other.title) == ("CX-13", Status.PLANNED, "Fewer letters")
    assert with_progress(text, []) == text
    bare = "ideas:\n- title: x\n  id: A\n".replace("\n", end)
    assert with_progress(bare, [Progress("A", "B-1", None)]) == (
        "ideas:\n- title: x\n  id: A\n  jira: B-1\n".replace("\n", end)
    )
