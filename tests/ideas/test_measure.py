"""Measured ideas: figures by hand on small logs, and laws."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from ideas.logs import JOURNEY, ideal, log_of_weeks, week

from cjmine.counting.split import Split
from cjmine.declared import Declared, DeclaredContact
from cjmine.ideal.file import compiled_journey
from cjmine.ideas.declared import Metric, PromiseUnit
from cjmine.ideas.file import parse_register
from cjmine.reporters.formats import Asked, Format
from cjmine.reporters.registry import render
from cjmine.results.codec import to_json
from cjmine.results.ideas import Ideas, Kept, Lack, MeasuredIdea, Pair
from cjmine.results.verdicts import Verdict
from cjmine.verbs.ideas import ideas
from cjmine.verbs.settings import JudgedSettings

EXACT = JudgedSettings(min_group=1)
# 20 weeks of 20 of 40, of which one is bad, then 6 weeks of 12 of 40.
LOST = [20] * 19 + [28] + [12] * 6


def register(*lines: str) -> str:
    return "ideas:\n" + "".join(f"  - {{{line}}}\n" for line in lines)


def measured(text: str, lost: list[int] = LOST, settings: JudgedSettings = EXACT) -> Ideas:
    tried = parse_register(text, "ideas.yaml")
    return ideas(log_of_weeks(lost), ideal(), tried, settings)


def only(found: Ideas) -> MeasuredIdea:
    (row,) = found.ideas
    return row


BEGUN = f"id: M-1, title: Keep the cart, step: Cart, metric: drop-off, status: running, since: {week(20)}"


def test_the_weeks_before_and_after_by_hand() -> None:
    """Left out are the bad week, in which it was born, and the one before.

    The full time of a day takes the first weeks one day back: 17 weeks of the log are whole
    before those. In each, the first day of the journeys is that of the week after it, so that all
    counts are of 40 still.
    """
    row = only(measured(register(f"{BEGUN}, expected: -15 pp")))
    found = row.measured
    assert found is not None and row.lack is None
    assert (found.weeks_before, found.weeks_after) == (17, 6)
    assert (found.after.n, found.after.of) == (6 * 12, 6 * 40)
    assert found.before.of is not None and found.before.n is not None
    assert found.before.n / found.before.of == pytest.approx(0.5, abs=0.01)
    assert found.change is not None
    assert found.change.value == pytest.approx(0.3 - found.before.n / found.before.of)
    assert found.verdict is Kept.KEPT
    # The month is the four weeks to the end of the bad one: 3 of 20 and one of 28 of 40.
    assert found.naive == pytest.approx(0.3 - (3 * 20 + 28) / 160)
    assert found.is_unusual is False


def test_units_are_points_parts_and_journeys_a_week() -> None:
    found = [
        only(measured(register(f"{BEGUN}, expected: {promise}"))).measured
        for promise in ("-15 pp", "-30 %", "-7")
    ]
    points, percent, journeys = (one.change for one in found if one is not None)
    assert points is not None and percent is not None and journeys is not None
    before = found[0].before.value if found[0] else None
    assert before is not None
    assert percent.value == pytest.approx(points.value / before)
    assert journeys.value == pytest.approx(40 * points.value)
    assert [one.unit for one in found if one] == [*PromiseUnit]
    assert all(one is not None and one.verdict is Kept.KEPT for one in found)


def test_the_other_words() -> None:
    less = only(measured(register(f"{BEGUN}, expected: -45 pp"))).measured
    assert less is not None and less.verdict is Kept.LESS
    steady = [20] * 26
    not_seen = only(measured(register(f"{BEGUN}, expected: -30 pp"), steady)).measured
    assert not_seen is not None and not_seen.verdict is Kept.NOT_SEEN
    unknown = only(measured(register(f"{BEGUN}, expected: -3 pp"), steady)).measured
    assert unknown is not None and unknown.verdict is Kept.CANNOT_TELL
    nothing = only(measured(register(BEGUN))).measured
    assert nothing is not None and nothing.verdict is None and nothing.change is not None


def test_what_is_missing_is_said() -> None:
    few = only(measured(register(f"{BEGUN}, expected: -5 pp"), [20] * 9 + [12] * 17))
    assert few.lack is Lack.AFTER or few.lack is Lack.BEFORE or few.measured is not None
    early = BEGUN.replace(week(20), week(10))
    before = only(measured(register(f"{early}, expected: -5 pp")))
    assert before.lack is Lack.BEFORE and before.measured is not None
    assert before.measured.verdict is Kept.CANNOT_TELL and before.measured.more_weeks is None
    late = BEGUN.replace(week(20), week(24))
    after = only(measured(register(f"{late}, expected: -5 pp"), LOST[:27]))
    assert after.measured is not None
    assert after.lack is Lack.AFTER and after.measured.more_weeks == 4 - after.measured.weeks_after
    absent = only(measured(register(BEGUN.replace("step: Cart", "step: Pay"))))
    assert absent.lack is Lack.ABSENT and absent.measured is None
    column = only(measured(register(f"{BEGUN}, where: {{fund: A}}")))
    assert column.lack is Lack.ABSENT
    unknown = only(measured(register("id: M-1, title: x, status: running")))
    assert unknown.lack is Lack.SINCE
    planned = only(measured(register(BEGUN.replace("running", "planned"))))
    assert planned.lack is None and planned.measured is None


def test_weeks_that_were_not_observed_are_in_no_measure() -> None:
    later = only(measured(register(BEGUN.replace(week(20), "2031-04-01")))).measured
    assert later is not None and (later.weeks_before, later.weeks_after) == (0, 0)
    earlier = only(measured(register(BEGUN.replace(week(20), "1965-04-01")))).measured
    assert earlier is not None and earlier.weeks_before == 0
    assert 20 <= earlier.weeks_after <= 26


def test_an_idea_after_the_log_runs_with_none_of_it() -> None:
    later = BEGUN.replace("M-1", "M-2").replace(week(20), "2031-04-01")
    assert measured(register(BEGUN, later)).together == ()


def test_an_idea_that_began_by_its_day_and_not_by_its_status_says_so() -> None:
    text = render(measured(register(BEGUN.replace("running", "planned"))), Format.TEXT, Asked())
    assert "not measured, because its status is planned" in " ".join(text.split())


def test_a_harm_to_the_goal_is_judged_beside() -> None:
    row = only(measured(register(f"{BEGUN}, expected: -15 pp, harm: 2 pp"))).measured
    assert row is not None and row.goal is Verdict.GAIN
    goal = only(measured(register(f"{BEGUN.replace('drop-off', 'goal')}, harm: 2 pp"))).measured
    assert goal is not None and goal.goal is None


def test_ideas_at_one_place_cannot_be_told_apart() -> None:
    other = BEGUN.replace("M-1", "M-2").replace(week(20), week(22))
    apart = BEGUN.replace("M-1", "M-3").replace("step: Cart", "step: Search")
    found = measured(register(BEGUN, other, apart))
    assert found.together == (Pair("M-1", "M-2"),)
    assert "N421" in {note.code.value for note in found.notes}


def test_promises_are_calibrated_over_closed_ideas() -> None:
    done = BEGUN.replace("running", "done")
    found = measured(
        register(
            f"{done}, expected: -20 pp",
            f"{done.replace('M-1', 'M-2')}, expected: -40 pp",
            f"{BEGUN.replace('M-1', 'M-3')}, expected: -2 pp",
        )
    )
    change = found.ideas[0].measured
    assert change is not None and change.change is not None
    value = change.change.value
    assert (found.calibration.closed, found.calibration.inside) == (2, 1)
    assert found.calibration.realised == pytest.approx((value / -0.2 + value / -0.4) / 2)


def test_a_change_the_other_way_is_said() -> None:
    worse = [20] * 20 + [32] * 6
    found = measured(register(f"{BEGUN}, expected: -5 pp"), worse)
    assert only(found).measured is not None
    assert "N423" in {note.code.value for note in found.notes}


def test_other_journeys_are_counted_alone() -> None:
    found = measured(register(f"{BEGUN}, journey: order", "id: X, title: x, journey: claim"))
    assert len(found.ideas) == 1 and found.elsewhere == 1


def test_contacts_of_one_type() -> None:
    """A touchpoint of an idea about contact is the only contact that counts."""
    line = (
        f"id: M-1, title: x, metric: contact, touchpoint: Cart, status: running, since: {week(20)}"
    )
    row = only(measured(register(line))).measured
    assert row is not None and (row.after.n, row.after.of) == (240, 240)
    tried = parse_register(register(line.replace(", touchpoint: Cart", "")), "x")
    declared = Declared(contact=DeclaredContact(("Buy",)))
    found = only(ideas(log_of_weeks(LOST), ideal(), tried, EXACT, declared)).measured
    assert found is not None and (found.after.n, found.after.of) == (6 * 28, 240)


DECLARING = "{step: Cart, within: 5m, channel: web, failed: Cart failed}"


@pytest.mark.parametrize("metric", [one.value for one in Metric])
def test_every_metric_is_one_of_a_comparison(metric: str) -> None:
    """Some are of a step only where the journey file declares what they need."""
    line = f"id: M-1, title: x, step: Cart, touchpoint: Search, metric: {metric}"
    text = register(f"{line}, status: running, since: {week(20)}")
    needs = metric in ("wrong-channel", "late", "early", "failed")
    assert (only(measured(text)).lack is Lack.ABSENT) is needs
    within = "{min: 10s}" if metric == "early" else "5m"
    step = DECLARING.replace("5m", within)
    declaring = compiled_journey(JOURNEY.replace("Cart", step), "journey.yaml")
    row = only(ideas(log_of_weeks(LOST), declaring, parse_register(text, "x"), EXACT))
    if metric != "wrong-channel":  # the log has no channels
        assert row.measured is not None
        assert row.measured.after.of is not None and row.measured.after.of > 0


@pytest.mark.parametrize("parts", [2, 3, 7])
def test_parts_of_a_log_give_the_same_bytes(parts: int) -> None:
    text = register(
        f"{BEGUN}, expected: -5 pp, harm: 1 pp",
        f"id: M-2, title: y, status: done, since: {week(18)}, expected: +9 pp",
    )
    tried = parse_register(text, "ideas.yaml")
    whole = ideas(log_of_weeks(LOST), ideal(), tried, EXACT)
    split = ideas(log_of_weeks(LOST), ideal(), tried, EXACT, split=Split(parts=parts))
    assert to_json(whole) == to_json(split)


def test_without_ideas_nothing_is_measured() -> None:
    found = measured("ideas:\n")
    assert found.ideas == () and found.calibration.closed == 0
    assert json.loads(to_json(found))["schema"] == "cjmine/ideas/1"


def test_few_customers_are_withheld() -> None:
    """In the weeks after only 6 of all leave: the share says nothing of them."""
    rare = [20] * 20 + [1] * 6
    settings = replace(EXACT, min_group=10)
    row = only(measured(register(f"{BEGUN}, expected: -15 pp"), rare, settings))
    assert row.measured is not None and row.measured.after.n is None
    assert row.measured.change is None and row.lack is Lack.JOURNEYS
    assert row.measured.naive is None
