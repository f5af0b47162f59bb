"""Both sides of a comparison are what a check of each side alone says, and words follow rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from analysis.test_check_parts import JOURNEY, shop_logs
from hypothesis import given, reject
from hypothesis import strategies as st
from notation import log
from real_logs import real
from strategies import examples

from cjmine.analysis.compare.counts import count_compare
from cjmine.analysis.compare.measures import GOAL, AskCompare, layout_of
from cjmine.analysis.compare.sides import Sides, Window, places
from cjmine.analysis.compared_part import Moments, facts_of, prepared, rules_of
from cjmine.analysis.contacts import Contacts
from cjmine.conformance.states import State
from cjmine.counting.split import Split
from cjmine.declared import Arm, DatedChange, Declared, DeclaredContact, Experiment
from cjmine.errors import Code, UsageError
from cjmine.eventlog.log import Cases, EventLog
from cjmine.eventlog.parquet import open_file, write_log
from cjmine.eventlog.where import where
from cjmine.ideal.compiled import compile_ideal
from cjmine.ideal.file import parse_journey
from cjmine.ingest.open_log import open_log
from cjmine.ingest.source_options import SourceOptions
from cjmine.progress import no_progress
from cjmine.reporters.formats import Format
from cjmine.reporters.registry import render
from cjmine.results.check import Check
from cjmine.results.codec import to_json
from cjmine.results.compare import Compared, ComparedRow, Design, Reason
from cjmine.results.verdicts import RatioVerdict, Verdict
from cjmine.verbs.check import check
from cjmine.verbs.compare import compare
from cjmine.verbs.compare_settings import CompareSettings
from cjmine.verbs.ideals import goal_alone
from cjmine.verbs.periods import two_periods
from cjmine.verbs.settings import CheckSettings

DAY = 86_400
BUY = compile_ideal(
    parse_journey(
        """
journey: shop
goal: Buy
deadline: 1h
stages:
  - stage: Shop
    steps:
      - Search
      - step: Cart
        within: {max: 30m, after: Search}
      - Buy
