"""Priorities: figures by hand on small logs, simulated worlds, real clicks, and laws on any log."""

from __future__ import annotations

import json
from dataclasses import replace
from math import sqrt
from pathlib import Path

import numpy as np
import pytest
from analysis.test_check_parts import JOURNEY as SHOP
from analysis.test_check_parts import shop_logs
from hypothesis import given
from hypothesis import strategies as st
from notation import log
from real_logs import real
from worlds import helped

from cjmine.analysis.differences import change
from cjmine.analysis.intervals import share
from cjmine.counting.split import Split
from cjmine.declared import Declared, DeclaredContact, Worth
from cjmine.errors import Code, PrivacyError, UsageError
from cjmine.eventlog.build import log_of
from cjmine.eventlog.log import EventLog
from cjmine.ideal.compiled import compile_ideal
from cjmine.ideal.deviations import DeviationClass
from cjmine.ideal.file import parse_journey
from cjmine.ingest.project import declared_by
from cjmine.notebook.loading import load
from cjmine.results.codec import to_json
from cjmine.results.priorities import CONTACT, Gap, Priorities, PriorityItem
from cjmine.results.verdicts import Verdict
from cjmine.verbs.check import check
from cjmine.verbs.priorities import priorities
from cjmine.verbs.priorities_settings import PrioritiesSettings
from cjmine.verbs.settings import CheckSettings

EXACT = PrioritiesSettings(min_group=1)
LINE = """
journey: order
goal: Pay
deadline: 10d
stages:
  - stage: One
    steps: [Search, Cart, Pay]
"""
IDEAL = compile_ideal(parse_journey(LINE, "journey.yaml"))


def lines(**groups: tuple[int, str]) -> EventLog:
    """So many customers for each trace; observation ends long after them."""
    text = [
        f"{name}{number:03}: {trace}"
        for name, (many, trace) in groups.items()
        for number in range(many)
    ]
    return log("\n".join([*text, "zed: Search@40d"]))


def item(found: Priorities, step: str, of_class: str = "unexpected") -> PriorityItem:
    return next(row for row in found.items if (row.step, row.class_) == (step, of_class))


# By hand.

LOG = lines(
    a=(20, "Search Help Cart Pay"),
    b=(20, "Search Help Cart"),
    c=(45, "Search Cart Pay"),
    d=(15, "Search Cart"),
    e=(30, "Search"),
)


def test_a_small_log_by_hand() -> None:
    """With help 20 of 40, without 45 of 60 that went on: 25 points less, though naively none.

    The 30 that left after the search are not compared: nobody knows what came next.
    """
    found = item(priorities(LOG, IDEAL, EXACT), "Help")
    assert (found.code, found.class_, found.at) == ("D202", "unexpected", "Search")
    assert (found.journeys, found.goal.n, found.goal.of) == (40, 20, 40)
    assert (found.support, found.comparable) == (1.0, 0.75)
    assert found.naive.value == pytest.approx(20 / 40 - 45 / 90)
    assert found.naive == Gap(**vars_of(change(share(20, 40), share(45, 90))))
    assert found.effect.value == pytest.approx(-0.25)
    margin = 1.959964 * sqrt((0.25 / 40 + 0.75 * 0.25 / 60) * 100 / 99)
    assert found.effect.high == pytest.approx(-0.25 + margin, abs=1e-6)
    assert found.gain.value == pytest.approx(10)
    assert found.gain.low == pytest.approx(40 * (0.25 - margin), abs=1e-4)
    assert found.verdict is Verdict.GAIN
    assert found.e_value == pytest.approx(2 + sqrt(2))  # twice as likely to be lost
    near = 0.5 / (0.5 - 0.25 + margin)
    assert found.e_value_near == pytest.approx(near + sqrt(near * (near - 1)), abs=1e-4)


def vars_of(one) -> dict[str, float]:
    return {name: getattr(one, name) for name in ("value", "low", "high")}


