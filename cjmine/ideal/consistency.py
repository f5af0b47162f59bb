"""Whether a journey file makes sense: known names, reachable steps, no contradictions."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from cjmine.errors import Code, UsageError, did_you_mean
from cjmine.ideal.deviations import BY_CLASS, Subject
from cjmine.ideal.journey import IdealJourney
from cjmine.ideal.measures import Measure
from cjmine.ideal.nodes import Choice, Mark, Node, Optional, Repeat, Step, steps_of
from cjmine.ideal.space import FAR, StateSpace, compile_space
from cjmine.ideal.yaml_nodes import Named, Problems


@dataclass(frozen=True, slots=True)
class Places:
    """The names of a file that are not steps, with their places."""

    entry: tuple[Named, ...]
    goal: tuple[Named, ...]
    exits: tuple[Named, ...]
    allow: tuple[Named, ...]
    friction: tuple[Named, ...]
    root: Mark


def checked_space(journey: IdealJourney, places: Places, problems: Problems) -> StateSpace | None:
    """The state space of a journey; what does not fit together is added to the problems.

    None where the journey has no steps, or more states than are allowed: both are problems.
    """
    steps = [step.name for step in journey.steps]
    if not steps:
        return None
    _twice(journey.root, problems)
    _alike(journey, problems)
    for key, named in (("entry", places.entry), ("goal", places.goal)):
        for one in named:
            _known(one.name, one.at, steps, key, problems)
    _apart(journey, places, steps, problems)
    _promises(journey, steps, problems)
    try:
        space = compile_space(journey.root, journey.file)
    except UsageError as error:
        problem = error.problems[0]
        problems.add(problem.code, places.root, problem.message, problem.cause, problem.remedy)
        return None
    _reachable(journey, space, problems)
    _anchors(journey, space, steps, problems)
    _spans(journey, space, problems)
    return space


def _known(name: str, at: Mark, steps: list[str], what: str, problems: Problems) -> bool:
    if name in steps:
        return True
    near = did_you_mean(name, steps)
    problems.add(Code.JOURNEY_NAME, at, f'{what}: the journey has no step "{name}"', "", near)
    return False


def _twice(node: Node, problems: Problems) -> dict[str, Mark]:
    """The steps of a part; a step may occur twice only in different branches of a choice."""
    found: dict[str, Mark] = {}
    match node:
        case Step():
            return {node.name: node.mark}
        case Optional() | Repeat():
            return _twice(node.node, problems)
    for part in node.nodes:
        for name, at in _twice(part, problems).items():
            if name in found and not isinstance(node, Choice):
                problems.add(
                    Code.JOURNEY_DUPLICATE,
                    at,
                    f'the step "{name}" stands in the journey twice (line {found[name].line} too)',
                    remedy="use repeat for a step that comes again, or give it another name",
                )
            found.setdefault(name, at)
    return found


def _alike(journey: IdealJourney, problems: Problems) -> None:
    """A step that several branches share is one step: it is declared the same way in each."""
    first: dict[str, Step] = {}
    for step in steps_of(journey.root):
        other = first.setdefault(step.name, step)
        if replace(other, mark=step.mark) != step:
            _conflict(
                step.mark,
                f'"{step.name}" is declared in another way on line {other.mark.line}',
                problems,
            )


def _apart(journey: IdealJourney, places: Places, steps: list[str], problems: Problems) -> None:
    """Names that would have two meanings."""
    failures = _failures(journey)
    seen: dict[str, str] = {}
    for key, named in (
        ("exits", places.exits),
        ("allow", places.allow),
        ("friction", places.friction),
    ):
        for one in named:
            if one.name in steps:
                _conflict(one.at, f'"{one.name}" is a step and cannot be under {key} too', problems)
            elif one.name in failures:
                _conflict(one.at, f'"{one.name}" tells a failed step and is under {key}', problems)
            elif one.name in seen:
                _conflict(one.at, f'"{one.name}" is under {seen[one.name]} already', problems)
            seen.setdefault(one.name, key)
    for label, step in failures.items():
        if label in steps:
            _conflict(step.mark, f'"{label}" is a step and cannot tell a failed one', problems)


def _failures(journey: IdealJourney) -> dict[str, Step]:
    """The touchpoints that tell a failed step, each with its step."""
    return {
        label: step for step in journey.steps if step.failed for label in step.failed.activities
    }


def _conflict(at: Mark, message: str, problems: Problems, remedy: str = "") -> None:
    problems.add(Code.JOURNEY_CONFLICT, at, message, "", remedy)


def _promises(journey: IdealJourney, steps: list[str], problems: Problems) -> None:
    failures = _failures(journey)
    for one in journey.expectations:
        if one.measure is not Measure.UNEXPECTED or one.step is None:
            continue
        if one.step in journey.exits:
            message = f'"{one.step}" is an exit: it is no deviation and never unexpected'
            _conflict(one.mark, message, problems, "take it from exits, or this budget away")
        if one.step in failures:
            step = failures[one.step].name
            message = f'"{one.step}" tells that "{step}" failed, so it is not unexpected'
            _conflict(one.mark, message, problems, f'expect: {{failed: …}} at the step "{step}"')
        if one.step in steps:
            _conflict(one.mark, f'"{one.step}" is a step, so it is not unexpected', problems)
        if one.step in journey.allow:
            _conflict(one.mark, f'"{one.step}" is allowed, so it is not unexpected', problems)
        for end in one.between or ():
            _known(end, one.mark, steps, "between", problems)
    for item in journey.accepted:
        if item.step is not None and BY_CLASS[item.deviation].subject is Subject.STEP:
            _known(item.step, item.mark, steps, "accepted", problems)


def _reachable(journey: IdealJourney, space: StateSpace, problems: Problems) -> None:
    """Steps that no journey can come to, because counting starts after them or ends before."""
    labels = list(space.labels)
    starting = [labels.index(name) for name in journey.entry if name in labels]
    if starting:
        begins = np.unique(space.target[np.isin(space.label, starting)])
        near = space.distance[begins].min(axis=0) < FAR
        after = {labels[one] for one in np.unique(space.label[near[space.source]])}
        for step in journey.steps:
            if step.name not in after and step.name not in journey.entry:
                problems.add(
                    Code.JOURNEY_UNREACHABLE,
                    step.mark,
                    f'no journey can reach "{step.name}": it comes before the entry',
                    cause="earlier events are cut away",
                    remedy="begin the journey at the entry, or move the entry",
                )
    if journey.until_goal:
        ending = [labels.index(name) for name in journey.goal if name in labels]
        reached = {0}
        pending = [0]
        while pending:
            here = pending.pop()
            ways = (space.source == here) & ~np.isin(space.label, ending)
            for target in np.unique(space.target[ways]).tolist():
                if target not in reached:
                    reached.add(target)
                    pending.append(target)
        before = {labels[one] for one in space.label[np.isin(space.source, list(reached))]}
        for step in journey.steps:
            if step.name not in before:
                problems.add(
                    Code.JOURNEY_UNREACHABLE,
                    step.mark,
                    f'no journey can reach "{step.name}": it comes after the goal',
                    cause="case: until says that a journey ends with the goal",
                    remedy="make the last step the goal",
                )


def _anchors(
    journey: IdealJourney, space: StateSpace, steps: list[str], problems: Problems
) -> None:
    """The steps that others are timed from."""
    for step in journey.steps:
        after = step.within.after if step.within else None
        if after is None or not _known(after, step.mark, steps, "after", problems):
            continue
        if after == step.name or not _precedes(space, after, step.name):
            _conflict(step.mark, f'"{after}" never comes before "{step.name}"', problems)


def _spans(journey: IdealJourney, space: StateSpace, problems: Problems) -> None:
    """The two steps between which a touchpoint is unexpected."""
    for one in journey.expectations:
        if one.between is None or not set(one.between) <= set(space.labels):
            continue
        first, last = one.between
        if not _precedes(space, first, last):
            remedy = f"between: [{last}, {first}]" if _precedes(space, last, first) else ""
            order = f'"{first}" never comes before "{last}"'
            problems.add(Code.JOURNEY_CONFLICT, one.mark, f"between: {order}", "", remedy)


def _precedes(space: StateSpace, first: str, last: str) -> bool:
    """Whether some ideal journey has the one step before the other."""
    labels = list(space.labels)
    begins = np.unique(space.target[space.label == labels.index(first)])
    ends = np.unique(space.source[space.label == labels.index(last)])
    return int(space.distance[np.ix_(begins, ends)].min()) < FAR
