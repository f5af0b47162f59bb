"""A portfolio: each journey as `check` counts it, and all of them together as one count."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from analysis.test_check_parts import JOURNEY, shop_logs
from hypothesis import given
from hypothesis import strategies as st
from notation import log
from portfolio.folders import CLAIM, FILES, ORDER, portfolio_in
from strategies import examples

from cjmine.analysis.portfolio.members import Journeys
from cjmine.counting.split import Split
from cjmine.declared import Declared, DeclaredContact
from cjmine.errors import Code, PrivacyError, UsageError
from cjmine.eventlog.log import Cases, EventLog
from cjmine.eventlog.where import Where
from cjmine.results.codec import to_json
from cjmine.results.expectations import Verdict
from cjmine.results.portfolio import Portfolio, PortfolioJourney
from cjmine.verbs.bounds import bound
from cjmine.verbs.check import check
from cjmine.verbs.portfolio import portfolio
from cjmine.verbs.portfolio_settings import PortfolioSettings
from cjmine.verbs.settings import CheckSettings

EXACT = PortfolioSettings(min_group=1)
SMALL = """
    ann: Search@0 Cart@60 Pay@120 Claim@3d
    bob: Search@0 Cart@60 Call_bill@2h@call
    cat: Search@0 Stop@60
    dan: Claim@0 Paid@1d Search@1d Call_claim@2h@call
    eve: News@0
    end: News@20d
"""
TWO = """
lifecycle: [Buy, Use]
journeys:
  - {journey: order.yaml, phase: Buy, owner: shop}
  - {journey: claim.yaml, phase: Use, review-by: 1970-01-10}
  - {journey: bill question, phase: Use}
reasons: {"Call claim": claim, "Call bill": none yet}
"""


def row(found: Portfolio, name: str, value: str | None = None) -> PortfolioJourney:
    return next(one for one in found.journeys if (one.journey, one.value) == (name, value))


def codes(found: Portfolio) -> set[tuple[str, str]]:
    return {(one.code.value, one.about) for one in found.findings}


def test_a_small_portfolio_by_hand(tmp_path: Path) -> None:
    found = portfolio(log(SMALL), portfolio_in(tmp_path, TWO), EXACT)
    order, claim, bill = found.journeys
    # ann pays; bob, dan leave; cat stops. eve and end have no entry.
    assert (order.journeys, order.customers) == (4, 4)
    assert (order.goal.n, order.drop_off.n, order.goal.of) == (1, 2, 4)
    # bob called within the day of his journey; dan, who came a day later, before it.
    assert order.contact is not None and (order.contact.n, order.contact.of) == (1, 4)
    assert (claim.journeys, claim.goal.n, claim.owner, claim.title) == (2, 1, "claims", "Claim")
    assert claim.contact is not None and claim.contact.n == 1
    assert (bill.file, bill.journeys, bill.verdict, bill.goal.of) == (None, None, None, None)
    buy, use = found.phases
    assert (buy.name, buy.declared, buy.measured) == ("Buy", 1, 1)
    assert (use.name, use.declared, use.measured, use.journeys) == ("Use", 2, 1, 2)
    (level,) = found.levels
    # ann and dan have both journeys: six journeys, four customers.
    assert (level.journeys, level.customers) == (6, 4)
    assert (level.goal.n, level.goal.of) == (2, 6)
    assert [one.name for one in found.owners] == ["claims", "shop"]
    assert (found.coverage.contacts, found.coverage.covered) == (2, 1)
    assert [(one.reason, one.journey) for one in found.coverage.reasons] == [
        ("Call bill", None),
        ("Call claim", "claim"),
    ]
    assert codes(found) == {
        ("N402", "claim"),
        ("N403", "claim"),
        ("N407", "bill question"),
        ("N401", "bill question"),
        ("N405", "Call bill"),
    }
    assert (found.log.events, found.log.customers) == (15, 6)


# Each journey is the check of it.


def same_as_check(
    found: PortfolioJourney, events: EventLog, asked: Journeys, more: CheckSettings
) -> None:
    member = next(
        one for one in asked.members if (one.entry.name, one.value) == (found.journey, found.value)
    )
    assert member.ideal is not None
    if member.value is not None:
        more = replace(more, where=(Where(member.entry.column or "", (member.value,)),))
    checked = check(events, member.ideal, more).checked
    assert found.journeys == checked.counted.journeys
    if found.customers is None and more.min_group > 1:  # few of them have several journeys
        assert checked.counted.customers != checked.counted.journeys
    else:
        assert found.customers == checked.counted.customers
    goal = checked.goal
    assert (found.goal.n, found.goal.of) == (goal.n, goal.of)
    assert (found.goal.low, found.goal.high) == (goal.low, goal.high)
    assert found.drop_off.n in (None, checked.states.abandoned)
    assert found.verdict is checked.verdict
    assert found.broken == checked.count(Verdict.BROKEN)


LIKE_CHECK = {
    "order.yaml": ORDER.replace("deadline: 1d\n", 'expect: {goal-rate: ">= 50%"}\n'),
    "claim.yaml": CLAIM.replace("entry: Claim\n", "").replace("Paid", "Pay"),
    "shop.yaml": JOURNEY,
    "cart.yaml": JOURNEY.replace("exits:", "entry: [Search, Cart]\nexits:").replace(
        "Stop", "News2"
    ),
}
ALL = """
lifecycle: [Buy]
journeys:
  - {journey: order.yaml, phase: Buy}
  - {journey: claim.yaml, phase: Buy}
  - {journey: shop.yaml, phase: Buy, owner: b}
  - {journey: cart.yaml}
  - {template: shop.yaml, name: by, for: {status: [ok, bad, none]}, overrides: {bad: {deadline: 1h}}}
