"""States of journeys, touchpoints that are taken out, and sums that hold on every log."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ideal.journeys_at_random import LABELS, UNKNOWN, parts
from notation import journeys
from strategies import log_from

from cjmine.conformance.compare import compare
from cjmine.conformance.progress import deviations, passed_steps
from cjmine.conformance.states import State, Window, journey_states
from cjmine.eventlog.journeys import CutRules, cut
from cjmine.ideal.declared import declared
from cjmine.ideal.journey import DeviationClass, IdealJourney, Stage
from cjmine.ideal.nodes import Node, Sequence, Step

SECOND, MINUTE, DAY = 1_000_000, 60_000_000, 86_400_000_000


def journey(root: Node | str, **more) -> IdealJourney:
    if isinstance(root, str):
        root = Sequence(tuple(map(Step, root)))
    return IdealJourney("order", more.pop("goal", ("C",)), (Stage("One", (root,)),), **more)


def states(text: str, ideal: IdealJourney, until: int, since: int | None = None) -> str:
    found = journey_states(journeys(text), ideal, Window(since, until))
    return " ".join(State(one).name.lower() for one in found.of_journey)


THREE = """
    ann: A@0 B@60 C@120
    bob: A@0 B@60
    eve: A@600
"""


def test_unfinished_journeys_are_abandoned_once_the_deadline_has_passed():
    ideal = journey("ABC", deadline=5 * MINUTE)
    assert states(THREE, ideal, 610 * SECOND) == "completed abandoned open"
    assert states(THREE, ideal, 901 * SECOND) == "completed abandoned abandoned"


def test_without_a_deadline_the_gap_since_the_last_event_decides():
    ideal = journey("ABC", gap=9 * MINUTE)
    assert states(THREE, ideal, 590 * SECOND) == "completed open open"
    assert states(THREE, ideal, 601 * SECOND) == "completed abandoned open"


def test_without_either_completed_journeys_tell_how_long_waits_are():
    found = journey_states(journeys(THREE), journey("ABC"), Window(None, 630 * SECOND))
    assert found.assumed_wait == MINUTE
    assert found.count(State.ABANDONED) == 1
    nobody = journey_states(journeys("bob: A B"), journey("ABC"), Window(None, 10 * DAY))
    assert nobody.assumed_wait is None
    assert nobody.count(State.OPEN) == 1


def test_a_goal_counts_before_an_exit_and_that_before_everything_else():
    ideal = journey("ABC", exits=("Z",), deadline=MINUTE)
    assert states("ann: A Z C\n bob: A Z\n eve: A", ideal, DAY, since=DAY) == (
        "completed exited truncated"
    )
    assert states("eve: A", ideal, DAY) == "abandoned"


def test_allowed_touchpoints_and_exits_cost_nothing():
    ideal = declared(journey("ABC", allow=("News",), exits=("Z",), deadline=DAY))
    found = compare(journeys("ann: A News B News C\n bob: A B Z"), ideal, Window(None, 2 * DAY))
    assert found.moves.cost[found.variants.of_journey].tolist() == [0, 1]
    assert (found.allowed_events, found.exit_events) == (2, 1)
    assert found.tally.lost_to_exit == 1
    assert found.tally.skipped == 0


def test_a_journey_of_nothing_but_allowed_touchpoints_has_no_match():
    ideal = declared(journey("ABC", allow=("News",), deadline=DAY))
    found = compare(journeys("ann: News News"), ideal, Window(None, 2 * DAY))
    assert found.tally.lost_to_abandonment == 3
    assert len(passed_steps(found).journey) == 0


def named(text: str, ideal: IdealJourney, until: int = 30 * DAY) -> list[str]:
    found = deviations(compare(journeys(text), declared(ideal), Window(None, until)))
    return [
        f"{list(DeviationClass)[one].value} {found.names[name]} {times}"
        for one, name, times in zip(found.of_class, found.name, found.times, strict=True)
    ]


def test_deviations_have_a_class_a_step_and_a_number():
    ideal = journey("ABC", deadline=DAY)
    assert named("ann: A C B", ideal) == ["swapped C 1"]
    assert named("ann: A C", ideal) == ["skipped B 1"]
    assert named("ann: A A A B C", ideal) == ["repeated A 2"]
    assert named("ann: A x x B C", ideal) == ["unexpected x 2"]
    assert named("ann: A B", ideal) == ["abandoned-after B 1"]
    assert named("ann: A x C", ideal) == ["replaced B 1"]
    assert named("ann: A B", ideal, until=0) == []  # open


def test_what_a_completed_journey_leaves_out_at_its_end_is_skipped():
    ideal = journey("ABCD", goal=("B",), deadline=DAY)
    assert named("ann: A B", ideal) == ["skipped C 1", "skipped D 1"]


names = st.sampled_from((*LABELS, UNKNOWN, "News", "Gone"))
events = st.lists(
    st.tuples(st.integers(0, 5).map("c{}".format), names, st.integers(0, 400)), max_size=40
)


@st.composite
def ideals(draw: st.DrawFn) -> IdealJourney:
    return journey(
        draw(parts()),
        goal=tuple(draw(st.lists(st.sampled_from(LABELS), min_size=1, max_size=2))),
        allow=("News",),
        exits=("Gone",),
        deadline=draw(st.none() | st.integers(0, 300).map(lambda one: one * SECOND)),
        gap=draw(st.none() | st.integers(1, 100).map(lambda one: one * SECOND)),
    )


@given(events, ideals(), st.none() | st.integers(0, 200), st.none() | st.sampled_from(LABELS))
@settings(max_examples=200)
def test_moves_and_journeys_add_up_on_every_log(given_rows, ideal, since, entry):
    rules = CutRules(gap_us=ideal.gap, entry=(entry,) if entry else ())
    log = log_from(given_rows)
    window = Window(since and since * SECOND, 400 * SECOND)
    # Comparison and Tally hold the laws of moves themselves and raise where they are broken.
    found = compare(cut(log, rules), declared(ideal), window)
    state = found.states.of_journey
    assert sum(found.states.count(one) for one in State) == len(found.journeys)
    passed = passed_steps(found)
    seen = np.flatnonzero(state != State.TRUNCATED)
    assert set(passed.journey.tolist()) <= set(seen.tolist())
    lasts = np.bincount(passed.journey[passed.is_last], minlength=len(state))
    assert set(lasts[passed.journey].tolist()) <= {1}
    assert (passed.is_matched | ~passed.is_last).all()
    table = deviations(found)
    classes = list(DeviationClass)
    total = {one: int(table.times[table.of_class == n].sum()) for n, one in enumerate(classes)}
    if found.states.count(State.TRUNCATED) == 0:
        assert total[DeviationClass.UNEXPECTED] == found.tally.unexpected
        assert total[DeviationClass.REPEATED] == found.tally.repeated
        assert total[DeviationClass.SWAPPED] == found.tally.swapped
        assert total[DeviationClass.OUT_OF_ORDER] == found.tally.out_of_order
        assert total[DeviationClass.REPLACED] == found.tally.replaced
        assert total[DeviationClass.SKIPPED] == found.tally.skipped


@given(events, ideals())
@settings(max_examples=60)
def test_parts_of_a_log_add_up_to_the_whole(given_rows, ideal):
    window = Window(None, 400 * SECOND)
    if ideal.deadline is None and ideal.gap is None:
        return  # a limit that is taken from the log is not that of its parts

    def tally(rows):
        return asdict(compare(cut(log_from(rows)), declared(ideal), window).tally)

    halves = [
        tally([row for row in given_rows if (row[0] < "c3") is side]) for side in (True, False)
    ]
    whole = tally(given_rows)
    assert {key: halves[0][key] + halves[1][key] for key in whole} == whole


def test_an_account_that_does_not_add_up_is_refused():
    found = compare(journeys("ann: A C"), declared(journey("ABC")), Window(None, 0))
    with pytest.raises(AssertionError):
        type(found.tally)(**{**asdict(found.tally), "skipped": found.tally.skipped + 1})
