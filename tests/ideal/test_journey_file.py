"""The journey file: what it declares, and that whatever is written comes back."""

from __future__ import annotations

import re
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given
from hypothesis import strategies as st
from ideal.journeys_at_random import parts
from ideal.writing import unmarked, written
from strategies import (
    examples,
    rows,  # noqa: F401  the same examples on every run
)

from cjmine.declared import Cost
from cjmine.errors import Code, UsageError
from cjmine.ideal import consistency
from cjmine.ideal.deviations import DeviationClass
from cjmine.ideal.file import parse_journey, read_journey
from cjmine.ideal.journey import Accepted, Budget, Expectation, IdealJourney, Level
from cjmine.ideal.keys import JOURNEY
from cjmine.ideal.measures import Measure
from cjmine.ideal.nodes import (
    AnyOrder,
    Choice,
    Failed,
    Mark,
    Node,
    Optional,
    Repeat,
    Sequence,
    Step,
    Within,
    steps_of,
)
from cjmine.ideal.space import StateSpace, compile_space

PROJECT = Path(__file__).parents[2]
PAGE = (PROJECT / "docs" / "journey-file.md").read_text("utf-8")
EXAMPLES = [
    found for found in re.findall(r"^```yaml\n(.*?)^```", PAGE, re.M | re.S) if "\n" in found
]
WHOLE = next(found for found in EXAMPLES if "accepted:" in found)
HOUR, DAY = 3_600_000_000, 86_400_000_000


def read(text: str) -> IdealJourney:
    return parse_journey(text, "journey.yaml")


def steps(written_steps: str, beside: str = "") -> IdealJourney:
    """A journey of one stage with these steps; `Buy` is the goal."""
    return read(
        f"journey: x\ngoal: Buy\nstages:\n- stage: One\n  steps: {written_steps}\n{beside}\n"
    )


def test_everything_that_the_whole_example_says_is_read() -> None:
    journey = read(WHOLE)
    assert (journey.name, journey.owner) == ("online-order", "service-online")
    assert journey.purpose == "fewer calls during ordering"
    assert (journey.value, journey.costs) == (40.0, (Cost("call", 7.5), Cost("mail", 4.0)))
    assert (journey.gap, journey.until_goal, journey.deadline) == (30 * DAY, False, 30 * DAY)
    assert (journey.entry, journey.goal) == (("Search",), ("Delivery mail",))
    assert (journey.exits, journey.allow) == (("Order cancelled",), ("Newsletter",))
    assert journey.friction == ("Complaint", "Call support")
    assert [stage.name for stage in journey.stages] == ["Choose", "Buy", "Receive"]
    assert journey.file == "journey.yaml"
    assert journey.stage_of("Sign form") == "Buy"


def test_the_parts_of_the_whole_example() -> None:
    choose, buy, receive = (
        tuple(unmarked(node) for node in stage.nodes) for stage in read(WHOLE).stages
    )
    assert choose == (Step("Search"), Repeat(Step("View product")), Optional(Step("Compare")))
    assert buy == (
        Step("Checkout"),
        AnyOrder((Step("Upload photo"), Step("Sign form"))),
        Choice((Step("Pay by card"), Sequence((Step("Choose bank"), Step("Pay by transfer"))))),
        Step(
            "Confirmation mail",
            ("mail",),
            Within(None, HOUR, "Checkout"),
            Failed(("Mail returned",)),
            True,
            "the law asks for it",
        ),
    )
    assert receive == (Step("Delivery mail"),)


def test_the_promises_of_the_whole_example_stand_in_the_order_of_the_file() -> None:
    mail, late = "Confirmation mail", Budget(True, 0.1, False, "<= 10%")
    told = [
        (one.measure, one.step, one.budget, one.level, one.min_customers)
        for one in read(WHOLE).expectations
    ]
    assert told == [
        (Measure.DROP_OFF, mail, Budget(True, 0.05, False, "<= 5%"), Level.ERROR, 200),
        (Measure.LATE, mail, late, Level.WARN, 500),
        (Measure.WRONG_CHANNEL, mail, Budget(True, 0.02, True, "<= baseline + 2 pp"), Level.ERROR, 200),
        (Measure.GOAL_RATE, None, Budget(False, 0.35, False, ">= 35%"), Level.ERROR, 200),
        (Measure.FITNESS, None, Budget(False, 0.8, False, ">= 0.8"), Level.ERROR, 200),
        (Measure.UNEXPECTED, "Call support", Budget(True, 0.03, False, "<= 3%"), Level.ERROR, 200),
    ]  # fmt: skip


