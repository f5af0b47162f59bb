"""Edits of a register of ideas: of its text, so that comments and layout stay."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import yaml

from cjmine.ideal.edits import yaml_name
from cjmine.ideal.written_parts import last_mark, value_of
from cjmine.ideal.yaml_compose import LOADER
from cjmine.ideas.declared import Idea, Promise, PromiseUnit, Status

_NUMBERED = re.compile(r"(.*?)(\d{1,9})")
FIRST_ID = "I-1"


@dataclass(frozen=True, slots=True)
class Progress:
    """What is known anew of an idea; None where nothing is."""

    id: str
    jira: str | None
    status: Status | None


def next_id(ideas: Iterable[Idea]) -> str:
    """An id that no idea has: as the last numbered one, counted on.

    >>> from cjmine.ideas.declared import Metric
    >>> next_id([]), next_id([Idea("M-9", "x", Metric.GOAL), Idea("M-2", "y", Metric.GOAL)])
    ('I-1', 'M-10')
    """
    numbered = [found for one in ideas if (found := _NUMBERED.fullmatch(one.id))]
    if not numbered:
        return FIRST_ID
    prefix = numbered[-1][1]
    most = max(int(found[2]) for found in numbered if found[1] == prefix)
    return f"{prefix}{most + 1}"


def with_idea(text: str, idea: Idea) -> str:
    r"""The text of a register with an idea more, after the others.

    >>> from cjmine.ideas.declared import Metric
    >>> print(with_idea("ideas:\n", Idea("I-1", "Say: when", Metric.LATE, step="Pay")))
    ideas:
      - id: I-1
        title: "Say: when"
        step: Pay
        status: idea
        metric: late
    <BLANKLINE>
    """
    listed, break_ = value_of(_composed(text), "ideas"), _break(text)
    lines = list(_lines(idea))
    if not isinstance(listed, yaml.SequenceNode) or not listed.value:
        if isinstance(listed, yaml.SequenceNode):  # an empty list in brackets
            text = text[: listed.start_mark.index].rstrip(" ") + text[listed.end_mark.index :]
        return f"{text.rstrip()}{break_}" + _item(lines, "  ", break_)
    if listed.flow_style:
        end = last_mark(listed.value[-1]).index
        return f"{text[:end]}, {{{', '.join(lines)}}}{text[end:]}"
    indent = " " * listed.start_mark.column
    end = _line_end(text, last_mark(listed).index)
    after = text[end:].removeprefix(break_)
    return f"{text[:end]}{break_}" + _item(lines, indent, break_) + after


def with_progress(text: str, news: Iterable[Progress]) -> str:
    r"""The text with keys and statuses of issues at their ideas; comments and layout stay.

    >>> text = "ideas:\n- id: M-1  # ours\n  title: x\n"
    >>> print(with_progress(text, [Progress("M-1", "CX-12", Status.DONE)]))
    ideas:
    - id: M-1  # ours
      jira: CX-12
      status: done
      title: x
    <BLANKLINE>
    """
    nodes = {value_of(one, "id").value: one for one in value_of(_composed(text), "ideas").value}
    splices: list[tuple[int, int, str]] = []
    for one in news:
        node = nodes[one.id]
        changed = (("jira", one.jira), ("status", None if one.status is None else one.status.value))
        for key, value in changed:
            if value is not None:
                splices.append(_setting(text, node, key, value))
    # Those at one place are put in from the last to the first, so that they stay in order.
    order = sorted(range(len(splices)), key=lambda n: (splices[n][0], n), reverse=True)
    for start, end, new in (splices[n] for n in order):
        text = text[:start] + new + text[end:]
    return text


def _setting(text: str, idea: Any, key: str, value: str) -> tuple[int, int, str]:
    """What sets a key: in place of its value, or after the id."""
    found = value_of(idea, key)
    if found is not None:
        return found.start_mark.index, found.end_mark.index, value
    id_ = value_of(idea, "id")
    if idea.flow_style:
        return id_.end_mark.index, id_.end_mark.index, f", {key}: {value}"
    end = _line_end(text, id_.end_mark.index)
    return end, end, f"{_break(text)}{' ' * idea.start_mark.column}{key}: {value}"


def _composed(text: str) -> Any:
    try:
        return yaml.compose(text, LOADER)
    except yaml.YAMLError:  # the pure parser takes a little more
        return yaml.compose(text, yaml.SafeLoader)


def _line_end(text: str, index: int) -> int:
    """The end of a line, before its line feed."""
    found = text.find("\n", index)
    if found < 0:
        return len(text)
    return found - 1 if text[found - 1 : found] == "\r" else found


def _break(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _item(lines: list[str], indent: str, end: str) -> str:
    first, *more = lines
    return "".join([f"{indent}- {first}{end}", *(f"{indent}  {one}{end}" for one in more)])


def _lines(idea: Idea) -> Iterable[str]:
    """The keys of an idea that `ideas add` knows."""
    named = (
        *(("id", idea.id), ("title", idea.title), ("journey", idea.journey), ("step", idea.step)),
        ("touchpoint", idea.touchpoint),
        ("deviation", None if idea.deviation is None else idea.deviation.value),
        ("owner", idea.owner),
        ("status", idea.status.value),
    )
    for key, value in named:
        if value is not None:
            yield f"{key}: {yaml_name(value)}"
    if idea.noted is not None:
        yield f"noted: {idea.noted}"
    if idea.deviation is None or idea.deviation.value != idea.metric.value:
        yield f"metric: {idea.metric.value}"
    if idea.expected is not None:
        yield f"expected: {written_promise(idea.expected)}"


def written_promise(found: Promise) -> str:
    """A promise as a register has it.

    >>> written_promise(Promise(-0.04, PromiseUnit.POINTS)), written_promise(
    ...     Promise(-20.0, PromiseUnit.JOURNEYS)
    ... )
    ('-4 pp', '-20')
    """
    if found.unit is PromiseUnit.JOURNEYS:
        return f"{found.value:+g}"
    return f"{100 * found.value:+.4g} {found.unit.value}"
