"""Outliers by hand, in parts, with planted contrasts, waves, late sources, and without."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from notation import log
from real_logs import real
from strategies import examples, log_from
from worlds import World, null

import cjmine
from cjmine.columns import numbers
from cjmine.counting.split import Split
from cjmine.declared import DatedChange, Declared, DeclaredContact
from cjmine.eventlog.build import build_log
from cjmine.eventlog.log import (
    ACTIVITY,
    CHANNEL,
    CUSTOMER,
    TIME,
    About,
    Cases,
    EventLog,
    Registered,
)
from cjmine.ideal.compiled import compile_ideal
from cjmine.ideal.file import parse_journey
from cjmine.results.codec import to_json
from cjmine.results.outliers import CandidateKind, Carrier, Outliers
from cjmine.results.verdicts import Confirmation
from cjmine.verbs.outliers import outliers
from cjmine.verbs.outliers_settings import OutliersSettings

DAY = 86_400_000_000
WORLD = compile_ideal(
    parse_journey(
        """
journey: world
goal: Goal
exits: [Cancelled]
deadline: 14d
stages:
  - stage: One
    steps: [Start, Form, Send, Goal]
""",
        "journey.yaml",
    )
)
SHOP = compile_ideal(
    parse_journey(
        """
journey: shop
goal: Buy
deadline: 2d
stages:
  - stage: One
    steps: [Search, Cart, Buy]
""",
        "journey.yaml",
    )
)
EVERYBODY = OutliersSettings(min_group=1)
# No journey stays open: calls are half way to the end, and ends of observation would gather them.
ENDING = {"exits": 1.0, "goal_days": 1.0, "exit_days": 1.0}


def found(events: EventLog, asked: OutliersSettings = EVERYBODY, **declared: object) -> Outliers:
    return outliers(events, WORLD, asked, Declared(**declared))


def test_happy_is_complete_and_as_designed() -> None:
    """Ann is happy; bob buys without a cart; cat never buys; dan is young."""
    events = log("""
        ann: Search@0d Cart@1h Buy@2h
        bob: Search@0d Buy@2h
        cat: Search@0d Cart@1h
        dan: Search@9d
    """)
    result = outliers(events, SHOP, EVERYBODY)
    assert (result.as_designed.n, result.as_designed.of) == (1, 3)
    assert (result.completed, result.deviating) == (2, 1)
    easy = outliers(events, SHOP, replace(EVERYBODY, happy=0.5))
    assert (easy.as_designed.n, easy.deviating) == (2, 0)


def test_who_asked_and_had_no_answer() -> None:
    """Answers are promised within two days; calls are answered while they last."""
    events = log("""
        ann: Question@0d@mail Answer@1d@mail
        bob: Question@0d@mail
        cat: Question@0d@mail Question@1d@mail
        dan: Question@0d@mail Search@5d@web
        eve: Question@9d@mail
        fox: Call@0d@call
        gus: Search@0d@web Search@10d@web
    """)
    declared = Declared(contact=DeclaredContact(("Question", "Call"), ("Answer",)))
    hole = outliers(events, SHOP, EVERYBODY, declared).black_hole
    assert hole is not None
    assert (hole.share.n, hole.share.of, hole.again) == (2, 4, 1)
    assert outliers(events, SHOP, EVERYBODY).black_hole is None


def test_a_step_that_another_must_follow_in_time_asks_too() -> None:
    ideal = compile_ideal(
        parse_journey(
            """
journey: shop
goal: Mail
deadline: 9d
stages:
  - stage: One
    steps: [Send, {step: Mail, within: {max: 1d, after: Send}}]
