"""A hundred journey files with something wrong: each has its code, line and column.

A case is written as (what is wrong, the file, what is found). The file is a whole one, or what
stands below `steps:` of a small one (`STEPS`), or what follows a small one (`MORE`, from line 6).
"""

from __future__ import annotations

import pytest

from cjmine.errors import UsageError
from cjmine.ideal.file import parse_journey

SMALL = "journey: x\ngoal: Buy\nstages:\n  - stage: One\n    steps: [Search, Buy]\n"


def steps(text: str) -> str:
    """A journey with these steps; their first line is line 6, indented by six."""
    lines = "".join(f"      {line}\n" for line in text.split("\n"))
    return f"journey: x\ngoal: Buy\nstages:\n  - stage: One\n    steps:\n{lines}"


def more(text: str) -> str:
    """A good journey, and this from its line 6."""
    return SMALL + text + "\n"


BAD = [
    # the file as YAML
    ("empty", "", "J104 1:1"),
    ("blank", "  \n\n", "J104 1:1"),
    ("only a comment", "# nothing\n", "J104 1:1"),
    ("open bracket", "journey: [x\n", "J104 2:1"),
    ("open quote", 'journey: "x\n', "J104 2:1"),
    ("tab as indent", "journey: x\nstages:\n\t- a\n", "J104 3:1"),
    ("two documents", "journey: x\n---\njourney: y\n", "J104 2:1"),
    ("anchor", "journey: &a x\ngoal: *a\n", "J104 2:7"),
    ("budget without quotes", more("expect: {fitting: >= 3%}"), "J104 6:19"),
    ("control character", "journey: x\x01\n", "J104 1:11"),
    ("colon in a name", "journey: x: y\n", "J104 1:11"),
    ("wrong indent", "journey: x\n  goal: y\n", "J104 2:7"),
    ("not a mapping", "- journey\n", "J106 1:1"),
    ("a word", "journey\n", "J106 1:1"),
    # required keys
    ("nothing required", "owner: me\n", "J107 1:1 J107 1:1 J107 1:1"),
    ("no journey", SMALL.replace("journey: x\n", ""), "J107 1:1"),
    ("no goal", SMALL.replace("goal: Buy\n", ""), "J107 1:1"),
    ("no stages", "journey: x\ngoal: Buy\n", "J107 1:1"),
    ("stage without a name", "journey: x\ngoal: Buy\nstages:\n  - steps: [Buy]\n", "J107 4:5"),
    ("stage without steps", "journey: x\ngoal: Buy\nstages:\n  - stage: One\n", "J107 4:5"),
    # keys
    ("unknown key", more("gaol: Buy"), "J105 6:1"),
    ("key twice", more("goal: Buy"), "J108 6:1"),
    ("key is no word", more("[a]: b"), "J105 6:1"),
    ("unknown key in a stage", SMALL.replace("stage: One", "stage: One\n    step: Buy"), "J105 5:5"),
    ("unknown key in a step", steps("- step: Buy\n  chanel: mail"), "J105 7:9"),
    ("unknown key in within", steps("- Go\n- step: Buy\n  within: {maks: 1h}"), "J107 8:17 J105 8:18"),
    ("unknown key in case", more("case: {pause: 3d}"), "J107 6:7 J105 6:8"),
    ("unknown measure", steps('- step: Buy\n  expect: {drop: "<= 5%"}'), "J105 7:18"),
    ("measure of a step at the journey", more('expect: {drop-off: "<= 5%"}'), "J105 6:10"),
    ("measure of the journey at a step", steps('- step: Buy\n  expect: {fitness: ">= 1"}'), "J105 7:18"),
    # values of the wrong kind
    ("journey is a list", SMALL.replace("journey: x", "journey: [x]"), "J106 1:10"),
    ("journey is empty", SMALL.replace("journey: x", "journey:"), "J106 1:9"),
    ("journey is blank", SMALL.replace("journey: x", 'journey: " "'), "J106 1:10"),
    ("journey of two lines", SMALL.replace("journey: x", 'journey: "x\\ny"'), "J106 1:10"),
    ("journey too long", SMALL.replace("journey: x", "journey: " + "x" * 201), "J106 1:10"),
    ("stages is a word", "journey: x\ngoal: Buy\nstages: Buy\n", "J106 3:9"),
    ("stages is empty", "journey: x\ngoal: Buy\nstages: []\n", "J106 3:9"),
    ("a stage is a word", "journey: x\ngoal: Buy\nstages: [One]\n", "J106 3:10"),
    ("steps is a word", SMALL.replace("[Search, Buy]", "Buy"), "J106 5:12"),
    ("steps is empty", SMALL.replace("[Search, Buy]", "[]"), "J106 5:12"),
    ("empty list as a part", steps("- []\n- Buy"), "J106 6:9"),
    ("goal is an empty list", SMALL.replace("goal: Buy", "goal: []"), "J106 2:7"),
    ("goal is a mapping", SMALL.replace("goal: Buy", "goal: {a: b}"), "J106 2:7"),
    ("case is a word", more("case: 30d"), "J106 6:7"),
    ("case is empty", more("case: {}"), "J107 6:7"),
    ("case until something", more("case: {until: exit}"), "J106 6:15"),
    ("expect is a list", more("expect: [fitness]"), "J106 6:9"),
    ("accepted is a word", more("accepted: all"), "J106 6:11"),
    ("unexpected is a word", more("unexpected: all"), "J106 6:13"),
    # names that YAML reads as something else
    ("a step No", steps("- No\n- Buy"), "J109 6:9"),
    ("a step 2024", steps("- 2024\n- Buy"), "J109 6:9"),
    ("a step 1.5", steps("- 1.5\n- Buy"), "J109 6:9"),
    ("a step null", steps("- null\n- Buy"), "J109 6:9"),
    ("a step that is a date", steps("- 2026-01-01\n- Buy"), "J109 6:9"),
    ("a step that is a tilde", steps("- ~\n- Buy"), "J109 6:9"),
    ("a journey true", SMALL.replace("journey: x", "journey: true"), "J109 1:10"),
    ("allow a number", more("allow: [404]"), "J109 6:9"),
    ("a nameless step", steps("- \n- Buy"), "J106 6:8"),
    # durations and numbers
    ("deadline without a unit", more("deadline: 30"), "J106 6:11"),
    ("deadline of zero", more("deadline: 0d"), "J106 6:11"),
    ("deadline with a wrong unit", more("deadline: 3 months"), "J106 6:11"),
    ("deadline is a list", more("deadline: [3d]"), "J106 6:11"),
    ("gap below zero", more("case: {gap: -3d}"), "J106 6:13"),
    ("min of a repeat below zero", steps("- {repeat: Buy, min: -1}"), "J106 6:28"),
    ("max of a repeat is zero", steps("- {repeat: Buy, max: 0}"), "J106 6:28"),
    ("max below min", steps("- {repeat: Buy, min: 3, max: 2}"), "J106 6:36"),
    ("min is a word", steps("- {repeat: Buy, min: two}"), "J106 6:28"),
    ("min is a broken number", steps("- {repeat: Buy, min: 1.5}"), "J106 6:28"),
    ("min-journeys of zero", more("min-journeys: 0"), "J106 6:15"),
    ("within max below min", steps("- Go\n- step: Buy\n  within: {min: 2h, max: 1h}"), "J106 8:32"),
    ("within is nonsense", steps("- Go\n- step: Buy\n  within: soon"), "J106 8:17"),
    ("within without a bound", steps("- Go\n- step: Buy\n  within: {after: Go}"), "J107 8:17"),
    ("moment-of-truth maybe", steps("- step: Buy\n  moment-of-truth: maybe"), "J106 7:26"),
    # parts
    ("a part of two kinds", steps("- {step: Buy, optional: Go}"), "J106 6:21"),
    ("a part of no kind", steps("- {channel: web}\n- Buy"), "J107 6:9"),
    ("a choice of one", steps("- choice: [Go]\n- Buy"), "J106 6:17"),
    ("a choice of a word", steps("- choice: Go\n- Buy"), "J106 6:17"),
    ("any order of one", steps("- any-order: [Go]\n- Buy"), "J106 6:20"),
    ("a channel on a choice", steps("- choice: [Go, Buy]\n  channel: web"), "J105 7:9"),
    ("min on a step", steps("- step: Buy\n  min: 2"), "J105 7:9"),
    ("failed without is", steps("- step: Buy\n  failed: {column: status}"), "J107 7:17"),
    ("failed is a number", steps("- step: Buy\n  failed: 404"), "J109 7:17"),
    ("channels empty", steps("- step: Buy\n  channel: []"), "J106 7:18"),
    ("channel twice", steps("- step: Buy\n  channel: [web, web]"), "J108 7:24"),
    # budgets
    ("budget of a word", more("expect: {fitting: good}"), "J106 6:19"),
    ("budget without a side", more('expect: {fitting: "5%"}'), "J106 6:19"),
    ("budget over 100 %", more('expect: {fitting: "<= 120%"}'), "J106 6:19"),
    ("budget over 1", more('expect: {fitting: "<= 5"}'), "J106 6:19"),
    ("budget with a comma", more('expect: {fitting: "<= 0,5"}'), "J106 6:19"),
    ("budget is a list", more("expect: {fitting: [1]}"), "J106 6:19"),
    ("level unknown", more('expect: {fitting: {is: "<= 1", level: fatal}}'), "J106 6:39"),
    ("budget missing", more("expect: {fitting: {level: warn}}"), "J107 6:19"),
    ("late without within", steps('- step: Buy\n  expect: {late: "<= 5%"}'), "J110 7:18"),
    ("wrong channel without one", steps('- step: Buy\n  expect: {wrong-channel: "<= 5%"}'), "J110 7:18"),
    ("failed without failed", steps('- step: Buy\n  expect: {failed: "<= 5%"}'), "J110 7:18"),
    (
        "early without min",
        steps('- Go\n- step: Buy\n  within: 1h\n  expect: {early: "<= 5%"}'),
        "J110 9:18",
    ),
    # names that do not exist, or mean two things
    ("goal is no step", SMALL.replace("goal: Buy", "goal: Buyy"), "J101 2:7"),
    ("one of two goals is no step", SMALL.replace("goal: Buy", "goal: [Buy, Pay]"), "J101 2:13"),
    ("entry is no step", more("entry: Serch"), "J101 6:8"),
    ("after is no step", steps("- Go\n- step: Buy\n  within: {max: 1h, after: Gone}"), "J101 7:15"),
    ("between is no step", more('unexpected: [{touchpoint: Call, between: [Search, Pay], expect: "<= 1%"}]'), "J101 6:57"),
    ("accepted is no step", more("accepted: [{deviation: late, step: Pay, because: x, until: 2027-01-01}]"), "J101 6:30"),
    ("step twice", steps("- Go\n- Go\n- Buy"), "J108 7:9"),
    ("step twice in any order", steps("- any-order: [Buy, [Go, Buy]]"), "J108 6:31"),
    ("stage twice", SMALL + "  - stage: One\n    steps: [Go]\n", "J108 6:12"),
    ("a step that is allowed", more("allow: [Search]"), "J110 6:9"),
    ("a step that is an exit", more("exits: Buy"), "J110 6:8"),
    ("a step that is friction", more("friction: [Buy]"), "J110 6:12"),
    ("allowed and exit", more("exits: Stop\nallow: [Stop]"), "J110 7:9"),
    ("allowed twice", more("allow: [News, News]"), "J108 6:15"),
    ("a step that tells a failure", steps("- Go\n- step: Buy\n  failed: [Go]"), "J110 7:15"),
    ("after itself", steps("- Go\n- step: Buy\n  within: {max: 1h, after: Buy}"), "J110 7:15"),
    ("after a later step", steps("- step: Go\n  within: {max: 1h, after: Buy}\n- Buy"), "J110 6:15"),
    (
        "after the other branch",
        steps("- choice:\n  - step: Go\n    within: {max: 1h, after: Fly}\n  - Fly\n- Buy"),
        "J110 7:17",
    ),
    ("an unexpected step", more('unexpected: [{touchpoint: Buy, expect: "<= 1%"}]'), "J110 6:32"),
    # what cannot be reached
    ("a step before the entry", more("entry: Buy"), "J102 5:13"),
    ("a step after the goal", steps("- Buy\n- Pay") + "case: {until: goal}\n", "J102 7:9"),
    # acceptances and unexpected touchpoints
    ("an acceptance without its parts", more("accepted: [{step: Buy}]"), "J107 6:12 J107 6:12 J107 6:12"),
    ("an unknown deviation", more("accepted: [{deviation: slow, because: x, until: 2027-01-01}]"), "J106 6:24"),
    ("until is no day", more("accepted: [{deviation: late, because: x, until: soon}]"), "J106 6:49"),
    ("until is no such day", more("accepted: [{deviation: late, because: x, until: 2027-02-30}]"), "J106 6:49"),
    ("because is empty", more("accepted: [{deviation: late, because:, until: 2027-02-03}]"), "J106 6:38"),
    ("unexpected without a budget", more("unexpected: [{touchpoint: Call}]"), "J107 6:14"),
    ("between of one step", more('unexpected: [{touchpoint: Call, between: Buy, expect: "<= 1%"}]'), "J106 6:42"),
    # size
    ("too many in any order", steps("- any-order: [a, b, c, d, e, f, g, h, i, j, k, l, m]\n- Buy"), "J111 1:1"),
]  # fmt: skip


