"""Skipped choices, goal steps and failures in a check: who is counted where."""

from __future__ import annotations

import json

import pytest
from conformance.ideals import UNKNOWN, ideals, names_of, traces
from hypothesis import given
from hypothesis import strategies as st
from notation import log
from strategies import examples, log_from

from cjmine.errors import Code
from cjmine.ideal.compiled import compile_ideal
from cjmine.ideal.file import parse_journey
from cjmine.ideal.journey import IdealJourney, Stage
from cjmine.reporters import journey_map
from cjmine.reporters.formats import Asked, Format
from cjmine.reporters.language import Lang
from cjmine.reporters.registry import render
from cjmine.results.check import Check
from cjmine.results.expectations import Verdict
from cjmine.verbs.check import check
from cjmine.verbs.settings import CheckSettings
from tests.observing import at

LATER = 9 * 86_400_000_000
IDEAL = """
journey: renew
goal: Signed
deadline: 1d
stages:
  - stage: One
    steps:
      - Letter
      - choice:
          - step: Keep contract
            expect: {skipped: {is: "<= 20%", min-journeys: 1}}
          - [New contract, Compare]
      - Signed
"""
LOG = """
ann: Letter Keep_contract Signed
bob: Letter New_contract Compare Signed
cat: Letter New_contract Signed
dan: Letter Signed
eve: Letter Call Signed
fay: Letter Signed
gus: Letter
"""
CHOICE = "Keep contract or New contract"


def checked(ideal: str = IDEAL, text: str = LOG) -> Check:
    settings = CheckSettings(min_group=1, observed_until=at(LATER))
    return check(log(text), compile_ideal(parse_journey(ideal, "journey.yaml")), settings).checked


def test_a_skipped_choice_by_hand():
    found = checked()
    rows = {(row.class_, row.activity): (row.journeys, row.of) for row in found.deviations}
    assert rows == {
        ("skipped", CHOICE): (3, 6),
        ("skipped", "Compare"): (1, 2),
        ("unexpected", "Call"): (1, 7),
        ("abandoned-after", "Letter"): (1, 7),
    }
    (row,) = (row for row in found.deviations if row.activity == CHOICE)
    assert (row.code, row.occurrences) == (Code.SKIPPED, 3)
    steps = {row.step: (row.reached, row.matched, row.seen) for row in found.steps}
    assert steps["Keep contract"] == (1, 1, 1)
    assert steps["New contract"] == (2, 2, 2)
    assert steps["Compare"] == (2, 1, 1)
    assert steps["Signed"] == (6, 6, 6)
    assert found.choices == (("Keep contract", "New contract"),)
    assert found.counted.model_moves == 3 + 1 + 2  # gus still had to choose and to sign


def test_an_expectation_names_it_by_a_first_step():
    (row,) = checked().expectations
    assert (row.what, row.step) == (f"{CHOICE} skipped", "Keep contract")
    assert (row.n, row.of) == (3, 6)
    other = IDEAL.replace("- step: Keep contract\n", "- Keep contract\n").replace(
        '            expect: {skipped: {is: "<= 20%", min-journeys: 1}}\n', ""
    )
    other = other.replace(
        "[New contract, Compare]",
        '[{step: New contract, expect: {skipped: "<= 20%"}}, {step: Compare, expect: {skipped: "<= 20%"}}]',
    )
    first, second = checked(other).expectations
    assert (first.what, first.n, first.of) == (f"{CHOICE} skipped", 3, 6)
    assert (second.what, second.n, second.of) == ("Compare skipped", 1, 2)


@pytest.mark.parametrize("step", ["Keep contract", "New contract"])
def test_an_acceptance_names_it_by_any_first_step(step):
    accepted = (
        f"accepted: [{{deviation: skipped, step: {step}, because: known, until: 2030-01-01}}]\n"
    )
    found = checked(IDEAL + accepted)
    is_accepted = {row.activity: row.accepted for row in found.deviations}
    assert is_accepted[CHOICE] and not is_accepted["Compare"]
    assert not any(note.code is Code.ACCEPTED_UNUSED for note in found.notes)
    (row,) = found.expectations
    assert row.verdict in (Verdict.ACCEPTED, Verdict.INCONCLUSIVE)


