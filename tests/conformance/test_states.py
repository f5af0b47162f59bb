"""Who is counted: each journey is judged by its full time, and only once that has passed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from notation import journeys
from strategies import log_from

from cjmine.conformance.states import (
    FullTime,
    JourneyStates,
    State,
    Terms,
    Window,
    journey_states,
    may_be_tails,
    terms_of,
    times_to_goal,
    usual_full_time,
)
from cjmine.eventlog.journeys import CutRules, cut
from cjmine.eventlog.log import Cases
from cjmine.ideal.journey import IdealJourney

SECOND, MINUTE, DAY = 1_000_000, 60_000_000, 86_400_000_000


def terms(**more) -> Terms:
    return Terms(more.pop("goal", ("C",)), **more)


def found(text: str, asked: Terms, until: int, since: int | None = None) -> JourneyStates:
    return journey_states(journeys(text), asked, Window(since, until), asked.deadline)


def states(text: str, asked: Terms, until: int, since: int | None = None) -> str:
    return " ".join(State(one).name.lower() for one in found(text, asked, until, since).of_journey)


THREE = """
    ann: A@0 B@60 C@120
    bob: A@0 B@60
    eve: A@600
"""


def test_journeys_are_open_until_their_full_time_is_over_whatever_they_did():
    """It runs from the start of a journey; once it is over, success and failure count alike."""
    five = terms(deadline=5 * MINUTE)
    assert states(THREE, five, 300 * SECOND - 1) == "open open open"
    assert states(THREE, five, 300 * SECOND) == "completed abandoned open"
    assert states(THREE, five, 899 * SECOND) == "completed abandoned open"
    assert states(THREE, five, 900 * SECOND) == "completed abandoned abandoned"


@pytest.mark.parametrize(
    ("trace", "since", "state"),
    [
        ("A@0 C@2", 3, "truncated"),  # whatever it did
        ("A@0 Z@1", 3, "truncated"),
        ("A@0 Z@1 C@2", None, "completed"),  # the goal comes before the exit …
        ("A@0 C@1 Z@2", None, "completed"),  # … whichever is first
        ("C@0 A@1", 0, "completed"),  # a goal anywhere, even where it is not matched
        ("A@0 C@60", None, "completed"),  # at the end of the full time it is in time
        ("A@0 C@61", None, "abandoned"),
        ("A@0 Z@60 C@61", None, "exited"),
        ("A@0 Z@61", None, "abandoned"),
        ("Z@0", None, "exited"),
        ("A@0", 0, "abandoned"),  # began with the window
    ],
)
def test_the_first_state_that_applies(trace, since, state):
    asked = terms(exits=("Z",), deadline=MINUTE)
    window = None if since is None else since * SECOND
    assert states(f"ann: {trace}", asked, DAY, window) == state


def test_what_comes_after_the_full_time_is_set_aside_and_said():
    seen = found("ann: A@0 B@61 C@70\n bob: A@0 C@9 C@99", terms(deadline=MINUTE), DAY)
    assert seen.is_after.tolist() == [False, True, True, False, False, True]
    assert seen.reaches_later.tolist() == [True, False]
    assert seen.is_counted.tolist() == [True, True]
    open_one = found("ann: A@0 C@70", terms(deadline=DAY), 2 * MINUTE)
    assert not open_one.is_counted.any()
    assert not open_one.reaches_later.any()


def test_truncated_journeys_do_not_reach_the_goal_later():
    assert not found("ann: A@0 C@70", terms(deadline=MINUTE), DAY, SECOND).reaches_later.any()


def test_a_journey_within_a_gap_of_the_declared_beginning_may_be_a_tail():
    asked = terms(deadline=MINUTE, gap=9 * SECOND)
    text = "ann: A@10 C@11\n bob: A@18 C@20\n eve: A@19 C@20"
    assert states(text, asked, DAY, 10 * SECOND) == "truncated truncated completed"
    assert states(text, asked, DAY) == "completed completed completed"
    assert may_be_tails(journeys(text), asked, 10 * SECOND).tolist() == [True, True, False]
    assert not may_be_tails(journeys(text), terms(), 10 * SECOND).any()


@pytest.mark.parametrize(
    ("cases", "entry", "gap"),
    [(Cases.CUSTOMER, (), DAY), (Cases.CUSTOMER, ("A",), None), (Cases.GIVEN, (), None)],
)
def test_only_a_gap_that_cuts_journeys_leaves_tails(cases, entry, gap):
    """With an entry the beginning is seen; cases that a log came with are not cut."""
    assert terms_of(IdealJourney("order", ("C",), (), gap=DAY, entry=entry), cases).gap == gap


def test_the_gap_does_not_say_when_a_journey_is_over():
    """A journey that was cut cannot go on, and waits for its full time like every other."""
    rules = CutRules(gap_us=MINUTE)
    cut_up = journeys("ann: A@0 B@9 A@1000 C@1001", rules)
    seen = journey_states(cut_up, terms(deadline=DAY, gap=MINUTE), Window(None, DAY - 1), DAY)
    assert [State(one).name for one in seen.of_journey] == ["OPEN", "OPEN"]


def test_without_a_deadline_the_slowest_hundredth_of_times_to_the_first_goal_decides():
    """Times from 1 to 100 minutes, one of each; later goals and unfinished journeys do not count."""
    text = "\n".join(f"c{one:03}: A@0 C@{one}m C@9999m" for one in range(1, 101))
    everybody = journeys(f"{text}\n zoe: A@0 B@9000m")
    window = Window(None, 10_000 * MINUTE)
    assert sorted(times_to_goal(everybody, terms(), None)) == [
        one * MINUTE for one in range(1, 101)
    ]
    assert usual_full_time(everybody, terms(), window) == 100 * MINUTE
    assert usual_full_time(everybody, terms(deadline=DAY), window) == DAY


def test_truncated_journeys_do_not_say_how_long_the_full_time_is():
    two = journeys("ann: A@0 C@900\n bob: A@10 C@20")
    assert times_to_goal(two, terms(), 5 * SECOND).tolist() == [10 * SECOND]
    assert not len(times_to_goal(two, terms(gap=20 * SECOND), 5 * SECOND))


def test_where_no_journey_reached_the_goal_all_are_open():
    one = journeys("bob: A@0 B@9")
    assert usual_full_time(one, terms(), Window(None, DAY)) is None
    assert states("bob: A@0 B@9", terms(), 10 * DAY) == "open"


@pytest.mark.parametrize(
    ("full_time", "is_uncertain"),
    [
        (FullTime(90 * DAY), False),  # declared
        (FullTime(25 * DAY, 100), False),
        (FullTime(25 * DAY + 1, 100), True),
        (FullTime(25 * DAY, 99), True),
        (FullTime(None, 0), True),
    ],
)
def test_an_assumed_full_time_is_uncertain_where_it_is_long_or_of_few(full_time, is_uncertain):
    assert full_time.is_uncertain(DAY, 101 * DAY) is is_uncertain


def test_one_of_several_goals_and_exits_is_enough():
    asked = terms(goal=("C", "D"), exits=("Y", "Z"), deadline=MINUTE)
    text = "ann: A C\n bob: A D\n eve: Y\n jan: Z\n zoe: A"
    assert states(text, asked, DAY) == "completed completed exited exited abandoned"


def test_names_that_the_log_lacks_change_nothing():
    asked = terms(goal=("never",), exits=("nor this",), deadline=MINUTE)
    assert states("ann: A", asked, DAY) == "abandoned"


def test_a_journey_begins_at_its_entry():
    """What came before does not make it truncated, nor old."""
    seen = journeys("ann: A@0 B@600\n bob: A@0", CutRules(entry=("B",)))
    window = Window(10 * SECOND, 601 * SECOND)
    of_journey = journey_states(seen, terms(deadline=5 * MINUTE), window, 5 * MINUTE).of_journey
    assert [State(one).name for one in of_journey] == ["OPEN"]


def test_no_journeys():
    nothing = found("", terms(), 0, 0)
    assert (len(nothing.of_journey), len(nothing.is_after)) == (0, 0)
    assert not len(times_to_goal(journeys(""), terms(), None))


names = st.sampled_from(("A", "B", "C", "Z"))
events = st.lists(
    st.tuples(st.sampled_from(("ann", "bob", "eve")), names, st.integers(0, 40)), max_size=15
)


@given(events, st.integers(0, 40), st.integers(0, 9), st.integers(0, 40))
def test_the_rules_one_after_the_other(given_rows, deadline, gap, since):
    """The same taken journey by journey."""
    log = cut(log_from(given_rows))
    asked = terms(exits=("Z",), deadline=deadline * SECOND, gap=gap * SECOND)
    seen = journey_states(log, asked, Window(since * SECOND, 40 * SECOND), deadline * SECOND)
    for place, (begin, end) in enumerate(zip(log.starts[:-1], log.starts[1:], strict=True)):
        acts = [log.activities[code] for code in log.activity[begin:end]]
        times = (log.time[begin:end] // SECOND).tolist()
        inside = [act for act, time in zip(acts, times, strict=True) if time - times[0] <= deadline]
        expected = (
            State.TRUNCATED if times[0] < since + gap
            else State.OPEN if 40 - times[0] < deadline
            else State.COMPLETED if "C" in inside
            else State.EXITED if "Z" in inside
            else State.ABANDONED
        )  # fmt: skip
        assert seen.of_journey[place] == expected
        counted = expected not in (State.TRUNCATED, State.OPEN)
        assert seen.is_counted[place] == counted
        later = counted and "C" in acts and "C" not in inside
        assert seen.reaches_later[place] == later
        assert len(inside) == (~seen.is_after[begin:end]).sum()
