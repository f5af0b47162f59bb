"""The journey file: what journey owners write and review, as an ideal journey.

The language is described in docs/journey-file.md; its JSON Schema lies beside this module.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from cjmine.errors import Code
from cjmine.ideal.compiled import CompiledIdeal, compiled_with
from cjmine.ideal.consistency import Places, checked_space
from cjmine.ideal.declared_text import Words, read_text
from cjmine.ideal.file_kinds import FileKind, refuse_another
from cjmine.ideal.journey import Expectation, IdealJourney, Stage
from cjmine.ideal.keys import CASE, EXPECT_OF_JOURNEY, JOURNEY, MIN_CUSTOMERS, STAGE
from cjmine.ideal.nodes import Node
from cjmine.ideal.read_costs import read_costs
from cjmine.ideal.read_expectations import (
    min_customers,
    read_accepted,
    read_expectations,
    read_unexpected,
)
from cjmine.ideal.read_steps import Parts
from cjmine.ideal.yaml_compose import compose
from cjmine.ideal.yaml_nodes import (
    Entry,
    Named,
    Problems,
    Table,
    amount,
    check_needed,
    duration,
    items,
    mark_of,
    name,
    names,
    table,
)


def read_journey(path: Path, label: str) -> CompiledIdeal:
    """Read and compile a journey file; `label` is what messages call it.

    Raises
    ------
    UsageError
        With all problems of the file, each with line and position (J101 to J111).
    """
    return compiled_journey(journey_text(path, label), label)


@dataclass(frozen=True, slots=True)
class WrittenIdeal:
    """A journey file as text, and the ideal that it declares."""

    text: str
    ideal: CompiledIdeal


def written_ideal(path: Path, label: str) -> WrittenIdeal:
    """A journey file with its text. Raises UsageError as `read_journey` does."""
    text = journey_text(path, label)
    return WrittenIdeal(text, compiled_journey(text, label))


def journey_text(path: Path, label: str) -> str:
    """The text of a journey file, without a byte order mark. Raises UsageError J104."""
    said = Words("journey file", "check the name; cjmine draft writes a first one")
    return read_text(path, label, said)


def parse_journey(text: str, label: str) -> IdealJourney:
    """The journey that a text declares.

    >>> parse_journey("{journey: order, goal: Buy, stages: [{stage: One, steps: [Buy]}]}", "x").goal
    ('Buy',)

    Raises UsageError as `read_journey` does.
    """
    return compiled_journey(text, label).journey


def compiled_journey(text: str, label: str) -> CompiledIdeal:
    """The journey that a text declares, compiled. Raises UsageError as `read_journey` does."""
    problems = Problems(label)
    root = compose(text.removeprefix("\ufeff"), problems)
    problems.raise_all()
    assert root is not None
    refuse_another(root, FileKind.JOURNEY, problems)
    found = table(root, JOURNEY, problems)
    problems.raise_all() if found is None else None
    assert found is not None
    journey, places = _journey(found, label, problems)
    space = checked_space(journey, places, problems)
    problems.raise_all()
    assert space is not None
    return compiled_with(journey, space)


def _journey(found: Table, label: str, problems: Problems) -> tuple[IdealJourney, Places]:
    check_needed(found, JOURNEY, problems)

    def said(key: str) -> str | None:
        entry = found.get(key)
        return name(entry.value, key, problems) if entry else None

    def listed(key: str) -> tuple[Named, ...]:
        entry = found.get(key)
        return names(entry.value, key, problems) if entry else ()

    least = min_customers(found, MIN_CUSTOMERS, problems)
    parts = Parts(problems, least)
    stages = found.get("stages")
    read = _stages(stages, parts, problems) if stages else ()
    gap, until_goal = _case(found.get("case"), problems)
    deadline = found.get("deadline")
    expectations = [*parts.expectations, *_expectations(found, least, problems)]
    accepted = found.get("accepted")
    value, costs = found.get("value"), found.get("costs")
    places = Places(
        entry=listed("entry"),
        goal=listed("goal"),
        exits=listed("exits"),
        allow=listed("allow"),
        friction=listed("friction"),
        root=found.at,
    )
    journey = IdealJourney(
        name=said("journey") or "",
        goal=tuple(one.name for one in places.goal),
        stages=read,
        file=label,
        owner=said("owner"),
        purpose=said("purpose"),
        gap=gap,
        until_goal=until_goal,
        entry=tuple(one.name for one in places.entry),
        exits=tuple(one.name for one in places.exits),
        deadline=duration(deadline.value, "deadline", problems) if deadline else None,
        allow=tuple(one.name for one in places.allow),
        friction=tuple(one.name for one in places.friction),
        expectations=tuple(sorted(expectations, key=lambda one: (one.mark.line, one.mark.column))),
        accepted=tuple(read_accepted(accepted.value, problems)) if accepted else (),
        value=amount(value.value, "value", problems) if value else None,
        costs=tuple(read_costs(costs.value, problems)) if costs else (),
    )
    return journey, places


def _expectations(found: Table, least: int, problems: Problems) -> list[Expectation]:
    expect, unexpected = found.get("expect"), found.get("unexpected")
    result: list[Expectation] = []
    if expect is not None:
        result += read_expectations(expect.value, EXPECT_OF_JOURNEY, None, least, problems)
    if unexpected is not None:
        result += read_unexpected(unexpected.value, least, problems)
    return result


def _stages(entry: Entry, parts: Parts, problems: Problems) -> tuple[Stage, ...]:
    found: list[Stage] = []
    nodes = list(items(entry.value, "stages", problems))
    if isinstance(entry.value, yaml.SequenceNode) and not nodes:
        problems.add(Code.JOURNEY_VALUE, mark_of(entry.value), "a journey has at least one stage")
    for node in nodes:
        keys = table(node, STAGE, problems)
        if keys is None:
            continue
        title, steps = keys.get("stage"), keys.get("steps")
        check_needed(keys, STAGE, problems)
        called = name(title.value, "a stage", problems) if title else None
        if called is not None and title is not None and called in [one.name for one in found]:
            problems.add(
                Code.JOURNEY_DUPLICATE, mark_of(title.value), f'there are two stages "{called}"'
            )
        found.append(Stage(called or "", _nodes(steps, parts, problems)))
    return tuple(found)


def _nodes(steps: Entry | None, parts: Parts, problems: Problems) -> tuple[Node, ...]:
    if steps is None:
        return ()
    nodes: Sequence[yaml.Node] = list(items(steps.value, "steps", problems))
    if isinstance(steps.value, yaml.SequenceNode) and not nodes:
        problems.add(Code.JOURNEY_VALUE, mark_of(steps.value), "a stage has at least one step")
    read = (parts.read(node, 1) for node in nodes)
    return tuple(one for one in read if one is not None)


def _case(entry: Entry | None, problems: Problems) -> tuple[int | None, bool]:
    found = table(entry.value, CASE, problems) if entry else None
    if found is None:
        return None, False
    gap, until = found.get("gap"), found.get("until")
    pause = duration(gap.value, "gap", problems) if gap else None
    word = name(until.value, "until", problems) if until else None
    if until is not None and word not in (None, "goal"):
        problems.add(
            Code.JOURNEY_VALUE, mark_of(until.value), "until says goal", remedy="until: goal"
        )
    if gap is None and until is None:
        problems.add(Code.JOURNEY_MISSING, found.at, "case needs gap or until")
    return pause, word == "goal"