""",
            "journey.yaml",
        )
    )
    events = log("ann: Send@0d Mail@1h\nbob: Send@0d\ncat: Send@0d Send@1h\ndan: Send@20d")
    hole = outliers(events, ideal, EVERYBODY).black_hole
    assert hole is not None
    assert (hole.share.n, hole.share.of, hole.again) == (2, 3, 1)


def shared(seed: int, effect: float, customers: int = 1600) -> EventLog:
    """Journeys of two regions, of which the second skips the cart more often."""
    random = np.random.default_rng(seed)
    rows = []
    for number in range(customers):
        region = "north" if random.random() < 0.5 else "south"
        skips = random.random() < 0.3 + effect * (region == "south")
        names = ("Search", "Buy") if skips else ("Search", "Cart", "Buy")
        start = int(random.integers(0, 60 * 86_400))
        rows += [(f"c{number:05}", name, start + 60 * i, region) for i, name in enumerate(names)]
    rows.append(("zz", "Search", 90 * 86_400, "north"))
    return with_column(rows, "region")


def with_column(rows: list[tuple[str, str, int, str]], column: str) -> EventLog:
    """Customer, activity, second, and a value of the column."""
    columns = {
        CUSTOMER: pa.array([row[0] for row in rows], pa.string()),
        ACTIVITY: pa.array([row[1] for row in rows], pa.string()),
        TIME: numbers(np.array([row[2] for row in rows], np.int64) * 1_000_000),
        column: pa.array([row[3] for row in rows], pa.string()),
    }
    return build_log(columns, About(Cases.CUSTOMER))


def test_what_the_others_share_is_found_on_one_half_and_confirmed_on_the_other() -> None:
    result = outliers(shared(3, 0.3), SHOP, OutliersSettings())
    assert result.contrasts
    confirmed = [one for one in result.contrasts if one.verdict is Confirmation.CONFIRMED]
    assert 'region = "south"' in {one.condition for one in confirmed}
    row = next(one for one in confirmed if one.condition == 'region = "south"')
    for half in (row.found, row.confirmed):
        assert half.low < half.value < half.high
        assert half.value == pytest.approx(half.with_.value / half.without.value)
    sizes = [half.with_.of + half.without.of for half in (row.found, row.confirmed)]
    assert sum(sizes) == result.as_designed.of


@pytest.mark.prove
def test_nothing_shared_is_seldom_confirmed() -> None:
    false = 0
    for seed in range(400):
        result = outliers(shared(seed, 0.0, 700), SHOP, OutliersSettings())
        false += any(one.verdict is Confirmation.CONFIRMED for one in result.contrasts or ())
    assert false <= 0.065 * 400


def test_a_wave_of_calls_is_dated_and_has_its_candidates() -> None:
    world = World(seed=5, customers=3000, wave=(60, 64), wave_contact=0.9, **ENDING)
    result = found(world.log(), changes=(DatedChange(date(2024, 2, 29), "New form"),))
    assert result.waves
    (wave,) = [one for one in result.waves if one.reason == "Call"]
    assert abs((date.fromisoformat(wave.from_) - date(2024, 3, 1)).days) <= 2
    assert wave.excess.low < wave.n - wave.expected < wave.excess.high
    assert [(one.kind, one.what) for one in wave.candidates][:1] == [
        (CandidateKind.CHANGE, "New form")
    ]


def test_a_source_that_begins_inside_the_log_is_coverage_and_no_wave() -> None:
    result = found(World(seed=2, customers=3000, late_source=60, contact=0.5, **ENDING).log())
    assert result.waves == ()
    assert (Carrier.CHANNEL, "call") in {(one.what, one.name) for one in result.coverage}
    assert not [one for one in result.contrasts or () if "call" in one.condition]


def test_a_mailing_is_a_candidate_with_what_it_brought_per_thousand() -> None:
    rows = []
    for number in range(400):
        rows.append((f"c{number:04}", "Newsletter", 50 * 86_400 + number, "mail"))
        if number < 60:
            rows.append((f"c{number:04}", "Call", (50 + number % 2) * 86_400 + 9000, "call"))
    for day in range(90):
        rows.append((f"d{day:04}", "Call", day * 86_400, "call"))
    events = with_column(rows, CHANNEL)
    declared = Declared(contact=DeclaredContact(("Call",)))
    result = outliers(events, SHOP, OutliersSettings(), declared)
    (wave,) = result.waves or ()
    assert (wave.from_, wave.until, wave.n) == ("1970-02-20", "1970-02-21", 62)
    (mailing,) = wave.candidates
    assert (mailing.kind, mailing.what, mailing.n) == (CandidateKind.MAILING, "Newsletter", 400)
    assert wave.per_thousand is not None
    assert wave.per_thousand.value == pytest.approx(wave.excess.value / 0.4)


@examples(5)
@given(st.integers(0, 10_000), st.integers(2, 6), st.sampled_from([1, 10]))
def test_parts_give_the_same_bytes(seed: int, parts: int, min_group: int) -> None:
    events = World(seed=seed, customers=150, days=60, each=1.5, wave=(40, 43)).log()
    asked = OutliersSettings(min_group=min_group)
    declared = Declared(contact=DeclaredContact(("Call",), ("Goal",)))
    whole = to_json(outliers(events, WORLD, asked, declared))
    assert to_json(outliers(events, WORLD, asked, declared, split=Split(parts=parts))) == whole


def test_parts_asked_for_alone() -> None:
    events = World(seed=1, customers=200).log()
    only_waves = found(events, replace(EVERYBODY, waves=True))
    assert only_waves.contrasts is None and only_waves.waves is not None
    assert only_waves.black_hole is None
    only_silent = found(events, replace(EVERYBODY, silent=True))
    assert only_silent.contrasts is None and only_silent.waves is None


def test_an_empty_log_has_nothing() -> None:
    result = outliers(log_from([]), SHOP, EVERYBODY)
    assert (result.as_designed.of, result.contrasts, result.waves) == (0, (), ())
    assert json.loads(to_json(result))["schema"] == "cjmine/outliers/1"


@pytest.mark.prove
def test_worlds_without_a_wave_seldom_have_one() -> None:
    worlds = (null(seed, customers=400, weekdays=True, **ENDING).log() for seed in range(300))
    assert sum(bool(found(one, OutliersSettings(waves=True)).waves) for one in worlds) <= 18


@pytest.mark.real_data
def test_the_payment_incident_of_the_shop_and_its_chats() -> None:
    """Payment errors begin on 19 May 2024, and with them chats."""
    ideal = compile_ideal(
        parse_journey(
            """
