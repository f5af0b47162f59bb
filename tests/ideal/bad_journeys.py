"""Journey files with mistakes. `<J106>` stands right before the place where J106 is expected.

Each row: a name, and the text. `steps` puts parts into a sound file, `beside` keys.
"""

from __future__ import annotations

import re

HEAD = "journey: order\ngoal: Buy\nstages:\n  - stage: One\n    steps: "
_EXPECTED = re.compile(r"<(J\d{3})>")

Expected = tuple[str, int, int]


def steps(parts: str, more: str = "") -> str:
    """A sound file, but for these steps (and the lines after them)."""
    return f"{HEAD}{parts}\n{more}"


def beside(lines: str) -> str:
    """A sound file with the steps A, B and Buy, but for these lines."""
    return steps("[A, B, Buy]", lines)


def told(marked: str) -> tuple[str, list[Expected]]:
    """The text without its marks, and (code, line, column) of each mark.

    >>> told("goal: <J109>No")
    ('goal: No', [('J109', 1, 7)])
    """
    text, found, end = "", [], 0
    for mark in _EXPECTED.finditer(marked):
        text += marked[end : mark.start()]
        found.append((mark[1], text.count("\n") + 1, len(text) - text.rfind("\n")))
        end = mark.end()
    return text + marked[end:], found


ACCEPT = "accepted: [{deviation: late, because: x, until: 2027-01-01"
UNEXPECTED = "unexpected: [{touchpoint: X, "