""",
        "shop.yaml",
    )
)


def row(found: Compared, measure: str, step: str | None = None) -> ComparedRow:
    return next(one for one in found.rows if (one.measure, one.step) == (measure, step))


def by(text: str, **more: Any) -> Compared:
    asked = CompareSettings(by="arm", values=("a", "b"), min_group=1, **more)
    return compare(log(text + LATER), BUY, asked)


def lines(arm: str, count: int, rest: str, start: int = 0, first: str = "") -> str:
    """So many customers of an arm, each of whom begins with Search."""
    return "".join(
        f"{first}{arm}{start + n}: Search@{n}@arm={arm}@web {rest}\n" for n in range(count)
    )


LATER = "zed: Search@9d@arm=none\n"


def test_figures_by_hand() -> None:
    """40 of 60 against 20 of 50 reach the goal; the others leave at Search or at Cart."""
    found = by(
        lines("a", 40, "Cart@600 Buy@700")
        + lines("a", 20, "", 40)
        + lines("b", 20, "Cart@1200 Buy@1300")
        + lines("b", 30, "Cart@900", 20)
    )
    goal = row(found, "goal-rate")
    assert (goal.a.n, goal.a.of, goal.b.n, goal.b.of) == (40, 60, 20, 50)
    assert goal.difference is not None
    assert goal.difference.value == pytest.approx(20 / 50 - 40 / 60)
    assert goal.verdict is Verdict.LOSS
    assert goal.q is None
    search, cart = row(found, "drop-off", "Search"), row(found, "drop-off", "Cart")
    assert (search.a.n, search.a.of, search.b.n, search.b.of) == (20, 60, 0, 50)
    assert (cart.a.n, cart.a.of, cart.b.n, cart.b.of) == (0, 40, 30, 50)
    assert (search.verdict, cart.verdict) == (Verdict.GAIN, Verdict.LOSS)
    assert [(one.name, one.journeys, one.customers) for one in found.groups] == [
        ("a", 60, 60),
        ("b", 50, 50),
    ]
    gained = {" ".join(one.activities): one.journeys for one in found.gained}
    assert gained == {"Search Cart": 30}
    assert {" ".join(one.activities): one.journeys for one in found.lost} == {"Search": 20}


def test_times_are_medians_of_those_that_have_them() -> None:
    """The wait for Cart is 10 minutes on one side and 20 on the other; less is a gain."""
    found = by(lines("a", 40, "Cart@1200 Buy@1300") + lines("b", 40, "Cart@600 Buy@700"))
    wait = row(found, "time", "Cart")
    assert wait.a.value == pytest.approx(1200 - 19.5)
    assert wait.b.value == pytest.approx(600 - 19.5)
    assert wait.difference is not None
    assert wait.difference.value == pytest.approx(-600)
    assert (wait.a.n, wait.a.of) == (40, 40)
    assert wait.verdict is Verdict.GAIN


def test_contact_is_by_channel_or_by_declared_name() -> None:
    """A call is contact; a declared step by mail is none; names in the configuration decide."""
    text = lines("a", 30, "Cart@600@mail Help@610@call") + lines("b", 30, "Cart@600@mail") + LATER
    asked = CompareSettings(by="arm", values=("a", "b"), min_group=1)
    found = row(compare(log(text), BUY, asked), "contact")
    assert (found.a.n, found.b.n) == (30, 0)
    assert found.verdict is Verdict.GAIN
    declared = Declared(contact=DeclaredContact(("Ca*",)))
    assert row(compare(log(text), BUY, asked, declared), "contact").b.n == 30


def test_few_journeys_decide_nothing() -> None:
    """29 journeys on a side, or 9 of the rarer outcome, cannot say."""
    few = by(lines("a", 29, "Cart@600 Buy@700") + lines("b", 60, ""))
    assert row(few, "goal-rate").verdict is Verdict.CANNOT_SAY
    rare = by(lines("a", 100, "") + lines("b", 91, "") + lines("b", 9, "Buy@700", 91))
    assert row(rare, "goal-rate").verdict is Verdict.CANNOT_SAY
    assert row(rare, "goal-rate").p is None


def test_no_harm_needs_a_declared_margin() -> None:
    text = lines("a", 2000, "Buy@700") + lines("b", 2000, "Buy@700")
    text += lines("a", 200, "", 2000) + lines("b", 200, "", 2000)
    assert row(by(text), "goal-rate").verdict is Verdict.CANNOT_TELL
    assert row(by(text, harm=0.03), "goal-rate").verdict is Verdict.NO_HARM


def test_returned_needs_its_whole_time() -> None:
    """Two of three come back within a day; the third has not had the time when the log ends."""
    text = (
        "a1: Search@0@arm=a Search@20h@arm=a\n"
        "a2: Search@0@arm=a Search@3d@arm=a\n"
        "a3: Search@5d@arm=a\n"
        "b1: Search@0@arm=b Buy@60@arm=b Search@23h@arm=b\n"
    )
    ideal = replace(BUY, journey=replace(BUY.journey, gap=3600 * 10**6))
    asked = CompareSettings(by="arm", min_group=1, returned=DAY * 10**6)
    found = row(compare(log(text), ideal, asked), "returned")
    # Followed up: a1 twice, a2 twice; of them a1's first returns. b1 twice, its first returns.
    assert (found.a.n, found.a.of, found.b.n, found.b.of) == (1, 4, 1, 2)


def test_cases_return_in_the_order_of_their_begins() -> None:
    """Whatever their names: the case that comes next begins within a day of the first one's end."""
    text = """
        z (ann): Search@0@arm=a Buy@60@arm=a
        a (ann): Search@20h@arm=a
        m (bob): Search@9d@arm=b
        n (cat): Search@0@arm=b
    """
    asked = CompareSettings(by="arm", min_group=1, returned=DAY * 10**6)
    found = row(compare(log(text, cases=Cases.GIVEN), BUY, asked), "returned")
    assert (found.a.n, found.a.of, found.b.n, found.b.of) == (1, 2, 0, 1)


# A control.