def test_losses_are_ceilings_in_a_list_of_their_own() -> None:
    """Of 35 left at Cart nobody knows better than the 65 that went on, who all paid."""
    found = priorities(LOG, IDEAL, EXACT)
    search, cart = (item(found, step, "abandoned-after") for step in ("Search", "Cart"))
    assert [row.is_ceiling for row in found.items][-2:] == [True, True]
    assert not any(row.is_ceiling for row in found.items[:-2])
    assert (search.journeys, search.support, search.comparable) == (30, 1.0, 0.65)
    assert search.gain.value == pytest.approx(30 * 0.65)
    assert (cart.journeys, cart.comparable, cart.gain.value) == (35, 1.0, 35)
    assert (search.verdict, search.q, search.e_value) == (None, None, None)
    assert cart.gain.high == 35


def test_an_item_of_ten_journeys_cannot_say() -> None:
    few = lines(a=(10, "Search Help Cart"), c=(45, "Search Cart Pay"), d=(15, "Search Cart"))
    found = item(priorities(few, IDEAL, EXACT), "Help")
    assert (found.journeys, found.verdict) == (10, Verdict.CANNOT_SAY)
    assert (found.effect, found.gain, found.q) == (None, None, None)
    assert found.support == 1.0


def test_an_item_after_the_goal_has_no_comparables() -> None:
    late = lines(a=(40, "Search Cart Pay Help"), c=(45, "Search Cart Pay"), d=(15, "Search Cart"))
    found = item(priorities(late, IDEAL, EXACT), "Help")
    assert (found.journeys, found.support, found.verdict) == (40, 0.0, Verdict.CANNOT_SAY)


def test_what_is_held_equal_can_turn_a_difference() -> None:
    """Those that begin at home get help and pay; within each begin help costs 20 points."""
    groups = {
        "a": (48, "Home Search Help Cart Pay"),
        "b": (32, "Home Search Help Cart"),
        "c": (16, "Home Search Cart Pay"),
        "d": (4, "Home Search Cart"),
        "e": (4, "Ad Search Help Cart Pay"),
        "f": (16, "Ad Search Help Cart"),
        "g": (32, "Ad Search Cart Pay"),
        "h": (48, "Ad Search Cart"),
    }
    found = item(priorities(lines(**groups), IDEAL, EXACT), "Help")
    assert found.naive.value == pytest.approx(52 / 100 - 48 / 100)
    assert found.effect.value == pytest.approx(-0.2)
    assert found.gain.value == pytest.approx(20)


def test_money_and_what_is_accepted() -> None:
    accepted = LINE.replace("deadline", "value: 40\ndeadline") + (
        "accepted: [{deviation: unexpected, step: Help, because: known, until: 2099-01-01}]\n"
    )
    ideal = compile_ideal(parse_journey(accepted, "journey.yaml"))
    found = priorities(LOG, ideal, EXACT, Declared(worth=Worth(1.0, "USD")))
    assert (found.worth.goal, found.worth.currency) == (40.0, "USD")
    row = item(found, "Help")
    assert row.accepted
    assert row.money.value == pytest.approx(400)
    assert row.money.low == pytest.approx(40 * row.gain.low)
    assert item(priorities(LOG, IDEAL, EXACT), "Help").money is None


def test_first_items_together_count_a_journey_once() -> None:
    """All 60 that have either miss the goal, and all 60 that have neither reach it."""
    both = lines(
        a=(20, "Search Help Chat Cart"),
        b=(20, "Search Help Cart"),
        c=(20, "Search Chat Cart"),
        d=(60, "Search Cart Pay"),
    )
    found = priorities(both, IDEAL, EXACT)
    gains = [row.step for row in found.items if row.verdict is Verdict.GAIN]
    assert sorted(gains) == ["Chat", "Help"]
    assert (found.together.items, found.together.journeys) == (2, 60)
    assert found.together.gain.value == pytest.approx(60)


def test_gains_overlap_where_one_journey_has_both() -> None:
    """Help is followed by Chat in 40 of 60: alone each explains the same losses."""
    groups = {
        "a": (40, "Search Help Cart Chat"),
        "b": (20, "Search Help Cart"),
        "c": (20, "Search Cart Chat"),
        "d": (60, "Search Cart News Pay"),
    }
    found = priorities(lines(**groups), IDEAL, EXACT)
    ranked = [row for row in found.items if row.verdict is Verdict.GAIN]
    assert sorted(row.step for row in ranked) == ["Chat", "Help"]
    assert found.together.journeys == 80
    assert found.together.gain.value < sum(row.gain.value for row in ranked)


