"""What a check shows of small groups by default: no figure about few, no name known from few."""

from __future__ import annotations

import pytest
from notation import log

from cjmine.errors import Code, UsageError
from cjmine.ideal.compiled import compile_ideal
from cjmine.ideal.file import parse_journey
from cjmine.results.check import Check
from cjmine.results.codec import baseline_text
from cjmine.results.expectations import Verdict
from cjmine.verbs.check import Outcome, check
from cjmine.verbs.settings import CheckSettings
from tests.observing import at

IDEAL = """
journey: order
goal: Pay
exits: [Stop]
deadline: 1d
stages:
  - stage: One
    steps: [Search, {step: Cart, expect: {skipped: "<= 20%"}}, {step: Pay, within: {max: 1h}}]
allow: [News, NPS answer]
expect: {fitness: ">= 0.1"}
"""
LATER = 9 * 86_400_000_000


def outcome(lines: list[str], ideal: str = IDEAL, min_group: int = 10) -> Outcome:
    return check(
        log("\n".join(lines)),
        compile_ideal(parse_journey(ideal, "journey.yaml")),
        CheckSettings(min_group=min_group, observed_until=at(LATER)),
    )


def checked(lines: list[str], ideal: str = IDEAL, min_group: int = 10) -> Check:
    return outcome(lines, ideal, min_group).checked


def journeys(name: str, count: int, trace: str) -> list[str]:
    return [f"{name}{number:04}: {trace}" for number in range(count)]


def judged(found: Check, what: str) -> Verdict:
    (row,) = (row for row in found.expectations if row.what == what)
    return row.verdict


GOOD = journeys("a", 300, "Search@0 Cart@61 Pay@184")


def test_how_few_left_follows_from_no_note_and_no_sum_of_moves():
    found = checked([*GOOD, *journeys("x", 2, "Search@0 Cart@60 Stop@70")])
    assert found.states.exited is None
    assert found.conformance.exit_events is None
    (note,) = (note.text for note in found.notes if note.code is Code.TAKEN_OUT)
    assert note.endswith("allowed touchpoints 0, exits fewer than 10")
    shown = checked([*GOOD, *journeys("x", 2, "Search@0 Cart@60 Stop@70")], min_group=1)
    assert (shown.states.exited, shown.conformance.exit_events) == (2, 2)


def test_fitness_and_its_interval_are_withheld_beside_a_cost_of_few():
    found = outcome([*GOOD, *journeys("x", 3, "Search@0 Pay@60")])
    fit = found.checked.conformance
    assert (fit.cost, fit.model_moves, fit.log_moves) == (None, None, None)
    assert (fit.log_fitness, fit.low, fit.high, fit.mean_fitness) == (None, None, None, None)
    assert judged(found.checked, "fitness") is Verdict.INCONCLUSIVE
    assert '"fitness": null' in baseline_text(found.baseline)


def test_a_cost_of_which_one_customer_gives_more_than_half_is_withheld():
    many = journeys("b", 12, "Search@0 Call@30 Cart@61 Pay@184")
    assert checked([*GOOD, *many]).conformance.cost == 12
    one = [f"odd: Search@0 {' '.join(f'Call@{place}' for place in range(1, 14))} Cart@61 Pay@184"]
    assert checked([*GOOD, *many, *one]).conformance.cost is None


@pytest.mark.parametrize("percent", [0.2, 0.5, 1, 1.5, 2, 2.5, 3, 20])
def test_verdicts_on_a_withheld_share_do_not_depend_on_it(percent):
    """Whatever the true count from 1 to 9 is, every budget has one verdict."""
    ideal = IDEAL.replace('"<= 20%"', f'"<= {percent}%"')
    verdicts = set()
    for few in range(1, 10):
        fill = journeys("a", 300 - few, "Search@0 Cart@61 Pay@184")
        found = checked([*fill, *journeys("x", few, "Search@0 Pay@60")], ideal)
        (row,) = (row for row in found.expectations if row.code is Code.SKIPPED)
        assert (row.n, row.of, row.value) == (None, 300, None)
        verdicts.add(row.verdict)
    assert len(verdicts) == 1
    assert verdicts <= {Verdict.KEPT, Verdict.INCONCLUSIVE, Verdict.WARNED, Verdict.BROKEN}
    assert percent != 20 or verdicts == {Verdict.KEPT}
    assert percent != 1 or verdicts == {Verdict.INCONCLUSIVE}


