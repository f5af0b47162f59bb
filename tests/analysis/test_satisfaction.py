"""Satisfaction: figures by hand on small logs, and laws on any log."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from notation import log

from cjmine.analysis.intervals import adjusted_wald
from cjmine.counting.split import Split
from cjmine.declared import Declared, DeclaredContact, DeclaredSurvey
from cjmine.errors import Code, UsageError
from cjmine.eventlog.parquet import open_file, write_log
from cjmine.ideal.compiled import CompiledIdeal, compile_ideal
from cjmine.ideal.file import parse_journey
from cjmine.results.codec import to_json
from cjmine.results.satisfaction import Bad, Found, Moment, Satisfaction, Score, ScoreBy
from cjmine.results.verdicts import Verdict
from cjmine.scales import Scale, Summary
from cjmine.verbs.check import check
from cjmine.verbs.satisfaction import satisfaction
from cjmine.verbs.satisfaction_settings import SatisfactionSettings
from cjmine.verbs.settings import CheckSettings
from tests.observing import at

DAY = 86_400_000_000
JOURNEY = """
journey: order
goal: Pay
exits: [Stop]
deadline: 30d
stages:
  - stage: Buy
    steps:
      - Search
      - step: Mail
        within: {max: 2h, after: Search}
        moment-of-truth: true
      - step: Cart
        failed: [Cart error]
      - Pay
