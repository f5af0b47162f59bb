"""The published JSON Schema says the same as the reader, as far as a schema can."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from ideal.bad_journeys import BAD, beside, told
from ideal.test_journey_file import EXAMPLES, PROJECT, WHOLE, journeys
from ideal.writing import written
from strategies import (
    examples,
    rows,  # noqa: F401  the same examples on every run
)

from cjmine.errors import UsageError
from cjmine.ideal.deviations import DeviationClass
from cjmine.ideal.file import parse_journey
from cjmine.ideal.journey import Level
from cjmine.ideal.keys import CHANGE, JOURNEY
from cjmine.ideal.measures import OF_JOURNEY, OF_STEP
from cjmine.ideal.schema import journey_schema

jsonschema = pytest.importorskip("jsonschema")

SCHEMA: dict[str, Any] = json.loads(
    (PROJECT / "cjmine" / "ideal" / "journey.schema.json").read_text("utf-8")
)
PARTS = SCHEMA["$defs"]
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def fits(text: str) -> bool:
    """Whether an editor would be content; editors read days as text, as YAML 1.2 does."""
    return bool(VALIDATOR.is_valid(days_as_text(yaml.safe_load(text))))


def days_as_text(value: Any) -> Any:
    match value:
        case date():
            return value.isoformat()
        case dict():
            return {key: days_as_text(one) for key, one in value.items()}
        case list():
            return [days_as_text(one) for one in value]
    return value


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_the_published_file_is_made_of_the_keys_of_the_reader() -> None:
    """After a change: python -m cjmine.ideal.schema > cjmine/ideal/journey.schema.json."""
    file = PROJECT / "cjmine" / "ideal" / "journey.schema.json"
    assert file.read_bytes() == journey_schema().encode()


def test_the_schema_has_the_keys_of_the_reader() -> None:
    assert set(SCHEMA["properties"]) == set(JOURNEY.names)
    assert set(SCHEMA["properties"]["expect"]["properties"]) == {*OF_JOURNEY, CHANGE}
    assert set(PARTS["of-step"]["properties"]) == {*OF_STEP, CHANGE}
    assert PARTS["accepted"]["properties"]["deviation"]["enum"] == list(DeviationClass)
    assert PARTS["expectation"]["anyOf"][1]["properties"]["level"]["enum"] == list(Level)


def test_every_key_is_described() -> None:
    def silent(part: Any, path: str) -> list[str]:
        if not isinstance(part, dict):
            return []
        found = [name for key, one in part.items() for name in silent(one, f"{path}/{key}")]
        for key, one in part.get("properties", {}).items():
            told_at = PARTS[one["$ref"].split("/")[-1]] if "$ref" in one else {}
            if "description" not in one and "description" not in told_at:
                found.append(f"{path}/{key}")
        return found

    assert silent({key: one for key, one in SCHEMA.items() if key != "$defs"}, "") == []
    assert [name for key, one in PARTS.items() if key != "step" for name in silent(one, key)] == []


def test_examples_fit() -> None:
    assert all(fits(example) for example in EXAMPLES if example.startswith("journey:"))
    assert fits((PROJECT / "sample_logs" / "journey.yaml").read_text("utf-8"))


@given(nodes=journeys())
@examples(20)
def test_what_the_reader_reads_fits(nodes: Any) -> None:
    assert fits(written(nodes, "First", True))


def test_an_unexpected_touchpoint_has_one_name() -> None:
    both = beside('unexpected: [{touchpoint: X, step: Y, expect: "<= 1%"}]\n')
    assert (fits(both), fits(both.replace("step: Y, ", ""))) == (False, True)


# What an editor cannot know: names that refer to each other, and what YAML made of the text.
BY_CODE_ALONE = {"J101", "J102", "J104", "J108", "J110", "J111"}


def cases() -> list[Any]:
    known = [(name, *told(text)) for name, text in BAD]
    return [
        pytest.param(text, id=name)
        for name, text, expected in known
        if not {code for code, _, _ in expected} & BY_CODE_ALONE and readable(text)
    ]


def readable(text: str) -> bool:
    """Whether the YAML library makes a value of it; tags and impossible days are refused there."""
    try:
        yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        return False
    return True


# Limits that only the reader counts.
ONLY_READER = {
    "nested too deeply", "max below min", "within min above max", "within min equal to max",
    "a share above all", "a number above one", "a baseline far away", "a day that is not",
    "a duration of nothing", "half a character in a name", "merge key", "a day",
}  # fmt: skip


@pytest.mark.parametrize("text", cases())
def test_bad_keys_and_values_do_not_fit(text: str, request: pytest.FixtureRequest) -> None:
    name = request.node.callspec.id
    assert fits(text) == (name in ONLY_READER)


@pytest.mark.parametrize(
    "budget",
    ["<= 5%", ">=0.8", "≤ 5 %", ">= baseline", "<= baseline+2pp", "<= baseline + 0.02", "< 5%", "5%",
     "<= 5 pp", "= 5%", "<= ,5", "<= 5%%", "baseline", "<= baseline 2", "", "<= .5", "=> 5%"],
)  # fmt: skip
def test_schema_and_reader_agree_on_budgets(budget: str) -> None:
    text = beside(f"expect: {{goal-rate: {json.dumps(budget)}}}\n")
    assert fits(text) == is_read(text)


@pytest.mark.parametrize(
    "duration",
    ["1s", "45m", "45min", "36h", "1.5d", "2 w", "30", "1M", "d", "1,5d", "-1d", "1y", ""],
)
def test_schema_and_reader_agree_on_durations(duration: str) -> None:
    text = beside(f"deadline: {json.dumps(duration)}\n")
    assert fits(text) == is_read(text)


def is_read(text: str) -> bool:
    try:
        parse_journey(text, "journey.yaml")
    except UsageError:
        return False
    return True


def test_the_schema_file_is_where_the_page_says() -> None:
    page = PROJECT / "docs" / "journey-file.md"
    assert "../cjmine/ideal/journey.schema.json" in page.read_text("utf-8")
    assert Path(page.parent, "../cjmine/ideal/journey.schema.json").is_file()
    assert fits(WHOLE)