def test_an_expectation_stands_where_its_budget_is_promised() -> None:
    """An annotation in a pull request points at the line of the key, in columns from 1."""
    lines = WHOLE.splitlines()
    for one in read(WHOLE).expectations[:5]:
        assert lines[one.mark.line - 1][one.mark.column - 1 :].startswith(f"{one.measure}:")


def test_a_step_stands_where_its_name_is() -> None:
    lines = WHOLE.splitlines()
    for step in read(WHOLE).steps:
        assert lines[step.mark.line - 1][step.mark.column - 1 :].startswith(step.name)


def test_accepted_deviations() -> None:
    (one,) = read(WHOLE).accepted
    assert one == Accepted(
        DeviationClass.OUT_OF_ORDER,
        "Compare",
        "allowed while choosing",
        date(2027, 3, 31),
        one.mark,
    )
    quoted = 'accepted: [{deviation: late, because: snow, until: "2027-02-03"}]'
    (one,) = steps("[Buy]", quoted).accepted
    assert (one.step, one.until) == (None, date(2027, 2, 3))


def test_an_unexpected_touchpoint_may_be_anything_but_a_step() -> None:
    promise = (
        'unexpected: [{step: Call, between: [Search, Buy], expect: {is: "<= 1%", level: warn}}]'
    )
    assert steps("[Search, Buy]", promise).expectations == (
        Expectation(
            Measure.UNEXPECTED,
            Budget(True, 0.01, False, "<= 1%"),
            "Call",
            ("Search", "Buy"),
            Level.WARN,
            mark=Mark(6, promise.index("expect:") + 1),
        ),
    )


def test_in_a_repetition_each_step_comes_before_the_other() -> None:
    promise = 'unexpected: [{touchpoint: Call, between: [B, A], expect: "<= 1%"}]'
    assert steps("[{repeat: [A, B]}, Buy]", promise).expectations[0].between == ("B", "A")


@pytest.mark.parametrize(
    ("budget", "at_most", "value", "from_baseline"),
    [
        ("<= 5%", True, 0.05, False),
        (">= 35 %", False, 0.35, False),
        ("<=0.05", True, 0.05, False),
        (">= 0.8", False, 0.8, False),
        (">= 1", False, 1.0, False),
        ("<= 100%", True, 1.0, False),
        ("<= 12.5%", True, 0.125, False),
        ("<= 0%", True, 0.0, False),
        ("≤ 12.5%", True, 0.125, False),
        (">= baseline - 0.1", False, -0.1, True),
        ("<= baseline + 2 pp", True, 0.02, True),
        (">= baseline - 2pp", False, -0.02, True),
        ("<= baseline", True, 0.0, True),
        (">=baseline", False, 0.0, True),
    ],
)
def test_budgets(budget: str, at_most: bool, value: float, from_baseline: bool) -> None:
    (one,) = steps("[Buy]", f'expect: {{goal-rate: "{budget}"}}').expectations
    assert one.budget == Budget(at_most, pytest.approx(value), from_baseline, budget)
    side = "most" if at_most else "least"
    assert one.budget.bound.value == (f"baseline-{side}" if from_baseline else side)


def test_a_change_is_a_budget_on_the_baseline() -> None:
    """Of the journey the goal rate may fall, of a step the drop-off may rise."""
    whole = steps("[Buy]", 'expect: {change: "<= 2 pp", goal-rate: ">= 5%"}').expectations
    assert [one.measure for one in whole] == [Measure.GOAL_RATE, Measure.GOAL_RATE]
    assert whole[0].budget == Budget(False, pytest.approx(-0.02), True, "change <= 2 pp")
    step = "[{step: Buy, expect: {change: {is: '<= 0.5pp', level: warn}}}]"
    (one,) = steps(step).expectations
    assert (one.measure, one.step, one.level) == (Measure.DROP_OFF, "Buy", Level.WARN)
    assert one.budget == Budget(True, pytest.approx(0.005), True, "change <= 0.5pp")