def weekly(before: tuple[int, int], after: tuple[int, int], weeks: int = 9) -> str:
    """A hundred customers a week on each platform, of whom so many buy: the app, then the web."""
    return "".join(
        f"{platform}{week}n{n}: Search@{7 * week + n % 7}d@platform={platform}"
        f" {'Buy' if n < share else ''}\n"
        for week in range(weeks + 4)
        for platform, share in zip(("app", "web"), before if week < weeks else after, strict=True)
        for n in range(100)
    )


CHANGED = date(1970, 1, 1) + timedelta(days=7 * 9)


def changed(text: str, **more: Any) -> Compared:
    asked = CompareSettings(
        change=CHANGED,
        where=(where("platform = app", "--where"),),
        control=where("platform = web", "--control"),
        min_group=1,
        **more,
    )
    return compare(log(text + "zed: Search@100d\n"), BUY, asked)


def test_a_control_takes_away_what_changed_anyway() -> None:
    """Both rise by 20 points, the app by 10 more: of independent customers 1.96 standard errors."""
    found = changed(weekly((30, 40), (60, 60)))
    goal = row(found, "goal-rate")
    assert goal.control is not None
    assert goal.difference is not None
    assert goal.difference.value == pytest.approx(0.1)
    variance = sum(
        (one.value or 0) * (1 - (one.value or 0)) / (one.of or 1)
        for one in (goal.a, goal.b, goal.control.a, goal.control.b)
    )
    margin = 1.96 * variance**0.5
    assert goal.difference.low == pytest.approx(0.1 - margin, abs=0.002)
    assert goal.difference.high == pytest.approx(0.1 + margin, abs=0.002)
    assert {one.measure for one in found.rows} <= {"goal-rate", "drop-off", "deviation:D201"}
    assert found.control == 'platform = "web"'


def test_a_control_of_few_leaves_no_word() -> None:
    """Of 20 journeys on a side of the control nothing can be said."""
    text = "".join(
        line
        for line in weekly((30, 40), (60, 60)).splitlines(keepends=True)
        if not line.startswith("web") or line.startswith(("web0n1", "web9n1"))
    )
    goal = row(changed(text), "goal-rate")
    assert goal.control is not None
    assert (goal.control.a.of or 0) < 30
    assert (goal.verdict, goal.p) == (Verdict.CANNOT_SAY, None)


def test_weeks_before_say_what_the_trend_would_have_given() -> None:
    """A share that has been rising by two points a week is no gain after any day."""
    rising = "".join(
        f"w{week}n{n}: Search@{7 * week + n % 7}d {'Buy' if n < 20 + 2 * week else ''}\n"
        for week in range(14)
        for n in range(100)
    )
    asked = CompareSettings(change=date(1970, 3, 12), min_group=1, deadline=60 * 10**6)
    found = compare(log(rising + "zed: Search@100d\n"), BUY, asked)
    assert row(found, "goal-rate").verdict is Verdict.GAIN
    assert found.trend is not None
    assert (found.trend.weeks_before, found.trend.slope_p is not None) == (9, True)
    assert found.trend.difference is not None
    assert found.trend.difference.low is not None
    assert found.trend.difference.low < 0 < (found.trend.difference.high or 0)
    assert abs(found.trend.difference.value) < 0.02
    assert len(found.weeks) == found.trend.weeks_before + found.trend.weeks_after


def test_few_weeks_before_know_no_trend() -> None:
    """Seven weeks before are two points."""
    asked = CompareSettings(
        change=date(1970, 1, 1) + timedelta(days=50), min_group=1, deadline=60 * 10**6
    )
    found = compare(log(weekly((30, 40), (60, 60)) + "zed: Search@100d\n"), BUY, asked).trend
    assert found is not None
    assert (found.weeks_before, found.without, found.difference, found.slope_p) == (7, *[None] * 3)


def test_drifting_apart_before_is_said() -> None:
    """The app rises by four points a week before the change, the web does not."""
    text = "".join(
        f"{platform}{week}n{n}: Search@{7 * week + n % 7}d@platform={platform}"
        f" {'Buy' if n < share else ''}\n"
        for week in range(13)
        for platform, share in (("app", 20 + 4 * week), ("web", 40))
        for n in range(100)
    )
    found = changed(text)
    assert found.trend is not None
    assert found.trend.slope_p is not None
    assert found.trend.slope_p < 0.01
    alike = changed(weekly((30, 40), (60, 60))).trend
    assert alike is not None
    assert (alike.slope_p or 0) > 0.5