"""


@cache
def everything() -> Journeys:
    with TemporaryDirectory() as name:
        return portfolio_in(Path(name), ALL, LIKE_CHECK)


@examples(8)
@given(events=shop_logs(), least=st.sampled_from([1, 2, 4]))
def test_figures_of_each_journey_equal_check(events: EventLog, least: int) -> None:
    asked = everything()
    try:
        found = portfolio(events, asked, PortfolioSettings(min_group=least))
    except PrivacyError:
        return
    alike = {about for code, about in codes(found) if code == "N411"}
    for one in found.journeys:
        if {one.journey, f"{one.journey}: {one.value}"} & alike:
            assert (one.journeys, one.goal.of, one.verdict) == (None, None, None)
            continue
        try:
            same_as_check(one, events, asked, CheckSettings(min_group=least))
        except PrivacyError:
            assert (one.journeys, one.goal.of, one.verdict) == (None, None, None)


def test_the_same_of_given_cases_and_of_days(tmp_path: Path) -> None:
    rows = "\n".join(
        f"case{n} (c{n % 7}): Search@{n}h Cart@{n + 1}h" + (f" Pay@{n + 2}h" if n % 3 else "")
        for n in range(40)
    )
    events = log(rows, cases=Cases.GIVEN)
    asked = portfolio_in(tmp_path, "{lifecycle: [Buy], journeys: [{journey: order.yaml}]}")

    day = {"since": bound("1970-01-01T05", "--since"), "observed_until": bound("1970-01-02", "x")}
    found = portfolio(events, asked, replace(EXACT, **day))
    same_as_check(found.journeys[0], events, asked, CheckSettings(min_group=1, **day))
    assert found.log.filters == ("--since 1970-01-01T05:00:00",)


def test_scores_of_a_journey_pool_the_answers_of_its_steps(tmp_path: Path) -> None:
    """Two answers at one step, one at another: promoters 2 of 3, detractors 1."""
    rows = """
        ann: Search@0 NPS_score@60@score=10 Cart@120 NPS_score@180@score=9
        bob: Search@0 NPS_score@60@score=3 Pay@120
        end: News@9d
    """
    asked = portfolio_in(tmp_path, "{lifecycle: [Buy], journeys: [{journey: order.yaml}]}")
    (score,) = portfolio(log(rows), asked, EXACT).journeys[0].scores
    assert (score.metric, score.answers, score.step) == ("NPS", 3, "")
    assert score.value == pytest.approx(100 / 3)


# The parts law, and the roll-up as one computation on the union.


@examples(8)
@given(events=shop_logs(), parts=st.integers(2, 9), least=st.sampled_from([1, 3]))
def test_parts_change_nothing(events: EventLog, parts: int, least: int) -> None:
    settings = PortfolioSettings(min_group=least)

    def written(split: Split) -> str:
        try:
            return to_json(portfolio(events, everything(), settings, split=split))
        except PrivacyError as error:
            return str(error)

    assert written(Split(1, parts)) == written(Split(1, 1))


@examples(8)
@given(events=shop_logs())
def test_a_group_is_one_count_of_the_union(events: EventLog) -> None:
    """Every journey of every member, one by one, as if they were one log."""
    found = portfolio(events, everything(), EXACT)
    names = events.names("customer")
    people: set[str] = set()
    n = of = 0
    for member in everything().members[:3]:
        assert member.ideal is not None
        facts = check(events, member.ideal, CheckSettings(min_group=1)).facts()
        counted = np.flatnonzero(facts.is_counted)
        owners = facts.comparison.journeys.customer[counted]
        people |= {names[code] for code in owners.tolist()}
        of += len(counted)
        n += int((facts.state[counted] == 2).sum())
    (buy,) = found.phases
    assert (buy.journeys, buy.customers) == (of, len(people))
    if of:
        assert (buy.goal.n, buy.goal.of) == (n, of)


def test_an_interval_of_a_group_knows_its_customers(tmp_path: Path) -> None:
    """The same journey twice says no more than once: customers are the sample."""
    rows = "\n".join(f"c{n}: Search@{n}m" + (f" Pay@{n + 9}m" if n % 2 else "") for n in range(60))
    events = log(rows + "\nend: News@9d")
    one = "{lifecycle: [Buy], journeys: [{journey: order.yaml, phase: Buy}]}"
    two = """{lifecycle: [Buy], journeys: [
        {journey: order.yaml, phase: Buy}, {journey: order.yaml, name: again, phase: Buy}]}"""
    single = portfolio(events, portfolio_in(tmp_path, one), EXACT).phases[0].goal
    double = portfolio(events, portfolio_in(tmp_path, two), EXACT).phases[0].goal
    assert (double.n, double.of) == (2 * (single.n or 0), 2 * (single.of or 0))
    assert double.low == pytest.approx(single.low, abs=0.002)


# What is withheld.


def orders(number: int, first: str, more: str = "") -> str:
    """Customers, half of whom pay; `more` is on every event."""
    return "\n".join(
        f"{first}{n}: Search@{n}m{more}" + (f" Pay@{n + 9}m{more}" if n % 2 else "")
        for n in range(number)
    )


def test_a_journey_of_few_is_withheld_like_one_of_nobody(tmp_path: Path) -> None:
    events = orders(60, "c") + "\nend: News@9d"
    asked = portfolio_in(tmp_path, TWO)
    few = portfolio(log(f"{events}\nx: Claim@0 Paid@1d"), asked, PortfolioSettings())
    none = portfolio(log(f"{events}\nx: News@0 News@1d"), asked, PortfolioSettings())
    assert row(few, "claim") == row(none, "claim")
    assert row(few, "claim").verdict is None and ("N406", "claim") in codes(few)
    assert few.phases[1] == none.phases[1] and few.levels == none.levels
    assert row(few, "order").goal.of == 60


def test_a_template_and_all_its_journeys_do_not_tell_of_a_small_value(tmp_path: Path) -> None:
    """Value C has four customers: all orders minus those of A and B would be theirs."""
    text = """{lifecycle: [Buy], journeys: [
        {template: order.yaml, name: by fund, for: {fund: [A, B, C]}},
        {journey: order.yaml}]}"""
    asked = portfolio_in(tmp_path, text)
    lines = [orders(60, "a", "@fund=A"), orders(50, "b", "@fund=B"), orders(4, "c", "@fund=C")]
    found = portfolio(log("\n".join([*lines, "end: News@9d"])), asked, PortfolioSettings())
    assert row(found, "by fund", "C").goal.of is None
    assert row(found, "order").goal.of is None
    assert ("N411", "order") in codes(found)
    assert found.templates[0].pooled.goal.of == 110
    assert found.levels[0].goal.of == 110
    lines[2] = orders(24, "c", "@fund=C")
    found = portfolio(log("\n".join([*lines, "end: News@9d"])), asked, PortfolioSettings())
    assert row(found, "order").goal.of == 134


def test_customers_of_a_group_do_not_tell_who_has_both(tmp_path: Path) -> None:
    """Three customers have both journeys: 60 and 40 customers, 97 together would say so."""
    claims = "\n".join(f"{'c' if n < 3 else 'd'}{n}: Claim@5d" for n in range(40))
    asked = portfolio_in(tmp_path, TWO)
    found = portfolio(
        log(f"{orders(60, 'c')}\n{claims}\nend: News@19d"), asked, PortfolioSettings()
    )
    assert (row(found, "order").customers, row(found, "claim").customers) == (60, 40)
    assert found.levels[0].customers is None and found.levels[0].journeys == 100


def test_rare_reasons_fold(tmp_path: Path) -> None:
    text = TWO.replace("none yet}", 'none yet, "Call rare": claim}')
    rows = [f"c{n}: Search@{n}m Call_bill@9h@call" for n in range(30)]
    rows += [f"d{n}: Search@{n}m Call_claim@9h@call" for n in range(20)]
    rows += [f"e{n}: Search@{n}m Call_odd@9h@call" for n in range(12)]
    rows += [f"f{n}: Search@{n}m Call_rare@9h@call" for n in range(3)]
    events = log("\n".join([*rows, "end: News@9d"]))
    found = portfolio(events, portfolio_in(tmp_path, text), PortfolioSettings()).coverage
    # The claims fold with the rare ones: alone they could be computed.
    assert (found.contacts, found.covered) == (65, 23)
    assert [(one.reason, one.contacts) for one in found.reasons] == [
        ("Call bill", 30),
        ("Call odd", 12),
        ("(other)", 23),
    ]


def test_the_project_says_what_is_contact(tmp_path: Path) -> None:
    project = Declared(contact=DeclaredContact(("Search",)))
    found = portfolio(log(SMALL), portfolio_in(tmp_path, TWO), EXACT, project)
    counts = {one.reason: one.contacts for one in found.coverage.reasons}
    assert counts == {"Search": 4, "Call bill": 1, "Call claim": 1}


# Findings, refusals and empty logs.


def test_more_than_25_at_a_level_get_parents(tmp_path: Path) -> None:
    entries = [f"{{journey: bill {n}}}" for n in range(20)]
    entries += [f"{{journey: x{n}, phase: Use}}" for n in range(6)]
    text = f"{{lifecycle: [Use], journeys: [{', '.join(entries)}]}}"
    found = portfolio(log(SMALL), portfolio_in(tmp_path, text), EXACT)
    (said,) = [one.text for one in found.findings if one.code is Code.JOURNEYS_MANY]
    assert said.endswith("parents could be bill (20), Use (6)")


def test_overlapping_journeys_are_found(tmp_path: Path) -> None:
    other = ORDER.replace("journey: Order", "journey: Basket").replace("Cart, Pay", "Basket, Pay")
    text = "{lifecycle: [Buy], journeys: [{journey: order.yaml}, {journey: basket.yaml}]}"
    asked = portfolio_in(tmp_path, text, {**FILES, "basket.yaml": other})
    found = portfolio(log(SMALL), asked, EXACT)
    (said,) = [one.text for one in found.findings if one.code is Code.JOURNEYS_OVERLAP]
    assert said == "order and basket: they share 2 of 3 touchpoints"


def test_a_column_that_the_log_lacks_is_refused(tmp_path: Path) -> None:
    text = "{lifecycle: [Buy], journeys: [{template: order.yaml, for: {fund: [A]}}]}"
    with pytest.raises(UsageError) as raised:
        portfolio(log(SMALL), portfolio_in(tmp_path, text), EXACT)
    assert raised.value.code is Code.USAGE


def test_all_problems_of_all_journey_files_come_together(tmp_path: Path) -> None:
    bad = {"order.yaml": ORDER.replace("goal: Pay\n", ""), "claim.yaml": CLAIM + "x: 1\n"}
    with pytest.raises(UsageError) as raised:
        portfolio_in(tmp_path, TWO, bad)
    assert {Path(one.place.file or "").name for one in raised.value.problems} == set(bad)


def test_an_empty_log_and_a_portfolio_without_files(tmp_path: Path) -> None:
    asked = portfolio_in(tmp_path, TWO)
    empty = portfolio(log(SMALL).rows(0, 0), asked, EXACT)
    assert [one.journeys for one in empty.journeys] == [0, 0, None]
    assert empty.coverage.contacts == 0 and empty.log.events == 0
    names = portfolio_in(tmp_path, "{lifecycle: [Use], journeys: [{journey: bill}]}")
    found = portfolio(log(SMALL), names, EXACT)
    assert found.verdict is Verdict.INCONCLUSIVE and found.phases[0].declared == 0
    assert json.loads(to_json(found))["journeys"][0]["journey"] == "bill"


def test_a_log_of_too_few_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PrivacyError):
        portfolio(log(SMALL), portfolio_in(tmp_path, TWO), PortfolioSettings())