"""
EXACT = SatisfactionSettings(min_group=1, observed_until=at(90 * DAY))
WAY = "Search@0 Mail@1h Cart@2h Pay@3h"


def ideal_of(text: str = JOURNEY) -> CompiledIdeal:
    return compile_ideal(parse_journey(text, "journey.yaml"))


IDEAL = ideal_of()


def found_in(lines: str | list[str], settings: SatisfactionSettings = EXACT) -> Satisfaction:
    text = lines if isinstance(lines, str) else "\n".join(lines)
    return satisfaction(log(text), IDEAL, settings)


def one_score(found: Satisfaction) -> Score:
    (score,) = found.scores
    return score


def row(found: Satisfaction, dimension: str, name: str) -> ScoreBy:
    (one,) = (one for one in one_score(found).by if (one.dimension, one.name) == (dimension, name))
    return one


def moment(found: Satisfaction, step: str, what: Bad) -> Moment:
    (one,) = (one for one in found.moments if (one.step, one.what) == (step, what))
    return one


def customers(many: int, first: str, way: str) -> list[str]:
    return [f"{first}{number:03}: {way}" for number in range(many)]


def answers(scores: dict[int, int], way: str = WAY, first: str = "c") -> list[str]:
    """Customers who are asked at 5 h and answer at 6 h, so many for each score."""
    every = [score for score, times in scores.items() for _ in range(times)]
    return [
        f"{first}{place:04}: {way} NPS_asked@5h NPS_answer@6h@score={score}"
        for place, score in enumerate(every)
    ]


@pytest.mark.parametrize(
    ("n", "promoters", "detractors", "low", "high"),
    [(10, 5, 2, -19, 65), (30, 15, 6, 1, 54), (300, 156, 66, 21, 39)],
)
def test_the_interval_is_that_of_rocks(
    n: int, promoters: int, detractors: int, low: int, high: int
) -> None:
    """A net promoter score of 30, of 10, 30 and 300 answers (Rocks 2016)."""
    found = found_in(answers({10: promoters, 7: n - promoters - detractors, 3: detractors}))
    score = one_score(found)
    assert (score.value, score.n, score.summary) == (30.0, n, Summary.POINTS)
    assert (round(score.low or 0), round(score.high or 0)) == (low, high)
    one = adjusted_wald(promoters, detractors, n)
    assert one is not None and (score.low, score.high) == (one.low, one.high)


def test_a_score_belongs_to_the_state_when_asked() -> None:
    """`ann` is asked under way and answers after paying; `bob` is asked after paying."""
    found = found_in("""
        ann: Search@0 NPS_asked@30m Mail@1h Cart@2h Pay@3h NPS_answer@4h@score=3
        bob: Search@0 Mail@1h Cart@2h Pay@3h NPS_asked@4h NPS_answer@5h@score=9
        cat: Search@0 Stop@1h NPS_asked@2h
        dan: Search@0 NPS_asked@40d NPS_answer@41d@score=0
    """)
    states = {
        one.name: (one.n, one.response.of, one.mean)
        for one in one_score(found).by
        if one.dimension == "state"
    }
    assert states == {
        "open": (1, 1, 3.0),
        "completed": (1, 1, 9.0),
        "exited": (0, 1, None),
        "abandoned": (1, 1, 0.0),
    }
    assert row(found, "step", "Search").n == 2  # the last step before they were asked
    assert row(found, "step", "Pay").mean == 9.0


def test_a_question_is_answered_in_a_later_journey() -> None:
    """With journeys until the goal, the answer comes in the next one; the score is of the first."""
    text = JOURNEY.replace("goal: Pay", "goal: Pay\ncase: {until: goal}")
    lines = "ann: Search@0 Mail@1h Cart@2h Pay@3h NPS_asked@4h Search@2d NPS_answer@3d@score=9"
    ideal = ideal_of(text)
    found = satisfaction(log(lines), ideal, EXACT)
    assert row(found, "state", "completed").mean == 9.0
    assert row(found, "step", "Pay").n == 1
    (score,) = check(
        log(lines), ideal, CheckSettings(min_group=1, observed_until=at(90 * DAY))
    ).checked.map.scores
    assert score.step == "Pay"


def test_the_last_score_of_a_customer_counts() -> None:
    """An answer counts before a later question that has none."""
    found = found_in(f"""
        ann: {WAY} NPS_asked@4h NPS_answer@5h@score=2 NPS_asked@6h NPS_answer@7h@score=8
        bob: {WAY} NPS_asked@4h NPS_answer@5h@score=6 NPS_asked@6h
        cat: {WAY} NPS_asked@4h
        dan: {WAY}
        eve: Search@0
    """)
    score = one_score(found)
    assert (score.n, score.asked, score.mean) == (2, 3, 7.0)
    assert score.response.value == pytest.approx(2 / 3)
    assert [(one.state, one.journeys) for one in score.never_asked] == [
        ("completed", 1),
        ("abandoned", 1),
    ]


def test_without_questions_nobody_knows_who_did_not_answer() -> None:
    found = found_in(f"ann: {WAY} NPS_answer@5h@score=9\nbob: {WAY} NPS_answer@5h@score=3")
    score = one_score(found)
    assert (score.n, score.asked, score.weighted, score.response.of) == (2, None, None, None)
    assert Code.ASKED_UNKNOWN in [one.code for one in found.notes]
    both = found_in(f"ann: {WAY} NPS_answer@5h@score=9\nbob: {WAY} NPS_asked@5h")
    assert (one_score(both).n, one_score(both).asked) == (1, 2)
    assert Code.ANSWERS_ALONE in [one.code for one in both.notes]


def test_a_log_without_scores_says_so() -> None:
    found = found_in(f"ann: {WAY}")
    assert (found.scores, found.moments) == ((), ())
    assert [one.measured for one in found.truths] == [Found.CANNOT_SAY]
    assert Code.NO_SCORES in [one.code for one in found.notes]


def test_two_scales_of_one_score_are_refused() -> None:
    lines = f"""
        ann: {WAY} CES@5h@score=4@scale=ces-5
        bob: {WAY} CES@5h@score=4@scale=ces-7
    """
    with pytest.raises(UsageError) as refused:
        found_in(lines)
    (problem,) = refused.value.problems
    assert problem.code is Code.USAGE
    assert problem.cause == "ces-7 and ces-5 cannot be put together"
    chosen = one_score(found_in(lines, replace(EXACT, score="ces-5")))
    assert (chosen.n, chosen.value) == (1, 4.0)
    with pytest.raises(UsageError, match="nobody was asked"):
        found_in(lines, replace(EXACT, score="NPS"))


def test_a_project_says_what_asks_and_what_it_is_about() -> None:
    """A mail that asks is the question of its scale; the score is about the step that is named."""
    events = log(f"""
        ann: {WAY} Survey_mail@5h NPS_answer@6h@score=9
        bob: {WAY} Survey_mail@5h
        cat: Search@0 Survey_mail@5h NPS_answer@6h@score=3
    """)
    asked = DeclaredSurvey(Scale.NPS, ("Survey mail",), "Cart")
    found = satisfaction(events, IDEAL, EXACT, Declared(surveys=(asked,)))
    score = one_score(found)
    assert (score.n, score.asked, score.about) == (2, 3, "Cart")
    assert row(found, "step", "Cart").response.of == 3
    whole = replace(asked, about="journey")
    found = satisfaction(events, IDEAL, EXACT, Declared(surveys=(whole,)))
    assert [one.name for one in one_score(found).by if one.dimension == "step"] == ["(none)"]
    assert one_score(satisfaction(events, IDEAL, EXACT)).asked is None


def test_answers_are_weighted_for_who_answers() -> None:
    """The example of docs/satisfaction.md: 71 % of the answers are satisfied, 56 % of the asked."""
    said = "CSAT_asked@5h CSAT_answer@6h@score={}@scale=csat-5"
    begun = "Search@0 Mail@1h"
    lines = [
        *customers(192, "a", f"{WAY} {said.format(5)}"),
        *customers(48, "b", f"{WAY} {said.format(1)}"),
        *customers(60, "c", f"{WAY} CSAT_asked@5h"),
        *customers(8, "d", f"{begun} {said.format(5)}"),
        *customers(32, "e", f"{begun} {said.format(1)}"),
        *customers(160, "f", f"{begun} CSAT_asked@5h"),
    ]
    score = one_score(found_in(lines))
    assert score.value == pytest.approx(200 / 280)
    assert score.weighted is not None
    assert score.weighted.value == pytest.approx(0.6 * 0.8 + 0.4 * 0.2)
    assert score.weighted.cells == 2
    assert score.weighted.low < 0.56 < score.weighted.high < (score.low or 0)
    assert one_score(found_in(lines, replace(EXACT, unweighted=True))).weighted is None


def test_every_way_of_passing_badly_is_found_before_the_question() -> None:
    """What comes after the question does not count, and what was asked of each is by hand."""
    asked = "NPS_asked@9h NPS_answer@10h@score=5"
    found = found_in(f"""
        good: {WAY} {asked}
        late: Search@0 Mail@4h Cart@5h Pay@6h {asked}
        skipped: Search@0 Cart@5h Pay@6h {asked}
        failed: Search@0 Mail@1h Cart_error@2h Cart@3h Pay@4h {asked}
        again: Search@0 Search@30m Mail@1h Cart@2h Pay@3h {asked}
        called: Search@0 Mail@1h Call@90m@call Cart@2h Pay@3h {asked}
        after: {WAY} {asked} Call@11h@call Search@12h
    """)
    bad = {(one.step, one.what): one.bad.n for one in found.moments}
    assert bad == {
        ("Search", Bad.REPEATED): 1,
        ("Mail", Bad.LATE): 1,
        ("Mail", Bad.CONTACT): 1,
        ("Cart", Bad.FAILED): 1,
        ("Cart", Bad.REPEATED): 1,  # the failed attempt was the first
    }
    assert moment(found, "Cart", Bad.FAILED).good.n == 6
    assert moment(found, "Mail", Bad.LATE).good.n == 4
    assert moment(found, "Mail", Bad.LATE).declared
    assert row(found, "deviation", "Mail: late").response.of == 1
    assert row(found, "deviation", "Call: unexpected").response.of == 2  # whenever it came
    assert row(found, "deviation", "Mail: skipped").mean == 5.0


def test_a_moment_of_truth_is_measured() -> None:
    """A late mail takes three points; at equal states, where those under way are unhappier."""
    done, begun = "Cart@8h Pay@9h", "Cart@8h"
    lines: list[str] = []
    for many, mail, end, score in (
        (40, 1, done, 8),
        (20, 1, begun, 6),
        (30, 5, begun, 3),
        (10, 5, done, 5),
    ):
        way = f"Search@0 Mail@{mail}h {end}"
        for by, times in ((-1, many // 2), (1, many // 2)):
            lines += answers({score + by: times}, way, f"{mail}{end[-2]}{by}")
    lines = [line.replace("@5h", "@10h").replace("@6h", "@11h") for line in lines]
    lines = [line.replace("Mail@10h", "Mail@5h") for line in lines]
    found = found_in(lines)
    late = moment(found, "Mail", Bad.LATE)
    assert (late.bad.n, late.good.n, late.verdict) == (40, 60, Verdict.LOSS)
    assert late.difference is not None and late.q is not None
    assert late.difference.value == pytest.approx(-3.0)
    naive = (late.bad.mean or 0) - (late.good.mean or 0)
    assert naive == pytest.approx(3.5 - 22 / 3)
    assert late.difference.low < -3 < late.difference.high < 0
    assert late.q < 0.001
    assert [(one.step, one.measured) for one in found.truths] == [("Mail", Found.YES)]
    ends = {(one.bad_before, one.bad_end): (one.n, one.mean) for one in one_score(found).ends}
    assert ends[False, False] == (60, pytest.approx(22 / 3))
    assert ends[True, False] == (40, pytest.approx(3.5))
    assert (ends[True, True][0], ends[False, True][0]) == (0, 0)


def test_too_few_answers_cannot_say() -> None:
    lines = [
        *answers({8: 60}),
        *answers({3: 29}, "Search@0 Mail@3h Cart@4h Pay@4h", "late"),
    ]
    late = moment(found_in(lines), "Mail", Bad.LATE)
    assert (late.bad.n, late.verdict, late.q, late.difference) == (
        29,
        Verdict.CANNOT_SAY,
        None,
        None,
    )


def test_where_all_answer_alike_nothing_says_how_answers_vary() -> None:
    """No interval without an end, on the screen or in the JSON, where it would be no JSON."""
    lines = [
        *answers({8: 60}),
        *answers({8: 60}, "Search@0 Mail@3h Cart@4h Pay@4h", "late"),
    ]
    found = found_in(lines)
    late = moment(found, "Mail", Bad.LATE)
    assert (late.bad.n, late.difference, late.q) == (60, None, None)
    assert late.verdict is Verdict.CANNOT_SAY
    assert "Infinity" not in to_json(found)


def test_small_groups_are_withheld() -> None:
    """Nine detractors are not shown, nor an interval from which they follow; the mean is."""
    lines = [*answers({9: 40, 7: 20, 3: 9})]
    score = one_score(found_in(lines, replace(EXACT, min_group=10)))
    assert (score.n, score.value, score.low, score.weighted) == (69, None, None, None)
    assert score.mean == pytest.approx((360 + 140 + 27) / 69)
    few = found_in([*lines, *answers({9: 9}, "Search@0", "d")], replace(EXACT, min_group=10))
    assert row(few, "state", "open").n is None
    assert row(few, "state", "completed").n == 69
    assert [one.name for one in one_score(few).by if one.dimension == "step"] == ["(other)"]


def test_the_few_who_did_not_answer_do_not_follow() -> None:
    """25 of 30 answered: neither the 5 nor all who were asked are shown."""
    lines = [*answers({9: 25}), *customers(5, "d", f"{WAY} NPS_asked@5h")]
    score = one_score(found_in(lines, replace(EXACT, min_group=10)))
    assert (score.n, score.asked, score.response.of, score.is_asked_known) == (25, None, None, True)
    exact = one_score(found_in(lines))
    assert (exact.n, exact.asked) == (25, 30)


_EVENTS = ("Search", "Mail", "Cart", "Cart_error", "Pay", "Stop", "Call@call", "NPS_asked")
_SCORED = st.integers(0, 10).map(lambda score: f"NPS_answer@score={score}")
_LINES = st.lists(
    st.lists(st.sampled_from(_EVENTS) | _SCORED, min_size=1, max_size=12), min_size=1, max_size=12
)


@given(_LINES, st.integers(2, 5))
def test_parts_give_the_same_bytes(lines: list[list[str]], parts: int) -> None:
    """Whatever the split, and every customer asked is in one group of each dimension."""
    text = "\n".join(
        f"c{number}: Search@0@fund={'AB'[number % 2]} {' '.join(words)}"
        for number, words in enumerate(lines)
    )
    events = log(text)
    settings = replace(EXACT, by="fund")
    whole = satisfaction(events, IDEAL, settings)
    split = satisfaction(events, IDEAL, settings, split=Split(parts=parts))
    assert to_json(split) == to_json(whole)
    for score in whole.scores:
        for dimension in ("state", "contact", "fund", "step"):
            rows = [one for one in score.by if one.dimension == dimension]
            assert sum(one.n or 0 for one in rows) == score.n
            if score.asked is not None:
                assert sum(one.response.of or 0 for one in rows) == score.asked
        assert sum(one.n or 0 for one in score.ends) <= (score.n or 0)
        if score.mean is not None and score.summary is Summary.POINTS:
            assert np.isfinite(score.mean) and 0 <= score.mean <= 10


def test_other_processes_count_the_same(tmp_path: Path) -> None:
    """A saved log in parts and in two processes, with all that a project can declare."""
    file = tmp_path / "log.parquet"
    lines = answers({10: 20, 7: 20, 3: 20}, f"{WAY} Call@4h@call Survey_mail@4h")
    made = log("\n".join(f"{line}@fund={'AB'[at % 2]}" for at, line in enumerate(lines)))
    write_log(replace(made, about=replace(made.about, key_id="bcdfghjk")), file)
    asked = DeclaredSurvey(Scale.NPS, ("Survey mail",), "Cart")
    project = Declared(contact=DeclaredContact(("Call*",)), like=("fund",), surveys=(asked,))
    results = {
        to_json(satisfaction(open_file(file, "log"), IDEAL, EXACT, project, split=split))
        for split in (Split(), Split(jobs=2, parts=3))
    }
    assert len(results) == 1