def test_a_log_is_counted_in_other_processes(tmp_path: Path) -> None:
    """Questions and counts travel packed, those about the control too."""
    path = tmp_path / "log.parquet"
    write_log(log(weekly((30, 40), (60, 60)) + "zed: Search@100d\n"), path)
    saved = open_file(path, "log.parquet")
    asked = CompareSettings(
        change=CHANGED,
        where=(where("platform = app", "--where"),),
        control=where("platform = web", "--control"),
        min_group=1,
    )
    here, there = (
        to_json(compare(saved, BUY, asked, split=split))
        for split in (Split(), Split(jobs=2, parts=3))
    )
    assert here == there


def test_the_checkout_incident() -> None:
    """A shop's mobile checkout broke: by user -8.54 points (-14.2 to -2.9) against the others."""
    file = real("clicks/ecom.csv.gz")
    roles = SourceOptions(
        case="session_id", activity="event", timestamp="timestamp", customer="user_id", tz="UTC"
    )
    opened = open_log([str(file)], roles, ["platform"], no_progress)
    asked = CompareSettings(
        goal=("purchase",),
        period=two_periods(("2024-01-04..2024-04-08", "2024-04-09..2024-05-09"), "--period"),
        where=(where('platform = "mobile"', "--where"),),
        control=where('platform <> "mobile"', "--control"),
        deadline=DAY * 10**6,
    )
    goal = row(compare(opened.log, goal_alone(asked), asked), "goal-rate")
    assert goal.control is not None
    assert (goal.a.of, goal.control.a.of, goal.b.of, goal.control.b.of) == (349, 692, 331, 622)
    assert goal.difference is not None
    found = (goal.difference.value, goal.difference.low, goal.difference.high)
    assert [round(100 * (one or 0), 2) for one in found[:1]] == [-8.54]
    assert [round(100 * (one or 0), 1) for one in found[1:]] == [-14.2, -2.9]
    assert goal.verdict is Verdict.LOSS


# A new ideal.

NEXT = compile_ideal(
    parse_journey(
        """
journey: shop-next
goal: Buy
stages:
  - stage: Shop
    steps: [Search, Photo, Buy]
""",
        "next.yaml",
    )
)


def test_a_new_ideal_beside_the_present_one() -> None:
    """Of 60 journeys 20 walk the new journey already, 30 the present one, 10 neither."""
    text = lines("a", 30, "Cart@600 Buy@700") + lines("b", 20, "Photo@600 Buy@700")
    text += lines("c", 10, "Photo@600 Help@700")
    found = compare(log(text + LATER), BUY, CompareSettings(min_group=1), new=NEXT)
    assert found.design is Design.WITH
    assert [one.name for one in found.groups] == ["shop", "shop-next"]
    assert [one.journeys for one in found.groups] == [60, 60]
    designed = row(found, "as-designed")
    assert (designed.a.n, designed.b.n, designed.b.of) == (30, 20, 60)
    photo, cart = row(found, "done", "Photo"), row(found, "done", "Cart")
    assert (photo.a.n, photo.a.of, photo.b.n, photo.b.of) == (None, None, 30, 60)
    assert (cart.a.n, cart.b.n) == (30, None)
    assert row(found, "goal-rate").a == row(found, "goal-rate").b
    assert all(one.verdict is None for one in found.rows)
    shown = render(found, Format.TEXT)
    assert "Asked by the new journey, of those that do not do it so yet: Photo 50.0 %" in shown


