"""Ways around the gate that a review found: each is closed, and shown to be open without it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from notation import log

from cjmine.analysis.draft import Draft
from cjmine.disclosure.baseline import shown_baseline
from cjmine.disclosure.notes import load_notes
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.shown import shown
from cjmine.errors import CjmineError, Code, Note, PrivacyError
from cjmine.eventlog.log import About, Cases
from cjmine.ideal.compiled import compile_ideal
from cjmine.ideal.file import parse_journey
from cjmine.ingest.inputs import find_inputs
from cjmine.ingest.source_options import SourceOptions
from cjmine.reporters.journey_file import render
from cjmine.results.check import Verdict
from cjmine.results.log import Source
from cjmine.touchpoints.find import find_touchpoints
from cjmine.verbs.check import Outcome, check
from cjmine.verbs.draft import draft
from cjmine.verbs.settings import CheckSettings, CutSettings
from tests.observing import at

DAY = 86_400_000_000
IDEAL = """
journey: order
goal: Pay
deadline: 1d
stages:
  - stage: One
    steps: [Search, {step: Cart, expect: {skipped: "<= 20%"}}, Pay]
"""


def journeys(name: str, count: int, trace: str) -> list[str]:
    return [f"{name}{number:04}: {trace}" for number in range(count)]


def checked(lines: list[str], **settings: object) -> Outcome:
    ideal = compile_ideal(parse_journey(IDEAL, "journey.yaml"))
    asked = replace(CheckSettings(observed_until=at(9 * DAY)), **settings)
    cases = Cases.GIVEN if "(" in lines[0] else Cases.CUSTOMER
    return check(log("\n".join(lines), cases), ideal, asked)


GOOD = journeys("a", 203, "Search@0 Cart@61 Pay@184")
MANY = [*GOOD, *journeys("b", 33, "Search@0"), *journeys("x", 2, "Search@0 Pay@70")]


def test_a_baseline_that_shows_few_does_not_show_them_beside_a_later_check():
    earlier = checked(MANY, min_group=1).baseline
    assert earlier.share("skipped", "Cart") is not None
    few = [one for one in earlier.counted if 0 < one.n < 10]
    assert few
    shown_then = shown_baseline(earlier, Policy(10))
    assert not [one for one in shown_then.counted if 0 < one.n < 10 or 0 < one.of - one.n < 10]
    assert shown_then.fitness is None
    assert shown_baseline(earlier, Policy(1)) == earlier


def test_a_baseline_of_few_journeys_is_refused_beside_a_check_that_shows_no_few():
    earlier = checked(journeys("a", 3, "Search@0 Cart@61 Pay@184"), min_group=1).baseline
    with pytest.raises(PrivacyError) as refused:
        checked(MANY, baseline=earlier)
    assert refused.value.problems[0].code is Code.TOO_FEW_CUSTOMERS


def test_an_exact_baseline_is_rounded_in_what_is_released():
    earlier = replace(checked(MANY).baseline, file="/home/ann/then.json")
    assert earlier.journeys == 238
    used = checked(MANY, baseline=earlier, release=True).checked.baseline
    assert used is not None
    assert (used.file, used.journeys) == ("then.json", 240)
    assert used.observed_until == "1970-01-10"
    rounded = shown_baseline(earlier, Policy(10, release=True))
    assert all(one.n % 5 == one.of % 5 == 0 for one in rounded.counted)
    assert any(one.n % 5 or one.of % 5 for one in earlier.counted)


def test_no_step_is_reached_by_more_than_all_where_counts_are_rounded():
    """99 of 99 journeys that are observed from the start, and 13 others, are 100 of 100."""
    lines = journeys("a", 99, "Search@100000 Cart@100061 Pay@100184")
    lines += journeys("t", 13, "Search@0 Cart@61")
    outcome = checked(lines, release=True, observed_from=at(DAY // 10))
    found = outcome.checked
    assert found.reached_of == 100
    assert [row.reached for row in found.steps] == [100, 100, 100]
    assert all(one.n <= one.of for one in outcome.baseline.counted)


def test_few_customers_with_many_journeys_leave_no_verdict():
    """Five customers skip a step in 200 of 500 journeys: that is not "at most 9 of 500"."""
    lines = [f"a{number} (a{number}): Search@0 Cart@61 Pay@184" for number in range(300)]
    often = [f"x{number} (x{number % 5}): Search@0 Pay@70" for number in range(200)]
    (row,) = checked([*lines, *often]).checked.expectations
    assert row.n is None
    assert row.verdict is Verdict.INCONCLUSIVE
    (row,) = checked([*lines, *often[:5]]).checked.expectations
    assert row.n is None
    assert row.verdict is Verdict.KEPT


def drafted(lines: list[str], min_group: int = 10) -> Draft:
    return draft(log("\n".join(lines)), CutSettings(goal=("Pay",), min_group=min_group))


def test_a_draft_does_not_say_how_few_have_no_touchpoint_or_no_success():
    lines = [*GOOD, *journeys("x", 2, "Search@0 Pay@70"), *journeys("y", 3, "Search@0")]
    text = render(drafted(lines))
    assert "205 successful journeys of hardly more in all" in text
    assert "# nearly all journeys" in text
    assert "208" not in text
    assert "203" not in text
    exact = render(drafted(lines, min_group=1))
    assert "205 successful journeys of 208" in exact
    assert "203 journeys" in exact


def test_a_draft_does_not_say_how_few_do_not_repeat_a_touchpoint():
    lines = [*journeys("a", 60, "Search Search Pay"), *journeys("x", 2, "Search Pay")]
    assert "again in" not in render(drafted(lines))
    assert "again in 60" in render(drafted(lines, min_group=1))


def test_an_entry_of_few_is_answered_in_a_draft_like_one_that_the_log_does_not_have():
    def answered(entry: str) -> list[tuple[Code, str]]:
        lines = [*GOOD, *journeys("x", 3, "Rare@0 Pay@60")]
        with pytest.raises(CjmineError) as refused:
            draft(log("\n".join(lines)), CutSettings(goal=("Pay",), entry=(entry,)))
        return [(one.code, one.message.replace(entry, "")) for one in refused.value.problems]

    assert answered("Rare") == answered("Nowhere")


def test_a_draft_does_not_tell_the_longest_waits_of_few():
    lines = [*journeys("a", 40, "Search@0 Pay@7200"), *journeys("x", 6, "Search@0 Pay@700000")]
    assert "9 of 10 wait" not in render(drafted(lines))
    assert "9 of 10 wait" in render(drafted(lines, min_group=1))
    assert "9 of 10 wait" in render(drafted(journeys("a", 120, "Search@0 Pay@7200")))


NOTES = (
    Note(Code.UNLINKED, "events of identifiers that nothing links: 1,203 (web 3 1,200, calls 3)"),
    Note(Code.CLASHES, "identifiers of several customers, linked to none: 2"),
    Note(Code.ROWS_REJECTED, "records rejected: 2 (calls 2)"),
)


def test_notes_of_a_load_do_not_count_few_identifiers():
    about = About(Cases.CUSTOMER, notes=NOTES)
    found = [note.text for note in load_notes(about, Policy(10))]
    assert found == [
        "events of identifiers that nothing links: 1,203 (web 3 1,200, calls fewer than 10)",
        "identifiers of several customers, linked to none: fewer than 10",
        "records rejected: 2 (calls 2)",
    ]
    assert tuple(load_notes(about, Policy(1))) == NOTES
    assert not any(char.isdigit() for one in load_notes(about, Policy(10, True))
                   for char in one.text.replace(one.code.value, ""))  # fmt: skip


def test_touchpoints_do_not_count_the_events_of_few(tmp_path: Path):
    rows = [f"c{number:03},Search,2026-03-01T10:00:00Z" for number in range(30)]
    rows += [f"x{number},Secret {number},2026-03-01T10:00:00Z" for number in range(3)]
    (tmp_path / "log.csv").write_text("\n".join(["customer,activity,time", *rows]) + "\n", "utf-8")
    inputs = find_inputs([str(tmp_path / "log.csv")], SourceOptions().flags())
    (few,) = find_touchpoints(inputs, 10).sources
    assert (few.events, few.hidden_labels, few.hidden_events) == (33, 3, None)
    (every,) = find_touchpoints(inputs, 1).sources
    assert (every.hidden_labels, every.hidden_events) == (0, 0)


@pytest.mark.parametrize(("unlinked", "printed"), [(3, None), (0, 0), (10, 10), (None, None)])
def test_the_account_of_a_file_does_not_count_few_who_are_linked_to_nothing(
    unlinked: int | None, printed: int | None
):
    row = Source("a.csv", "csv", 90, 90, 0, 0, 0, unlinked=unlinked, events=90)
    assert shown(row, Policy(10)).unlinked == printed
    assert shown(row, Policy(1)).unlinked == unlinked


def test_the_rounded_account_of_a_file_adds_up():
    """Rounded one by one, 46 is 45 and its parts are 35 and 15."""
    row = Source("a.csv", "csv", 46, 33, 0, 0, 13, events=33)
    found = shown(row, Policy(10, release=True))
    assert (found.read, found.loaded, found.filtered) == (50, 35, 15)
    few = shown(replace(row, loaded=43, filtered=3, events=43), Policy(10, release=True))
    assert (few.read, few.loaded, few.filtered) == (45, 45, None)


def test_the_word_for_a_folder_is_no_path():
    policy = Policy(10, release=True)
    assert [policy.file_name(one) for one in ("/a/b.csv", ".", "logs/")] == ["b.csv", ".", "logs"]
    assert [Policy().file_name(one) for one in ("/a/b.csv", "a/b.csv")] == ["b.csv", "a/b.csv"]
