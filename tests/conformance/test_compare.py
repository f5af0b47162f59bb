"""What is compared and what is taken out, where a missing step is counted, deviations by name."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import pytest
from conformance.ideals import sequence
from notation import journeys

from cjmine.conformance.compare import Comparison, Tally, compare, steps_of_activities
from cjmine.conformance.journey_rows import journey_rows
from cjmine.conformance.move_deviations import Deviations, deviations
from cjmine.conformance.reached_steps import Passed, passed_steps, steps_of_traces
from cjmine.conformance.states import State, Window
from cjmine.eventlog.journeys import CutRules
from cjmine.ideal.compiled import compile_ideal
from cjmine.ideal.deviations import DeviationClass
from cjmine.ideal.journey import IdealJourney, Stage
from cjmine.ideal.nodes import Failed, Node, Sequence, Step

SECOND, MINUTE, DAY = 1_000_000, 60_000_000, 86_400_000_000
LATER = Window(None, 30 * DAY)


def journey(root: Node | str, **more) -> IdealJourney:
    root = sequence(root) if isinstance(root, str) else root
    return IdealJourney("order", more.pop("goal", ("C",)), (Stage("One", (root,)),), **more)


def compared(text: str, ideal: IdealJourney, window: Window = LATER, **rules) -> Comparison:
    return compare(journeys(text, CutRules(**rules)), compile_ideal(ideal), window)


def passed(found: Comparison) -> Passed:
    return passed_steps(found, steps_of_traces(found))


def deviating(found: Comparison) -> Deviations:
    return deviations(found, steps_of_traces(found), passed(found))


def costs(found: Comparison) -> list[int]:
    """What the alignment of each journey costs."""
    return found.moves.cost[found.variants.of_journey].tolist()


def test_allowed_touchpoints_and_exits_cost_nothing():
    ideal = journey("ABC", allow=("News",), exits=("Z",), deadline=DAY)
    found = compared("ann: A News B News C\n bob: A B Z", ideal)
    assert costs(found) == [0, 1]
    assert (found.allowed_events, found.exit_events, found.taken_out) == (2, 1, 3)
    assert (found.tally.lost_to_exit, found.tally.skipped, found.tally.log_moves) == (1, 0, 0)
    # They are still part of the journeys, and of nothing that is compared.
    assert (len(found.journeys.activity), len(found.compared.activity)) == (8, 5)
    assert found.compared.event.tolist() == [0, 2, 4, 5, 6]


def test_what_is_both_allowed_and_an_exit_counts_once_and_ends_the_journey():
    found = compared("bob: A Z", journey("ABC", allow=("Z",), exits=("Z",), deadline=DAY))
    assert (found.allowed_events, found.exit_events) == (1, 0)
    assert found.states.count(State.EXITED) == 1


def test_a_label_is_not_allowed_because_it_looks_like_one():
    found = compared("ann: A News\x00 B C", journey("ABC", allow=("News",), deadline=DAY))
    assert (found.allowed_events, found.tally.unexpected) == (0, 1)


def test_journeys_that_differ_in_allowed_touchpoints_alone_are_one_variant():
    ideal = journey("ABC", allow=("News",))
    found = compared("ann: A News B C\n bob: A B C\n eve: News\n jan: News News", ideal)
    assert found.variants.journeys.tolist() == [2, 2]


def test_a_journey_of_nothing_but_allowed_touchpoints_has_no_match():
    found = compared("ann: News News", journey("ABC", allow=("News",), deadline=DAY))
    assert found.tally.lost_to_abandonment == 3
    assert len(passed(found).journey) == 0


def test_an_event_that_tells_a_failure_stands_for_its_step():
    root = Sequence((Step("A"), Step("B", failed=Failed(("B error",))), Step("C")))
    found = compared("ann: A B_error C\n bob: A B_error B C", journey(root, deadline=DAY))
    assert costs(found) == [0, 1]
    assert (found.tally.repeated, found.tally.unexpected) == (1, 0)
    assert steps_of_activities(found.journeys.activities, found.ideal).tolist() == [found.ideal.space.labels.index(name[0]) for name in (
        found.journeys.activities
    )]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "window", "field"),
    [
        ("ann: A@0 B@60", Window(None, 2 * DAY), "lost_to_abandonment"),
        ("ann: A@0 B@60", Window(None, DAY - 1), "pending"),
        ("ann: A@0 B@60 Z@70", Window(None, 2 * DAY), "lost_to_exit"),
        ("ann: A@0 B@60", Window(1, 2 * DAY), "unobserved"),
        ("ann: A@0 C@60", Window(1, 2 * DAY), "unobserved"),  # truncated, though completed
        ("ann: A@0 C@60", Window(None, DAY - 1), "skipped"),  # open: between matches all the same
        ("ann: A@0 B@60 goal@70", Window(None, 2 * DAY), "skipped"),
    ],
)
def test_where_a_missing_step_is_counted(text, window, field):
    """One step is missing; the state of the journey says what that means."""
    ideal = journey("ABC", goal=("C", "goal"), exits=("Z",), allow=("goal",), deadline=DAY)
    tally = asdict(compared(text, ideal, window).tally)
    assert tally == {**dict.fromkeys(tally, 0), "model_moves": 1, field: 1}


def test_missing_steps_of_a_truncated_journey_are_unobserved_even_between_matches():
    tally = compared("ann: B@0 D@60", journey("ABCDE", goal=("E",)), Window(1, 60)).tally
    assert (tally.model_moves, tally.unobserved, tally.skipped) == (3, 3, 0)


def test_counting_starts_at_the_entry():
    ideal = journey("BC", entry=("B",), deadline=DAY)
    found = compared("ann: A x B C\n bob: A C", ideal, entry=("B",))
    assert costs(found) == [0]
    assert (found.journeys.before_entry, found.journeys.without_entry) == (2, 1)


def named(text: str, ideal: IdealJourney, window: Window = LATER) -> list[str]:
    found = deviating(compared(text, ideal, window))
    return [
        f"{list(DeviationClass)[one].value} {found.names[name]} {times}"
        for one, name, times in zip(found.of_class, found.name, found.times, strict=True)
    ]


@pytest.mark.parametrize(
    ("trace", "expected"),
    [
        ("A B C", []),
        ("A C B", ["swapped C 1"]),
        ("B C A", ["out-of-order A 1"]),
        ("A C", ["skipped B 1"]),
        ("A A A B C", ["repeated A 2"]),
        ("A x x B C", ["unexpected x 2"]),
        ("A x C", ["replaced B 1", "unexpected x 1"]),
        ("A B", ["abandoned-after B 1"]),
        ("x", ["unexpected x 1"]),
    ],
)
def test_deviations_have_a_class_a_step_and_a_number(trace, expected):
    assert named(f"ann: {trace}", journey("ABC", deadline=DAY)) == expected


def test_of_a_step_and_its_error_side_by_side_the_first_one_changed_places():
    """Both are equally far from where the ideal has the step: the left one is swapped."""
    error = Failed(("P error",))
    root = Sequence((Step("A"), Step("B"), Step("P", failed=error), Step("C")))
    ideal = journey(root, deadline=DAY)
    assert named("ann: A P P_error B C", ideal) == ["swapped P 1", "unexpected P error 1"]
    assert named("ann: A P_error P B C", ideal) == ["swapped P 1", "unexpected P 1"]


def test_open_and_truncated_journeys_do_not_abandon_anything():
    ideal = journey("ABC", deadline=DAY)
    assert named("ann: A B", ideal, Window(None, 0)) == []
    assert named("ann: A x B", ideal, Window(1, 30 * DAY)) == []


def test_what_a_completed_journey_leaves_out_at_its_end_is_skipped():
    ideal = journey("ABCD", goal=("B",), deadline=DAY)
    assert named("ann: A B", ideal) == ["skipped C 1", "skipped D 1"]


def test_rows_about_variants_become_rows_about_their_journeys():
    found = compared("ann: A\n bob: B\n eve: A", journey("ABC", deadline=DAY))
    rows = journey_rows(np.array([0, 0, 1]), 2, found.variants.of_journey)
    assert list(zip(rows.row.tolist(), rows.journey.tolist(), strict=True)) == [
        *((0, 0), (1, 0), (2, 1), (0, 2), (1, 2))
    ]


def test_an_empty_log():
    found = compared("", journey("ABC"))
    assert set(asdict(found.tally).values()) == {0}
    assert len(deviating(found).journey) == len(passed(found).journey) == 0


def test_an_account_that_does_not_add_up_is_refused():
    found = compared("ann: A x C", journey("ABC"), Window(None, 0))
    for field in Tally.__dataclass_fields__:
        with pytest.raises(AssertionError):
            Tally(**{**asdict(found.tally), field: getattr(found.tally, field) + 1})


def test_a_comparison_that_lost_events_is_refused():
    found = compared("ann: A News C", journey("ABC", allow=("News",)))
    values = {name: getattr(found, name) for name in Comparison.__dataclass_fields__}
    with pytest.raises(AssertionError):
        Comparison(**{**values, "is_allowed": np.zeros(3, bool)})
