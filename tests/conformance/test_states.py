"""How each journey ended, or that it may still go on; the first state that applies is its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from notation import journeys
from strategies import log_from

from cjmine.conformance.states import State, Window, journey_states
from cjmine.eventlog.journeys import CutRules, cut
from cjmine.ideal.journey import IdealJourney

SECOND, MINUTE, DAY = 1_000_000, 60_000_000, 86_400_000_000


def order(**more) -> IdealJourney:
    return IdealJourney("order", more.pop("goal", ("C",)), (), **more)


def states(
    text: str,
    ideal: IdealJourney,
    until: int,
    since: int | None = None,
    rules: CutRules | None = None,
) -> str:
    found = journey_states(journeys(text, rules or CutRules()), ideal, Window(since, until))
    return " ".join(State(one).name.lower() for one in found.of_journey)


THREE = """
    ann: A@0 B@60 C@120
    bob: A@0 B@60
    eve: A@600
"""


def test_unfinished_journeys_are_abandoned_once_the_deadline_has_passed():
    """It runs from the start of a journey; at the deadline itself there is still hope."""
    ideal = order(deadline=5 * MINUTE)
    assert states(THREE, ideal, 300 * SECOND) == "completed open open"
    assert states(THREE, ideal, 300 * SECOND + 1) == "completed abandoned open"
    assert states(THREE, ideal, 900 * SECOND) == "completed abandoned open"
    assert states(THREE, ideal, 901 * SECOND) == "completed abandoned abandoned"


def test_without_a_deadline_the_gap_since_the_last_event_decides():
    ideal = order(gap=9 * MINUTE)
    assert states(THREE, ideal, 600 * SECOND) == "completed open open"
    assert states(THREE, ideal, 600 * SECOND + 1) == "completed abandoned open"


def test_a_deadline_comes_before_a_gap():
    ideal = order(deadline=DAY, gap=MINUTE)
    assert states(THREE, ideal, DAY) == "completed open open"


def test_without_either_completed_journeys_tell_how_long_waits_are():
    until = Window(None, 630 * SECOND)
    found = journey_states(journeys(THREE), order(), until)
    assert found.assumed_wait == MINUTE
    assert [found.count(one) for one in (State.COMPLETED, State.ABANDONED, State.OPEN)] == [1, 1, 1]
    for declared in (order(deadline=DAY), order(gap=DAY)):
        assert journey_states(journeys(THREE), declared, until).assumed_wait is None


def test_the_assumed_wait_is_that_of_the_slowest_hundredth():
    """Waits from 0 to 100 minutes, one of each: one is longer than 99. Those of bob do not count."""
    ann = " ".join(f"A@{minutes * (minutes + 1) // 2}m" for minutes in range(100))
    text = f"ann: A@0 {ann} C@5050m\n bob: A@0 A@9999m"
    found = journey_states(journeys(text), order(), Window(None, 10_000 * MINUTE))
    assert found.assumed_wait == 99 * MINUTE
    assert found.count(State.OPEN) == 1


@pytest.mark.parametrize("text", ["bob: A@0 B@9", "bob: A@0 B@9\n ann: C@0"])
def test_without_any_wait_in_a_completed_journey_all_others_are_open(text):
    found = journey_states(journeys(text), order(), Window(None, 10 * DAY))
    assert found.assumed_wait is None
    assert found.count(State.OPEN) == 1
    assert found.count(State.ABANDONED) == 0


def test_an_assumed_wait_is_not_taken_across_two_journeys():
    """Ann's second journey begins a day after her first: that is no wait within a journey."""
    rules = CutRules(gap_us=60 * MINUTE)
    found = journeys("ann: A@0 C@60 A@1d C@86460", rules)
    assert journey_states(found, order(), Window(None, 2 * DAY)).assumed_wait == MINUTE


@pytest.mark.parametrize(
    ("trace", "since", "state"),
    [
        ("A@0 Z@1 C@2", 3, "completed"),  # the goal comes before the exit …
        ("A@0 C@1 Z@2", 3, "completed"),  # … whichever is first
        ("C@0 A@1", 3, "completed"),  # a goal anywhere, even where it is not matched
        ("A@0 Z@1", 3, "exited"),
        ("Z@0", None, "exited"),
        ("A@0", 3, "truncated"),
        ("A@0", 0, "abandoned"),  # began with the window
        ("A@0", None, "abandoned"),
    ],
)
def test_the_first_state_that_applies(trace, since, state):
    ideal = order(exits=("Z",), deadline=MINUTE)
    window = None if since is None else since * SECOND
    assert states(f"ann: {trace}", ideal, DAY, window) == state


def test_one_of_several_goals_and_exits_is_enough():
    ideal = order(goal=("C", "D"), exits=("Y", "Z"), gap=DAY)
    text = "ann: A C\n bob: A D\n eve: Y\n jan: Z\n zoe: A"
    assert states(text, ideal, DAY) == "completed completed exited exited open"


def test_names_that_the_log_lacks_change_nothing():
    assert states("ann: A", order(goal=("never",), exits=("nor this",), gap=DAY), DAY) == "open"


def test_a_journey_begins_at_its_entry():
    """What came before does not make it truncated, nor old."""
    ideal = order(entry=("B",), deadline=5 * MINUTE)
    rules = CutRules(entry=("B",))
    text = "ann: A@0 B@600\n bob: A@0"
    assert states(text, ideal, 601 * SECOND, 10 * SECOND, rules) == "open"
    assert states(text, ideal, 601 * SECOND, 10 * SECOND) == "truncated truncated"


def test_no_journeys():
    found = journey_states(journeys(""), order(), Window(0, 0))
    assert (len(found.of_journey), found.assumed_wait) == (0, None)


names = st.sampled_from(("A", "B", "C", "Z"))
events = st.lists(
    st.tuples(st.sampled_from(("ann", "bob", "eve")), names, st.integers(0, 40)), max_size=15
)


@given(events, st.none() | st.integers(0, 40), st.none() | st.integers(0, 40), st.integers(0, 40))
def test_the_rules_one_after_the_other(given_rows, deadline, gap, since):
    """The same taken journey by journey."""
    log = cut(log_from(given_rows))
    ideal = order(
        exits=("Z",),
        deadline=None if deadline is None else deadline * SECOND,
        gap=None if gap is None else gap * SECOND,
    )
    until = 40 * SECOND
    found = journey_states(log, ideal, Window(since * SECOND, until))
    waits = []
    journeys_of = []
    for begin, end in zip(log.starts[:-1], log.starts[1:], strict=True):
        acts = [log.activities[code] for code in log.activity[begin:end]]
        times = log.time[begin:end].tolist()
        journeys_of.append((acts, times))
        if "C" in acts:
            waits += [later - sooner for sooner, later in zip(times, times[1:], strict=False)]
    waits.sort()
    # Fewer than 100 waits: the longest of them is the 99th percentile.
    assumed = waits[-1] if waits and deadline is None and gap is None else None
    assert found.assumed_wait == assumed
    for (acts, times), state in zip(journeys_of, found.of_journey, strict=True):
        if deadline is not None:
            too_old = until - times[0] > deadline * SECOND
        elif gap is not None:
            too_old = until - times[-1] > gap * SECOND
        else:
            too_old = assumed is not None and until - times[-1] > assumed
        expected = (
            State.COMPLETED if "C" in acts
            else State.EXITED if "Z" in acts
            else State.TRUNCATED if times[0] < since * SECOND
            else State.ABANDONED if too_old
            else State.OPEN
        )  # fmt: skip
        assert state == expected
