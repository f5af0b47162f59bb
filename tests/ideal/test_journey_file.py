"""The journey file: what its language means, and that nothing else ever comes out of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ideal.journeys_at_random import parts

from cjmine.errors import Code, UsageError
from cjmine.ideal.file import parse_journey, read_journey
from cjmine.ideal.journey import Accepted, Budget, DeviationClass, Level, Measure
from cjmine.ideal.nodes import AnyOrder, Choice, Failed, Maybe, Node, Repeat, Sequence, Step, Within

HOUR, DAY = 3_600_000_000, 86_400_000_000
PROJECT = Path(__file__).parents[2]

DESIGN = """\
journey: online-order
owner: service-online
purpose: fewer calls during ordering      # a map without a purpose is the first mistake
case: {gap: 30d}
entry: Search
goal: Delivery mail
exits: [Order cancelled]
deadline: 30d
stages:
  - stage: Choose
    steps:
      - Search
      - repeat: View product
      - optional: Compare
  - stage: Buy
    steps:
      - Checkout
      - any-order: [Upload photo, Sign form]
      - choice: [Pay by card, [Choose bank, Pay by transfer]]
      - step: Confirmation mail
        channel: mail
        within: {max: 1h, after: Checkout}
        moment-of-truth: true
        failed: {column: delivery, is: [bounced]}
        expect: {drop-off: "<= 5%", late: {is: "<= baseline + 2 pp", level: warn}}
  - stage: Receive
    steps: [Delivery mail]
allow: [Newsletter]
friction: [Complaint, Call support]
expect: {goal-rate: ">= 35%", fitness: ">= 0.8"}
unexpected:
  - {touchpoint: Call support, between: [Checkout, Delivery mail], expect: "<= 10%"}
accepted:
  - {deviation: out-of-order, step: Compare, because: allowed while choosing, until: 2027-03-31}
