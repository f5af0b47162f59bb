"""Every mistake in a journey file is told with its code and its place, and with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from ideal.bad_journeys import BAD, beside, steps, told

from cjmine.errors import Code, Problem, UsageError
from cjmine.ideal import yaml_compose
from cjmine.ideal.file import parse_journey, read_journey
from cjmine.ideal.yaml_nodes import Problems


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(UsageError) as refused:
        parse_journey(text, "journey.yaml")
    assert refused.value.exit_status == 2
    return refused.value.problems


PARSERS = [
    pytest.param(yaml.SafeLoader, id="without libyaml"),
    pytest.param(
        getattr(yaml, "CSafeLoader", None),
        id="with libyaml",
        marks=pytest.mark.skipif(not yaml.__with_libyaml__, reason="PyYAML has no libyaml here"),
    ),
]


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("marked", [pytest.param(text, id=name) for name, text in BAD])
def test_a_bad_file_is_refused_at_the_right_place(
    marked: str, parser: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same mistakes at the same places, however PyYAML was built."""
    monkeypatch.setattr(yaml_compose, "LOADER", parser)
    text, expected = told(marked)
    found = problems(text)
    assert [(one.code, one.place.line, one.place.position) for one in found] == expected
    assert {one.place.file for one in found} == {"journey.yaml"}


BOMB = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 200))
HOSTILE = {
    "lists in lists": "[" * 10_000,
    "lists in lists, closed": "[" * 5_000 + "]" * 5_000,
    "lists in lists, one a line": "".join(f"{' ' * n}-\n" for n in range(5_000)),
    "mappings in mappings": "{a: " * 5_000,
    "keys of keys": "? " * 5_000,
    "dashes": "- " * 5_000,
    "a journey, then lists in lists": beside("owner: " + "[" * 5_000),
    "aliases that double": "a0: &a0 [x, x]\n" + BOMB,
}


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_after_little_work(
    name: str, parser: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Work is counted in events: no more than the levels allowed, and what comes before them."""
    events = 0

    class Counting(parser):  # type: ignore[misc]
        def get_event(self) -> object:
            nonlocal events
            events += 1
            return super().get_event()

    monkeypatch.setattr(yaml_compose, "LOADER", Counting)
    (one,) = problems(HOSTILE[name])
    assert one.code is Code.JOURNEY_SYNTAX
    assert ("nested" in one.message) is (name != "aliases that double")
    assert 0 < events <= 2 * yaml_compose.DEEPEST + 40


def test_the_deepest_file_that_the_reader_takes_is_shallower_than_the_limit() -> None:
    """So that parts that nest too deeply are refused where they are, not for the whole file."""
    deep = "{optional: [" * 15 + "{choice: [" * 7 + "A, B" + "]}" * 7 + "]}" * 15
    found = problems(steps(f"[{deep}, Buy]"))
    assert {one.code for one in found} == {Code.JOURNEY_VALUE}


@given(st.text(st.sampled_from("[]{}:,-? \n&*a\"'#|>!"), max_size=40))
def test_what_pyyaml_reads_is_read_alike_with_libyaml(text: str) -> None:
    """No text crashes; libyaml may take a little more, such as tabs and `|# comment`."""
    plain = outcome(text, yaml.SafeLoader)
    assert plain in ("refused", outcome(text, yaml_compose.LOADER))


def outcome(text: str, parser: type) -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_compose, "LOADER", parser)
        found = Problems("x")
        root = yaml_compose.compose(text, found)
    return "refused" if found.found else shape(root)


def shape(node: yaml.Node | None) -> object:
    """Tags of scalars, values and places of a node and of all below it."""
    assert node is not None
    at = (node.start_mark.line, node.start_mark.column)
    match node:
        case yaml.SequenceNode():
            return at, [shape(one) for one in node.value]
        case yaml.MappingNode():
            return at, [(shape(key), shape(value)) for key, value in node.value]
    return at, node.tag, node.value


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
