"""A first journey file from the journeys that succeed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from notation import log
from strategies import examples, names, rows  # noqa: F401  the same examples on every run

from cjmine.analysis.draft import Draft
from cjmine.errors import Code, PrivacyError, UsageError
from cjmine.eventlog.log import EventLog
from cjmine.ideal.file import parse_journey
from cjmine.reporters.journey_file import duration, render
from cjmine.verbs.draft import draft
from cjmine.verbs.settings import CutSettings


def lines(count: int, trace: str, name: str) -> list[str]:
    return [f"{name}{number}: {trace}" for number in range(count)]


def drafted(*groups: tuple[int, str], goal: str = "Pay", min_group: int = 10) -> Draft:
    every = [line for place, one in enumerate(groups) for line in lines(*one, name=f"c{place}x")]
    return draft(log("\n".join(every)), CutSettings(goal=(goal,), min_group=min_group))


def steps(found: Draft) -> list[str]:
    """The lines of the file that name parts."""
    text = render(found)
    below = text[text.index("    steps:") :].splitlines()[1:]
    return [line.strip()[2:] for line in below if line.startswith("      - ")]


def test_what_most_do_becomes_steps_and_what_some_do_optional_ones():
    found = drafted((60, "Search Cart Pay"), (30, "Search Compare Cart Pay"), (50, "Search"))
    assert steps(found) == ["Search", "optional: Compare", "Cart", "Pay"]
    assert (found.successes, found.journeys, found.fitting) == (90, 140, 90)


def test_what_comes_again_is_a_repetition():
    found = drafted((60, "Search View View Pay"), (30, "Search View Pay"))
    assert steps(found) == ["Search", "repeat: View", "Pay"]


def test_either_order_and_either_branch():
    found = drafted((30, "Photo Sign Card Pay"), (30, "Sign Photo Bank Pay"))
    assert steps(found) in (
        ["any-order: [Photo, Sign]", "choice: [Bank, Card]", "Pay"],
        ["any-order: [Sign, Photo]", "choice: [Bank, Card]", "Pay"],
        ["any-order: [Photo, Sign]", "choice: [Card, Bank]", "Pay"],
        ["any-order: [Sign, Photo]", "choice: [Card, Bank]", "Pay"],
    )
    assert found.fitting == 60


def test_journeys_end_at_their_first_goal():
    assert steps(drafted((40, "Search Pay Thanks Pay"))) == ["Search", "Pay"]


def test_nothing_that_few_have_is_named():
    found = drafted((60, "Search Pay"), (9, "Search Secret Pay"), (12, "Search Rare"))
    assert "Secret" not in render(found)
    with pytest.raises(PrivacyError):
        drafted((9, "Search Pay"))


def test_questions_for_the_owner():
    text = render(drafted((60, "Search Pay"), (30, "Search Cancelled"), (20, "Search Call Pay")))
    assert "# exits: Cancelled" in text
    assert "QUESTION: after how long is a journey lost?" in text


def test_a_goal_that_is_not_there():
    with pytest.raises(UsageError) as refused:
        drafted((60, "Search Pay"), goal="Pey")
    assert refused.value.code is Code.NAME_ABSENT
    assert refused.value.problems[0].remedy == 'did you mean "Pay"?'


labels = st.sampled_from(
    ["No", "2024", "a: b", "# not a comment", '"quoted"', "-", "[x]", "{y}", "ünïcode", "1.5", "~"]
)


@given(st.lists(labels, min_size=1, max_size=5, unique=True))
@examples(20)
def test_a_draft_reads_back_as_the_journey_it_is(chosen):
    from strategies import log_from

    given_rows = [
        (f"c{number}", name, place)
        for number in range(12)
        for place, name in enumerate([*chosen, "the goal"])
    ]
    made: EventLog = log_from(given_rows)
    found = draft(made, CutSettings(goal=("the goal",)))
    read = parse_journey(render(found), "journey.yaml")
    assert [step.name for step in read.steps] == [*chosen, "the goal"]
    assert read.goal == ("the goal",)
    assert read.deadline == found.journey.deadline


@pytest.mark.parametrize(("hours", "said"), [(26, "26h"), (72, "3d"), (468, "20d")])
def test_long_waits_are_told_in_days(hours, said):
    found = drafted((60, "Search Pay"))
    waits = [replace(one, wait_p90=hours * 3_600_000_000) for one in found.evidence]
    assert f"wait less than {said};" in render(replace(found, evidence=tuple(waits)))


@pytest.mark.parametrize(
    ("microseconds", "written"), [(1, "1s"), (60_000_000, "1m"), (86_400_000_000, "1d")]
)
def test_durations(microseconds, written):
    assert duration(microseconds) == written


def test_a_draft_tells_nothing_of_few_customers():
    """Three that repeat, five that do not fit: neither figure stands in the file."""
    found = drafted((57, "Search View Pay"), (3, "Search View View Pay"), (5, "Search Pay View"))
    assert found.fitting is None and "follow it exactly is withheld" in render(found)
    assert "again in" not in render(found)
    assert drafted((60, "Search Pay")).fitting == 60