@pytest.mark.parametrize("written", ["<= 2%", ">= 2 pp", "<= 200 pp", "<= baseline + 2 pp", "two"])
def test_a_change_is_limited_in_points(written: str) -> None:
    with pytest.raises(UsageError) as raised:
        steps("[Buy]", f'expect: {{change: "{written}"}}')
    (problem,) = raised.value.problems
    assert problem.message == "a change is limited in percentage points"


def test_min_customers_of_the_file_holds_where_nothing_else_is_said() -> None:
    promised = (
        'min-customers: 50\nexpect: {goal-rate: ">= 5%", fitness: {is: ">= 0.5", min-customers: 9}}'
    )
    journey = steps('[{step: Buy, expect: {skipped: "<= 1%"}}]', promised)
    assert [one.min_customers for one in journey.expectations] == [50, 50, 9]
    before = steps(
        '[{step: Buy, expect: {skipped: "<= 1%"}}]', promised.replace("customers", "journeys")
    )
    assert before.expectations == journey.expectations


@pytest.mark.parametrize(
    ("within", "expected"),
    [
        ("1h", Within(None, HOUR)),
        ("{min: 1h}", Within(HOUR)),
        ("{min: 1h, max: 1d, after: Search}", Within(HOUR, DAY, "Search")),
    ],
)
def test_within(within: str, expected: Within) -> None:
    assert steps(f"[Search, {{step: Buy, within: {within}}}]").steps[1].within == expected


def test_a_step_may_be_timed_from_one_beside_it() -> None:
    journey = steps("[{any-order: [{step: A, within: {max: 1h, after: B}}, B]}, Buy]")
    assert journey.steps[0].within == Within(None, HOUR, "B")


@pytest.mark.parametrize(
    ("failed", "expected"),
    [
        ("Error", Failed(("Error",))),
        ("[Error, Timeout]", Failed(("Error", "Timeout"))),
        ('{column: status, is: "500"}', Failed((), "status", ("500",))),
        ("{column: status, is: [bad, worse]}", Failed((), "status", ("bad", "worse"))),
    ],
)
def test_failed(failed: str, expected: Failed) -> None:
    assert steps(f"[{{step: Buy, failed: {failed}}}]").steps[0].failed == expected


def test_branches_of_a_choice_may_share_a_step() -> None:
    journey = steps("[{choice: [[A, B], [B, A]]}, Buy]")
    assert [step.name for step in journey.steps] == ["A", "B", "Buy"]


def test_quoted_names_are_names_and_blanks_around_them_do_not_count() -> None:
    journey = steps("""["No", '2024', " ~ ", !!str 1.5, Buy]""")
    assert [step.name for step in journey.steps] == ["No", "2024", "~", "1.5", "Buy"]


def test_case_and_single_names() -> None:
    journey = steps(
        "[Search, Buy]", "case: {gap: 36h, until: goal}\nentry: Search\nexits: [Bye]\nallow: Ad"
    )
    assert (journey.gap, journey.until_goal) == (36 * HOUR, True)
    assert (journey.entry, journey.exits, journey.allow) == (("Search",), ("Bye",), ("Ad",))


@pytest.mark.parametrize(
    "change", [lambda raw: b"\xef\xbb\xbf" + raw, lambda raw: raw.replace(b"\n", b"\r\n")]
)
def test_marks_of_other_editors_change_nothing(tmp_path: Path, change) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "journey.yaml"
    file.write_bytes(change(WHOLE.encode()))
    assert read_journey(file, "journey.yaml").journey == read(WHOLE)


