"""What customers answered: worked by hand, apart from the comparison, and for small groups."""

from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from notation import journeys, log, traces

from cjmine.analysis.intervals import adjusted_wald
from cjmine.errors import Code
from cjmine.eventlog.journeys import CutRules
from cjmine.ideal.compiled import compile_ideal
from cjmine.ideal.file import parse_journey
from cjmine.results.check import Check
from cjmine.results.codec import to_json
from cjmine.results.map import Score
from cjmine.scales import Scale, Summary
from cjmine.verbs.check import check
from cjmine.verbs.settings import CheckSettings
from tests.observing import at

IDEAL = """
journey: order
goal: Pay
deadline: 30d
stages:
  - stage: Buy
    steps: [Search, Cart, Pay]
"""
LATER = 90 * 86_400_000_000
WAY = "Search@0 Cart@1h Pay@2h"


def checked(lines: list[str], min_group: int = 1, ideal: str = IDEAL) -> Check:
    return check(
        log("\n".join(lines)),
        compile_ideal(parse_journey(ideal, "journey.yaml")),
        CheckSettings(min_group=min_group, observed_until=at(LATER)),
    ).checked


def asked(answers: dict[str, int], name: str = "NPS_answer", more: str = "") -> list[str]:
    """Customers who pay and answer, so many for each score."""
    every = [score for score, times in answers.items() for _ in range(times)]
    return [
        f"c{place:04}: {WAY} {name}@3h@score={score}{more}" for place, score in enumerate(every)
    ]


def one_score(found: Check) -> Score:
    (score,) = found.map.scores
    return score


def note(found: Check, code: Code) -> str:
    (text,) = (one.text for one in found.notes if one.code is code)
    return text


def test_promoters_minus_detractors() -> None:
    """20 % and 50 % is -30; the mean of the same answers is 5.4."""
    score = one_score(
        checked(asked({"10": 10, "9": 10, "8": 15, "7": 15, "2": 35, "3": 5, "4": 10}))
    )
    assert (score.step, score.metric, score.scale) == ("Pay", "NPS", Scale.NPS)
    assert (score.summary, score.value, score.answers) == (Summary.POINTS, -30.0, 100)
    assert [(one.name, one.answers) for one in score.bands] == [
        ("detractor", 50),
        ("passive", 30),
        ("promoter", 20),
    ]
    assert score.mean == pytest.approx(5.4)
    # Three answers more: 20.75 promoters and 50.75 detractors of 103.
    middle = (20 - 50) / 103
    spread = 1.959964 * sqrt((71.5 / 103 - middle**2) / 103)
    assert score.low == pytest.approx(100 * (middle - spread), abs=1e-4)
    assert score.high == pytest.approx(100 * (middle + spread), abs=1e-4)


@given(st.integers(0, 400), st.integers(0, 400), st.integers(0, 400))
def test_the_interval_is_that_of_rocks(promoters: int, passives: int, detractors: int) -> None:
    """With n' = n + 3, p' = (P + 3/4) / n', d' = (D + 3/4) / n', within -100 and 100."""
    n = promoters + passives + detractors
    found = adjusted_wald(promoters, detractors, n)
    if not n:
        assert found is None
        return
    p, d = (promoters + 0.75) / (n + 3), (detractors + 0.75) / (n + 3)
    spread = 1.959963984540054 * sqrt((p + d - (p - d) ** 2) / (n + 3))
    assert found is not None
    assert found.low == pytest.approx(max(-100, 100 * (p - d - spread)))
    assert found.high == pytest.approx(min(100, 100 * (p - d + spread)))


@pytest.mark.parametrize(
    ("promoters", "detractors", "of", "low", "high"),
    [(5, 2, 10, -19, 65), (15, 6, 30, 1, 54), (150, 60, 300, 21, 38)],
)
def test_published_intervals(promoters: int, detractors: int, of: int, low: int, high: int) -> None:
    found = adjusted_wald(promoters, detractors, of)
    assert found is not None
    assert (round(found.low), round(found.high)) == (low, high)


