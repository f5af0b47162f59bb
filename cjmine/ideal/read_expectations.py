"""What the owner promises and accepts: budgets, unexpected touchpoints, acceptances."""

from __future__ import annotations

import re

import yaml

from cjmine.errors import Code, did_you_mean
from cjmine.ideal.deviations import DeviationClass
from cjmine.ideal.journey import Accepted, Budget, Expectation, Level
from cjmine.ideal.keys import ACCEPTED, CHANGE, EXPECTATION, UNEXPECTED, Keys, Value
from cjmine.ideal.measures import Measure
from cjmine.ideal.yaml_nodes import (
    Entry,
    Problems,
    Table,
    check_needed,
    day,
    items,
    mark_of,
    name,
    names,
    table,
    whole,
)

BUDGET = re.compile(
    r"\s*(?P<side><=|>=|≤|≥)\s*"
    r"(?:(?P<base>baseline)\s*(?:(?P<sign>[+-])\s*(?P<step>\d+(?:\.\d+)?)\s*(?P<points>pp)?)?"
    r"|(?P<share>\d+(?:\.\d+)?)\s*(?P<percent>%)?)\s*"
)
WORSENING = re.compile(r"\s*(?:<=|≤)\s*(?P<points>\d+(?:\.\d+)?)\s*pp\s*")
_HOW = 'for example "<= 5%", ">= 0.8" or "<= baseline + 2 pp"'


def read_budget(node: yaml.Node, problems: Problems) -> Budget | None:
    """A budget such as `<= 5%`; shares and differences become numbers from 0 to 1."""
    written = node.value if isinstance(node, yaml.ScalarNode) else ""
    found = BUDGET.fullmatch(written) if len(written) < 60 else None
    if found is None:
        problems.add(Code.JOURNEY_VALUE, mark_of(node), "a budget is a limit", remedy=_HOW)
        return None
    at_most = found["side"] in ("<=", "≤")
    text = " ".join(written.split())
    if found["base"]:
        size = float(found["step"] or 0) / (100 if found["points"] else 1)
        if size > 1:
            problems.add(
                Code.JOURNEY_VALUE, mark_of(node), "a difference is at most 1", remedy=_HOW
            )
            return None
        return Budget(at_most, -size if found["sign"] == "-" else size, True, text)
    share = float(found["share"]) / (100 if found["percent"] else 1)
    if share > 1:
        problems.add(
            Code.JOURNEY_VALUE, mark_of(node), "a share is at most 100% (or 1)", remedy=_HOW
        )
        return None
    return Budget(at_most, share, False, text)


def read_worsening(node: yaml.Node, measure: Measure, problems: Problems) -> Budget | None:
    """How much worse a share may become since the baseline: the drop-off more, the goal less."""
    written = node.value if isinstance(node, yaml.ScalarNode) else ""
    found = WORSENING.fullmatch(written) if len(written) < 60 else None
    size = float(found["points"]) / 100 if found else 2.0
    if size > 1:
        problems.add(
            Code.JOURNEY_VALUE,
            mark_of(node),
            "a change is limited in percentage points",
            remedy='for example change: "<= 2 pp"',
        )
        return None
    at_most = measure is Measure.DROP_OFF
    return Budget(at_most, size if at_most else -size, True, f"change {' '.join(written.split())}")


def read_expectations(
    node: yaml.Node,
    measures: Keys[Value],
    step: str | None,
    least: int,
    problems: Problems,
) -> list[Expectation]:
    """The mapping under `expect`: one budget a measure; `change` is of goal rate or drop-off."""
    found = table(node, measures, problems)
    result = []
    for entry in found.entries if found else ():
        changed = Measure.GOAL_RATE if step is None else Measure.DROP_OFF
        measure = changed if entry.key == CHANGE else Measure(entry.key)
        one = _promise(entry, measure, step, None, least, problems)
        if one is not None:
            result.append(one)
    return result