def test_it_has_a_name_in_the_language_of_the_reader():
    found = checked()
    dutch = "Keep contract of New contract"
    for form in (Format.TEXT, Format.MARKDOWN, Format.HTML):
        shown = render(found, form, Asked(lang=Lang.NL, examples=9))
        assert dutch in shown.replace("\\", "")
    assert dutch in str(journey_map.render(found, Lang.NL))
    assert f"({CHOICE})" in str(journey_map.render(found))
    assert json.loads(render(found, Format.JSON))["choices"] == [["Keep contract", "New contract"]]


def test_an_example_draws_it_as_one_column():
    found = checked(text="ann: Letter Call Signed\nbob: Letter Call Signed")
    drawn = next(one for one in found.examples if one.class_ == "skipped")
    assert [cell.ideal for cell in drawn.columns] == ["Letter", None, CHOICE, "Signed"]


def test_a_goal_step_is_reached_by_those_who_complete():
    """… whatever the cheapest alignment matched, and however often."""
    ideal = "journey: x\ngoal: Buy\ndeadline: 1d\nstages: [{stage: One, steps: [A, B, Buy, Rate]}]"
    found = checked(
        ideal,
        """
        ann: A B Buy Rate
        bob: Buy A B
        cat: A B Rate
        dan: A B
        """,
    )
    rows = {row.step: row for row in found.steps}
    buy = rows["Buy"]
    assert found.states.completed == buy.reached == 2
    assert (buy.matched, buy.seen, buy.went_on, buy.finished) == (1, 2, 1, 1)
    assert (rows["B"].reached, rows["B"].went_on, rows["B"].abandoned) == (4, 3, 1)
    assert (rows["Rate"].reached, rows["Rate"].finished, rows["Rate"].abandoned) == (2, 1, 1)


def test_every_failed_touchpoint_counts():
    ideal = (
        "journey: x\ngoal: Pay\ndeadline: 1d\nstages: [{stage: One, steps: [A,"
        ' {step: Pay, failed: [Error], expect: {failed: "<= 1%"}}]}]'
    )
    found = checked(
        ideal,
        """
        ann: A Pay Error
        bob: A Error Error Pay
        cat: A Pay
        dan: Error A
        eve: A
        """,
    )
    (row,) = (row for row in found.deviations if row.code is Code.FAILED)
    assert (row.journeys, row.of, row.occurrences) == (3, 4, 4)
    (expected,) = found.expectations
    assert (expected.n, expected.of) == (3, 4)
    assert {row.step: row.seen for row in found.steps}["Pay"] == row.of


@st.composite
def ideals_and_rows(draw: st.DrawFn) -> tuple[IdealJourney, list[tuple[str, str, int]]]:
    root = draw(ideals())
    steps = st.sampled_from((*names_of(root), *UNKNOWN))
    goal = tuple({draw(steps) for _ in range(draw(st.integers(1, 2)))})
    ideal = IdealJourney("x", goal, (Stage("One", (root,)),), deadline=60_000_000)
    rows = []
    for customer in range(draw(st.integers(1, 5))):
        for second, name in enumerate(draw(traces(root))):
            rows.append((f"c{customer}", name, second))
    return ideal, rows


@given(ideals_and_rows())
@examples(20)
def test_steps_and_states_agree_on_every_log(ideal_and_rows):
    ideal, rows = ideal_and_rows
    settings = CheckSettings(min_group=1, observed_until=at(LATER))
    found = check(log_from(rows), compile_ideal(ideal), settings).checked
    having = {name: {row[0] for row in rows if row[1] == name} for name in ideal.goal}
    assert found.states.completed == len(set().union(*having.values()))
    finished = 0
    for row in found.steps:
        assert row.reached == row.went_on + row.abandoned + row.exited + row.finished
        assert row.matched <= min(row.seen, row.reached)
        finished += row.finished
        if row.step in ideal.goal:
            assert row.reached == row.seen == len(having[row.step])
    assert finished + found.never.finished == found.states.completed
    undeclared = {row.activity: row.journeys for row in found.deviations if row.activity in UNKNOWN}
    for name in UNKNOWN:
        customers = {row[0] for row in rows if row[1] == name}
        assert undeclared.get(name, 0) == len(customers)