BAD: list[tuple[str, str]] = [
    # J104: it cannot be read
    ("empty", "<J104>"),
    ("only blanks", "<J104>  \n\n"),
    ("only a comment", "<J104># later\n"),
    ("bracket left open", "journey: [a\ngoal<J104>: b\n"),
    ("quote left open", 'journey: "a\ngoal: b\n<J104>'),
    ("tab as indent", "journey: x\nstages:\n<J104>\t- stage: a\n"),
    ("odd indent", "journey: x\n goal<J104>: y\n"),
    ("budget without quotes", beside("expect: {goal-rate: <J104>>= 35%}\n")),
    ("budget without quotes, in a block", beside("expect:\n  goal-rate: ><J104>= 35%\n")),
    ("two documents", beside("<J104>---\njourney: other\n")),
    ("an alias", steps("[&a Search, <J104>*a, Buy]")),
    ("an anchor that loops", steps("&a [<J104>*a, Buy]")),
    ("an alias of nothing", steps("[<J104>*a, Buy]")),
    ("a bomb of aliases", "a: &a [x, x]\nb: &b [<J104>*a, *a]\nc: [*b, *b]\n"),
    ("a sign that YAML does not allow", "journey: a<J104>\x07\n"),
    ("an unknown tag handle", "<J104>!a!b c\n"),
    ("a version of YAML that is not", "<J104>%YAML 9.9\n---\na: b\n"),
    ("nested beyond reason", "<J104>" + "[" * 3000 + "]" * 3000),
    ("a colon in a name", "journey: x<J104>: y\n"),
    ("mappings in one line", "a: a<J104>: " + "a: " * 3000),
    # J105: unknown keys
    ("misspelt key", beside("<J105>ower: me\n")),
    ("key of another language", beside("<J105>doel: Buy\n")),
    ("a number as key", beside("<J105>1: x\n")),
    ("a list as key", beside("? <J105>[a]\n: x\n")),
    ("unknown key of case", beside("case: {<J105>gaap: 3d, gap: 3d}\n")),
    ("unknown key of a stage", "journey: x\ngoal: A\nstages: [{stage: a, steps: [A], <J105>owner: b}]\n"),
    ("unknown key of a step", steps("[{step: Buy, <J105>chanel: web}]")),
    ("merge key", steps("[{step: Buy, <J105><<: {channel: web}}]")),
    ("unknown key of within", steps("[A, {step: Buy, within: {max: 1h, <J105>before: A}}]")),
    ("unknown key of failed", steps("[{step: Buy, failed: {column: a, is: b, <J105>not: c}}]")),
    ("unknown key of an expectation", beside('expect: {fitness: {is: ">= 0.8", <J105>levl: warn}}\n')),
    ("unknown key of an unexpected touchpoint", beside(UNEXPECTED + 'expect: "<= 1%", <J105>level: warn}]\n')),
    ("unknown key of an acceptance", beside(ACCEPT + ", <J105>reason: y}]\n")),
    ("unknown measure of the journey", beside('expect: {<J105>goal: ">= 8%"}\n')),
    ("unknown measure of a step", steps('[{step: Buy, expect: {<J105>dropoff: "<= 8%"}}]')),
    ("measure of a step at the journey", beside('expect: {<J105>skipped: "<= 8%"}\n')),
    ("measure of the journey at a step", steps('[{step: Buy, expect: {<J105>fitness: ">= 0.8"}}]')),
    ("min beside a step", steps("[{step: Buy, <J105>min: 2}]")),
    ("channel beside repeat", steps("[{repeat: Buy, <J105>channel: web}]")),
    ("max beside optional", steps("[{optional: A, <J105>max: 2}, Buy]")),
    ("expect beside choice", steps("[{choice: [A, B], <J105>expect: {}}, Buy]")),
    ("unknown key and no bound", steps("[A, {step: Buy, within: <J107>{<J105>maks: 1h}}]")),
    # J106: wrong values
    ("a list, not a journey", "<J106>- journey\n"),
    ("a text, not a journey", "<J106>hello\n"),
    ("journey is a list", "journey: <J106>[a]\ngoal: A\nstages: [{stage: a, steps: [A]}]\n"),
    ("journey is empty", "journey:<J106>\ngoal: A\nstages: [{stage: a, steps: [A]}]\n"),
    ("goal is a mapping", "journey: a\ngoal: <J106>{step: A}\nstages: [{stage: a, steps: [A]}]\n"),
    ("goal is an empty list", "journey: a\ngoal: <J106>[]\nstages: [{stage: a, steps: [A]}]\n"),
    ("stages is a mapping", "journey: a\ngoal: A\nstages: <J106>{stage: a}\n"),
    ("no stages", "journey: a\ngoal: A\nstages: <J106>[]\n"),
    ("a stage is a name", "journey: a\ngoal: A\nstages: [<J106>A]\n"),
    ("steps is a name", steps("<J106>Buy")),
    ("steps is a mapping", steps("<J106>{step: Buy}")),
    ("no steps", steps("<J106>[]")),
    ("an empty name", steps("[<J106>'', Buy]")),
    ("a blank name", steps("[<J106>'  ', Buy]")),
    ("a name of 201 characters", steps(f"[<J106>{'x' * 201}, Buy]")),
    ("a tab in a name", steps('[<J106>"a\\tb", Buy]')),
    ("a line break in a name", steps('[<J106>"a\\nb", Buy]')),
    ("half a character in a name", steps('[<J106>"\\ud800", Buy]')),
    ("a step without its name", steps("[{step:<J106> }, Buy]")),
    ("a step that is a list", steps("[{step: <J106>[A, B]}, Buy]")),
    ("an empty sequence", steps("[{optional: <J106>[]}, Buy]")),
    ("a choice of one", steps("[{choice: <J106>[A]}, Buy]")),
    ("a choice of a name", steps("[{choice: <J106>A}, Buy]")),
    ("any-order of one", steps("[{any-order: <J106>[A]}, Buy]")),
    ("any-order of a mapping", steps("[{any-order: <J106>{step: A}}, Buy]")),
    ("two kinds in one part", steps("[{step: A, <J106>optional: B}, Buy]")),
    ("nested too deeply", steps("[" * 31 + "<J106>Buy" + "]" * 31)),
    ("min below zero", steps("[{repeat: Buy, min: <J106>-1}]")),
    ("min is no number", steps("[{repeat: Buy, min: <J106>two}]")),
    ("max of nothing", steps("[A, {repeat: B, max: <J106>0}, Buy]")),
    ("max is a fraction", steps("[{repeat: Buy, max: <J106>1.5}]")),
    ("max below min", steps("[{repeat: Buy, min: 3, max: <J106>2}]")),
    ("max of five thousand digits", steps(f"[{{repeat: Buy, max: <J106>{'9' * 5000}}}]")),
    ("moment-of-truth is a word", steps("[{step: Buy, moment-of-truth: <J106>maybe}]")),
    ("moment-of-truth is a number", steps("[{step: Buy, moment-of-truth: <J106>1}]")),
    ("a value of nothing", beside("value: <J106>0\n")),
    ("a value below nothing", beside("value: <J106>-4\n")),
    ("a value that is no number", beside("value: <J106>40 EUR\n")),
    ("a value in quotes", beside("value: <J106>'40'\n")),
    ("a value that is a list", beside("value: <J106>[40]\n")),
    ("a value without end", beside("value: <J106>.inf\n")),
    ("a value of many digits", beside(f"value: <J106>{'9' * 5000}\n")),
    ("costs without channels", beside("costs: <J106>{}\n")),
    ("costs that are a number", beside("costs: <J106>4\n")),
    ("a cost that is no number", beside("costs: {call: <J106>much}\n")),
    ("a channel with two costs", beside("costs: {call: 4, <J108>call: 5}\n")),
    ("a channel without a name", beside("costs: {<J106>'': 4}\n")),
    ("keep without a reason", steps("[{step: Buy, keep:<J106> }]")),
    ("keep is true", steps("[{step: Buy, keep: <J109>true}]")),
    ("a duration without a unit", beside("deadline: <J106>30\n")),
    ("a duration of nothing", beside("deadline: <J106>0d\n")),
    ("a duration in months", beside("deadline: <J106>1 month\n")),
    ("a duration below nothing", beside("case: {gap: <J106>-3d}\n")),
    ("a duration that is a list", beside("deadline: <J106>[1d]\n")),
    ("until is not the goal", beside("case: {until: <J106>end}\n")),
    ("case is empty", beside("case:<J106>\n")),
    ("within is a word", steps("[A, {step: Buy, within: <J106>soon}]")),
    ("within is a list", steps("[A, {step: Buy, within: <J106>[1h]}]")),
    ("within min above max", steps("[A, {step: Buy, within: {min: 2h, max: <J106>1h}}]")),
    ("within min equal to max", steps("[A, {step: Buy, within: {min: 60m, max: <J106>1h}}]")),
    ("within with a bad duration", steps("[A, {step: Buy, within: {min: <J106>1, max: 1h}}]")),
    ("no channel in the list", steps("[{step: Buy, channel: <J106>[]}]")),
    ("no label in failed", steps("[{step: Buy, failed: <J106>[]}]")),
    ("a share above all", beside('expect: {goal-rate: <J106>">= 101%"}\n')),
    ("a number above one", beside('expect: {fitness: <J106>">= 80"}\n')),
    ("a budget without a side", beside('expect: {fitness: <J106>"0.8"}\n')),
    ("a budget that is a number", beside("expect: {fitness: <J106>0.8}\n")),
    ("a strict budget", beside('expect: {fitness: <J106>"> 0.8"}\n')),
    ("a budget below nothing", beside('expect: {fitness: <J106>">= -0.8"}\n')),
    ("a decimal comma", beside('expect: {fitness: <J106>">= 0,8"}\n')),
    ("a baseline in per cent", beside('expect: {fitness: <J106>">= baseline - 2%"}\n')),
    ("a baseline far away", beside('expect: {fitness: <J106>">= baseline - 200 pp"}\n')),
    ("a budget that is a list", beside('expect: {fitness: <J106>[">= 0.8"]}\n')),
    ("an empty budget", beside("expect: {fitness:<J106> }\n")),
    ("expect is a budget", beside('expect: <J106>">= 8%"\n')),
    ("an unknown level", beside('expect: {fitness: {is: ">= 0.8", level: <J106>warning}}\n')),
    ("no customers are enough", beside("min-customers: <J106>0\n")),
    ("min-customers in per cent", beside("min-customers: <J106>5%\n")),
    ("min-customers of an expectation", beside('expect: {fitness: {is: ">= 0.8", min-customers: <J106>-5}}\n')),
    ("no journeys are enough, by the old name", beside("min-journeys: <J106>0\n")),
    ("an old name and a new one", beside("min-customers: 50\n<J110>min-journeys: 50\n")),
    ("unexpected is a mapping", beside('unexpected: <J106>{touchpoint: X, expect: "<= 1%"}\n')),
    ("between one", beside(UNEXPECTED + 'between: <J106>[A], expect: "<= 1%"}]\n')),
    ("between three", beside(UNEXPECTED + 'between: <J106>[A, B, Buy], expect: "<= 1%"}]\n')),
    ("accepted is a mapping", beside("accepted: <J106>{deviation: late}\n")),
    ("accepted is a list of names", beside("accepted: [<J106>late]\n")),
    ("an unknown deviation", beside("accepted: [{deviation: <J106>lat, because: x, until: 2027-01-01}]\n")),
    ("a day that is not", beside("accepted: [{deviation: late, because: x, until: <J106>2027-02-30}]\n")),
    ("a day the other way round", beside("accepted: [{deviation: late, because: x, until: <J106>31-03-2027}]\n")),
    ("a month, not a day", beside("accepted: [{deviation: late, because: x, until: <J106>2027-03}]\n")),
    ("an empty list of allowed", beside("allow: <J106>[]\n")),
    ("between is a name", beside(UNEXPECTED + 'between: <J106>Buy, expect: "<= 1%"}]\n')),
    ("because says nothing", beside("accepted: [{deviation: late, because:<J106>, until: 2027-01-01}]\n")),
    ("until is a word", beside("accepted: [{deviation: late, because: x, until: <J106>soon}]\n")),
    ("a step that is an empty line", "journey: a\ngoal: A\nstages:\n- stage: a\n  steps:\n  -<J106> \n  - A\n"),
    ("a journey of two lines", 'journey: <J106>"x\\ny"\ngoal: A\nstages: [{stage: a, steps: [A]}]\n'),
    # J107: something is missing
    ("nothing in the mapping", "<J107><J107><J107>{}\n"),
    ("no journey", "<J107>goal: A\nstages: [{stage: a, steps: [A]}]\n"),
    ("no goal", "<J107>journey: a\nstages: [{stage: a, steps: [A]}]\n"),
    ("no stages key", "<J107>journey: a\ngoal: A\n"),
    ("a stage without a name", "journey: a\ngoal: A\nstages: [<J107>{steps: [A]}]\n"),
    ("a stage without steps", "journey: a\ngoal: A\nstages: [{stage: a, steps: [A]}, <J107>{stage: b}]\n"),
    ("options without a step", steps("[<J107>{channel: web}, Buy]")),
    ("an empty part", steps("[<J107>{}, Buy]")),
    ("within without bounds", steps("[A, {step: Buy, within: <J107>{after: A}}]")),
    ("case without rules", beside("case: <J107>{}\n")),
    ("failed without a value", steps("[{step: Buy, failed: <J107>{column: status}}]")),
    ("failed without a column", steps('[{step: Buy, failed: <J107>{is: "500"}}]')),
    ("an expectation without a budget", beside("expect: {fitness: <J107>{level: warn}}\n")),
    ("unexpected without a touchpoint", beside('unexpected: [<J107>{expect: "<= 1%"}]\n')),
    ("unexpected without a budget", beside("unexpected: [<J107>{touchpoint: X}]\n")),
    ("an acceptance of nothing", beside("accepted: [<J107>{because: x, until: 2027-01-01}]\n")),
    ("an acceptance without a reason", beside("accepted: [<J107>{deviation: late, until: 2027-01-01}]\n")),
    ("an acceptance for ever", beside("accepted: [<J107>{deviation: late, because: x}]\n")),
    ("an acceptance of nothing at all", beside("accepted: [<J107><J107><J107>{step: Buy}]\n")),
    # J108: twice
    ("a key twice", beside("<J108>goal: Buy\n")),
    ("a key of a step twice", steps("[{step: Buy, channel: web, <J108>channel: app}]")),
    ("a step twice", steps("[A, <J108>A, Buy]")),
    ("a step again inside a part", steps("[A, {optional: [B, <J108>A]}, Buy]")),
    ("a step twice in any order", steps("[{any-order: [A, <J108>A]}, Buy]")),
    ("a step in a choice and after it", steps("[{choice: [A, B]}, <J108>A, Buy]")),
    ("a step twice in one branch", steps("[{choice: [[A, <J108>A], B]}, Buy]")),
    ("a step declared in two ways", steps("[{choice: [[C, {step: A, channel: web}], [D, <J110>A]]}, Buy]")),
    ("a step in two stages", steps("[A, Buy]", "  - {stage: Two, steps: [<J108>A]}\n")),
    ("a stage twice", steps("[A, Buy]", "  - {stage: <J108>One, steps: [B]}\n")),
    ("a goal twice", "journey: a\ngoal: [A, <J108>A]\nstages: [{stage: a, steps: [A]}]\n"),
    ("a channel twice", steps("[{step: Buy, channel: [web, <J108>web]}]")),
    ("an allowed touchpoint twice", beside("allow: [X, <J108>X]\n")),
    # J109: names that YAML reads as something else
    ("No", steps("[<J109>No, Buy]")),
    ("yes", steps("[<J109>yes, Buy]")),
    ("on", steps("[<J109>on, Buy]")),
    ("a year", steps("[<J109>2024, Buy]")),
    ("a fraction", steps("[<J109>1.5, Buy]")),
    ("a time", steps("[<J109>12:30, Buy]")),
    ("null", steps("[<J109>null, Buy]")),
    ("a tilde", steps("[<J109>~, Buy]")),
    ("a day", steps("[<J109>2026-01-01, Buy]")),
    ("a day that is none", steps("[<J109>2026-13-45, Buy]")),
    ("an equals sign", steps("[<J109>=, Buy]")),
    ("a tag", steps("[<J109>!!python/name:os.system x, Buy]")),
    ("a journey called 2024", "journey: <J109>2024\ngoal: A\nstages: [{stage: a, steps: [A]}]\n"),
    ("a stage called 1", "journey: a\ngoal: A\nstages: [{stage: <J109>1, steps: [A]}]\n"),
    ("a purpose that is a number", beside("purpose: <J109>5\n")),
    ("a value of a column", steps("[{step: Buy, failed: {column: status, is: [<J109>500]}}]")),
    ("a channel called off", steps("[{step: Buy, channel: <J109>off}]")),
    ("a reason that is a number", beside("accepted: [{deviation: late, because: <J109>12, until: 2027-01-01}]\n")),
    ("a journey called true", "journey: <J109>true\ngoal: A\nstages: [{stage: a, steps: [A]}]\n"),
    ("an allowed number", beside("allow: [<J109>404]\n")),
    ("a failure that is a number", steps("[{step: Buy, failed: <J109>404}]")),
    # J101: steps that the file does not have
    ("an unknown goal", "journey: a\ngoal: <J101>Bye\nstages: [{stage: a, steps: [Buy]}]\n"),
    ("one of two goals unknown", "journey: a\ngoal: [Buy, <J101>Bye]\nstages: [{stage: a, steps: [Buy]}]\n"),
    ("an unknown entry", beside("entry: <J101>Begin\n")),
    ("timed from an unknown step", steps("[A, {step: <J101>Buy, within: {max: 1h, after: C}}]")),
    ("between unknown steps", beside(UNEXPECTED + 'between: [A, C], <J101>expect: "<= 1%"}]\n')),
    ("accepted at an unknown step", beside("accepted: [{deviation: late, <J101>step: C, because: x, until: 2027-01-01}]\n")),
    # J102: steps that no journey can come to
    ("steps before the entry", steps("[<J102>A, <J102>B, Buy]", "entry: Buy\n")),
    ("a step after the goal that ends", steps("[Buy, <J102>A]", "case: {until: goal}\n")),
    # J110: contradictions
    ("a step that is an exit", beside("exits: <J110>A\n")),
    ("a step that is allowed", beside("allow: [X, <J110>A]\n")),
    ("a step that is friction", beside("friction: <J110>A\n")),
    ("allowed and an exit", beside("exits: X\nallow: <J110>X\n")),
    ("allowed and friction", beside("allow: X\nfriction: <J110>X\n")),
    ("friction and an exit", beside("exits: X\nfriction: <J110>X\n")),
    ("a failure that is a step", steps("[A, {step: <J110>Buy, failed: A}]")),
    ("a failure that is allowed", steps("[{step: Buy, failed: X}]", "allow: <J110>X\n")),
    ("a failure that is an exit", steps("[{step: Buy, failed: X}]", "exits: <J110>X\n")),
    ("a failure that is friction", steps("[{step: Buy, failed: X}]", "friction: <J110>X\n")),
    ("timed from itself", steps("[{step: <J110>Buy, within: {max: 1h, after: Buy}}]")),
    ("timed from itself, the time before", steps("[{repeat: {step: <J110>A, within: {max: 1h, after: A}}}, Buy]")),
    ("timed from a later step", steps("[{step: <J110>A, within: {max: 1h, after: Buy}}, Buy]")),
    ("timed from another branch", steps("[{choice: [{step: <J110>A, within: {max: 1h, after: B}}, B]}, Buy]")),
    ("late without within", steps('[{step: Buy, expect: {<J110>late: "<= 1%"}}]')),
    ("late without max", steps('[A, {step: Buy, within: {min: 1h}, expect: {<J110>late: "<= 1%"}}]')),
    ("early without min", steps('[A, {step: Buy, within: 1h, expect: {<J110>early: "<= 1%"}}]')),
    ("wrong-channel without a channel", steps('[{step: Buy, expect: {<J110>wrong-channel: "<= 1%"}}]')),
    ("failed without failed", steps('[{step: Buy, expect: {<J110>failed: "<= 1%"}}]')),
    ("an unexpected step", beside('unexpected: [{touchpoint: A, <J110>expect: "<= 1%"}]\n')),
    ("unexpected and an exit", beside('exits: X\nunexpected: [{touchpoint: X, <J110>expect: "<= 1%"}]\n')),
    (
        "unexpected and the failure of a step",
        steps("[A, {step: Buy, failed: X}]", 'unexpected: [{touchpoint: X, <J110>expect: "<= 1%"}]\n'),
    ),
    ("unexpected and allowed", beside('allow: X\nunexpected: [{touchpoint: X, <J110>expect: "<= 1%"}]\n')),
    ("between in the wrong order", beside(UNEXPECTED + 'between: [B, A], <J110>expect: "<= 1%"}]\n')),
    ("between two branches", steps("[{choice: [A, B]}, Buy]", UNEXPECTED + 'between: [A, B], <J110>expect: "<= 1%"}]\n')),
    # J111: too many states
    ("fifteen in any order", "<J111>" + steps(f"[{{any-order: [{', '.join('ABCDEFGHIJKLMNO')}]}}, Buy]")),
    # several at once, in the order of the file
    ("many mistakes", "journey: <J109>2024\ngoal: <J101>Bye\nstages:\n- stage: <J109>No\n  steps: [A, <J108>A, Buy]\n"
                      "<J105>allows: X\nfriction: <J110>Buy\ndeadline: <J106>3\ncase: <J107>{}\n"),
]  # fmt: skip