def test_several_answers_of_one_customer_say_less_than_of_several() -> None:
    """50 customers who answer ten times alike are 50 answers, and not 500."""
    ten = " ".join(f"NPS_answer@{place}h@score={{0}}" for place in range(3, 13))
    alike = [f"c{place:02}: {WAY} {ten.format(9 if place % 2 else 2)}" for place in range(50)]
    many, few = one_score(checked(alike)), one_score(checked(asked({"9": 25, "2": 25})))
    assert (many.answers, few.answers, many.value, few.value) == (500, 50, 0.0, 0.0)
    assert many.low is not None and few.low is not None
    assert many.low == pytest.approx(few.low, abs=0.5)


SURVEYS = (
    "NPS_promoter@3h@score=9",
    "NPS@3h",
    "CSAT_satisfied@3h",
    "CES@3h@score=5",
    "CES_asked@30m",
    "Mark_good@3h@survey",
    "Satisfaction_survey@3h@score=4",
    "Thanks@3h@scale=nps",
)


@pytest.mark.parametrize("survey", SURVEYS)
def test_a_survey_is_never_compared(survey: str) -> None:
    """The journeys fit as they would without it; what was taken out is counted apart."""
    plain, with_it = checked([f"ann: {WAY}"]), checked([f"ann: {WAY} {survey}"])
    assert with_it.deviations == plain.deviations == ()
    assert with_it.conformance.fitting == 1
    assert with_it.conformance.survey_events == 1
    assert with_it.conformance.events == plain.conformance.events
    assert (with_it.states, with_it.steps) == (plain.states, plain.steps)
    assert note(with_it, Code.TAKEN_OUT).endswith("allowed touchpoints 0, exits 0, surveys 1")


@pytest.mark.parametrize("touchpoint", ["Review@3h@score=4", "CES_portal@3h", "Quiz@3h@score=80"])
def test_a_number_alone_makes_no_survey(touchpoint: str) -> None:
    """A review, a quiz, or another thing called CES is the customer's way."""
    found = checked([f"ann: {WAY} {touchpoint}"])
    assert [row.code for row in found.deviations] == [Code.UNEXPECTED]
    assert found.conformance.survey_events == 0


def test_a_survey_that_the_journey_file_names_is_compared() -> None:
    """As a step it is part of the way, and as allowed it is counted there."""
    ideal = IDEAL.replace("Cart, Pay]", "Cart, Pay, NPS answer]")
    found = checked(asked({"9": 3}), ideal=ideal)
    assert (found.conformance.fitting, found.conformance.survey_events) == (3, 0)
    assert checked([f"ann: {WAY}"], ideal=ideal).conformance.fitting == 0
    allowed = checked(asked({"9": 3}), ideal=IDEAL + "allow: [NPS answer]\n")
    assert (allowed.conformance.allowed_events, allowed.conformance.survey_events) == (3, 0)
    assert one_score(allowed).value == 100.0


def test_a_score_is_about_the_step_before_asking() -> None:
    """Asked in the cart and answered after paying: about the cart. Unknown: before the answer."""
    found = checked(
        [
            "ann: Search@0 Cart@1h NPS_asked@90m Pay@2h NPS_answer@3h@score=9",
            "bob: Search@0 Cart@1h Pay@2h NPS_answer@3h@score=2",
            "cat: Search@0 CSAT_asked@10m Cart@1h Pay@2h NPS_answer@3h@score=10",
            "dan: NPS_asked@0 Search@1 Cart@1h NPS_answer@2h@score=0 Pay@3h NPS_answer@4h@score=1",
        ]
    )
    assert [(one.step, one.answers, one.value) for one in found.map.scores] == [
        ("Cart", 2, 0.0),
        ("Pay", 3, -100 / 3),
    ]