@given(shop_logs())
@examples(20)
def test_the_present_ideal_beside_itself_differs_in_nothing(found: EventLog) -> None:
    """And its figures are those of a check; in parts, too."""
    asked = CompareSettings(min_group=1, deadline=HOUR)
    both = compare(found, SHOP, asked, new=SHOP)
    alone = check(found, SHOP, CheckSettings(min_group=1, deadline=HOUR)).checked
    assert all(one.a == one.b for one in both.rows)
    assert row(both, "as-designed").a.n == alone.counted.fitting
    assert row(both, "fitness").a.value == alone.counted.log_fitness
    assert row(both, "goal-rate").a.value == alone.goal.value
    matched = {one.step: one.matched for one in alone.steps}
    for one in both.rows:
        if one.measure == "done" and one.step != "Pay":  # a goal step is matched where it occurs
            assert one.a.n == matched[one.step or ""]
    assert to_json(both) == to_json(compare(found, SHOP, asked, new=SHOP, split=Split(parts=3)))


# Held equal.


def mixed(app: tuple[int, int], web: tuple[int, int]) -> str:
    """So many journeys of both sides by channel: 80 of 100 buy in the app, 30 of 100 on the web."""
    return "".join(
        f"{side}{channel}{n}: Search@{n}@{channel}@side={side}"
        f" {f'Buy@{n + 60}@{channel}' if n % 100 < share else ''}\n"
        for channel, share, many in (("app", 80, app), ("web", 30, web))
        for side, count in zip(("a", "b"), many, strict=True)
        for n in range(count)
    )


def held(text: str, **more: Any) -> Compared:
    asked = CompareSettings(by="side", values=("a", "b"), min_group=1, **more)
    return compare(log(text + "zed: Search@9d\n"), BUY, asked)


def test_sides_of_another_mix_differ_by_it_alone() -> None:
    """300 and 100 in the app, 100 and 300 on the web: -25 points raw, none at one mix."""
    found = held(mixed((300, 100), (100, 300)))
    goal = row(found, "goal-rate")
    assert goal.difference is not None
    assert goal.difference.value == pytest.approx(-0.25)
    assert goal.verdict is Verdict.LOSS
    equal = found.held_equal
    assert equal is not None
    assert equal.held == ("channel",)
    assert (equal.a, equal.b) == (pytest.approx(0.55), pytest.approx(0.55))
    assert equal.difference.value == pytest.approx(0)
    assert (equal.rate, equal.mix) == (pytest.approx(0), pytest.approx(-0.25))
    assert (equal.a_journeys, equal.b_journeys) == (400, 400)


def test_journeys_without_comparison_are_left_out_of_what_is_held_equal() -> None:
    """The web has journeys on the second side alone."""
    equal = held(mixed((200, 200), (0, 150))).held_equal
    assert equal is not None
    assert (equal.a_journeys, equal.b_journeys) == (200, 200)
    assert equal.mix == pytest.approx(0)


def test_a_declared_column_is_held_equal_too() -> None:
    text = mixed((100, 100), (100, 100)).replace("@side=", "@kind=x@side=")
    equal = held(text, like=("kind",)).held_equal
    assert equal is not None
    assert equal.held == ("channel", "kind")
    with pytest.raises(UsageError):
        held(text, like=("colour",))


# What a check of one side alone says.


def sided(found: EventLog, values: list[int]) -> EventLog:
    """The log with a column that puts each customer on one side, by the place in its list."""
    places = [values[code % len(values)] for code in found.codes("customer").tolist()]
    column = pa.array([("one", "two", None)[place] for place in places], pa.string())
    return EventLog(found.table.append_column("side", column.dictionary_encode()), found.about)


SHOP = compile_ideal(parse_journey(JOURNEY, "journey.yaml"))
HOUR = 3600 * 10**6
values = st.lists(st.integers(0, 2), min_size=1, max_size=9)


def compared(found: EventLog, sides: tuple[str, str] = ("one", "two"), **more: Any) -> Compared:
    asked = CompareSettings(by="side", values=sides, min_group=1, deadline=HOUR)
    try:
        return compare(found, SHOP, asked, **more)
    except UsageError:  # nobody has one of the values
        reject()


