"""The goal rate of `discover`: that of `check`, over the journeys that had their full time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from strategies import examples, log_from

from cjmine.counting.split import Split
from cjmine.errors import Code
from cjmine.ideal.compiled import compile_ideal
from cjmine.ideal.file import parse_journey
from cjmine.results.codec import to_json
from cjmine.results.discovery import Discovery
from cjmine.verbs.check import check
from cjmine.verbs.discover import discover
from cjmine.verbs.settings import CheckSettings, DiscoverSettings
from tests.observing import at

SECOND = 1_000_000
IDEAL = """
journey: order
goal: C
stages:
  - stage: One
    steps: [A, B, C]
"""
events = st.lists(
    st.tuples(
        st.sampled_from(("ann", "bob", "cat", "dan", "eve")),
        st.sampled_from(("A", "B", "C")),
        st.integers(0, 60),
    ),
    min_size=1,
    max_size=25,
)
moments = st.none() | st.integers(0, 60).map(lambda one: one * SECOND)


@given(events, moments, moments, moments, st.none() | st.integers(1, 30).map(lambda s: s * SECOND))
@examples(35)
def test_discover_and_check_have_one_goal_rate(rows, since, until, deadline, gap):
    log = log_from(rows)
    case = "" if gap is None else f"case: {{gap: {gap // SECOND}s}}\n"
    ideal = compile_ideal(parse_journey(IDEAL.replace("stages:", f"{case}stages:"), "j.yaml"))
    if until is not None and all(time * SECOND > until for _, _, time in rows):
        until = None
    asked = {
        "observed_from": at(since),
        "observed_until": at(until),
        "deadline": deadline,
        "min_group": 1,
    }
    if deadline == 0:
        asked["deadline"] = None
    checked = check(log, ideal, CheckSettings(**asked)).checked
    how = DiscoverSettings(goal=("C",), declared=("C",), gap=gap, **asked)
    found = discover(log, how)
    assert found.goal == checked.goal
    if any(name == "C" for _, name, _ in rows):
        assert found.judged == checked.judged
    assert to_json(found) == to_json(discover(log, how, split=Split(parts=3)))


def many(number: int, trace: str, name: str, first: int = 0) -> list:
    return [
        (f"{name}{one:04}", activity, first + 60 * place)
        for one in range(number)
        for place, activity in enumerate(trace.split())
    ]


def measured(rows: list, **how) -> Discovery:
    return discover(log_from(rows), DiscoverSettings(**{"goal": ("C",), "min_group": 1, **how}))


def test_young_journeys_are_not_counted_and_the_period_is_said():
    rows = [*many(30, "A C", "good"), *many(10, "A", "bad"), *many(50, "A", "new", 86_400)]
    found = measured(rows, deadline=3600 * SECOND)
    assert repr(found.goal.share).endswith("30 of 40")
    assert found.judged.begun_until == "1970-01-01T23:00:00Z"
    assert found.log.journeys == 90


def test_segments_are_judged_by_the_full_time_of_the_whole_log():
    rows = [*many(30, "A C", "good"), *many(10, "A", "bad"), *many(50, "A", "new", 86_400)]
    channels = ["web" if row[0] < "c" else "app" for row in rows]
    found = discover(
        log_from(rows, channels), DiscoverSettings(goal=("C",), by="channel", min_group=1)
    )
    segments = {one.value: one for one in found.segments.values}
    assert (segments["web"].journeys, segments["web"].goal.n, segments["web"].goal.of) == (
        10,
        0,
        10,
    )
    assert (segments["app"].journeys, segments["app"].goal.n) == (80, 30)
    assert found.judged.seconds == 60


def test_events_after_the_end_are_not_seen():
    rows = [*many(30, "A C", "good"), *many(50, "A", "new", 86_400)]
    found = measured(rows, observed_until=at(86_399 * SECOND))
    assert (found.log.journeys, found.judged.unseen) == (30, 50)
    assert Code.UNSEEN in [note.code for note in found.notes]
    assert measured(rows, observed_until=at(86_399 * SECOND), goal=()).log.journeys == 30
