"""Insights: what customers said or a study found, kept once in `insights.yaml`, used in reports.

The language is described in docs/insights.md; its JSON Schema lies beside this module.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cjmine.errors import Code, did_you_mean
from cjmine.ideal.declared_text import Words, read_text
from cjmine.ideal.file_kinds import FileKind, refuse_another
from cjmine.ideal.nodes import Mark
from cjmine.ideal.yaml_compose import compose
from cjmine.ideal.yaml_nodes import (
    Problems,
    Table,
    check_needed,
    day,
    items,
    mark_of,
    name,
    names,
    table,
)
from cjmine.ideas.keys import ID, INSIGHT, INSIGHTS
from cjmine.privacy.gate import looks_personal

INSIGHTS_NAME = "insights.yaml"


@dataclass(frozen=True, slots=True)
class Insight:
    """One insight. Without a `source` it is said, and not shown; `ideas` are ids of a register."""

    what: str
    source: str | None = None
    day: date | None = None
    journey: str | None = None
    step: str | None = None
    touchpoint: str | None = None
    ideas: tuple[str, ...] = ()

    @property
    def place(self) -> str | None:
        """The step or the touchpoint that it is about; None where it is about the whole."""
        return self.step or self.touchpoint


@dataclass(frozen=True, slots=True)
class Heard:
    """The insights that may be shown of one journey, in the order of its steps.

    `silent` are the steps that none is about. `left_out` are those about a step that the journey
    lacks, or about a touchpoint that too few customers have.
    """

    insights: tuple[Insight, ...]
    silent: tuple[str, ...]
    left_out: int

    def at(self, step: str) -> tuple[Insight, ...]:
        """The insights about one step."""
        return tuple(one for one in self.insights if one.place == step)


def read_insights(
    path: Path, label: str, known: Sequence[str] | None = None
) -> tuple[Insight, ...]:
    """The insights of a file; `label` is what messages call it.

    `known` are the ids of the register of ideas, None where there is none to look them up in.

    Raises
    ------
    UsageError
        With all problems of the file, each with line and position: J101 for an idea that the
        register lacks, J104 to J109, and P104 for a
        text that may identify a person, without the text.
    """
    words = Words("file of insights", "check the name; docs/insights.md shows a first one")
    return parse_insights(read_text(path, label, words), label, known)


def parse_insights(
    text: str, label: str, known: Sequence[str] | None = None
) -> tuple[Insight, ...]:
    """The insights that a text holds. Raises UsageError as `read_insights` does.

    >>> parse_insights("insights: [{what: I had to type it twice, step: Form}]", "x")[0].step
    'Form'
    """
    problems = Problems(label)
    root = compose(text.removeprefix("\ufeff"), problems, "docs/insights.md shows a first one")
    problems.raise_all()
    assert root is not None
    refuse_another(root, FileKind.INSIGHTS, problems)
    found = table(root, INSIGHTS, problems)
    listed = None if found is None else found.get("insights")
    if found is not None:
        check_needed(found, INSIGHTS, problems)
    insights = []
    if listed is not None and getattr(listed.value, "value", None):
        for node in items(listed.value, "insights", problems):
            keys = table(node, INSIGHT, problems)
            if keys is not None:
                insights.append(_insight(keys, known, problems))
    problems.raise_all()
    return tuple(insights)


def _insight(keys: Table, known: Sequence[str] | None, problems: Problems) -> Insight:
    def said(key: str) -> str | None:
        entry = keys.get(key)
        found = name(entry.value, key, problems) if entry else None
        if found is not None and entry is not None:
            _check(found, key, mark_of(entry.value), problems)
        return found

    what = said("what")
    check_needed(keys, INSIGHT, problems)
    dated, ideas = keys.get("date"), keys.get("ideas")
    ids = names(ideas.value, "ideas", problems) if ideas else ()
    for one in ids:
        if not ID.fullmatch(one.name):
            problems.add(Code.JOURNEY_VALUE, one.at, "ideas are ids of a register: M-3")
        elif known is not None and one.name not in known:
            near = did_you_mean(one.name, known)
            problems.add(Code.JOURNEY_NAME, one.at, f'there is no idea "{one.name}"', remedy=near)
    return Insight(
        what=what or "",
        source=said("source"),
        day=day(dated.value, "date", problems) if dated else None,
        journey=said("journey"),
        step=said("step"),
        touchpoint=said("touchpoint"),
        ideas=tuple(one.name for one in ids),
    )


def _check(text: str, key: str, at: Mark, problems: Problems) -> None:
    kind = looks_personal(text)
    if kind is not None:
        problems.add(
            Code.LOOKS_PERSONAL,
            at,
            f'the text of "{key}" seems to hold {kind}',
            "insights are printed and stored as they are",
            "leave out whatever says who it was",
        )