@given(shop_logs(), values)
@examples(10)
def test_each_side_is_a_check_of_it_alone(found: EventLog, values: list[int]) -> None:
    """Every share with its interval, the waits and fitness: the same as with --where."""
    parted = sided(found, values)
    both = compared(parted)
    for name, side in (("one", "a"), ("two", "b")):
        chosen = CheckSettings(
            min_group=1, deadline=HOUR, where=(where(f"side = {name}", "--where"),)
        )
        alone = check(parted, SHOP, chosen).checked
        expected = figures(alone)
        for line in both.rows:
            one = getattr(line, side)
            if line.measure.startswith("deviation"):
                n, of = expected.get((line.measure, line.step), (0, None))
                assert one.n == n
                assert of is None or one.of == of
            elif (line.measure, line.step) in expected:
                assert (one.value, one.low, one.high) == expected[line.measure, line.step]


def figures(found: Check) -> dict[tuple[str, str | None], Any]:
    """The figures of a check by the measures of a comparison."""
    goal, fit = found.goal.share, found.counted
    known: dict[tuple[str, str | None], Any] = {
        ("goal-rate", None): (goal.value, goal.low, goal.high),
        ("fitness", None): (fit.log_fitness, fit.low, fit.high),
    }
    for step in found.steps:
        share = step.drop_off
        known["drop-off", step.step] = (share.value, share.low, share.high)
    for time in found.timings:
        ends = (time.median_low_seconds, time.median_high_seconds)
        known["time", time.step] = (time.median_seconds, *ends)
    for one in found.deviations:
        assert one.code is not None
        known[f"deviation:{one.code.value}", one.activity] = (one.journeys, one.of)
    return known


@given(shop_logs(), values)
@examples(10)
def test_swapped_sides_are_mirrored(found: EventLog, values: list[int]) -> None:
    """Every difference changes its sign, and gain and loss change places; p and q stay."""
    parted = sided(found, values)
    one, other = compared(parted), compared(parted, ("two", "one"))
    turned = {Verdict.GAIN: Verdict.LOSS, Verdict.LOSS: Verdict.GAIN}
    assert len(one.rows) == len(other.rows)
    for row, mirror in zip(one.rows, other.rows, strict=True):
        assert (row.a, row.b) == (mirror.b, mirror.a)
        assert row.verdict is not None
        assert turned.get(row.verdict, row.verdict) is mirror.verdict
        assert (row.p is None) == (mirror.p is None)
        assert row.p is None or row.p == pytest.approx(mirror.p)
        if row.difference is None or mirror.difference is None:
            assert row.difference is mirror.difference
            continue
        assert row.difference.value == -mirror.difference.value
        if row.difference.low is not None:
            assert row.difference.low == pytest.approx(-(mirror.difference.high or 0))
    assert (one.gained, one.lost) == (other.lost, other.gained)


@given(shop_logs(), values, st.integers(2, 6), st.sampled_from(["side", "period"]))
@examples(10)
def test_parts_give_the_same_bytes(
    found: EventLog, values: list[int], parts: int, how: str
) -> None:
    """However the log is cut by customer; periods hold the same customers on both sides."""
    parted = sided(found, values)
    if how == "side":
        whole, cut = (to_json(compared(parted, split=Split(parts=n))) for n in (1, parts))
    else:
        asked = CompareSettings(
            period=two_periods(("1970-01-01..1970-01-02", "1970-01-03..1970-01-09"), ""),
            min_group=1,
            deadline=HOUR,
        )
        whole, cut = (
            to_json(compare(parted, SHOP, asked, split=Split(parts=n))) for n in (1, parts)
        )
    assert whole == cut