def test_what_was_asked_before_any_step_has_no_place() -> None:
    ideal = IDEAL + "allow: [Home]\n"
    found = checked(["ann: Home@0 NPS_asked@1 Search@2 NPS_answer@3@score=9"], ideal=ideal)
    assert found.map.scores == ()
    assert note(found, Code.ANSWERS_UNPLACED).endswith("where it has no score; answers: 1")


def test_a_survey_belongs_to_the_journey_before_it() -> None:
    """It begins no journey, however late it comes, and none goes on because of it."""
    text = "ann: NPS_asked@0 Search@1d Pay@2d NPS_answer@20d@score=9 Search@30d NPS_answer@31d"
    week = 7 * 86_400_000_000
    found = journeys(text, CutRules(gap_us=week))
    assert traces(found) == ["Search Pay NPS_answer", "Search NPS_answer"]
    assert (found.without_way, found.without_way_customers) == (1, 1)
    found = journeys(text, CutRules(until=("Pay",)))
    assert traces(found) == ["Search Pay NPS_answer", "Search NPS_answer"]
    bridge = "bob: Search@0 NPS_answer@6d@score=9 Search@10d"
    assert traces(journeys(bridge, CutRules(gap_us=week))) == ["Search NPS_answer", "Search"]


def test_who_only_answers_has_no_journey() -> None:
    found = checked([f"ann: {WAY}", "bob: NPS_asked@0 NPS_answer@1@score=9", "cat: Search@0"])
    assert found.log.journeys == found.log.customers == 2
    text = note(found, Code.ANSWERS_UNPLACED)
    assert text == "surveys before anything else of their customer, in no journey: 2"


@pytest.mark.parametrize(
    ("name", "scale", "answers", "value", "summary"),
    [
        ("CSAT_answer", "csat-5", {"5": 3, "4": 3, "3": 2, "1": 2}, 0.6, Summary.SHARE),
        ("CSAT_answer", "csat-10", {"8": 1, "7": 1, "5": 2}, 0.25, Summary.SHARE),
        ("CES_answer", "ces-7", {"7": 1, "4": 1}, 5.5, Summary.MEAN),
        ("Asked", "ces-5-low", {"1": 3, "5": 1}, 2.0, Summary.MEAN),
        ("Asked", "mark-10", {"10": 1, "7": 1, "7,5": 2}, 8.0, Summary.MEAN),
        ("Asked", "nps", {"10": 1, "0": 3}, -50.0, Summary.POINTS),
    ],
)
def test_each_scale_has_its_figure(
    name: str, scale: str, answers: dict[str, int], value: float, summary: Summary
) -> None:
    score = one_score(checked(asked(answers, name, f"@scale={scale}")))
    assert (score.scale, score.summary, score.value) == (scale, summary, value)
    assert score.low is not None and score.high is not None
    assert score.low <= value <= score.high
    assert sum(one.answers or 0 for one in score.bands) == score.answers == sum(answers.values())


def test_a_mean_has_the_interval_of_student() -> None:
    """1, 2, 2 and 3: a mean of 2, a standard error of 0.408, and 3.182 of those each side."""
    score = one_score(checked(asked({"1": 1, "2": 2, "3": 1}, "CES_answer")))
    assert score.low == 1.0, "not below the scale"
    assert score.high == pytest.approx(2 + 3.182446 * sqrt(2 / 3 / 4), abs=1e-6)
    assert one_score(checked(asked({"2": 1}, "CES_answer"))).low is None, "one says nothing"


def test_an_assumed_scale_is_said() -> None:
    found = checked(asked({"5": 1, "1": 1}, "CSAT_answer"))
    assert one_score(found).scale is Scale.CSAT_5
    text = note(found, Code.SCALE_ASSUMED)
    assert text == "no scale is declared for CSAT, so csat-5 is assumed; answers: 2"
    declared = checked(asked({"5": 1, "1": 1}, "CSAT_answer", "@scale=csat-5"))
    nps = checked(asked({"5": 1}))
    for other in (declared, nps):
        assert Code.SCALE_ASSUMED not in [one.code for one in other.notes]


