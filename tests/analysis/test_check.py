"""A check of small logs: figures by hand, small groups, expectations, acceptances, baselines."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from notation import log
from shares import alone
from strategies import examples, log_from

from cjmine.analysis.differences import change
from cjmine.analysis.expectations import judge
from cjmine.analysis.fitness import Estimate
from cjmine.disclosure.step_table import hidden_cells
from cjmine.errors import Code, PrivacyError, UsageError
from cjmine.ideal.compiled import compile_ideal
from cjmine.ideal.file import parse_journey
from cjmine.ideal.journey import Budget, Level
from cjmine.results.check import Check
from cjmine.results.codec import baseline_text, read_baseline
from cjmine.results.expectations import Verdict
from cjmine.verbs.check import check
from cjmine.verbs.settings import CheckSettings
from tests.observing import at

IDEAL = """
journey: order
goal: Pay
exits: [Stop]
deadline: 1d
stages:
  - stage: One
    steps:
      - Search
      - step: Cart
        channel: web
        expect: {drop-off: "<= 20%"}
      - step: Pay
        within: {max: 1h, after: Cart}
        failed: [Pay failed]
allow: [News]
friction: [Call]
"""
SHOP = """
    ann: Search@0 Cart@60 Pay@120
    bob: Search@0 Cart@60 Call@70 Pay@4000
    cat: Search@0 Call@50 Cart@60
    dan: Search@0 Cart@60 News@70
    eve: Search@0 Stop@60
    fay: Cart@0 Search@60 Pay@120
    gus: Call@0
    hal: Search@0 Pay_failed@60
    ivy: Search@9d
"""


LATER = 9 * 86_400_000_000  # when the log ends, where its events do not say


def checked(text: str = SHOP, ideal: str = IDEAL, **how) -> Check:
    found = check(
        log(text),
        compile_ideal(parse_journey(ideal, "journey.yaml")),
        CheckSettings(**{"min_group": 1, "observed_until": at(LATER), **how}),
    )
    return found.checked


def test_states_steps_and_drop_off_by_hand():
    found = checked()
    assert (found.states.completed, found.states.exited) == (3, 1)
    assert (found.states.abandoned, found.states.open) == (4, 1)
    assert repr(found.goal.share).endswith("3 of 8")
    rows = {row.step: row for row in found.steps}
    search, cart, pay = rows["Search"], rows["Cart"], rows["Pay"]
    assert (search.reached, search.went_on, search.open, search.exited) == (7, 6, 1, 1)
    assert (cart.reached, cart.matched, cart.abandoned) == (6, 4, 2)
    assert (pay.reached, pay.finished, pay.abandoned) == (4, 3, 1)
    assert repr(cart.drop_off).endswith("2 of 6")
    assert repr(pay.drop_off).endswith("1 of 4")
    assert found.never.abandoned == 1
    for row in found.steps:
        assert row.reached == row.went_on + row.abandoned + row.exited + row.finished


def test_deviations_by_hand():
    found = {f"{row.class_} {row.activity}": (row.journeys, row.of) for row in checked().deviations}
    assert found == {
        "swapped Cart": (1, 6),
        "skipped Cart": (1, 6),
        "abandoned-after Cart": (2, 6),
        "abandoned-after Pay": (1, 4),
        "unexpected Call": (3, 8),
        "late Pay": (1, 2),
        "failed Pay": (1, 4),
    }


def test_times_by_hand():
    (row,) = checked().timings
    assert (row.measured, row.median_seconds, row.late) == (2, 2000.0, 1)
    assert row.overdue == 2  # cat and dan have waited for more than an hour


def test_notes_tell_what_was_assumed_and_left_out():
    codes = [note.code for note in checked().notes]
    assert Code.TAKEN_OUT in codes
    assert Code.CHANNEL_UNKNOWN in codes
    assert Code.DEADLINE_ASSUMED not in codes
    bare = IDEAL.replace("deadline: 1d", "owner: me").replace("Search\n", "Serch\n")
    notes = {note.code: note.text for note in checked(ideal=bare).notes}
    assert Code.DEADLINE_ASSUMED in notes
    assert 'did you mean "Search"' in notes[Code.STEP_ABSENT]


def test_an_assumed_full_time_is_named_in_a_unit_that_fits_it():
    """Shoppers decide in minutes: "0.3 hours" would have to be computed by the reader."""
    bare = IDEAL.replace("deadline: 1d", "owner: me")
    found = checked("ann: Search@0 Cart@600 Pay@1200", bare)
    (text,) = (note.text for note in found.notes if note.code is Code.DEADLINE_ASSUMED)
    assert "judged by their first 20 minutes" in text


def test_a_few_customers_are_refused():
    with pytest.raises(PrivacyError):
        checked(min_group=10)


def test_an_empty_log_is_undefined_and_not_zero():
    found = check(log_from([]), compile_ideal(parse_journey(IDEAL, "x")), CheckSettings()).checked
    assert found.conformance.log_fitness is None
    assert found.goal.share is not None and found.goal.share.value is None
    assert found.verdict is Verdict.INCONCLUSIVE


@pytest.mark.parametrize(
    ("value", "low", "high", "journeys", "level", "verdict"),
    [
        (0.14, 0.13, 0.16, 2000, Level.ERROR, Verdict.BROKEN),
        (0.14, 0.13, 0.16, 2000, Level.WARN, Verdict.WARNED),
        (0.13, 0.11, 0.15, 2000, Level.ERROR, Verdict.WARNED),
        (0.12, 0.11, 0.13, 2000, Level.ERROR, Verdict.KEPT),
        (0.05, 0.04, 0.06, 2000, Level.ERROR, Verdict.KEPT),
        (0.50, 0.40, 0.60, 199, Level.ERROR, Verdict.INCONCLUSIVE),
    ],
)
def test_broken_only_when_the_whole_interval_is_past_the_budget(
    value, low, high, journeys, level, verdict
):
    assert judge(Estimate(value, low, high, journeys), Budget(True, 0.12), level, 200) is verdict
    mirrored = Estimate(1 - value, 1 - high, 1 - low, journeys)
    assert judge(mirrored, Budget(False, 0.88), level, 200) is verdict


def many(cart_only: int, paid: int, more: str = "") -> str:
    lines = [f"c{number:04}: Search Cart Pay" for number in range(paid)]
    lines += [f"d{number:04}: Search Cart" for number in range(cart_only)]
    return "\n".join([*lines, more])


def verdict_of(found: Check) -> Verdict:
    return found.expectations[0].verdict


def test_an_expectation_is_judged_with_its_noise():
    assert verdict_of(checked(many(0, 300))) is Verdict.KEPT
    assert verdict_of(checked(many(65, 235))) is Verdict.WARNED
    assert verdict_of(checked(many(120, 180))) is Verdict.BROKEN
    assert verdict_of(checked(many(30, 100))) is Verdict.INCONCLUSIVE


ACCEPT = """
accepted:
  - {deviation: abandoned-after, step: Cart, because: new cart comes, until: %s}
