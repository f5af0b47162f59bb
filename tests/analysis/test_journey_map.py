"""What a journey map shows beside its steps: by hand, by a plain oracle, and for small groups."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from notation import log
from strategies import examples, log_from

from cjmine.analysis.ideal_shape import ideal_shape
from cjmine.conformance.alignments import Move
from cjmine.conformance.moves import MoveClass
from cjmine.conformance.states import State
from cjmine.errors import Code, PrivacyError
from cjmine.ideal.compiled import compile_ideal
from cjmine.ideal.file import parse_journey
from cjmine.results.check import Check
from cjmine.results.map import Notation
from cjmine.verbs.check import check
from cjmine.verbs.settings import CheckSettings
from tests.observing import at

IDEAL = """
journey: order
goal: Pay
deadline: 1d
stages:
  - stage: Look
    steps: [Search, {repeat: View, min: 0, max: 3}]
  - stage: Buy
    steps:
      - optional: Cart
      - choice: [Card, [Bank, Transfer]]
      - {step: Pay, channel: web, within: {max: 1h, after: Search}, moment-of-truth: true}
allow: [NPS promoter, NPS detractor]
friction: [Call]
"""


def checked(text: str, min_group: int = 1, ideal: str = IDEAL) -> Check:
    question = CheckSettings(min_group=min_group, observed_until=at(30 * 86_400_000_000))
    return check(log(text), compile_ideal(parse_journey(ideal, "journey.yaml")), question).checked


def test_the_shape_has_a_column_for_each_step_and_brackets_around_parts():
    columns, brackets = ideal_shape(parse_journey(IDEAL, "journey.yaml"))
    names = [column.step for column in columns]
    assert names == ["Search", "View", "Cart", "Card", "Bank", "Transfer", "Pay"]
    assert [column.stage for column in columns] == ["Look"] * 2 + ["Buy"] * 5
    pay = columns[-1]
    assert (pay.channels, pay.most, pay.after, pay.moment_of_truth) == (
        ("web",), 3_600_000_000, "Search", True,
    )  # fmt: skip
    assert [(one.notation, one.first, one.last, one.branches) for one in brackets] == [
        (Notation.REPEAT, 1, 1, ()),
        (Notation.OPTIONAL, 2, 2, ()),
        (Notation.CHOICE, 3, 5, (4,)),
    ]
    assert (brackets[0].least, brackets[0].most) == (0, 3)


def test_channels_waits_and_additions_by_hand():
    found = checked(
        """
        ann: Search@0@web View@60@web Call@90@call Card@120@app Pay@180@web
        bob: Search@0@web Card@100@web Call@110@call
        cat: Call@0@call Search@50@web
        dan: Search@0@web
        eve: Search@9d@web
        """
    ).map
    assert [(one.step, one.channel, one.events, one.of) for one in found.channels] == [
        ("Search", "web", 5, 5),
        ("View", "web", 1, 1),
        ("Card", "app", 1, 2),
        ("Card", "web", 1, 2),
        ("Pay", "web", 1, 1),
    ]
    assert [(one.step, one.journeys, one.median_seconds) for one in found.waits] == [
        ("View", 1, 60.0),
        ("Card", 2, 80.0),  # 60 s after View, 100 s after Search
        ("Pay", 1, 60.0),
    ]
    assert [
        (one.activity, one.after, one.journeys, one.of, one.went_on) for one in found.additions
    ] == [("Call", None, 1, 5, 1), ("Call", "View", 1, 1, 1), ("Call", "Card", 1, 2, 0)]
    assert all(one.is_friction and not one.anywhere for one in found.additions)


def test_answers_count_for_the_last_step_before_them():
    found = checked(
        """
        ann: Search@0 NPS_promoter@10@score=9 Card@20 Pay@30 NPS_promoter@40@score=10
        bob: Search@0 NPS_detractor@10@score=2
        cat: NPS_detractor@0@score=1 Search@10 NPS_passive@20@score=nonsense
        """,
        ideal=IDEAL.replace("allow: [", "allow: [NPS passive, "),
    ).map
    assert [(one.step, one.metric, one.answers, one.mean) for one in found.scores] == [
        ("Search", "NPS", 2, 5.5),
        ("Pay", "NPS", 1, 10.0),
    ]
    assert found.scores[0].low < 5.5 < found.scores[0].high


def test_a_place_of_few_customers_is_counted_with_the_whole():
    calm = "\n".join(f"b{number}: Search@0 Card@10" for number in range(12))
    many = "\n".join(f"c{number}: Search@0 Call@10 Card@20" for number in range(12))
    found = checked(f"{calm}\n{many}\nodd: Search@0 Card@10 Call@20", 10)
    (one,) = found.map.additions
    # 12 call after Search and 1 after Card: told apart, the one could be computed.
    assert (one.after, one.journeys, one.of, one.anywhere) == ("Search", 13, 25, True)


def test_an_empty_log_has_a_shape_and_nothing_else():
    outcome = check(log_from([]), compile_ideal(parse_journey(IDEAL, "x")), CheckSettings())
    found = outcome.checked.map
    assert len(found.columns) == 7
    assert not (found.channels or found.waits or found.additions or found.scores)


WORDS = ("Search", "View", "Cart", "Card", "Bank", "Transfer", "Pay", "Call", "Chat")


@st.composite
def shop_logs(draw: st.DrawFn):
    """Journeys of up to fourteen customers, some of them alike."""
    word = st.sampled_from(WORDS)
    stems = draw(st.lists(st.lists(word, min_size=1, max_size=5), min_size=1, max_size=3))
    rows = []
    for customer in range(draw(st.integers(1, 14))):
        trace = [*draw(st.sampled_from(stems)), *draw(st.lists(word, max_size=2))]
        rows += [(f"c{customer}", name, 60 * place) for place, name in enumerate(trace)]
    channels = [draw(st.sampled_from(["web", "call", None])) for _ in rows]
    return log_from(rows, channels)


@given(shop_logs())
@examples(35)
def test_additions_equal_a_walk_through_every_alignment(log):
    """Plain loops over journeys and moves count the same additions."""
    outcome = check(log, compile_ideal(parse_journey(IDEAL, "x")), CheckSettings(min_group=1))
    comparison = outcome.facts().comparison
    moves, found, names = comparison.moves, comparison.variants, comparison.ideal.space.labels
    having: dict[tuple[str, str | None], set[int]] = {}
    for journey, variant in enumerate(found.of_journey.tolist()):
        if comparison.states.of_journey[journey] == State.TRUNCATED:
            continue
        last = None
        for row in range(moves.starts[variant], moves.starts[variant + 1]):
            if moves.kind[row] == Move.SYNCHRONOUS:
                last = names[moves.label[row]]
            if comparison.explained.kind[row] == MoveClass.UNEXPECTED:
                activity = found.trace(variant)[moves.event[row]]
                having.setdefault((activity, last), set()).add(journey)
    told = {row.activity for row in outcome.checked.deviations if row.code is Code.UNEXPECTED}
    assert {(one.activity, one.after): one.journeys for one in outcome.checked.map.additions} == {
        key: len(who) for key, who in having.items() if key[0] in told
    }


@given(shop_logs(), st.integers(2, 5))
@examples(35)
def test_nothing_on_a_map_rests_on_few_customers(log, k):
    """Each customer makes one journey here, so counts of journeys are counts of customers."""
    try:
        outcome = check(log, compile_ideal(parse_journey(IDEAL, "x")), CheckSettings(min_group=k))
    except PrivacyError:
        return
    drawn, checked = outcome.checked.map, outcome.checked
    told = {row.activity: row.journeys for row in checked.deviations}
    for one in drawn.additions:
        assert one.journeys >= k and (one.of == one.journeys or one.of - one.journeys >= k)
        if one.went_on is not None:
            assert one.went_on == 0 or one.went_on >= k
            assert one.went_on == one.journeys or one.journeys - one.went_on >= k
        assert one.activity in told
        if one.anywhere:  # the same figure as in the table of deviations, and no other of it
            assert one.journeys == told[one.activity]
            assert [other.activity for other in drawn.additions].count(one.activity) == 1
    for wait in drawn.waits:
        assert wait.journeys is None or wait.journeys >= k
    for use in drawn.channels:
        assert use.events is None or use.events >= k
        assert use.of >= k
        hidden = [one for one in drawn.channels if one.step == use.step and one.events is None]
        shown = sum(one.events or 0 for one in drawn.channels if one.step == use.step)
        assert not hidden or use.of - shown >= k


@pytest.mark.parametrize("name", ["additions", "channels", "waits"])
def test_the_order_of_customers_does_not_matter(name):
    text = [
        "ann: Search@0@web Call@9@call Card@20@web Pay@30@web",
        "bob: Search@0@web Chat@9@web Card@20@app",
        "cat: Search@0@web Call@9@call",
    ]
    one, other = (checked("\n".join(lines)) for lines in (text, text[::-1]))
    assert getattr(one.map, name) == getattr(other.map, name) != ()
