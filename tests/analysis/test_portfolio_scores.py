"""What customers answered about groups of journeys: each answer once, as one count of the union."""

from __future__ import annotations

from functools import cache
from math import fsum
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from analysis.test_portfolio import EXACT
from hypothesis import given
from hypothesis import strategies as st
from notation import log
from portfolio.folders import CLAIM, FILES, ORDER, portfolio_in
from strategies import examples

from cjmine.analysis.portfolio.members import Journeys
from cjmine.counting.split import Split
from cjmine.eventlog.log import EventLog
from cjmine.results.codec import to_json
from cjmine.results.map import Score
from cjmine.results.portfolio import Portfolio
from cjmine.verbs.check import check
from cjmine.verbs.portfolio import portfolio
from cjmine.verbs.portfolio_settings import PortfolioSettings
from cjmine.verbs.settings import CheckSettings

# Both journeys of a customer may hold the same answer; `open` has no entry.
ALL = """
lifecycle: [Buy, Use]
journeys:
  - {journey: order.yaml, phase: Buy, owner: shop}
  - {journey: claim.yaml, phase: Buy}
  - {journey: open.yaml, phase: Use, owner: shop}
"""
OPEN = {**FILES, "open.yaml": ORDER.replace("entry: Search\n", "").replace("Order", "Open")}
EVENTS = ["Search", "Cart", "Pay", "Claim", "Paid", "News"]


@cache
def asked() -> Journeys:
    with TemporaryDirectory() as name:
        return portfolio_in(Path(name), ALL, OPEN)


@st.composite
def answered_logs(draw: st.DrawFn) -> EventLog:
    """A few customers with some events, an answer on a scale after any of them."""
    lines = []
    for number in range(draw(st.integers(2, 6))):
        events = []
        for hour, name in enumerate(
            draw(st.lists(st.sampled_from(EVENTS), min_size=1, max_size=6))
        ):
            events.append(f"{name}@{hour}h")
            if (mark := draw(st.integers(-8, 10))) >= 0:
                metric = draw(st.sampled_from(["NPS", "CES"])) if 1 <= mark <= 7 else "NPS"
                minute = 60 * hour + 1 + number
                events.append(f"{metric}_score@{minute}m@survey@score={mark}")
        lines.append(f"c{number}: {' '.join(events)}")
    return log("\n".join([*lines, "end: News@9d"]))


def figure(rows: tuple[Score, ...], metric: str) -> tuple[int, float | None] | None:
    return next(((one.answers, one.value) for one in rows if one.metric == metric), None)


def of_union(events: EventLog, members: list[int]) -> dict[str, list[float]]:
    """The answers that any of some journeys is asked about, by customer and time."""
    found: dict[tuple[str, int, str], float] = {}
    for at in members:
        ideal = asked().measured[at].ideal
        assert ideal is not None
        facts = check(events, ideal, CheckSettings(min_group=1)).facts()
        journeys, answers = facts.comparison.journeys, facts.answers
        names = facts.log.names("customer")
        for row, journey, step, code, value in zip(
            answers.row, answers.journey, answers.step, answers.activity, answers.value, strict=True
        ):
            if step >= 0:
                who = names[journeys.customer[journey]]
                metric = journeys.activities[code].partition(" ")[0]
                found[who, int(journeys.time[row]), metric] = float(value)
    by_metric: dict[str, list[float]] = {}
    for (_, _, metric), value in sorted(found.items()):
        by_metric.setdefault(metric, []).append(value)
    return by_metric


@examples(20)
@given(events=answered_logs())
def test_a_group_has_each_answer_of_its_journeys_once(events: EventLog) -> None:
    found = portfolio(events, asked(), EXACT)
    buy, use = found.phases
    claims, shop = found.owners
    (level,) = found.levels
    groups = {buy: [0, 1], use: [2], claims: [1], shop: [0, 2], level: [0, 1, 2]}
    for row, members in groups.items():
        answers = of_union(events, members)
        nps, ces = answers.get("NPS", []), answers.get("CES", [])
        balance = sum((one >= 9) - (one <= 6) for one in nps)
        assert figure(row.scores, "NPS") == (
            (len(nps), pytest.approx(100 * balance / len(nps))) if nps else None
        )
        assert figure(row.scores, "CES") == (
            (len(ces), pytest.approx(fsum(ces) / len(ces))) if ces else None
        )


@examples(8)
@given(events=answered_logs(), parts=st.integers(2, 5), least=st.sampled_from([1, 2]))
def test_parts_change_no_score(events: EventLog, parts: int, least: int) -> None:
    settings = PortfolioSettings(min_group=least)
    whole, split = (
        to_json(portfolio(events, asked(), settings, split=Split(1, many))) for many in (1, parts)
    )
    assert whole == split


# What is withheld.


def answered(first: str, entry: str, number: int, marks: str, scored: int) -> str:
    """Customers with a journey, the first `scored` of whom answer."""
    return "\n".join(
        f"{first}{n}: {entry}@{n}m"
        + (f" NPS_score@{n + 200}m@survey@score={marks.split()[n % 3]}" if n < scored else "")
        for n in range(number)
    )


def two(folder: Path, claims: str) -> Portfolio:
    orders = answered("a", "Search", 60, "3 7 10", 60)
    files = {"order.yaml": ORDER, "claim.yaml": CLAIM}
    text = ALL[: ALL.rindex("  - ")]
    made = log("\n".join([orders, claims, "end: News@9d"]))
    return portfolio(made, portfolio_in(folder, text, files), PortfolioSettings())


def test_a_journey_without_a_score_is_in_no_pooled_one(tmp_path: Path) -> None:
    """Four answers about claims: those of the phase are the answers about orders."""
    found = two(tmp_path, answered("b", "Claim", 40, "10 10 10", 4))
    order, claim = found.journeys
    assert order.scores and not claim.scores
    assert found.phases[0].scores == order.scores


def test_what_few_answered_in_both_is_not_told_by_the_sum(tmp_path: Path) -> None:
    """Three customers with both journeys give an answer about both."""
    apart = two(tmp_path, answered("b", "Claim", 40, "3 7 10", 40))
    assert [one.answers for one in apart.phases[0].scores] == [100]
    claims = answered("b", "Claim", 40, "3 7 10", 40).split("\n")
    for n in range(3):
        claims[n] = f"b{n}: Search@{n}m Claim@{n + 1}m NPS_score@{n + 200}m@survey@score=10"
    few = two(tmp_path, "\n".join(claims))
    assert [len(one.scores) for one in few.journeys] == [1, 1]
    assert few.phases[0].scores == () and few.levels[0].scores == ()
