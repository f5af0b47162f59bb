"""Drop-off: figures by hand on small logs, lifelines as the oracle, and laws on any log."""

from __future__ import annotations

import warnings
from dataclasses import replace

import numpy as np
import pytest
from analysis.test_check_parts import shop_logs
from hypothesis import given
from hypothesis import strategies as st
from lifelines import AalenJohansenFitter
from notation import log

from cjmine.counting.split import Split
from cjmine.errors import Code, PrivacyError, UsageError
from cjmine.eventlog.build import log_of
from cjmine.eventlog.log import Cases, EventLog
from cjmine.ideal.compiled import CompiledIdeal, compile_ideal
from cjmine.ideal.file import parse_journey
from cjmine.results.codec import to_json
from cjmine.results.dropoff import Dropoff, DropoffStep, NextKind
from cjmine.results.trend import Every
from cjmine.verbs.check import check
from cjmine.verbs.dropoff import dropoff
from cjmine.verbs.dropoff_settings import DropoffSettings
from cjmine.verbs.ideals import goal_alone
from cjmine.verbs.settings import CheckSettings, GoalSettings
from tests.observing import at

SECOND = 1_000_000
MINUTE, HOUR, DAY = 60 * SECOND, 3600 * SECOND, 86_400 * SECOND
JOURNEY = """
journey: order
goal: Pay
exits: [Stop]
deadline: 10d
stages:
  - stage: One
    steps: [Search, Cart, Pay]
"""
IDEAL = compile_ideal(parse_journey(JOURNEY, "journey.yaml"))
GOAL = goal_alone(GoalSettings(goal=("Pay",)))
EXACT = DropoffSettings(min_group=1)


def test_the_log_is_as_large_as_a_check_says() -> None:
    few = log("ann: Search Cart Pay\nbob: Search Cart Pay\ncat: Search Stop")
    found = dropoff(few, IDEAL, EXACT)
    assert found.log == check(few, IDEAL, CheckSettings(min_group=1)).checked.log
    assert (found.log.activities, found.log.variants) == (4, 2)


def without_deadline(ideal: CompiledIdeal) -> CompiledIdeal:
    return replace(ideal, journey=replace(ideal.journey, deadline=None))


def shares(found: Dropoff, place: int = 0) -> dict[str, float | None]:
    horizon = found.horizons[place]
    return {one.cause: one.value for one in horizon.causes} | {"under way": horizon.under_way}


def step(found: Dropoff, name: str) -> DropoffStep:
    return next(one for one in found.steps if one.step == name)


# By hand.


def test_a_small_log_by_hand() -> None:
    """One pays on day 1, one stops on day 2, one is seen for 3 days only, two time out."""
    events = log(
        """
        ann: Search@0d Pay@1d
        bob: Search@0d Stop@2d
        cas: Search@17d
        dan: Search@0d Cart@1d
        eve: Search@0d
        end: Search@20d
        """
    )
    found = dropoff(events, IDEAL, replace(EXACT, at=(DAY, 3 * DAY, 10 * DAY, 30 * DAY)))
    # Six at risk; the one who begins last is seen for no time at all, and leaves before the first.
    assert shares(found, 0) == {"Pay": 0.2, "Stop": 0.0, "timed out": 0.0, "under way": 0.8}
    assert shares(found, 1) == pytest.approx(
        {"Pay": 0.2, "Stop": 0.2, "timed out": 0.0, "under way": 0.6}
    )
    assert shares(found, 2) == pytest.approx(
        {"Pay": 0.2, "Stop": 0.2, "timed out": 0.6, "under way": 0.0}
    )
    assert shares(found, 3) == shares(found, 2)
    assert [one.young for one in found.horizons] == [1, 1, 2, 2]
    assert found.horizons[2].as_lost == pytest.approx(1 / 6)
    assert [(one.cause, one.t_seconds, one.at_risk, one.events) for one in found.curve] == [
        ("Pay", 86_400.0, 5, 1),
        ("Stop", 172_800.0, 4, 1),
        ("timed out", 864_000.0, 2, 2),
    ]
    assert (found.journeys, found.truncated, found.elsewhere) == (6, 0, 0)
    assert found.young_from == "1969-12-22T00:00:00Z"


def test_open_journeys_are_followed_to_the_end_of_observation() -> None:
    """Not to their own last event: both are at risk when the third pays."""
    events = log("ann: Search@0d\nbob: Search@0d Cart@1h\ncas: Search@0d Pay@5d")
    settings = replace(EXACT, at=(5 * DAY,))
    found = dropoff(events, without_deadline(IDEAL), settings)
    assert shares(found)["Pay"] == pytest.approx(1 / 3)
    assert found.curve[0].at_risk == 3
    later = replace(settings, observed_until=at(9 * DAY))
    assert dropoff(events, without_deadline(IDEAL), later).curve == found.curve