CALLS = Declared(contact=DeclaredContact(("Call",), ("Answer",)))


def test_contacts_that_need_not_have_been_are_items_too() -> None:
    """After a failure half call, and none of them pays; of those that try again 30 of 40 do."""
    text = LINE.replace("[Search, Cart, Pay]", "[Search, {step: Cart, failed: [Broken]}, Pay]")
    ideal = compile_ideal(parse_journey(text, "journey.yaml"))
    groups = {
        "a": (40, "Search Broken Call"),
        "b": (30, "Search Broken Cart Pay"),
        "c": (10, "Search Broken Cart"),
        "d": (40, "Search Cart Pay"),
    }
    found = item(priorities(lines(**groups), ideal, EXACT, CALLS), "failed", CONTACT)
    assert (found.code, found.at, found.journeys) == ("D301", "Cart", 40)
    assert (found.goal.n, found.support) == (0, 1.0)
    assert found.comparable == pytest.approx(30 / 40)  # those without a failure are not like them
    assert found.verdict is Verdict.GAIN
    without = priorities(lines(**groups), ideal, EXACT)
    assert all(row.class_ != CONTACT for row in without.items)


def test_gains_are_ranked_by_their_near_end() -> None:
    """A larger estimate that is less sure comes later."""
    groups = {
        "a": (12, "Search Help Cart Pay"),
        "b": (28, "Search Help Cart"),
        "c": (250, "Search Chat Cart Pay"),
        "d": (150, "Search Chat Cart"),
        "e": (300, "Search Cart Pay"),
        "f": (100, "Search Cart"),
    }
    found = priorities(lines(**groups), IDEAL, EXACT)
    ranked = [row for row in found.items if row.verdict is Verdict.GAIN]
    assert [row.gain.low for row in ranked] == sorted(
        (one.gain.low for one in ranked), reverse=True
    )
    assert all(row.q < 0.05 and row.effect.high < 0 for row in ranked)


def test_the_margin_decides_no_harm() -> None:
    many = lines(
        a=(500, "Search Help Cart Pay"),
        b=(30, "Search Help Cart"),
        c=(500, "Search Cart Pay"),
        d=(30, "Search Cart"),
    )
    strict = item(priorities(many, IDEAL, EXACT), "Help")
    lax = item(priorities(many, IDEAL, replace(EXACT, margin=0.05)), "Help")
    assert (strict.verdict, lax.verdict) == (Verdict.CANNOT_TELL, Verdict.NO_HARM)


def test_nothing_to_rank_and_what_is_refused() -> None:
    empty = priorities(log_of([]), IDEAL, EXACT)
    assert (empty.items, empty.together) == ((), None)
    straight = priorities(lines(a=(40, "Search Cart Pay")), IDEAL, EXACT)
    assert straight.items == ()
    with pytest.raises(UsageError) as refused:
        priorities(LOG, IDEAL, replace(EXACT, like=("sort",)))
    assert refused.value.problems[0].code is Code.USAGE
    with pytest.raises(PrivacyError):
        priorities(log("ann: Search Help"), IDEAL, PrioritiesSettings())


def test_columns_are_held_equal() -> None:
    text = [
        f"{sort}{number:03}: Search@kind={sort} {'Help ' * has}Cart{' Pay' * (number % 10 < paid)}"
        for (sort, has, many, paid) in (
            *(("a", 1, 40, 6), ("a", 0, 40, 8), ("b", 1, 40, 2)),
            ("b", 0, 120, 4),
        )
        for number in range(has * 500, has * 500 + many)
    ]
    events = log("\n".join([*text, "zed: Search@40d"]))
    found = priorities(events, IDEAL, replace(EXACT, like=("kind",)))
    assert found.held_equal == ("entry", "month", "kind", "progress", "contacts")
    assert item(found, "Help").effect.value == pytest.approx(-0.2)
    assert item(priorities(events, IDEAL, EXACT), "Help").effect.value == pytest.approx(
        0.4 - 80 / 160
    )


