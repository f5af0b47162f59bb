"""The published JSON Schemas say what results hold, and every number says its kind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import pytest
from analysis.test_check_anything import events, ideals
from hypothesis import given, reject
from hypothesis import strategies as st
from reporters.hostile import LABELS, check
from reporters.test_html import discovery
from strategies import log_from

from cjmine.errors import PrivacyError, UsageError
from cjmine.ideal.compiled import compile_ideal
from cjmine.results.baseline import Baseline
from cjmine.results.check import Check
from cjmine.results.codec import baseline_text, from_json, read_baseline, to_json
from cjmine.results.every import RESULTS
from cjmine.results.figures import Counted, Kind, Measured
from cjmine.results.schema import result_schema
from cjmine.verbs.check import check as compare
from cjmine.verbs.settings import CheckSettings

jsonschema = pytest.importorskip("jsonschema")

SCHEMAS = {name: json.loads(result_schema(name)) for name in RESULTS}
VALIDATORS = {name: jsonschema.Draft202012Validator(one) for name, one in SCHEMAS.items()}


def fits(text: str) -> bool:
    """Whether a JSON text is what the schema that it names says."""
    written = json.loads(text)
    return bool(VALIDATORS[written["schema"]].is_valid(written))


@pytest.mark.parametrize("name", RESULTS)
def test_the_schema_is_one_and_closed(name: str) -> None:
    """No key beside those it names, and each key of the class, by its name in JSON."""
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])
    parts = [SCHEMAS[name], *SCHEMAS[name]["$defs"].values()]
    tables = [one for one in parts if one.get("type") == "object"]
    assert len(tables) > 1
    assert all(one["additionalProperties"] is False and one["description"] for one in tables)
    assert not any("None" in one["description"] for one in tables)
    assert '"class_"' not in json.dumps(SCHEMAS[name])


@pytest.mark.parametrize("few", [False, True])
@pytest.mark.parametrize("label", LABELS, ids=range(len(LABELS)))
def test_results_with_any_label_fit(label: str, few: bool) -> None:
    assert fits(to_json(check(label, few)))
    assert fits(to_json(discovery(label)))


@given(events, ideals(), st.sampled_from([1, 2, 10]))
def test_any_check_and_its_baseline_fit(rows: list[Any], ideal: Any, min_group: int) -> None:
    """Of any log, an empty one too; the baseline is read back as it was."""
    if 0 < len({row[0] for row in rows}) < min_group:
        min_group = 1
    try:
        asked = CheckSettings(min_group=min_group, ranges=True)
        outcome = compare(log_from(rows), compile_ideal(ideal), asked)
    except PrivacyError:  # too few customers have the entry of the ideal
        reject()
    assert fits(to_json(outcome.checked))
    text = baseline_text(outcome.baseline)
    assert fits(text)
    assert read_baseline(text, "b.json") == outcome.baseline


@pytest.mark.parametrize(
    ("key", "value"),
    [("verdict", "fine"), ("unknown", 1), ("journey", 3), ("log", {"events": -1}), ("goal", None)],
)
def test_what_the_schema_refuses_is_no_result(key: str, value: object) -> None:
    written = json.loads(to_json(check())) | {key: value}
    assert not fits(json.dumps(written))
    with pytest.raises(UsageError):
        from_json(json.dumps(written), "x.json")


def test_older_results_fit_and_are_read() -> None:
    """What came later may be missing: a journey map, the place of a count, what was set aside."""
    written = json.loads(to_json(check()))
    del written["map"], written["log"]["without_entry"], written["log"]["before_entry"]
    for row in written["expectations"]:
        del row["between"]
    found = json.loads(to_json(discovery()))
    for row in found["sources"]:
        del row["unlinked"]
    for one in (written, found):
        assert fits(json.dumps(one))
        assert from_json(json.dumps(one), "old.json").schema == one["schema"]


@pytest.mark.parametrize("name", ["variant_groups", "file"])
def test_what_only_the_run_knows_is_no_key(name: str) -> None:
    """Neither written nor read."""
    for result in (discovery(), check()):
        assert name not in json.loads(to_json(result))
        written = json.loads(to_json(result)) | {name: 3}
        with pytest.raises(UsageError):
            from_json(json.dumps(written), "x.json")


def test_a_result_that_has_not_passed_the_gate_is_not_written() -> None:
    """Numbers that know their customers stay inside, wherever in the result they are."""
    found = discovery()
    for row in (
        replace(found.activities[0], journeys=Counted(700, 690)),
        replace(found.activities[0], starts_here=Counted(600, 590)),
    ):
        with pytest.raises(AssertionError):
            to_json(replace(found, activities=(row, *found.activities[1:])))
    flow = replace(found.directly_follows[0], median_seconds=Measured(60.0, 30, 300, 2))
    with pytest.raises(AssertionError):
        to_json(replace(found, directly_follows=(flow,)))
    with pytest.raises(AssertionError):
        to_json(replace(check(), log=replace(check().log, customers=Counted(4800, 4800))))


def of_no_kind(hint: Any) -> Iterator[Any]:
    """The numbers of a type that say no kind, and the classes in it."""
    if get_origin(hint) is Annotated:
        if not any(isinstance(one, Kind) for one in hint.__metadata__):
            yield from of_no_kind(get_args(hint)[0])
    elif get_args(hint):
        for one in get_args(hint):
            yield from of_no_kind(one)
    elif hint in (int, float) or (isinstance(hint, type) and is_dataclass(hint)):
        yield hint


def test_every_number_says_its_kind() -> None:
    """In each class that a result is made of."""
    left, known = [*RESULTS.values()], set()
    without = []
    while left:
        result = left.pop()
        if result in known:
            continue
        known.add(result)
        hints = get_type_hints(result, include_extras=True)
        for field in fields(result):
            for one in of_no_kind(hints[field.name]):
                if one in (int, float):
                    without.append(f"{result.__name__}.{field.name}")
                else:
                    left.append(one)
    assert without == []
    assert {Check, Baseline} < known and len(known) > 25