@given(shop_logs())
@examples(10)
def test_the_correlation_is_that_of_influences(found: EventLog) -> None:
    """Journeys of one customer on both sides: against influences summed one customer at a time."""
    if not found.events:
        reject()
    asked = CompareSettings(
        period=two_periods(("1970-01-01..1970-01-02", "1970-01-03..1970-01-09"), ""),
        min_group=1,
        deadline=HOUR,
    )
    part = prepared(found, rules_of(SHOP))
    moments = Moments(None, 0, int(found.times.max()), HOUR)
    facts = facts_of(part, moments)
    windows = tuple(Window(*one.moments("UTC")) for one in asked.period or ())
    ask = AskCompare(
        tuple(sorted(found.activities)), moments, Sides(windows=windows), Contacts(), 1
    )
    counts = count_compare(part, ask)
    side = np.where(facts.is_counted, places(part, facts, ask.sides), -1)
    has = facts.state == State.COMPLETED
    sums = [
        [
            np.bincount(facts.customer[side == one], values[side == one], facts.customers)
            for values in (np.ones(len(side)), has)
        ]
        for one in (0, 1)
    ]
    expected = [int(x @ y) for x in sums[0] for y in sums[1]]
    got = counts.crossed.of(GOAL)
    assert [got.among, got.among_having, got.having_among, got.having] == expected
    # Of deviations journeys that have one without passing its step count among it too.
    rows = layout_of(SHOP, len(ask.activities)).rows
    assert (counts.crossed.having <= np.minimum(counts.crossed.among, 10**9)).all()
    assert (counts.measures.having[:rows] <= counts.measures.among[:rows]).all()


# Designs.