def test_an_assumed_full_time_does_not_cut_the_curve() -> None:
    """Of a hundred fast ones and a slow one the assumed time misses the slow one, the curve not."""
    rows = [(f"c{number:03}", name, time) for number in range(101) for name, time in (
        ("Search", 0), ("Pay", 60 if number else 86_400))]  # fmt: skip
    found = dropoff(log_of(rows), GOAL, replace(EXACT, at=(HOUR, DAY)))
    assert found.judged.seconds == 60.0 and found.judged.assumed
    assert shares(found, 0)["Pay"] == pytest.approx(100 / 101)
    assert shares(found, 1)["Pay"] == pytest.approx(1.0)
    assert Code.NOTHING_TIMES_OUT in {note.code for note in found.notes}
    assert {one.cause for one in found.horizons[0].causes} == {"Pay"}


def test_what_ends_a_journey_first_counts_and_of_one_moment_the_goal() -> None:
    """A goal after an exit is none; both at once are the goal; a goal at the deadline is in time."""
    events = log(
        """
        ann: Search@0d Stop@1d Pay@2d
        bob: Search@0d Stop@1d Pay@1d
        cas: Search@0d Pay@10d
        dan: Search@0d Pay@241h
        end: Search@0d Search@20d
        """
    )
    found = dropoff(events, IDEAL, replace(EXACT, at=(10 * DAY,)))
    assert shares(found) == pytest.approx(
        {"Pay": 0.4, "Stop": 0.2, "timed out": 0.4, "under way": 0.0}
    )


def test_journeys_that_began_before_the_log_observes_are_left_out_and_counted() -> None:
    events = log("ann: Search@0d Pay@3d\nbob: Search@2d Pay@4d\ncas: Search@2d Search@20d")
    found = dropoff(events, IDEAL, replace(EXACT, observed_from=at(DAY), at=(10 * DAY,)))
    assert (found.journeys, found.truncated) == (2, 1)
    assert shares(found)["Pay"] == 0.5
    note = next(one for one in found.notes if one.code is Code.LEFT_CUT)
    assert note.text.endswith(": 1")


def test_time_counts_from_a_step() -> None:
    """Who never comes to it, or ends before, is elsewhere."""
    events = log(
        """
        ann: Search@0d Cart@2d Pay@3d
        bob: Search@0d Pay@1d
        cas: Search@0d Stop@1d Cart@2d
        dan: Search@0d Cart@0d
        end: Search@0d Search@20d
        """
    )
    found = dropoff(events, IDEAL, replace(EXACT, start="Cart", at=(DAY, 10 * DAY)))
    assert (found.journeys, found.elsewhere, found.from_) == (2, 3, "Cart")
    assert shares(found, 0) == {"Pay": 0.5, "Stop": 0.0, "timed out": 0.0, "under way": 0.5}
    assert shares(found, 1) == {"Pay": 0.5, "Stop": 0.0, "timed out": 0.5, "under way": 0.0}


def test_a_time_that_nobody_was_followed_for_has_no_figures() -> None:
    events = log("ann: Search@0d Pay@1d\nbob: Search@0d\ncas: Search@2d Cart@4d")
    found = dropoff(events, without_deadline(IDEAL), replace(EXACT, at=(DAY, 9 * DAY)))
    assert shares(found, 0)["Pay"] is not None
    assert set(shares(found, 1).values()) == {None}
    assert Code.FOLLOWED_SHORTER in {note.code for note in found.notes}


def test_an_empty_log_and_a_goal_that_never_comes() -> None:
    empty = dropoff(log_of([]), IDEAL, EXACT)
    assert empty.curve == () and empty.journeys == 0
    assert [row.reached for row in empty.steps] == [0, 0, 0]
    events = log("ann: Search@0d\nbob: Search@0d Cart@1d")
    nobody = dropoff(events, without_deadline(IDEAL), EXACT)
    assert shares(nobody)["Pay"] == 0.0 and nobody.curve == ()


def test_a_typed_goal_that_no_event_has_is_refused() -> None:
    events = log("ann: Search@0d\nbob: Search@0d Pay@1d")
    settings = DropoffSettings(min_group=1, goal=("Pax",))
    with pytest.raises(UsageError, match="U103"):
        dropoff(events, goal_alone(settings), settings)
    with pytest.raises(UsageError, match="U101"):
        dropoff(events, IDEAL, replace(EXACT, start="Cort"))
    with pytest.raises(PrivacyError, match="P103"):
        dropoff(events, IDEAL, DropoffSettings())