# Worlds.

HELPED = compile_ideal(
    parse_journey(
        "journey: order\ngoal: Goal\ndeadline: 1d\nstages: [{stage: One, steps: [Form, Send, Goal]}]",
        "journey.yaml",
    )
)


def helped_item(seed: int, customers: int, effect: float) -> PriorityItem:
    found = priorities(helped(seed, customers, effect).log(), HELPED, EXACT)
    return item(found, "Help")


def covered(seeds: range, effect: float) -> tuple[float, float, float]:
    """How often the interval holds the truth, the naive one does, and the word is gain."""
    found = [helped_item(seed, 500, effect) for seed in seeds]
    held = np.mean([one.effect.low <= effect <= one.effect.high for one in found])
    naive = np.mean([one.naive.low <= effect <= one.naive.high for one in found])
    return float(held), float(naive), float(np.mean([one.verdict is Verdict.GAIN for one in found]))


def test_confounded_help_is_covered_and_naively_missed() -> None:
    held, naive, gain = covered(range(40), -0.1)
    assert held >= 0.85
    assert naive <= 0.2
    assert gain >= 0.3


@pytest.mark.prove
@pytest.mark.parametrize("effect", [-0.1, 0.0])
def test_effects_are_covered_where_a_fifth_leaves_at_the_step(effect: float) -> None:
    held, naive, gain = covered(range(2000), effect)
    print(f"effect {effect}: coverage {held:.1%}, naive {naive:.1%}, gain {gain:.1%}")
    assert held >= 0.935
    assert naive < 0.5
    if not effect:
        assert gain <= 0.065


# Real clicks.


BROWSING = "[home, catalog, search, filter_results, promo_page, review_page, compare, wishlist_add]"


@pytest.mark.real_data
@pytest.mark.parametrize(("channel", "allow"), [(None, BROWSING), ("platform", "home")])
def test_clicks_of_a_shop(channel: str | None, allow: str) -> None:
    """The payment error leads, the checkout bug is too rare to tell, ten journeys cannot say.

    Also where most browsing deviates and the platform is held equal: less of the rest is then.
    """
    clicks = load(
        real("clicks/ecom.csv.gz"), customer="user_id", case="session_id", channel=channel
    )
    text = f"""
journey: shop
goal: purchase
allow: {allow}
stages:
  - stage: Shop
    steps: [product_view, add_to_cart, cart, shipping_details, payment_details, purchase]
"""
    found = priorities(clicks, compile_ideal(parse_journey(text, "shop.yaml")), EXACT)
    error, bug = (item(found, step) for step in ("payment_error", "checkout_bug"))
    ranked = [row for row in found.items if row.verdict is Verdict.GAIN]
    assert min(ranked, key=lambda row: row.effect.value) is error
    assert (error.at, error.journeys) == ("payment_details", 93)
    assert error.effect.value == pytest.approx(-0.4, abs=0.05)
    assert bug.verdict is Verdict.CANNOT_TELL
    few = [row for row in found.items if row.journeys <= 12 and not row.is_ceiling]
    assert few
    assert all(row.verdict is Verdict.CANNOT_SAY for row in few)


# Laws.

ANY = compile_ideal(parse_journey(SHOP, "journey.yaml"))


@given(shop_logs(), st.integers(1, 24), st.sampled_from((1, 3)))
def test_parts_make_no_difference(events: EventLog, parts: int, k: int) -> None:
    settings = PrioritiesSettings(min_group=k, like=("status",))
    try:
        whole = priorities(events, ANY, settings, CALLS)
    except PrivacyError:
        return
    found = priorities(events, ANY, settings, CALLS, split=Split(parts=parts))
    assert to_json(found) == to_json(whole)


@pytest.mark.parametrize(("k", "parts"), [(1, 7), (10, 3)])
def test_parts_of_a_world_make_no_difference(k: int, parts: int) -> None:
    events, settings = helped(1, 400, -0.2).log(), PrioritiesSettings(min_group=k)
    whole = priorities(events, HELPED, settings)
    assert item(whole, "Help").verdict is Verdict.GAIN
    split = Split(parts=parts)
    assert to_json(priorities(events, HELPED, settings, split=split)) == to_json(whole)