journey: shop
goal: purchase
deadline: 7d
stages:
  - stage: Buy
    steps: [product_view, add_to_cart, cart, shipping_details, payment_details, purchase]
""",
            "journey.yaml",
        )
    )
    events = cjmine.load(real("clicks/ecom.csv.gz"), case="session_id", customer="user_id")
    declared = Declared(contact=DeclaredContact(("support_chat",)))
    result = outliers(events, ideal, OutliersSettings(), declared)
    waves = {one.reason: one for one in result.waves or ()}
    for reason in ("support_chat", "payment_error"):
        assert "2024-05-17" <= waves[reason].from_ <= "2024-05-21"
    before = {one.what: one.at for one in waves["support_chat"].candidates}
    assert "2024-05-17" <= before["payment_error"] <= "2024-05-21"


def test_silent_customers_are_in_the_table_and_have_no_event() -> None:
    result = outliers(
        replace_about(log("ann: Search@0d\nbob: Search@9d")), SHOP, OutliersSettings(min_group=1)
    )
    assert result.silent is not None
    assert (result.silent.n, result.silent.of) == (3, 40)
    few = outliers(shared(1, 0.0, 100), SHOP, OutliersSettings())
    assert few.silent is None


def replace_about(events: EventLog) -> EventLog:
    return EventLog(events.table, replace(events.about, registered=Registered(40, 3)))


def test_a_few_silent_customers_are_not_counted() -> None:
    events = shared(1, 0.0, 100)
    events = EventLog(events.table, replace(events.about, registered=Registered(400, 3)))
    result = outliers(events, SHOP, OutliersSettings())
    assert result.silent is not None
    assert (result.silent.n, result.silent.of) == (None, 400)