# What comes next.

NEXT = """
ann: Search@web@0d Cart@web@0d Cart@web@5m Call@call@1d
bob: Search@web@0d Cart@web@0d Call@call@9d
cas: Search@web@0d Cart@web@10m Search@web@1d
dan: Search@web@0d Cart@web@20m
eve: Search@web@0d Cart@web@1h Call@call@2h Pay@web@3h
fay: Search@web@0d Cart@web@1h Pay@web@3h
end: Search@web@40d
"""


def test_what_comes_next_after_a_step() -> None:
    """The step is over with its last event; those that went on are counted by the same rule."""
    found = step(dropoff(log(NEXT), IDEAL, EXACT), "Cart")
    assert (found.reached, found.abandoned) == (6, 4)
    assert found.median_seconds_to_leave == 450.0  # of 0, 5, 10 and 20 minutes
    rows = {(one.what, one.channel): one for one in found.next}
    assert {key: (one.n, one.of) for key, one in rows.items()} == {
        ("nothing", None): (2, 4),
        ("Call", "call"): (1, 4),
        ("came back", None): (1, 4),
    }
    beside = rows["Call", "call"].went_on
    assert (beside.n, beside.of) == (1, 2)
    assert (rows["came back", None].went_on.n, rows["nothing", None].went_on.n) == (1, 0)
    longer = step(dropoff(log(NEXT), IDEAL, replace(EXACT, within=9 * DAY)), "Cart")
    assert {one.what: one.n for one in longer.next} == {"Call": 2, "came back": 1, "nothing": 1}


def test_who_is_not_seen_long_enough_is_not_asked_what_came_next() -> None:
    events = NEXT.replace("end: Search@web@40d", "end: Search@web@11d")
    found = step(dropoff(log(events), IDEAL, replace(EXACT, within=11 * DAY)), "Cart")
    assert found.abandoned == 4
    # Only bob leaves on the first moment of day 0, and is seen for eleven days to the microsecond.
    assert {(one.what, one.n, one.of) for one in found.next} == {("Call", 1, 1)}


def test_a_later_journey_of_the_customer_is_coming_back() -> None:
    """Being asked in a survey is nothing that the customer does."""
    gap = replace(IDEAL.journey, gap=DAY)
    ideal = replace(IDEAL, journey=gap)
    events = log(
        """
        ann: Search@0d NPS_asked@1h Search@3d
        bob: Search@0d NPS_asked@1h
        end: Search@40d
        """
    )
    rows = step(dropoff(events, ideal, EXACT), "Search").next
    # The first journeys of both, the second of the first; the last is open.
    assert {one.what: (one.n, one.of) for one in rows} == {"nothing": (2, 3), "came back": (1, 3)}
    assert {one.kind for one in rows} == {NextKind.NOTHING, NextKind.CAME_BACK}


def test_cases_of_a_customer_are_one_way() -> None:
    """What comes next may be in another case, which began before or after."""
    events = log(
        """
        one (ann): Search@0d Search@4d
        two (ann): Search@1d
        six (bob): Search@0d
        end (cas): Search@40d
        """,
        cases=Cases.GIVEN,
    )
    settings = replace(EXACT, within=2 * DAY)
    rows = step(dropoff(events, IDEAL, settings), "Search").next
    # The first case is left on day 4, the second on day 1: three days before that.
    assert {one.what: (one.n, one.of) for one in rows} == {"nothing": (3, 3)}
    rows = step(dropoff(events, IDEAL, replace(settings, within=3 * DAY)), "Search").next
    assert {one.what: (one.n, one.of) for one in rows} == {"nothing": (2, 3), "came back": (1, 3)}


# The oracle.


def random_log(seed: int) -> tuple[EventLog, np.ndarray, np.ndarray, int]:
    """Journeys with ties, open ones seen for different times; the cause of these is 2."""
    random = np.random.default_rng(seed)
    size, most = int(random.integers(20, 200)), int(random.integers(4, 60))
    time = random.integers(1, most, size)
    cause = np.where(random.random(size) < random.uniform(0.1, 0.6), 2, random.integers(0, 2, size))
    until = int(time.max()) + 100
    rows: list[tuple[str, str, int]] = []
    for number in range(size):
        begin = until - int(time[number]) if cause[number] == 2 else until - 99
        begin = begin if cause[number] == 2 else until - int(time.max()) - 99
        rows.append((f"c{number:04}", "Search", begin))
        if cause[number] < 2:
            rows.append(
                (f"c{number:04}", ("Pay", "Stop")[cause[number]], begin + int(time[number]))
            )
    return log_of(rows), cause, time, until