def test_a_file_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The space that consistency is checked with is the one that traces are compared with."""
    made = []

    def counted(root: Node, file: str = "") -> StateSpace:
        made.append(compile_space(root, file))
        return made[-1]

    monkeypatch.setattr(consistency, "compile_space", counted)
    file = tmp_path / "journey.yaml"
    file.write_text(WHOLE, "utf-8")
    assert [read_journey(file, "journey.yaml").space] == made


@pytest.mark.parametrize("example", [one for one in EXAMPLES if one.startswith("journey:")])
def test_every_example_of_the_page_is_a_journey(example: str) -> None:
    assert read(example).stages


def test_the_page_explains_every_key() -> None:
    for key in (
        *JOURNEY.names,
        *Measure,
        *DeviationClass,
        "channel",
        "within",
        "after",
        "column",
        "level",
    ):
        assert f"`{key}`" in PAGE or f"`{key}:" in PAGE, key


def test_the_sample_journey_is_read() -> None:
    assert (
        read_journey(PROJECT / "sample_logs" / "journey.yaml", "journey.yaml").journey.name
        == "moving-house"
    )


ODD_NAMES = ("No", "2024", "1.5", "null", "~", "2026-01-01", "a: b", "- a", "#x", "'", '"q"', "[x]",
             "確認", "yes", "<<", "=", "0x1F", "1:30", "*a", "&b", "!c", "%d", "@e", "a #b")  # fmt: skip


@st.composite
def journeys(draw: st.DrawFn) -> tuple[Node, ...]:
    """A first step, and a nested part after it; each step with a name of its own and options."""
    root = draw(parts())
    names = iter(draw(st.permutations(ODD_NAMES)))
    more = (f"step {number}" for number in count())

    def named(node: Node) -> Node:
        match node:
            case Step():
                return optioned(next(names, None) or next(more))
            case Optional():
                return Optional(named(node.node))
            case Repeat():
                return Repeat(named(node.node), node.min, node.max)
            case _:
                return type(node)(tuple(named(part) for part in node.nodes))

    def optioned(name: str) -> Step:
        least = draw(st.none() | st.integers(1, 99))
        most = draw(st.none() | st.integers(100, 9999))
        within = Within(
            None if least is None else least * 1_000_000,
            None if most is None else most * 1_000_000,
            draw(st.sampled_from([None, "First"])),
        )
        channels = draw(st.sampled_from([(), ("mail",), ("No", "call")]))
        told = draw(
            st.sampled_from([None, Failed(("Oops", "404")), Failed((), "status", ("500", "null"))])
        )
        timed = within if (least, most) != (None, None) else None
        return Step(name, channels, timed, told, draw(st.booleans()))

    return (Step("First"), named(root))


@given(nodes=journeys(), flow=st.booleans())
@examples(35)
def test_what_is_written_is_read_back(nodes: tuple[Node, ...], flow: bool) -> None:
    try:
        journey = read(written(nodes, "First", flow))
    except UsageError as error:
        assume(error.code is not Code.JOURNEY_TOO_LARGE)
        raise
    assert tuple(unmarked(node) for node in journey.stages[0].nodes) == nodes
    assert [step.name for step in journey.steps] == [
        step.name for node in nodes for step in steps_of(node)
    ]


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from([*WHOLE.split(), ": ", "\n", "[", "{", "- "])).map("".join)
)
@examples(75)
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    refused_in_words(text)


@given(
    at=st.integers(0, len(WHOLE)),
    cut=st.integers(0, 12),
    junk=st.text(max_size=3) | st.sampled_from([*"[]{}:,-#&*!|>'\"%@`~?", "\n", "  ", "\t"]),
)
@examples(100)
def test_a_damaged_journey_is_read_or_refused_in_words(at: int, cut: int, junk: str) -> None:
    refused_in_words(WHOLE[:at] + junk + WHOLE[at + cut :])


def refused_in_words(text: str) -> None:
    """Every problem has a code of the journey file, a place inside the text, in order."""
    try:
        read(text)
    except UsageError as error:
        places = [(one.place.line or 0, one.place.position or 0) for one in error.problems]
        assert places == sorted(places)
        assert all(line >= 1 and position >= 1 for line, position in places)
        assert all(one.code.startswith("J1") and one.message for one in error.problems)
        assert {one.place.file for one in error.problems} == {"journey.yaml"}


@given(raw=st.binary(max_size=40))
@examples(20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_refused_in_words(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "journey.yaml"
    file.write_bytes(raw)
    with pytest.raises(UsageError):
        read_journey(file, "journey.yaml")
