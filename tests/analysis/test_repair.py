"""The repair of a journey file: by hand, and exactly what a check of the edited file says."""

from __future__ import annotations

import json

import pytest
from analysis.test_check_parts import shop_logs
from conformance.ideals import ideals, traces
from hypothesis import assume, given
from hypothesis import strategies as st
from ideal.writing import written
from notation import log
from strategies import examples, log_from

from cjmine.counting.split import Split
from cjmine.declared import Declared, DeclaredContact
from cjmine.errors import PrivacyError, UsageError
from cjmine.eventlog.journeys import CutRules, cut
from cjmine.eventlog.log import EventLog
from cjmine.ideal.file import WrittenIdeal, compiled_journey
from cjmine.ideal.nodes import steps_of
from cjmine.results.codec import to_json
from cjmine.results.hints import Hints
from cjmine.results.share import Share
from cjmine.verbs.check import check
from cjmine.verbs.hints import hints
from cjmine.verbs.hints_settings import HintsSettings
from cjmine.verbs.settings import CheckSettings

JOURNEY = """\
journey: order
goal: Pay   # the end
deadline: 10d
stages:
  - stage: One
    steps:
      - Search
      - Cart
      - Ship   # slow
      - Pay
"""


def ideal_of(text: str) -> WrittenIdeal:
    return WrittenIdeal(text, compiled_journey(text, "journey.yaml"))


def repaired(events: EventLog, text: str = JOURNEY, min_group: int = 1, parts: int = 1) -> Hints:
    asked = HintsSettings(repair=True, min_group=min_group)
    return hints(events, ideal_of(text), asked, split=Split(parts=parts))


def fits(events: EventLog, text: str, min_group: int = 1) -> Share:
    """The share that a check gives."""
    ideal = compiled_journey(text, "journey.yaml")
    return check(events, ideal, CheckSettings(min_group=min_group)).checked.counted.fits


def many(**of_each: int) -> EventLog:
    """Customers with one journey each, so many of each trace; all are judged."""
    called = {"S": "Search", "C": "Cart", "H": "Ship", "P": "Pay", "X": "X"}
    lines = [
        f"{signs}{number}: {' '.join(called[sign] for sign in signs)}"
        for signs, times in of_each.items()
        for number in range(times)
    ]
    return log("\n".join([*lines, "end: Search@30d"]))


def edits_of(found: Hints) -> list[tuple[str, tuple[str, ...], int | None, int | None]]:
    assert found.repaired is not None
    return [(one.edit.value, one.what, one.most, one.journeys) for one in found.repaired.edits]


def test_the_edits_that_fit_most_journeys_come_first() -> None:
    """20 leave out Ship, 12 come to Cart again, 8 turn two steps round, 5 call for X."""
    events = many(SCHP=40, SCP=20, SCCHP=9, SCCCHP=3, SHCP=8, SXCHP=5)
    found = repaired(events)
    assert edits_of(found) == [
        ("optional", ("Ship",), None, 20),
        ("repeat", ("Cart",), 3, 12),
        ("any-order", ("Cart", "Ship"), None, 8),
        ("allow", ("X",), None, 5),
    ]
    assert found.repaired is not None
    before, after = found.repaired.fitting_before, found.repaired.fitting_after
    assert (before.n, before.of, after.n, after.of) == (40, 85, 85, 85)
    assert found.edited.splitlines()[6:] == [
        "      - Search",
        "      - any-order:",
        "          - repeat: Cart",
        "            max: 3",
        "          - optional: Ship   # slow",
        "      - Pay",
        "allow: [X]",
    ]


def test_nine_tenths_of_the_journeys_say_how_often_a_step_may_come() -> None:
    assert edits_of(repaired(many(SCHP=40, SCCHP=29, SCCCCHP=1)))[0] == (
        "repeat", ("Cart",), 2, 29,
    )  # fmt: skip


def test_two_edits_that_only_help_together_are_made_together() -> None:
    """Every journey that does not fit has both: no edit alone lets one fit."""
    found = edits_of(repaired(many(SCHP=40, SCXP=30)))
    assert [one[:2] for one in found] == [("optional", ("Ship",)), ("allow", ("X",))]
    assert [one[3] for one in found] == [0, 30]


def test_no_edit_for_fewer_than_a_fiftieth_or_than_a_group() -> None:
    assert edits_of(repaired(many(SCHP=400, SCP=3))) == []
    few = repaired(many(SCHP=40, SCP=9), min_group=10)
    assert edits_of(few) == [] and few.edited == "" and few.repaired.diff == ""
    assert len(edits_of(repaired(many(SCHP=40, SCP=10), min_group=10))) == 1