@given(shop_logs())
def test_journeys_are_those_of_a_check(events: EventLog) -> None:
    found = priorities(events, ANY, EXACT, CALLS)
    checked = check(events, ANY, CheckSettings(min_group=1)).checked
    deviations = [row for row in found.items if row.class_ != CONTACT]
    mine = {(row.code, row.class_, row.step): row.journeys for row in deviations}
    assert mine == {
        (row.code, row.class_, row.activity): row.journeys
        for row in checked.deviations
        if row.journeys
    }
    for row in found.items:
        assert row.goal.of == row.journeys
        assert row.support is None or 0 <= row.support <= 1
        if row.gain is not None:
            assert abs(row.gain.value) <= row.journeys + 1e-9


NOISE = (
    *("Search Cart View Sign Pay", "Search View Cart Sign Pay", "Search Sign Cart View Pay"),
    *("Search View Sign Pay", "Search Cart Cart View Sign Pay", "Search Cart Call View Sign Pay"),
    *("Search Cart Call Sign Pay", "Search Cart"),
)


def test_every_class_of_moves_can_be_ranked() -> None:
    """Journeys of several kinds, each of which half end before the goal."""
    ideal = compile_ideal(
        parse_journey(LINE.replace("Cart, Pay", "Cart, View, Sign, Pay"), "journey.yaml")
    )
    groups = {
        f"{kind}{sort}": (100, trace.removesuffix(" Pay") + " Pay" * (kind == "x"))
        for kind in "xy"
        for sort, trace in enumerate(NOISE)
    }
    found = priorities(lines(**groups), ideal, EXACT)
    said = {row.class_ for row in found.items if row.effect is not None}
    assert said == {
        *(DeviationClass.SWAPPED, DeviationClass.REPLACED, DeviationClass.ABANDONED),
        *(DeviationClass.SKIPPED, DeviationClass.REPEATED, DeviationClass.UNEXPECTED),
        DeviationClass.OUT_OF_ORDER,
    }
    places = [found.items.index(row) for row in found.items if row.is_ceiling]
    assert places == list(range(len(found.items) - len(places), len(found.items)))


# The sample logs.


def test_the_confounder_of_the_sample_logs_as_the_page_says() -> None:
    """Heavy users look at their usage and reach the goal: naively a gain, held equal none."""
    root = Path(__file__).parents[2]
    page = (root / "docs" / "priorities.md").read_text("utf-8")
    folder = root / "sample_logs"
    ideal = compile_ideal(
        parse_journey((folder / "journey.yaml").read_text("utf-8"), "journey.yaml")
    )
    project = declared_by([str(folder)], None)
    log_of_samples = load(folder, keep=project.like)
    found = priorities(log_of_samples, ideal, PrioritiesSettings(), project)
    usage, again = item(found, "Usage page"), item(found, "Meter readings", "repeated")
    assert (usage.goal.n, usage.journeys) == (180, 261)
    assert (usage.naive.value, usage.verdict) == (pytest.approx(0.301, abs=1e-3), "cannot tell")
    low, high = (
        f"{100 * end:.1f}".replace("-", "−") for end in (usage.effect.low, usage.effect.high)
    )
    assert f"+{100 * usage.effect.value:.1f} points ({low} to {high}): *cannot tell*" in page
    assert f"{again.journeys} journeys of the sample logs" in page
    assert f"{100 * again.goal.value:.1f} % of them reach the goal" in page
    assert f"{100 * again.comparable:.1f} % reach it" in page
    assert f"costs {-100 * again.effect.value:.1f} points" in page
    truths = json.loads((folder / "truths.json").read_text("utf-8"))
    for key in ("", "new_address.", "new_address.heavy.", "new_address.light."):
        for side in ("with", "without"):
            n, of = (truths[f"usage_page.{key}{side}.{one}"] for one in ("completed", "counted"))
            assert f"{n:,} of {of:,} = {100 * n / of:.1f} %" in page
