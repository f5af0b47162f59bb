"""Every mistake in a journey file is told with its code and its place, and with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from ideal.bad_journeys import BAD, beside, steps, told

from cjmine.errors import Code, Problem, UsageError
from cjmine.ideal.file import parse_journey, read_journey


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(UsageError) as refused:
        parse_journey(text, "journey.yaml")
    assert refused.value.exit_status == 2
    return refused.value.problems


@pytest.mark.parametrize("marked", [pytest.param(text, id=name) for name, text in BAD])
def test_a_bad_file_is_refused_at_the_right_place(marked: str) -> None:
    text, expected = told(marked)
    found = problems(text)
    assert [(one.code, one.place.line, one.place.position) for one in found] == expected
    assert {one.place.file for one in found} == {"journey.yaml"}


def test_the_table_is_large_and_has_every_code() -> None:
    assert len(BAD) >= 100
    assert len({name for name, _ in BAD}) == len({text for _, text in BAD}) == len(BAD)
    codes = {code for _, text in BAD for code, _, _ in told(text)[1]}
    assert codes == {f"J{number}" for number in (101, 102, *range(104, 112))}


def test_parts_may_nest_30_deep() -> None:
    assert parse_journey(steps("[" * 30 + "Buy" + "]" * 30), "x").steps[0].name == "Buy"


def test_the_sound_file_behind_the_table_is_sound() -> None:
    """Otherwise its own mistakes would be what the table finds."""
    assert parse_journey(beside(""), "x").goal == ("Buy",)
    assert parse_journey(steps("[{step: Buy}]", "allow: X\n"), "x").allow == ("X",)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        (beside("ower: me\n"), "owner"),
        (beside("frictoin: Call\n"), "friction"),
        (steps("[{step: Buy, chanel: web}]"), "channel"),
        (steps("[{step: Buy, moment-of-thruth: true}]"), "moment-of-truth"),
        (steps("[{any-oder: [A, B], choice: [C, D]}, Buy]"), "any-order"),
        (steps('[{step: Buy, expect: {dropoff: "<= 1%"}}]'), "drop-off"),
        (beside('expect: {goalrate: ">= 1%"}\n'), "goal-rate"),
        (beside("entry: buy\n"), "Buy"),
        (steps("[Check out, {step: Buy, within: {max: 1h, after: Checkout}}]"), "Check out"),
        (beside("accepted: [{deviation: skiped, because: x, until: 2027-01-01}]\n"), "skipped"),
        (
            beside("accepted: [{deviation: late, step: Bye, because: x, until: 2027-01-01}]\n"),
            "Buy",
        ),
    ],
)
def test_near_misses_are_named(text: str, near: str) -> None:
    assert f'did you mean "{near}"?' in [one.remedy for one in problems(text)]


@pytest.mark.parametrize("name", ["No", "2024", "1.5", "null", "~", "2026-01-01"])
def test_a_name_that_needs_quotes_is_shown_with_them_and_then_is_read(name: str) -> None:
    (one,) = problems(steps(f"[{name}, Buy]"))
    assert f'"{name}"' in one.remedy
    assert parse_journey(steps(f'["{name}", Buy]'), "x").steps[0].name == name


def test_a_budget_without_quotes_is_shown_with_them() -> None:
    (one,) = problems(beside("expect:\n  goal-rate: >= 35%\n"))
    assert '">= 35%"' in one.remedy


def test_steps_that_stand_the_wrong_way_round_are_shown_the_right_way() -> None:
    text = beside('unexpected: [{touchpoint: X, between: [B, A], expect: "<= 1%"}]\n')
    assert problems(text)[0].remedy == "between: [A, B]"


def test_several_problems_come_together_in_the_order_of_the_file() -> None:
    found = problems(told(dict(BAD)["many mistakes"])[0])
    assert [one.place.line for one in found] == [1, 2, 4, 5, 6, 7, 8, 9]


def unreadable(path: Path) -> Problem:
    with pytest.raises(UsageError) as refused:
        read_journey(path, "journey.yaml")
    (one,) = refused.value.problems
    assert (one.code, one.place.file) == (Code.JOURNEY_SYNTAX, "journey.yaml")
    return one


def test_files_that_cannot_be_opened(tmp_path: Path) -> None:
    assert "No such file" in unreadable(tmp_path / "nowhere.yaml").cause
    assert "directory" in unreadable(tmp_path).cause
    unreadable(Path("a\0b"))


def test_a_file_over_a_megabyte_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "large.yaml"
    file.write_bytes(b"# " + b"x" * 1_000_000)
    assert "megabyte" in unreadable(file).cause


def test_a_file_that_is_not_utf_8_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "latin.yaml"
    file.write_bytes("journey: a\ngoal: Überweisung\n".encode("latin-1"))
    assert unreadable(file).place.line == 2
    file.write_bytes(beside("").encode("utf-16"))
    unreadable(file)


# What YAML lets through, and nothing should.
GAPS = {
    "a truth that is none": steps("[{step: Buy, moment-of-truth: <J106>!!bool x}]"),
    "a character beyond all": 'journey: "<J104>\\UFFFFFFFF"\n',
    "a week, not a day": beside(
        "accepted: [{deviation: late, because: x, until: <J106>2027-W01-1}]\n"
    ),
    "a touchpoint and a step": beside(
        'unexpected: [{touchpoint: X, <J110>step: Y, expect: "<= 1%"}]\n'
    ),
}


@pytest.mark.parametrize("case", GAPS)
def test_oddities_are_refused_in_words(case: str) -> None:
    text, expected = told(GAPS[case])
    found = problems(text)
    assert [one.code for one in found] == [code for code, _, _ in expected]
