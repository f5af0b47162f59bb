"""One idea, read from a register; mistakes gather with their places."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import TypeVar

import yaml

from cjmine.errors import Code, did_you_mean
from cjmine.eventlog.where import Where
from cjmine.ideal.deviations import DeviationClass
from cjmine.ideal.yaml_nodes import Entry, Problems, Table, check_needed, day, mark_of, name, names
from cjmine.ideas.declared import Idea, Metric, Promise, PromiseUnit, Status
from cjmine.ideas.keys import ID, IDEA, ISSUE, POINTS, PROMISE

Choice = TypeVar("Choice", bound=StrEnum)


def read_idea(keys: Table, problems: Problems) -> Idea:
    """The idea of a mapping; an id or a title that cannot be read is "", with its problem."""

    def said(key: str) -> str | None:
        entry = keys.get(key)
        return name(entry.value, key, problems) if entry else None

    def dated(key: str) -> date | None:
        entry = keys.get(key)
        return day(entry.value, key, problems) if entry else None

    check_needed(keys, IDEA, problems)
    id_ = _fitting(keys.get("id"), ID, "id is letters, digits and hyphens: M-3", problems)
    title, step, touchpoint = said("title"), said("step"), said("touchpoint")
    deviation = _choice(keys.get("deviation"), DeviationClass, problems)
    metric = _choice(keys.get("metric"), Metric, problems) or _usual(deviation)
    harm = _fitting(keys.get("harm"), POINTS, "harm is percentage points: 1 pp", problems)
    points = POINTS.fullmatch(harm) if harm else None
    idea = Idea(
        id=id_ or "",
        title=title or "",
        metric=metric,
        journey=said("journey"),
        step=step,
        touchpoint=touchpoint,
        deviation=deviation,
        owner=said("owner"),
        status=_choice(keys.get("status"), Status, problems) or Status.IDEA,
        noted=dated("noted"),
        since=dated("since"),
        until=dated("until"),
        where=tuple(_where(keys.get("where"), problems)),
        control=tuple(_where(keys.get("control"), problems)),
        expected=_promise(keys.get("expected"), problems),
        harm=None if points is None else float(points["points"]) / 100,
        jira=_fitting(keys.get("jira"), ISSUE, "jira is the key of an issue: CX-12", problems),
        mark=keys.at,
    )
    _check(idea, keys, problems)
    return idea


def _usual(deviation: DeviationClass | None) -> Metric:
    if deviation is DeviationClass.ABANDONED:
        return Metric.DROP_OFF
    return Metric.GOAL if deviation is None else Metric(deviation.value)


def _check(idea: Idea, keys: Table, problems: Problems) -> None:
    """What keys ask of each other."""
    about = f"the metric {idea.metric.value}"
    if idea.metric.needs_step and idea.step is None:
        problems.add(Code.JOURNEY_MISSING, keys.at, f'{about} needs "step"')
    if idea.metric is Metric.UNEXPECTED and idea.touchpoint is None:
        problems.add(Code.JOURNEY_MISSING, keys.at, f'{about} needs "touchpoint"')
    control = keys.get("control")
    if control and idea.control and not idea.where:
        message = "a control is beside the journeys that the idea reaches"
        problems.add(Code.JOURNEY_CONFLICT, control.at, message, remedy="name them with where")
    until, expected = keys.get("until"), keys.get("expected")
    if until and idea.until and (idea.since is None or idea.until < idea.since):
        problems.add(Code.JOURNEY_CONFLICT, until.at, "until is a day from since on")
    if expected and idea.expected and (idea.expected.value > 0) is not idea.metric.rises:
        way = "rise" if idea.metric.rises else "fall"
        problems.add(Code.JOURNEY_CONFLICT, expected.at, f"{about} should {way}")


def _text(entry: Entry) -> str:
    return entry.value.value.strip() if isinstance(entry.value, yaml.ScalarNode) else ""


def _fitting(
    entry: Entry | None, pattern: re.Pattern[str], message: str, problems: Problems
) -> str | None:
    if entry is None:
        return None
    found = _text(entry)
    if pattern.fullmatch(found):
        return found
    problems.add(Code.JOURNEY_VALUE, mark_of(entry.value), message)
    return None


def _choice(entry: Entry | None, kind: type[Choice], problems: Problems) -> Choice | None:
    if entry is None:
        return None
    known, found = [one.value for one in kind], _text(entry)
    if found in known:
        return kind(found)
    near = did_you_mean(found, known) or f"one of {', '.join(known)}"
    problems.add(
        Code.JOURNEY_VALUE, mark_of(entry.value), f"{entry.key} is one of few words", remedy=near
    )
    return None


def _promise(entry: Entry | None, problems: Problems) -> Promise | None:
    found = None if entry is None else PROMISE.fullmatch(_text(entry))
    if entry is not None and (found is None or not float(found["amount"])):
        problems.add(
            Code.JOURNEY_VALUE,
            mark_of(entry.value),
            "expected is a change with its sign",
            remedy='for example "-4 pp", "-30 %" or -20 (journeys a week)',
        )
    if found is None or not float(found["amount"]):
        return None
    unit = PromiseUnit.JOURNEYS if found["unit"] is None else PromiseUnit(found["unit"])
    size = float(found["amount"]) / (1 if unit is PromiseUnit.JOURNEYS else 100)
    return Promise(size if found["sign"] == "+" else -size, unit)


def _where(entry: Entry | None, problems: Problems) -> list[Where]:
    if entry is None:
        return []
    if not isinstance(entry.value, yaml.MappingNode) or not entry.value.value:
        problems.add(
            Code.JOURNEY_VALUE,
            mark_of(entry.value),
            f"{entry.key} is columns with values",
            remedy=f"for example {entry.key}: {{fund: A}}",
        )
        return []
    found = []
    for key, value in entry.value.value:
        column, values = name(key, "a column", problems), names(value, "values", problems)
        if column is not None and values:
            found.append(Where(column, tuple(one.name for one in values)))
    return found