def _promise(
    entry: Entry,
    measure: Measure,
    step: str | None,
    between: tuple[str, str] | None,
    least: int,
    problems: Problems,
) -> Expectation | None:
    def read(node: yaml.Node) -> Budget | None:
        if entry.key == CHANGE:
            return read_worsening(node, measure, problems)
        return read_budget(node, problems)

    if not isinstance(entry.value, yaml.MappingNode):
        budget = read(entry.value)
        if budget is None:
            return None
        return Expectation(measure, budget, step, between, Level.ERROR, least, entry.at)
    keys = table(entry.value, EXPECTATION, problems)
    assert keys is not None
    limit, level = keys.get("is"), keys.get("level")
    if limit is None:
        problems.add(
            Code.JOURNEY_MISSING, keys.at, 'an expectation needs "is" with its budget', remedy=_HOW
        )
        return None
    budget = read(limit.value)
    how = Level.ERROR
    if level is not None:
        word = name(level.value, "level", problems)
        if word in list(Level):
            how = Level(word)
        elif word is not None:
            problems.add(Code.JOURNEY_VALUE, mark_of(level.value), "level is error or warn")
    least = min_customers(keys, least, problems)
    if budget is None:
        return None
    return Expectation(measure, budget, step, between, how, least, entry.at)


def min_customers(found: Table, default: int, problems: Problems) -> int:
    """How many customers decide an expectation, by either name of the key."""
    now, before = found.get("min-customers"), found.get("min-journeys")
    if now is not None and before is not None:
        text = "min-journeys is the old name of min-customers: one of them is enough"
        problems.add(Code.JOURNEY_CONFLICT, before.at, text)
    asked = now or before
    read = None if asked is None else whole(asked.value, asked.key, 1, problems)
    return read or default


def read_unexpected(node: yaml.Node, least: int, problems: Problems) -> list[Expectation]:
    """The list under `unexpected`: budgets of touchpoints that the ideal does not have."""
    result = []
    for item in items(node, "unexpected", problems):
        keys = table(item, UNEXPECTED, problems)
        if keys is None:
            continue
        what, also = keys.get("touchpoint"), keys.get("step")
        if what is not None and also is not None:
            problems.add(Code.JOURNEY_CONFLICT, also.at, "name either touchpoint or step")
        what = what or also
        between, expect = keys.get("between"), keys.get("expect")
        if what is None or expect is None:
            problems.add(
                Code.JOURNEY_MISSING,
                keys.at,
                "an unexpected touchpoint needs touchpoint and expect",
            )
            continue
        touchpoint = name(what.value, "touchpoint", problems)
        pair: tuple[str, str] | None = None
        if between is not None:
            ends = names(between.value, "a step", problems)
            if len(ends) == 2:
                pair = (ends[0].name, ends[1].name)
            else:
                problems.add(
                    Code.JOURNEY_VALUE, mark_of(between.value), "between is a list of two steps"
                )
        one = _promise(expect, Measure.UNEXPECTED, touchpoint, pair, least, problems)
        if one is not None and touchpoint is not None:
            result.append(one)
    return result


def read_accepted(node: yaml.Node, problems: Problems) -> list[Accepted]:
    """The list under `accepted`: deviations that their owner accepts until a day."""
    result = []
    classes = [one.value for one in DeviationClass]
    for item in items(node, "accepted", problems):
        keys = table(item, ACCEPTED, problems)
        if keys is None:
            continue
        check_needed(keys, ACCEPTED, problems)
        what, step = keys.get("deviation"), keys.get("step")
        because, until = keys.get("because"), keys.get("until")
        one = name(what.value, "deviation", problems) if what else None
        if one is not None and what is not None and one not in classes:
            near = did_you_mean(one, classes)
            problems.add(
                Code.JOURNEY_VALUE, mark_of(what.value), f'there is no deviation "{one}"', "", near
            )
            one = None
        where = name(step.value, "step", problems) if step else None
        reason = name(because.value, "because", problems) if because else None
        last = day(until.value, "until", problems) if until else None
        if one is not None and reason is not None and last is not None:
            at = step.at if step else keys.at
            result.append(Accepted(DeviationClass(one), where, reason, last, at))
    return result