"""


def plain(node: Node) -> str:
    """A part without its marks."""
    match node:
        case Step():
            return node.name
        case Repeat():
            return f"repeat{node.least}-{node.most}({plain(node.node)})"
        case Maybe():
            return f"optional({plain(node.node)})"
        case _:
            return f"{type(node).__name__}({', '.join(map(plain, node.nodes))})"


def test_the_example_of_the_design_says_what_it_should():
    found = parse_journey(DESIGN, "journey.yaml")
    assert (found.name, found.owner, found.gap, found.deadline) == (
        *("online-order", "service-online"),
        *(30 * DAY, 30 * DAY),
    )
    assert (found.entry, found.goal) == (("Search",), ("Delivery mail",))
    assert (found.exits, found.allow) == (("Order cancelled",), ("Newsletter",))
    assert [plain(node) for node in found.root.nodes] == [
        *("Search", "repeat1-None(View product)", "optional(Compare)", "Checkout"),
        *("AnyOrder(Upload photo, Sign form)",),
        *("Choice(Pay by card, Sequence(Choose bank, Pay by transfer))",),
        *("Confirmation mail", "Delivery mail"),
    ]
    mail = next(step for step in found.steps if step.name == "Confirmation mail")
    assert mail.channels == ("mail",)
    assert mail.within == Within(None, HOUR, "Checkout")
    assert mail.failed == Failed((), "delivery", ("bounced",))
    assert mail.moment_of_truth
    assert found.stage_of("Sign form") == "Buy"
    said = [(one.measure, one.step, one.budget.value, one.mark.line) for one in found.expectations]
    assert said == [
        (Measure.DROP_OFF, "Confirmation mail", 0.05, 25),
        (Measure.LATE, "Confirmation mail", 0.02, 25),
        (Measure.GOAL_RATE, None, 0.35, 30),
        (Measure.FITNESS, None, 0.8, 30),
        (Measure.UNEXPECTED, "Call support", 0.1, 32),
    ]
    late = found.expectations[1]
    assert late.level is Level.WARN
    assert late.budget == Budget(True, 0.02, True, "<= baseline + 2 pp")
    assert found.expectations[4].between == ("Checkout", "Delivery mail")
    (accepted,) = found.accepted
    assert accepted == Accepted(
        DeviationClass.OUT_OF_ORDER,
        "Compare",
        "allowed while choosing",
        date(2027, 3, 31),
        accepted.mark,
    )


def small(steps: str, more: str = "") -> str:
    return f"journey: x\ngoal: Buy\nstages:\n  - stage: One\n    steps: {steps}\n{more}"


@pytest.mark.parametrize(
    ("written", "value", "from_baseline"),
    [
        ("<= 5%", 0.05, False),
        (">= 35 %", 0.35, False),
        ("<=0.05", 0.05, False),
        ("≤ 12.5%", 0.125, False),
        (">= 0.8", 0.8, False),
        ("<= baseline + 2 pp", 0.02, True),
        (">= baseline - 2pp", -0.02, True),
        ("<= baseline", 0.0, True),
        (">= baseline - 0.1", -0.1, True),
    ],
)
def test_budgets(written, value, from_baseline):
    found = parse_journey(small("[Buy]", f'expect: {{fitting: "{written}"}}'), "x")
    budget = found.expectations[0].budget
    assert (budget.value, budget.from_baseline) == (pytest.approx(value), from_baseline)
    assert budget.at_most == (written[0] in "<≤")


def test_min_journeys_is_200_unless_set():
    def least(more: str) -> list[int]:
        found = parse_journey(small("[Buy]", more), "x")
        return [one.min_journeys for one in found.expectations]

    assert least('expect: {fitting: "<= 1"}') == [200]
    assert least('min-journeys: 50\nexpect: {fitting: "<= 1"}') == [50]
    assert least('min-journeys: 50\nexpect: {fitting: {is: "<= 1", min-journeys: 7}}') == [7]


def test_branches_of_a_choice_may_share_a_step():
    found = parse_journey(small("[{choice: [[Call, Buy], [Mail, Buy]]}]"), "x")
    assert [step.name for step in found.steps] == ["Call", "Buy", "Mail"]


def test_a_mark_of_order_and_windows_lines_do_no_harm(tmp_path):
    file = tmp_path / "journey.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + DESIGN.replace("\n", "\r\n").encode())
    assert read_journey(file, "journey.yaml") == parse_journey(DESIGN, "journey.yaml")


def test_the_sample_journey_is_read():
    found = read_journey(PROJECT / "sample_logs" / "journey.yaml", "journey.yaml")
    assert len(found.expectations) == 9


def as_yaml(node: Node) -> object:
    match node:
        case Step():
            return node.name
        case Sequence():
            return [as_yaml(part) for part in node.nodes]
        case Choice():
            return {"choice": [as_yaml(part) for part in node.nodes]}
        case AnyOrder():
            return {"any-order": [as_yaml(part) for part in node.nodes]}
        case Maybe():
            return {"optional": as_yaml(node.node)}
        case Repeat():
            bounds = {"min": node.least} | ({"max": node.most} if node.most else {})
            return {"repeat": as_yaml(node.node)} | bounds


def renamed(node: Node, numbers: list[int]) -> Node:
    """The same part with a name of its own for every step."""
    match node:
        case Step():
            numbers.append(len(numbers))
            return Step(f"step {len(numbers)}")
        case Maybe():
            return Maybe(renamed(node.node, numbers))
        case Repeat():
            return Repeat(renamed(node.node, numbers), node.least, node.most)
        case _:
            return type(node)(tuple(renamed(part, numbers) for part in node.nodes))


@given(parts())
@settings(max_examples=100)
def test_what_is_written_is_what_is_read(root):
    import yaml

    unique = renamed(root, [])
    text = yaml.safe_dump(
        {
            "journey": "x",
            "goal": "step 1",
            "stages": [{"stage": "One", "steps": [as_yaml(unique)]}],
        }
    )
    assert plain(parse_journey(text, "x").root) == f"Sequence({plain(unique)})"


@given(st.text(max_size=200) | st.text("[]{}:,-#&*!|>'\"%@ \n\tab", max_size=80))
@settings(max_examples=300)
def test_any_text_gives_a_journey_or_problems(text):
    try:
        parse_journey(text, "x")
    except UsageError as error:
        assert all(one.code.value.startswith("J") for one in error.problems)


@given(
    st.integers(0, len(DESIGN)), st.integers(0, 12), st.text(":[]{}-\"' \nab%<>=&*?", max_size=6)
)
@settings(max_examples=300)
def test_a_damaged_file_gives_a_journey_or_problems(place, length, junk):
    try:
        parse_journey(DESIGN[:place] + junk + DESIGN[place + length :], "x")
    except UsageError as error:
        for one in error.problems:
            assert one.place.line is None or one.place.line >= 1


def test_deep_nesting_ends_in_words():
    for text in ("[" * 3000, "a: " * 3000, small("[" * 200 + "Buy" + "]" * 200)):
        with pytest.raises(UsageError):
            parse_journey(text, "x")


def test_files_that_cannot_be_read(tmp_path):
    binary, large = tmp_path / "a.yaml", tmp_path / "b.yaml"
    binary.write_bytes(b"journey: \xff\xfe\n")
    large.write_bytes(b"#" * 1_000_001)
    for file in (binary, large, tmp_path / "none.yaml", tmp_path):
        with pytest.raises(UsageError) as refused:
            read_journey(file, "journey.yaml")
        assert refused.value.code is Code.JOURNEY_SYNTAX