"""


def test_what_is_accepted_is_not_broken_until_the_log_passes_its_day():
    text = many(120, 180)
    good, gone = (ACCEPT % day for day in ("1970-01-10", "1970-01-09"))
    found = checked(text, IDEAL + good)
    assert (verdict_of(found), found.verdict) == (Verdict.ACCEPTED, Verdict.KEPT)
    assert found.expectations[0].because == "new cart comes"
    expired = checked(text, IDEAL + gone)
    assert verdict_of(expired) is Verdict.BROKEN
    assert Code.ACCEPTED_EXPIRED in [note.code for note in expired.notes]
    assert date(1970, 1, 10) > date(1970, 1, 9)
    idle = checked("ann: Search Cart Pay", IDEAL + ACCEPT % "2099-01-01")
    assert Code.ACCEPTED_UNUSED in [note.code for note in idle.notes]


RELATIVE = IDEAL.replace('"<= 20%"', '"<= baseline + 5 pp"')


def outcome(text: str, ideal: str = RELATIVE, **how):
    question = CheckSettings(observed_until=at(LATER), **how)
    return check(log(text), compile_ideal(parse_journey(ideal, "x")), question)


def test_a_budget_can_be_relative_to_a_baseline():
    before = read_baseline(baseline_text(outcome(many(40, 260)).baseline), "b.json")
    assert before.share("drop-off", "Cart") == alone(40, 300)
    now = outcome(many(120, 180), baseline=before).checked
    row = now.expectations[0]
    assert row.verdict is Verdict.BROKEN
    assert row.change == change(alone(120, 300), alone(40, 300))
    assert row.value == row.change.value
    assert verdict_of(outcome(many(42, 258), baseline=before).checked) is Verdict.KEPT
    without = outcome(many(120, 180)).checked
    assert verdict_of(without) is Verdict.INCONCLUSIVE
    assert Code.BASELINE_MISSING in [note.code for note in without.notes]


CHANGING = IDEAL.replace('drop-off: "<= 20%"', 'change: "<= 5 pp"')


def test_a_change_since_the_baseline_breaks_a_check():
    """From 40 to 120 of 300 is 27 points worse; two more of 300 are not."""
    assert CHANGING != IDEAL
    before = read_baseline(baseline_text(outcome(many(40, 260), CHANGING).baseline), "b.json")
    now = outcome(many(120, 180), CHANGING, baseline=before).checked
    broken = [row for row in now.expectations if row.budget == "change <= 5 pp"]
    assert [row.verdict for row in broken] == [Verdict.BROKEN]
    assert broken[0].value == pytest.approx(80 / 300)
    assert verdict_of(outcome(many(42, 258), CHANGING, baseline=before).checked) is Verdict.KEPT
    assert verdict_of(outcome(many(42, 258), CHANGING).checked) is Verdict.INCONCLUSIVE


def test_a_baseline_holds_no_small_counts():
    text = baseline_text(outcome(many(5, 300)).baseline)
    for row in json.loads(text)["counted"]:
        assert row["n"] == 0 or row["n"] >= 10
        assert row["of"] - row["n"] == 0 or row["of"] - row["n"] >= 10


@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda raw: raw.decode("latin-1")))
def test_any_text_is_a_baseline_or_refused(text):
    try:
        read_baseline(text, "b.json")
    except UsageError as error:
        assert error.code is Code.BASELINE_FORMAT


@given(st.integers(0, 400), st.sampled_from(list('{}[]",:0123456789truenul')))
def test_a_damaged_baseline_is_read_or_refused(place, junk):
    text = baseline_text(outcome(many(40, 260)).baseline) if not TEXTS else TEXTS[0]
    TEXTS[:] = [text]
    try:
        read_baseline(text[: place % len(text)] + junk + text[place % len(text) + 1 :], "b.json")
    except UsageError as error:
        assert error.code is Code.BASELINE_FORMAT


TEXTS: list[str] = []


cells = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 40)), min_size=1, max_size=150
)


@given(cells, st.integers(2, 12))
@examples(50)
def test_no_hidden_cell_is_told_by_the_sums(entries, least):
    people: dict[tuple[int, int], set[int]] = {}
    sizes = np.zeros((4, 4), np.int64)
    for *place, customer in entries:
        people.setdefault(tuple(place), set()).add(customer)
        sizes[tuple(place)] += 1
    behind = np.array([[len(people.get((row, cell), ())) for cell in range(4)] for row in range(4)])
    hidden = hidden_cells(sizes, behind, least)
    for place, who in people.items():
        assert len(who) >= least or hidden[place]
    for line in [hidden[one] for one in range(4)] + [hidden[:, one] for one in range(4)]:
        if line.sum() == 1:  # only where nothing else of the line could be hidden
            place = int(np.flatnonzero(line)[0])
            assert sum(1 for (r, c) in people if place in (r, c)) >= 1


SHARES = st.integers(20, 60)


@given(SHARES, SHARES, st.integers(0, 12))
@examples(8)
def test_whatever_is_shown_rests_on_enough_customers(paid, lost, odd):
    extra = "\n".join(f"o{number}: Search Fly Cart Pay" for number in range(odd))
    found = outcome(many(lost, paid, extra), IDEAL).checked
    for row in found.deviations:
        assert row.journeys is None or row.journeys >= 10
    for step in found.steps:
        for count in (step.went_on, step.abandoned, step.exited, step.open, step.finished):
            assert count is None or count == 0 or count >= 10
    rows = {row.activity: row for row in found.deviations if row.class_ == "unexpected"}
    assert ("Fly" in rows) == (odd >= 10)


def test_who_ends_without_a_step_is_in_its_denominator():
    """Steps after the last match are not reached, and can be skipped or moved all the same."""
    ideal = IDEAL.replace("goal: Pay", "goal: Cart").replace(
        "failed: [Pay failed]", 'expect: {skipped: "<= 50%"}'
    )
    found = checked("ann: Search Cart\nbob: Search Cart Pay\ncat: Search Cart", ideal)
    skipped = {row.activity: row for row in found.deviations if row.class_ == "skipped"}
    assert (skipped["Pay"].journeys, skipped["Pay"].of) == (2, 3)
    assert repr(found.expectations[1].share).endswith("2 of 3")
    for row in found.deviations:
        assert row.journeys <= row.of


def test_a_failure_that_the_log_cannot_tell_is_not_zero():
    ideal = IDEAL.replace(
        "failed: [Pay failed]",
        'failed: {column: status, is: bad}\n        expect: {failed: "<= 5%"}',
    )
    found = checked(many(0, 300), ideal)
    row = found.expectations[1]
    assert row.verdict is Verdict.INCONCLUSIVE
    assert Code.COLUMN_ABSENT in [note.code for note in found.notes]
    told = "\n".join(f"c{number}: Search Cart Pay@status=bad" for number in range(300))
    assert checked(told, ideal).expectations[1].verdict is Verdict.BROKEN