def test_a_touchpoint_of_few_customers_is_not_named() -> None:
    """12 need two edits; the touchpoint of half of them is known from six customers."""
    found = edits_of(repaired(many(SCHP=40, SCXP=6, SCP=14), min_group=10))
    assert found == [("optional", ("Ship",), None, 14)]


def test_contact_is_not_designed_in() -> None:
    """What the project calls contact is never allowed anywhere."""
    events = many(SCHP=40, SXCHP=20)
    asked = HintsSettings(repair=True, min_group=1)
    contact = Declared(contact=DeclaredContact(activities=("X*",)))
    assert len(edits_of(hints(events, ideal_of(JOURNEY), asked))) == 1
    assert edits_of(hints(events, ideal_of(JOURNEY), asked, contact)) == []


@pytest.mark.parametrize(
    ("more", "left_out"),
    [
        ("friction: [X]", "allow"),
        ("unexpected: [{touchpoint: X, expect: '<= 1%'}]", "allow"),
    ],
)
def test_what_is_declared_is_there_on_purpose(more: str, left_out: str) -> None:
    """Friction and budgets stay; so does a step that says why it is kept, and the goal."""
    events = many(SCHP=40, SCP=20, SXCHP=20, SCH=20)
    assert {one[0] for one in edits_of(repaired(events))} == {"optional", "allow"}
    kinds = {one[0] for one in edits_of(repaired(events, JOURNEY + more + "\n"))}
    assert kinds == {"optional", "allow"} - {left_out}
    kept = JOURNEY.replace("- Ship   # slow", "- {step: Ship, keep: it is law}")
    assert [one[:2] for one in edits_of(repaired(events, kept))] == [("allow", ("X",))]


def test_a_choice_that_is_skipped_becomes_optional_as_a_whole() -> None:
    text = JOURNEY.replace("- Ship   # slow", "- choice: [Ship, Fetch]")
    (edit,) = edits_of(repaired(many(SCHP=40, SCP=20), text))
    assert edit == ("optional", ("Ship", "Fetch"), None, 20)


def test_an_empty_log_asks_for_no_edit() -> None:
    found = repaired(log("end: Search@30d"))
    assert edits_of(found) == [] and found.repaired.fitting_before.n == 0


# Laws.


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, EventLog]:
    """An ideal as text, and a log of traces that stray from it, some several times."""
    root = draw(ideals(depth=2))
    text = written(root.nodes, list(steps_of(root))[-1].name, draw(st.booleans()))
    text = text.rstrip("\n")
    text = text[:-1] + ", deadline: 1d}" if text.startswith("{") else text + "\ndeadline: 1d\n"
    rows = []
    for place, trace in enumerate(draw(st.lists(traces(root), min_size=1, max_size=8))):
        for again in range(draw(st.integers(1, 4))):
            who = f"c{draw(st.integers(0, 30)):02}"
            begin = (10 * place + again) * 1_000_000
            rows += [(who, name, begin + at) for at, name in enumerate(trace)]
    return text, log_from([*rows, ("end", "x", 10**9)])


def says_what_a_check_says(events: EventLog, text: str, min_group: int) -> None:
    found = repaired(events, text, min_group)
    assert found.repaired is not None
    before, after = found.repaired.fitting_before, found.repaired.fitting_after
    assert before == fits(events, text, min_group)
    assert after == fits(events, found.edited or text, min_group)
    gains = [one.journeys for one in found.repaired.edits]
    if before.n is not None and after.n is not None and None not in gains:
        assert after.n - before.n == sum(gains)
        assert bool(gains) == (after.n > before.n)


@given(cases(), st.sampled_from((1, 1, 4)))
@examples(60)
def test_the_edited_file_checks_to_what_was_promised(case, min_group: int) -> None:
    text, events = case
    try:
        compiled_journey(text, "journey.yaml")
        says_what_a_check_says(events, text, min_group)
    except (UsageError, PrivacyError):  # no journey file, or a log of too few customers
        assume(False)


def _journeys_of(events: EventLog) -> int:
    """The customers who have a journey: surveys alone are none."""
    return cut(events, CutRules()).customers


@given(shop_logs(), st.sampled_from((1, 3)), st.integers(2, 7))
@examples(10)
def test_in_parts_it_is_the_same(events: EventLog, min_group: int, parts: int) -> None:
    text = JOURNEY.replace("- Ship   # slow", "- optional: Login").replace("deadline: 10d\n", "")
    if _journeys_of(events) < min_group:
        return  # such a log is refused
    whole = repaired(events, text, min_group)
    split = repaired(events, text, min_group, parts)
    assert to_json(whole) == to_json(split) and whole.edited == split.edited
    assert json.loads(to_json(whole))["repaired"]["edits"] is not None