def check_oracle(seed: int) -> None:
    """Open journeys are given to lifelines a quarter of a second later."""
    events, cause, time, until = random_log(seed)
    settings = replace(
        EXACT, observed_until=at(until * SECOND), at=(int(np.median(time)) * SECOND,)
    )
    found = dropoff(events, without_deadline(IDEAL), settings)
    durations = time + np.where(cause == 2, 0.25, 0.0)
    for number, name in enumerate(("Pay", "Stop")):
        fitter = AalenJohansenFitter(seed=1, calculate_variance=False)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of jitter
            fitter.fit(durations, (cause + 1) % 3, event_of_interest=number + 1)
        known = fitter.cumulative_density_

        def upto(seconds: float, known: object = known) -> float:
            place = np.searchsorted(known.index, seconds + 0.1, "right") - 1
            return float(known.iloc[place, 0])

        points = [one for one in found.curve if one.cause == name]
        ended = time[cause == number]
        assert [one.t_seconds for one in points] == sorted({float(one) for one in ended})
        for one in points:
            assert one.value == pytest.approx(upto(one.t_seconds), abs=1e-9)
            assert one.at_risk == np.count_nonzero(time >= one.t_seconds)
            assert one.events == np.count_nonzero(ended == one.t_seconds)
        at_middle = shares(found)[name]
        assert at_middle == pytest.approx(upto(found.horizons[0].at_seconds), abs=1e-9)


@pytest.mark.parametrize("seed", range(10))
def test_random_logs_are_those_of_lifelines(seed: int) -> None:
    check_oracle(seed)


@pytest.mark.prove
@pytest.mark.parametrize("seed", range(10, 50))
def test_more_random_logs_are_those_of_lifelines(seed: int) -> None:
    check_oracle(seed)


# Laws on any log.

SHOP = compile_ideal(
    parse_journey(
        """
journey: order
goal: Pay
exits: [Stop]
case: {gap: 1d}
deadline: 2d
stages:
  - stage: One
    steps: [Search, Cart, {repeat: View}, Pay]
allow: [News]
""",
        "journey.yaml",
    )
)


@given(
    shop_logs(),
    st.integers(2, 4),
    st.sampled_from((None, "status", "channel", Every.DAY)),
    st.booleans(),
    st.sampled_from((1, 3)),
)
def test_parts_make_no_difference(
    events: EventLog, parts: int, by: str | Every | None, timed: bool, k: int
) -> None:
    """The same bytes however the log is cut; the shares at each time add up."""
    ideal = SHOP if timed else without_deadline(SHOP)
    settings = DropoffSettings(min_group=k, at=(HOUR, DAY))
    grouped = {"cohort": by} if isinstance(by, Every) else {"by": by}
    settings = replace(settings, **grouped)
    try:
        whole = dropoff(events, ideal, settings)
    except (PrivacyError, UsageError):
        return
    assert to_json(dropoff(events, ideal, settings, split=Split(parts=parts))) == to_json(whole)
    if k == 1:
        for horizon in whole.horizons:
            known = [one.value for one in horizon.causes]
            assert None in known or sum(known) + horizon.under_way == pytest.approx(1, abs=1e-12)


@given(shop_logs(), st.booleans())
def test_steps_are_those_of_a_check(events: EventLog, timed: bool) -> None:
    """The same denominators and the same drop-off, to the last digit."""
    ideal = SHOP if timed else without_deadline(SHOP)
    found = dropoff(events, ideal, EXACT)
    checked = check(events, ideal, CheckSettings(min_group=1)).checked
    for one, other in zip(found.steps, checked.steps, strict=True):
        assert (one.step, one.reached, one.abandoned) == (
            other.step,
            other.reached,
            other.abandoned,
        )
        assert one.drop_off == other.drop_off
        assert sum(row.n for row in one.next) == (one.next[0].of if one.next else 0)


@given(shop_logs())
def test_with_complete_follow_up_the_goal_is_that_of_a_check(events: EventLog) -> None:
    """Where nobody is open and nobody stops, the curve at the deadline is the goal rate."""
    ideal = replace(SHOP, journey=replace(SHOP.journey, exits=()))
    last = int(events.times.max()) if events.events else 0
    until = at(last + 2 * DAY)
    found = dropoff(events, ideal, replace(EXACT, observed_until=until, at=(2 * DAY,)))
    checked = check(events, ideal, CheckSettings(min_group=1, observed_until=until)).checked
    value = found.horizons[0].causes[0].value
    assert value == pytest.approx(checked.goal.value, abs=1e-9)
