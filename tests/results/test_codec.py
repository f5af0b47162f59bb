"""Results written as JSON are read back whole, or refused with words of our own."""

from __future__ import annotations

import json
from typing import Any

import pytest
from analysis.test_check_anything import events, ideals
from hypothesis import given, reject
from hypothesis import strategies as st
from reporters.hostile import LABELS, check
from strategies import HOSTILE, log_from

from cjmine.errors import Code, PrivacyError, UsageError
from cjmine.eventlog.build import log_of
from cjmine.ideal.compiled import compile_ideal
from cjmine.results.check import Check
from cjmine.results.codec import from_json, to_json
from cjmine.verbs.check import check as compare
from cjmine.verbs.discover import discover
from cjmine.verbs.settings import CheckSettings, DiscoverSettings

WEB = log_of([(f"c{n}", name, at) for n in range(12) for at, name in enumerate(("Search", "Buy"))])


@pytest.mark.parametrize("few", [False, True])
@pytest.mark.parametrize("label", LABELS, ids=range(len(LABELS)))
def test_a_check_comes_back_byte_for_byte(label: str, few: bool) -> None:
    """Whatever its labels are, and where everything that can be is withheld."""
    text = to_json(check(label, few))
    assert to_json(from_json(text, "check.json")) == text


@given(events, ideals(), st.sampled_from([1, 2, 10]))
def test_any_check_comes_back(rows: list[Any], ideal: Any, min_group: int) -> None:
    """Of any log, an empty one too, against any ideal; withheld figures stay withheld."""
    if 0 < len({row[0] for row in rows}) < min_group:
        min_group = 1
    try:
        asked = CheckSettings(min_group=min_group, ranges=True)
        outcome = compare(log_from(rows), compile_ideal(ideal), asked)
    except PrivacyError:  # too few customers have the entry of the ideal
        reject()
    text = to_json(outcome.checked)
    assert to_json(from_json(text, "check.json")) == text


@given(
    st.lists(
        st.tuples(st.sampled_from("abcdefghijkl"), st.sampled_from(HOSTILE), st.integers(0, 99))
    ),
    st.sampled_from([1, 2, 3]),
    st.booleans(),
)
def test_any_discovery_comes_back(rows: list[Any], min_group: int, has_goal: bool) -> None:
    """Of any log with any labels."""
    if 0 < len({row[0] for row in rows}) < min_group:
        min_group = 1
    goal = HOSTILE[:2] if has_goal else ()
    asked = DiscoverSettings(goal=goal, min_group=min_group, declared=goal)
    text = to_json(discover(log_from(rows), asked))
    assert to_json(from_json(text, "found.json")) == text


def test_what_older_runs_did_not_write_may_be_missing() -> None:
    """Keys that came later have a value that says that nothing is known."""
    written = json.loads(to_json(check()))
    for row in written["expectations"]:
        del row["between"], row["bound"]
    del written["map"], written["ranges"]
    read = from_json(json.dumps(written), "old.json")
    assert isinstance(read, Check) and read.expectations[0].between is None
    assert read.expectations[0].bound is None
    assert read.map.columns == ()
    assert read.ranges is None


def without(path: str, value: object) -> str:
    """The JSON of a check with one value replaced; dots lead to it."""
    written = json.loads(to_json(check("Pay")))
    *way, last = [int(part) if part.isdecimal() else part for part in path.split(".")]
    spot = written
    for part in way:
        spot = spot[part]
    spot[last] = value
    return json.dumps(written)


SECRET = "nobody@example"
BAD = {
    "no JSON": "{'schema': " + SECRET,
    "cut short": to_json(check())[:-40],
    "nothing": "",
    "a list": "[]",
    "another schema": json.dumps({"schema": f"cjmine/{SECRET}/1"}),
    "no schema": "{}",
    "nested deeply": "[" * 200_000,
    "nested inside": without("purpose", None).replace("null", "[" * 200_000, 1),
    "a wrong type": without("log.journeys", SECRET),
    "a number as text": without("log.journeys", "4812"),
    "a truth for a number": without("log.journeys", True),
    "half a journey": without("log.journeys", 1.5),
    "fewer than none": without("log.journeys", -1),
    "more than can be": without("log.journeys", 10**30),
    "too many digits": without("log.journeys", 7).replace(": 7,", ": " + "9" * 9999 + ","),
    "not a number": without("goal.value", float("nan")),
    "endless": without("goal.value", float("inf")),
    "absurdly large": without("goal.value", 1e300),
    "more than all": without("goal.n", 5000),
    "another share": without("goal.value", 0.5),
    "half a share": without("expectations.0.of", None),
    "rows that do not add up": without(
        "sources",
        [{"path": SECRET, "format": "csv", "read": 9, "loaded": 1, "rejected": 0, "duplicate": 0, "filtered": 0,
              "unlinked": None, "events": 1}],
    ),
    "an unknown key": without(SECRET, 1),
    "an unknown key in a row": without(f"steps.0.{SECRET}", 1),
    "an unknown code": without("notes.0.code", SECRET),
    "an unknown marker": without("examples.0.columns.0.marker", SECRET),
    "another verdict": without("verdict", "kept"),
    "no moment": without("log.observed_from", SECRET),
    "a moment elsewhere": without("log.observed_from", "1970-01-01T01:00:00+01:00"),
    "half a period": without("log.observed_from", None),
    "a missing key": to_json(check()).replace('"verdict"', '"verdikt"', 1),
    "a key twice": to_json(check()).replace('"schema"', '"schema": "x", "schema"', 1),
    "half a sign": without("purpose", "PURPOSE").replace("PURPOSE", "\\ud800"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_anything_else_is_refused_without_a_value_from_the_file(name: str) -> None:
    """With code, place, cause and remedy; nothing that stood in the file."""
    with pytest.raises(UsageError) as caught:
        from_json(BAD[name], "result.json")
    (problem,) = caught.value.problems
    assert problem.code is Code.RESULT_FORMAT and str(problem.place) == "result.json"
    assert problem.cause and problem.remedy
    assert SECRET not in str(problem) and len(str(problem)) < 500


@given(st.data())
def test_no_damage_ends_in_a_traceback(data: st.DataObject) -> None:
    """A result with any part cut out or replaced is read or refused."""
    text = data.draw(
        st.sampled_from([to_json(check()), to_json(discover(WEB, DiscoverSettings()))])
    )
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 30)))
    damaged = text[:start] + data.draw(st.text(max_size=6)) + text[end:]
    try:
        from_json(damaged, "result.json")
    except UsageError as error:
        assert error.code is Code.RESULT_FORMAT