def test_too_few_journeys_to_decide_are_refused_where_the_journey_declares_them():
    ideal = IDEAL.replace('"<= 20%"', '{is: "<= 20%", min-customers: 5}')
    with pytest.raises(UsageError) as caught:
        checked(GOOD, ideal)
    (problem,) = caught.value.problems
    assert problem.code is Code.JOURNEY_VALUE
    assert (problem.place.file, problem.place.line) == ("journey.yaml", 8)
    assert checked(GOOD, ideal, min_group=5).verdict is Verdict.KEPT


def test_deviations_of_few_are_put_together_and_hide_no_larger_one():
    large = journeys("b", 40, "Search@0 Call@30 Cart@61 Pay@184")
    few = [
        *journeys("x", 6, "Search@0 Fax@30 Cart@61 Pay@184"),
        *journeys("y", 6, "Search@0 Visit@30 Cart@61 Pay@184"),
    ]
    rows = {row.activity: row for row in checked([*GOOD, *large, *few]).deviations}
    assert (rows["Call"].journeys, rows["(other)"].journeys) == (40, 12)
    assert rows["(other)"].class_ == "unexpected"
    rows = {row.activity: row for row in checked([*GOOD, *large, *few[:6]]).deviations}
    assert rows["Call"].journeys == 40
    left = rows["(other)"]
    assert (left.code, left.journeys, left.occurrences, left.of) == (None, None, None, 346)


def test_who_is_in_two_small_deviations_counts_once():
    both = [*journeys("x", 6, "Search@0 Fax@30 Visit@40 Cart@61 Pay@184")]
    (left,) = (row for row in checked([*GOOD, *both]).deviations if row.activity == "(other)")
    assert left.journeys is None  # 6 customers, not 12


def test_a_name_of_few_is_not_suggested_for_an_absent_step():
    ideal = IDEAL.replace("Search", "Serch")
    enough, one = journeys("b", 10, "Search@0 Cart@9 Pay@99"), ["odd: Search@0 Cart@9 Pay@99"]
    rest = journeys("a", 40, "Cart@61 Pay@184")

    def note(lines: list[str]) -> str:
        (text,) = (n.text for n in checked(lines, ideal).notes if n.code is Code.STEP_ABSENT)
        return text

    assert 'did you mean "Search"' in note([*rest, *enough])
    assert note([*rest, *one]).endswith("nobody can reach it")


def test_braces_in_names_are_no_places_of_figures():
    ideal = IDEAL.replace("Search", "'{0} {x'")
    texts = [note.text for note in checked(GOOD, ideal).notes if note.code is Code.STEP_ABSENT]
    assert texts[0].startswith('no event is "{0} {x"')


def test_times_have_two_digits_unless_every_group_is_shown():
    (row,) = checked(GOOD).timings
    assert row.median_seconds == 120
    (row,) = checked(GOOD, min_group=1).timings
    assert row.median_seconds == 123


def test_a_mean_of_answers_of_mostly_one_customer_is_withheld():
    many = [f"b{number:02}: Search@0 NPS_answer@10@score=9 Cart@61 Pay@184" for number in range(11)]
    (score,) = checked([*GOOD, *many]).map.scores
    assert (score.answers, score.mean) == (11, 9.0)
    answers = " ".join(f"NPS_answer@{place}@score=1" for place in range(1, 15))
    (score,) = checked([*GOOD, *many, f"odd: Search@0 {answers} Cart@61 Pay@184"]).map.scores
    assert (score.answers, score.mean, score.low, score.high) == (25, None, None, None)