def test_scales_are_not_put_together() -> None:
    """Two sources ask for satisfaction, one from 1 to 5 and one from 1 to 10."""
    lines = [*asked({"4": 4}, "CSAT_answer", "@scale=csat-5")]
    lines += [f"d{line}" for line in asked({"4": 3}, "CSAT_answer", "@scale=csat-10")]
    found = checked(lines).map.scores
    assert [(one.scale, one.value) for one in found] == [("csat-5", 1.0), ("csat-10", 0.0)]


def test_answers_outside_the_scale_make_no_score() -> None:
    """-100, 0 and 100 are no answers to an NPS, though 0 alone would be."""
    found = checked(asked({"-100": 2, "0": 5, "100": 3}))
    assert found.map.scores == ()
    assert note(found, Code.OFF_SCALE) == "NPS has no score: answers outside 0 to 10: 5"


def test_few_detractors_are_not_computed_from_the_score() -> None:
    """With 3 detractors among 100, score and interval would give their number away."""
    lines = asked({"9": 60, "7": 37, "2": 3})
    score = one_score(checked(lines, 10))
    assert (score.answers, score.value, score.low, score.high) == (100, None, None, None)
    assert [one.answers for one in score.bands] == [None, None, None]
    none = one_score(checked(asked({"9": 60, "7": 40}), 10))
    assert none.value == 60.0


def test_few_who_answered_are_not_shown() -> None:
    lines = [f"x{place}: {WAY}" for place in range(50)]
    assert checked([*lines, *asked({"9": 9})], 10).map.scores == ()


def test_a_share_needs_enough_on_both_sides() -> None:
    def value(answers: dict[str, int]) -> float | None:
        return one_score(checked(asked(answers, "CSAT_answer", "@scale=csat-5"), 10)).value

    assert value({"5": 30, "3": 3, "1": 12}) == 30 / 45
    assert value({"5": 30, "3": 3, "1": 7}) is None
    assert value({"5": 9, "3": 30}) is None


@given(st.lists(st.tuples(st.integers(0, 10), st.integers(1, 3)), min_size=12, max_size=40))
def test_no_band_of_few_follows_from_what_is_shown(customers: list[tuple[int, int]]) -> None:
    """Each customer gives up to three times one answer; four customers are needed for a figure."""
    lines = []
    for place, (score, times) in enumerate(customers):
        answers = " ".join(f"NPS_answer@{3 + hour}h@score={score}" for hour in range(times))
        lines.append(f"c{place:02}: {WAY} {answers}")
    found = checked(lines, 4)
    (score,) = found.map.scores
    who = [0, 0, 0]
    for given_score, _ in customers:
        who[(given_score > 6) + (given_score > 8)] += 1
    if any(0 < one < 4 for one in who):
        assert score.value is None and score.low is None
        assert {one.answers for one in score.bands} == {None}
    elif score.value is not None:
        assert None not in {one.answers for one in score.bands}


def test_what_is_released_follows_from_rounded_counts() -> None:
    """51 promoters and 22 detractors of 104 are 50 and 20 of 105."""
    lines = asked({"9": 51, "7": 31, "2": 22})
    found = check(
        log("\n".join(lines)),
        compile_ideal(parse_journey(IDEAL, "journey.yaml")),
        CheckSettings(min_group=10, observed_until=at(LATER), release=True),
    ).checked
    score = one_score(found)
    assert (score.answers, [one.answers for one in score.bands]) == (105, [20, 30, 50])
    assert score.value == 100 * 30 / 105
    sure = adjusted_wald(50, 20, 105)
    assert sure is not None and (score.low, score.high) == (sure.low, sure.high)


def test_the_json_has_the_figure_and_its_bands() -> None:
    text = to_json(checked(asked({"9": 1, "2": 3})))
    assert '"metric": "NPS"' in text and '"summary": "points"' in text and '"value": -50.0' in text