def found(text: str) -> str:
    with pytest.raises(UsageError) as refused:
        parse_journey(text, "journey.yaml")
    assert refused.value.exit_status == 2
    problems = refused.value.problems
    assert all(one.place.file == "journey.yaml" for one in problems)
    return " ".join(f"{one.code} {one.place.line}:{one.place.position}" for one in problems)


@pytest.mark.parametrize(
    ("text", "expected"), [one[1:] for one in BAD], ids=[one[0] for one in BAD]
)
def test_what_is_wrong_and_where(text, expected):
    assert found(text) == expected


def test_there_are_a_hundred_of_them():
    assert len({text for _, text, _ in BAD}) == len(BAD) >= 100


def test_all_problems_come_together_in_the_order_of_the_file():
    text = SMALL.replace("goal: Buy", "goal: Byu") + "deadline: 3\nallow: [Buy]\nowner: 7\n"
    assert found(text) == "J101 2:7 J106 6:11 J110 7:9 J109 8:8"


def test_near_misses_are_named():
    def remedy(text: str) -> str:
        with pytest.raises(UsageError) as refused:
            parse_journey(text, "x")
        return refused.value.problems[0].remedy

    assert remedy(SMALL.replace("goal: Buy", "goal: buy")) == 'did you mean "Buy"?'
    assert remedy(more("dedline: 3d")) == 'did you mean "deadline"?'
    assert remedy(steps("- No\n- Buy")) == 'put it in quotes: "No"'
    assert remedy(more("expect: {fitting: >= 3%}")) == 'put budgets in quotes: ">= 35%"'
    late = "accepted: [{deviation: lates, because: x, until: 2027-01-01}]"
    assert remedy(more(late)) == 'did you mean "late"?'
