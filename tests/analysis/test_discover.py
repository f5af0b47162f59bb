"""What discover finds: every list by hand on small logs, and sums that add up on any log."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from notation import log
from shares import alone, by_customer
from strategies import cut_rules, logs

from cjmine.disclosure.labels import shown_labels
from cjmine.errors import Code, PrivacyError, UsageError
from cjmine.eventlog.journeys import CutRules, cut
from cjmine.eventlog.log import Cases
from cjmine.results.discovery import (
    ActivityRow,
    ChannelRow,
    Discovery,
    FlowRow,
    LoopRow,
    Segment,
    SwitchRow,
    VariantRow,
)
from cjmine.results.log import moment
from cjmine.results.share import WITHHELD
from cjmine.verbs.discover import discover
from cjmine.verbs.settings import DiscoverSettings
from tests.observing import at

DAY = 86_400_000_000
SHOP = """
    ann: Search@0@web    View@10@web  Buy@70@web
    bob: Search@0@web    View@30@web  View@40@web  Call@100@call
    cas: Search@5@web    Call@65@call Buy@125@web
    dee: View@0
"""


def measured(text: str, cases: Cases = Cases.CUSTOMER, **question) -> Discovery:
    """What is found in a small log, with every group shown."""
    return discover(log(text, cases), DiscoverSettings(**{"min_group": 1, **question}))


def codes(found: Discovery) -> list[str]:
    return [note.code.value for note in found.notes]


def noted(found: Discovery, code: Code) -> str:
    return next(note.text for note in found.notes if note.code is code)


def test_the_size_of_a_log() -> None:
    size = measured(SHOP).log
    assert (size.events, size.journeys, size.customers) == (11, 4, 4)
    assert (size.activities, size.variants, size.tied_journeys) == (4, 4, 0)
    assert (size.without_entry, size.before_entry) == (0, 0)
    assert size.period == (0, 125_000_000)


def test_activities_with_their_events_journeys_starts_and_ends() -> None:
    """Those of most journeys first; equals by events, then by name."""
    assert measured(SHOP).activities == (
        ActivityRow("View", events=4, journeys=3, starts_here=1, ends_here=1),
        ActivityRow("Search", events=3, journeys=3, starts_here=3, ends_here=0),
        ActivityRow("Buy", events=2, journeys=2, starts_here=0, ends_here=2),
        ActivityRow("Call", events=2, journeys=2, starts_here=0, ends_here=1),
    )


def test_flows_with_their_waits() -> None:
    """The median and the 90th percentile lie between neighbours where there is no middle one."""
    assert measured(SHOP).directly_follows == (
        FlowRow("Search", "View", 2, 20.0, pytest.approx(28.0)),
        FlowRow("Call", "Buy", 1, 60.0, 60.0),
        FlowRow("Search", "Call", 1, 60.0, 60.0),
        FlowRow("View", "Buy", 1, 60.0, 60.0),
        FlowRow("View", "Call", 1, 60.0, 60.0),
        FlowRow("View", "View", 1, 10.0, 10.0),
    )


def test_variants_the_commonest_first() -> None:
    found = measured("ann: Search Buy\nbob: Search\ncas: Search Buy\ndee: Buy")
    assert found.variants == (
        VariantRow(("Search", "Buy"), 2, False, 1),
        VariantRow(("Buy",), 1, False, 2),
        VariantRow(("Search",), 1, False, 3),
    )
    assert (found.variant_groups, found.privacy.folded_journeys) == (3, 0)


def test_top_limits_the_variants_and_nothing_else() -> None:
    every, one = measured(SHOP), measured(SHOP, top=1)
    assert one.variants == every.variants[:1]
    assert one.variant_groups == every.log.variants == one.log.variants == 4
    assert (one.activities, one.directly_follows) == (every.activities, every.directly_follows)
    assert measured(SHOP, top=0).variants == ()


def test_the_goal_counts_journeys_not_events() -> None:
    """Twice in one journey is one journey; one of several goals is enough."""
    found = measured("ann: Buy Buy\nbob: Rent\ncas: Look", goal=("Buy", "Rent"))
    assert found.goal.share == alone(2, 3)
    assert found.goal.activities == ("Buy", "Rent")
    assert measured(SHOP).goal is None


@pytest.mark.parametrize("named", ["goal", "entry"])
def test_a_mistyped_goal_or_entry_is_an_error_with_a_near_miss(named: str) -> None:
    """Not a goal rate of 0 %; each of several names is looked at."""
    with pytest.raises(UsageError) as refused:
        measured("ann: Checkout\nbob: Look", **{named: ("Look", "Chekout")})
    (problem,) = refused.value.problems
    assert problem.code is Code.NAME_ABSENT
    assert problem.message == 'no event is "Chekout"'
    assert problem.place.file == f"--{named}"
    assert problem.remedy == 'did you mean "Checkout"?'


def test_a_name_of_few_customers_is_answered_as_one_that_is_absent() -> None:
    """Neither the answer nor the near miss says that such a name is there."""
    text = "\n".join([*(f"l{number}: Search" for number in range(20)), "x: Divorce"])
    answers = []
    for name in ("Divorce", "Divorcee"):
        with pytest.raises(UsageError) as refused:
            measured(text, goal=(name,), min_group=10)
        (problem,) = refused.value.problems
        answers.append((problem.message.replace(name, ""), problem.remedy))
    assert answers == [('no event of 10 customers or more is ""', "available: Search")] * 2


def test_a_declared_goal_that_no_event_carries_is_a_finding_with_a_near_miss() -> None:
    found = measured("ann: Checkout\nbob: Look", goal=("Chekout",), declared=("Chekout",))
    assert found.goal.share == alone(0, 0)  # nothing says how long a journey takes
    timed = measured(
        "ann: Checkout\nbob: Look",
        goal=("Chekout",),
        declared=("Chekout",),
        deadline=1,
        observed_until=at(10**9),
    )
    assert timed.goal.share == alone(0, 2)
    assert 'did you mean "Checkout"' in noted(found, Code.GOAL_ABSENT)


def test_channels_with_their_events_and_journeys() -> None:
    """An event without a channel stands under a name of its own, so that all add up."""
    assert measured(SHOP).channels == (
        ChannelRow("web", events=8, journeys=3),
        ChannelRow("call", events=2, journeys=2),
        ChannelRow("(unknown)", events=1, journeys=1),
    )
    assert measured("ann: Search").channels == ()


def test_switches_are_changes_between_neighbours() -> None:
    """An unknown channel between two known ones is no change."""
    found = measured("""
        ann: A@web B@call C@web D@web E@call
        bob: A@web B C@call
        cas: A@call B@web
    """)
    assert found.switches == (
        SwitchRow("call", "web", count=2, journeys=2),
        SwitchRow("web", "call", count=2, journeys=1),
    )


def test_loops_tell_repeats_at_once_from_returns() -> None:
    """A journey may do both; one that has the activity once is in `of` alone."""
    found = measured("""
        ann: Form Form Help Form
        bob: Form Help Form
        cas: Form Form
        dee: Form
    """)
    assert found.loops == (LoopRow("Form", journeys=3, of=4, at_once=2, returns=2),)


def test_an_activity_in_two_journeys_of_one_customer_is_no_loop() -> None:
    assert measured("ann: Form@0 Form@9d", gap=DAY).loops == ()
    assert measured("ann: Form@0 Form@9d").loops[0].journeys == 1


def test_segments_take_the_first_value_of_a_journey() -> None:
    found = measured(
        """
        ann: Search@plan=gold Buy@plan=free
        bob: Search Buy@plan=free
        cas: Search@plan=free
        dee: Search
        """,
        by="plan",
        goal=("Buy",),
    )
    assert found.segments is not None and found.segments.by == "plan"
    assert found.segments.values == (
        Segment("free", 2, alone(1, 2)),
        Segment("(none)", 1, alone(0, 1)),
        Segment("gold", 1, alone(1, 1)),
    )


def test_segments_by_channel_and_without_a_goal() -> None:
    found = measured(SHOP, by="channel")
    assert found.segments is not None
    assert found.segments.values == (Segment("web", 3, WITHHELD), Segment("(none)", 1, WITHHELD))


def test_segments_by_a_column_that_is_not_there() -> None:
    with pytest.raises(UsageError) as caught:
        measured("ann: Search@plan=gold", by="plann")
    assert 'did you mean "plan"' in caught.value.problems[0].remedy


def test_a_gap_cuts_journeys() -> None:
    found = measured("ann: Search@0 Buy@1h Search@20d", gap=DAY)
    assert (found.log.journeys, found.log.customers) == (2, 1)
    assert [row.activities for row in found.variants] == [("Search",), ("Search", "Buy")]
    assert found.directly_follows == (FlowRow("Search", "Buy", 1, 3600.0, 3600.0),)


def test_until_goal_ends_journeys_at_the_goal() -> None:
    found = measured(
        "ann: Search Buy Search Buy Call", goal=("Buy",), until_goal=True, observed_until=at(10**9)
    )
    assert found.goal.share == by_customer((2, 3))
    assert measured("ann: Search Buy Search", goal=("Buy",)).goal.share == alone(1, 1)


def test_an_entry_sets_aside_what_came_before_and_says_so() -> None:
    found = measured("ann: Home Search Buy\nbob: Home", entry=("Search",))
    assert (found.log.journeys, found.log.events) == (1, 2)
    assert (found.log.without_entry, found.log.before_entry) == (1, 1)
    assert noted(found, Code.ENTRY_CUT).endswith("without it 1, events before it 1")
    assert [row.activity for row in found.activities] == ["Buy", "Search"]


def test_nobody_enters_gives_empty_lists() -> None:
    found = measured(SHOP, entry=("Nowhere",), goal=("Buy",), by="channel", declared=("Nowhere",))
    assert (found.log.journeys, found.log.events, found.log.activities) == (0, 0, 0)
    rows = (found.activities, found.directly_follows, found.variants, found.loops)
    assert rows == ((), (), (), ())
    assert (found.channels, found.switches, found.segments.values) == ((), (), ())
    assert found.goal.share == alone(0, 0)
    assert found.log.without_entry == 4


def test_an_empty_log_gives_empty_lists() -> None:
    """Nothing is about nobody, so nothing is refused."""
    found = measured("", goal=("Buy",), min_group=10)
    assert found.log.period is None
    assert found.activities == found.directly_follows == found.variants == ()
    assert found.goal.share == alone(0, 0)


def test_a_process_log_says_that_rules_do_not_cut_it() -> None:
    text = "order-1: Search@0 Buy@90d"
    found = measured(text, Cases.GIVEN, gap=DAY)
    assert found.log.journeys == 1
    assert Code.RULES_IGNORED.value in codes(found)
    assert Code.RULES_IGNORED.value not in codes(measured(text, Cases.GIVEN))


def test_customers_of_a_process_log_are_counted_once() -> None:
    found = measured(
        """
        order-1 (zoe): Search Pay
        order-2 (ann): Search
        order-3 (zoe): Search Pay
        """,
        Cases.GIVEN,
    )
    assert (found.log.journeys, found.log.customers) == (3, 2)
    assert found.variants[0] == VariantRow(("Search", "Pay"), 2, False, 1)


def test_ties_and_an_unusual_group_size_are_noted() -> None:
    found = measured("ann: A@1 B@1\nbob: A@1 B@2")
    assert noted(found, Code.TIES).endswith("the source: 1")
    assert "smallest group shown has 1 " in noted(found, Code.SMALL_GROUPS_SHOWN)


def test_too_few_customers_are_refused() -> None:
    nine = "\n".join(f"c{number}: Search Buy" for number in range(9))
    with pytest.raises(PrivacyError) as caught:
        measured(nine, min_group=10)
    assert caught.value.code is Code.TOO_FEW_CUSTOMERS
    ten = measured(f"{nine}\nc9: Search Buy", min_group=10)
    assert Code.SMALL_GROUPS_SHOWN.value not in codes(ten)
    assert ten.variants == (VariantRow(("Search", "Buy"), 10, False, 1),)


def test_rare_activities_flows_and_variants_fold_and_still_add_up() -> None:
    """20 go the straight way; three calls, and three complaints, fold into one."""
    straight = [f"s{number}: Search Buy" for number in range(20)]
    rare = [f"r{number}: Search Call Buy" for number in range(6)]
    rare += [f"q{number}: Search Complaint Buy" for number in range(5)]
    found = measured("\n".join(straight + rare), min_group=10)
    assert found.activities[-1].activity == "(other)"
    assert [(row.activity, row.events) for row in found.activities] == [
        ("Buy", 31),
        ("Search", 31),
        ("(other)", 11),
    ]
    assert sum(row.count for row in found.directly_follows) == 73 - 31
    assert [(row.activities, row.journeys, row.folded) for row in found.variants] == [
        (("Search", "Buy"), 20, False),
        (("Search", "(other)"), 11, True),
    ]
    assert found.privacy.folded_journeys == 11


def test_a_goal_that_all_but_few_reach_is_withheld() -> None:
    """Whoever did not would be known; so would the few who did."""
    buyers = [f"b{number}: Search Buy" for number in range(20)]
    one = measured("\n".join([*buyers, "x: Search"]), goal=("Buy",), min_group=10)
    assert one.goal is not None
    assert one.goal.share == WITHHELD
    all_of_them = measured("\n".join(buyers), goal=("Buy",), min_group=10)
    assert all_of_them.goal.share == alone(20, 20)
    lookers = [f"l{number}: Search" for number in range(20)]
    asked = {"goal": ("Buy",), "declared": ("Buy",), "min_group": 10}
    few = measured("\n".join([*lookers, "x: Search Buy"]), **asked)
    assert few.goal.share == WITHHELD


@given(st.data())
def test_everything_shown_adds_up(data: st.DataObject) -> None:
    """With groups folded or not, however the log is cut."""
    given_log = data.draw(logs())
    rules = data.draw(cut_rules(given_log))
    min_group = data.draw(st.integers(1, 5))
    goal = tuple(data.draw(st.lists(st.sampled_from([*given_log.activities, "no"]), max_size=2)))
    until_goal = bool(goal) and data.draw(st.booleans())
    known = shown_labels(given_log, min_group)
    rare = tuple(name for name in (*goal, *rules.entry) if name not in known)
    until = goal if until_goal else ()
    cut_log = cut(given_log, CutRules(rules.gap_us, until, rules.entry, rare))
    assume(cut_log.customers == 0 or cut_log.customers >= min_group)
    by = "channel" if given_log.has("channel") else None
    question = DiscoverSettings(
        goal=goal,
        entry=rules.entry,
        gap=rules.gap_us,
        until_goal=until_goal,
        by=by,
        min_group=min_group,
        declared=rare,
    )
    found = discover(given_log, question)
    events, total = len(cut_log.activity), len(cut_log)
    assert (found.log.events, found.log.journeys) == (events, total)
    assert sum(row.events for row in found.activities) == events
    assert sum(row.count for row in found.directly_follows) == events - total
    assert sum(row.journeys for row in found.variants) == total
    assert len(found.variants) == found.variant_groups
    folded = sum(row.journeys for row in found.variants if row.folded)
    assert folded == found.privacy.folded_journeys
    if given_log.has("channel") and given_log.names("channel"):
        assert sum(row.events for row in found.channels) == events
    if by:
        assert sum(row.journeys for row in found.segments.values) == total
    for ends in ("starts_here", "ends_here"):
        shown = [getattr(row, ends) for row in found.activities]
        known = sum(number for number in shown if number is not None)
        assert known == total if None not in shown else known <= total
    for row in found.activities:
        assert row.journeys <= min(row.events, total)
    for loop in found.loops:
        assert loop.journeys <= loop.of
        parts = [part for part in (loop.at_once, loop.returns) if part is not None]
        assert all(part <= loop.journeys for part in parts)
        assert len(parts) < 2 or sum(parts) >= loop.journeys
    if found.goal and found.goal.n and by:
        parts = [row.goal for row in found.segments.values]
        if WITHHELD not in parts:
            assert sum(part.n for part in parts) == found.goal.n


@given(st.data())
def test_folding_changes_no_total(data: st.DataObject) -> None:
    given_log = data.draw(logs(least=5))
    cut_log = cut(given_log)
    min_group = data.draw(st.integers(2, max(2, cut_log.customers)))
    assume(cut_log.customers >= min_group)
    shown = discover(given_log, DiscoverSettings(min_group=1))
    folded = discover(given_log, DiscoverSettings(min_group=min_group))
    assert folded.log.tied_journeys in (None, shown.log.tied_journeys)
    assert replace(folded.log, tied_journeys=shown.log.tied_journeys) == shown.log
    assert sum(row.count for row in folded.directly_follows) == sum(
        row.count for row in shown.directly_follows
    )
    by_name = {row.activity: row for row in shown.activities}
    for row in folded.activities:
        if not row.activity.startswith("(other)"):
            assert (row.events, row.journeys) == (
                by_name[row.activity].events,
                by_name[row.activity].journeys,
            )


@pytest.mark.parametrize(
    ("us", "shown"),
    [
        (0, "1970-01-01T00:00:00Z"),
        (-1, "1969-12-31T23:59:59.999999Z"),
        (1_500_000, "1970-01-01T00:00:01.500000Z"),
    ],
)
def test_a_moment_in_iso(us: int, shown: str) -> None:
    assert moment(us) == shown