def arms(control: int, new: int, both: int = 0) -> str:
    """Customers of two arms, half of whom buy, and some with a journey in each."""
    text = lines("control", control // 2, "Buy@700") + lines("control", control // 2, "", control)
    text += lines("new", new // 2, "Buy@700") + lines("new", new // 2, "", new)
    text += "".join(f"x{n}: Search@0@arm=control Search@2h@arm=new\n" for n in range(both))
    return text + LATER


EXPERIMENT = Declared(
    experiments=(Experiment("form", "arm", (Arm("control", 0.5), Arm("new", 0.5))),)
)
CUT = replace(BUY, journey=replace(BUY.journey, gap=HOUR))


def experiment(text: str, declared: Declared = EXPERIMENT) -> Compared:
    return compare(log(text), CUT, CompareSettings(experiment="form", min_group=1), declared)


def test_an_experiment_as_planned_has_words() -> None:
    found = experiment(arms(200, 210, both=3))
    assert found.sample_ratio is not None
    assert found.sample_ratio.verdict is RatioVerdict.AS_PLANNED
    assert found.sample_ratio.customers == (200, 210)
    assert found.sample_ratio.chi2 == pytest.approx(10**2 / 410)
    assert [one.customers for one in found.groups] == [200, 210]
    assert row(found, "goal-rate").verdict is Verdict.CANNOT_TELL
    both = next(one for one in found.left_out if one.reason is Reason.BOTH)
    assert (both.journeys, both.customers) == (6, 3)


def test_a_sample_ratio_that_is_off_stops_every_word() -> None:
    """p and the difference are still there, and a note lists likely causes."""
    found = experiment(arms(200, 320))
    assert found.sample_ratio is not None
    assert found.sample_ratio.verdict is RatioVerdict.STOP
    assert all(one.verdict is None for one in found.rows)
    goal = row(found, "goal-rate")
    assert goal.difference is not None
    assert goal.p is not None
    assert Code.SAMPLE_RATIO in {one.code for one in found.notes}


def test_a_sample_ratio_that_is_nearly_off_warns() -> None:
    found = experiment(arms(200, 260))
    assert found.sample_ratio is not None
    assert found.sample_ratio.verdict is RatioVerdict.WARNED
    assert row(found, "goal-rate").verdict is not None


@pytest.mark.parametrize(
    ("until", "running"), [(date(1970, 1, 9), False), (date(1970, 1, 10), True)]
)
def test_no_verdict_before_the_end(until: date, running: bool) -> None:
    """The log ends on the tenth day at midnight: only the ninth is over."""
    declared = Declared(experiments=(replace(EXPERIMENT.experiments[0], until=until),))
    found = experiment(arms(200, 210), declared)
    assert found.running is running
    assert (row(found, "goal-rate").verdict is None) is running
    assert row(found, "goal-rate").p is not None


def test_an_experiment_that_is_not_declared() -> None:
    with pytest.raises(UsageError) as raised:
        compare(log(arms(20, 20)), BUY, CompareSettings(experiment="from"), EXPERIMENT)
    assert raised.value.code is Code.CONFIG_NOTHING
    assert 'did you mean "form"' in raised.value.problems[0].remedy


def daily(days: int) -> str:
    """Twenty customers a day, half of whom buy: the second half of the log somewhat more."""
    return "".join(
        f"d{day}n{n}: Search@{day}d {'Buy' if n < 10 else ''}\n"
        for day, n in ((day, n) for day in range(days) for n in range(20))
    )


def test_before_and_after_are_full_weeks_with_full_time() -> None:
    """A change on day 17 with a full time of a day: two weeks before day 16, one after."""
    asked = CompareSettings(change=date(1970, 1, 18), min_group=1, deadline=DAY * 10**6)
    declared = Declared(changes=(DatedChange(date(1970, 1, 18), "New form"),))
    found = compare(log(daily(27)), BUY, asked, declared)
    assert found.design is Design.CHANGE
    assert found.name == "1970-01-18: New form"
    assert [one.journeys for one in found.groups] == [14 * 20, 7 * 20]
    left = {one.reason: one.journeys for one in found.left_out}
    # Day 16 may see the change; days 0, 1, 24 and 25 are in no full week; day 26 is open.
    assert left == {Reason.STRADDLES: 20, Reason.ELSEWHERE: 5 * 20}


def test_a_change_outside_the_log() -> None:
    for day in (date(1969, 1, 1), date(1971, 1, 1)):
        with pytest.raises(UsageError):
            compare(log(daily(9)), BUY, CompareSettings(change=day, min_group=1))


def test_two_logs_are_judged_alike() -> None:
    """The second log is the second side, and the full time is that of both."""
    one, other = daily(9), daily(9).replace("Buy", "Cart")
    asked = CompareSettings(min_group=1, goal=("Buy",))
    found = compare(log(one), goal_alone(asked), asked, other=log(other))
    goal = row(found, "goal-rate")
    assert goal.a.n == (goal.a.of or 0) // 2
    assert goal.b.n == 0
    assert goal.verdict is Verdict.LOSS
    assert found.log.journeys == 360


def test_values_are_named_or_the_only_two() -> None:
    text = lines("a", 12, "") + lines("b", 12, "") + LATER
    asked = CompareSettings(by="arm")
    found = compare(log(text), BUY, asked)  # "none" is of one customer, and is no value at all
    assert [one.name for one in found.groups] == ["a", "b"]
    with pytest.raises(UsageError) as raised:
        compare(log(text + lines("c", 12, "")), BUY, asked)
    assert "a, b, c" in raised.value.problems[0].cause
    with pytest.raises(UsageError) as raised:
        compare(log(text), BUY, replace(asked, values=("a", "none")))
    assert raised.value.code is Code.NAME_ABSENT


def test_one_design_is_asked_for() -> None:
    for asked in (CompareSettings(), CompareSettings(by="arm", change=date(1970, 1, 2))):
        with pytest.raises(UsageError):
            compare(log(arms(20, 20)), BUY, asked)


def test_a_side_of_few_is_withheld() -> None:
    """Nine customers on a side: no figure of theirs, no difference, and no name that they alone have."""
    text = lines("a", 60, "Buy@700") + lines("a", 40, "", 60) + lines("b", 9, "Secret@600") + LATER
    found = compare(log(text), BUY, CompareSettings(by="arm", values=("a", "b"), min_group=9))
    assert row(found, "goal-rate").b.of == 9
    with pytest.raises(UsageError):  # the value itself is of too few
        compare(log(text), BUY, CompareSettings(by="arm", values=("a", "b")))
    asked = CompareSettings(period=two_periods(("1970-01-01", "1970-01-02"), ""))
    later = text.replace("b", "c").replace("Secret@600", "")
    moved = "".join(f"q{n}: Search@1d Secret@25h\n" for n in range(9))
    shown = compare(log(later + moved), BUY, asked)
    goal = row(shown, "goal-rate")
    assert (goal.b.n, goal.b.of, goal.difference, goal.p) == (None, None, None, None)
    assert goal.verdict is Verdict.CANNOT_SAY
    assert "Secret" not in to_json(shown)
    assert shown.groups[1].journeys is None
