"""A drafted journey as a journey file, with the questions that its owner should answer."""

from __future__ import annotations

import json
import re

from cjmine.analysis.draft import DEFAULT_STAGE, Draft
from cjmine.analysis.draft_evidence import Evidence
from cjmine.ideal.nodes import (
    AnyOrder,
    Choice,
    Node,
    Optional,
    Repeat,
    Sequence,
    Step,
    steps_of,
)
from cjmine.reporters.escaping import unobeyed, visible
from cjmine.results.share import percent

_UNITS = (("w", 604_800_000_000), ("d", 86_400_000_000), ("h", 3_600_000_000), ("m", 60_000_000))
_HOUR = 3_600_000_000
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_ /()+-]*[A-Za-z0-9)]")
_WORDS = {"yes", "no", "on", "off", "true", "false", "null", "y", "n"}
_STOPS = re.compile(r"cancel|annul|opzeg|stop|declin|afgewezen|reject|withdraw", re.IGNORECASE)
_FRICTION = re.compile(
    r"call|phone|complain|klacht|chat|help|error|fout|contact|question|vraag", re.IGNORECASE
)


def render(draft: Draft) -> str:
    """The file; ends without a line feed. It reads back as the drafted journey."""
    journey = draft.journey
    fitting = "how many of them follow it exactly is withheld."
    if draft.fitting is not None:
        share = percent(draft.fitting, draft.successes)
        fitting = f"{draft.fitting:,} of them follow it exactly, {share}."
    every = "hardly more in all" if draft.is_nearly_all else f"{draft.journeys:,}"
    lines = [
        "# yaml-language-server: $schema=journey.schema.json",
        "# (cjmine schema -o journey.schema.json: editors then complete and check this file)",
        "# A draft: this is what most successful journeys do, not yet what they should do.",
        f"# Made from {draft.successes:,} successful journeys of {every};",
        f"# {fitting}",
        f"journey: {journey.name}        # QUESTION: what do customers call it?",
        "# owner: service-team    # QUESTION: who decides about this journey?",
        "# purpose: fewer calls   # QUESTION: what should get better?",
    ]
    if journey.entry:
        lines.append(f"entry: {_listed(journey.entry)}")
    lines.append(f"goal: {_listed(journey.goal)}")
    stops = [(name, count) for name, count in draft.ends if _STOPS.search(name)]
    if stops:
        lines.append(f"# exits: {_listed(tuple(name for name, _ in stops))}")
    lines += [
        "# QUESTION: which ends other than the goal are fine (cancelled, declined)? Put them under",
        "# exits." + (" Journeys without the goal end most on:" if draft.ends else ""),
        *(f"#   {visible(name)}: {count:,}" for name, count in draft.ends),
    ]
    if journey.deadline is not None:
        lines += [
            f"deadline: {duration(journey.deadline)}"
            "    # QUESTION: after how long is a journey lost?",
            "#   99 of 100 successful journeys are shorter",
        ]
    lines.append("stages:")
    by_name = {one.activity: one for one in draft.evidence}
    for stage in journey.stages:
        asked = "    # QUESTION: which stages would customers name?"
        lines.append(
            f"  - stage: {quoted(stage.name)}{asked if stage.name == DEFAULT_STAGE else ''}"
        )
        lines.append("    steps:")
        for node in stage.nodes:
            lines += _step(node, stage.name, by_name, draft.successes)
    lines += _leftovers(draft)
    lines += [
        "# QUESTION: what do you expect? For example:",
        "# expect:",
        '#   goal-rate: ">= 40%"',
        '#   fitness: ">= 0.8"',
    ]
    return "\n".join(lines)


def _step(node: Node, stage: str, by_name: dict[str, Evidence], successes: int) -> list[str]:
    lines = [f"      - {_part(node)}"]
    for step in steps_of(node):
        one = by_name[step.name]
        name = "" if isinstance(node, Step) else f"{visible(step.name)}: "
        lines.append(
            f"        # {name}{_found(one, successes)}"
            + (f"; again in {one.repeated:,}: is that fine?" if one.repeated else "")
        )
        if one.stage not in (None, stage):
            lines.append(
                f"        # QUESTION: {name}named for {visible(one.stage or '')}, and comes here;"
                " where does it belong?"
            )
        if one.channel is not None:
            lines.append(
                f"        # QUESTION: always in {visible(one.channel)}; should it be? channel: …"
            )
        if one.wait_p90 is not None and one.wait_p90 >= _HOUR:
            unit = _HOUR if one.wait_p90 <= 72 * _HOUR else 24 * _HOUR
            limit = duration(-(-one.wait_p90 // unit) * unit)
            lines.append(
                f"        # QUESTION: 9 of 10 wait less than {limit}; is that soon enough?"
            )
    if isinstance(node, AnyOrder):
        lines.append("        # they come in either order; QUESTION: does it matter?")
    return lines


def _found(one: Evidence, successes: int) -> str:
    """How many journeys have a touchpoint, where that is not about the few without it."""
    if one.is_nearly_all:
        return "nearly all journeys"
    return f"{one.journeys:,} journeys, {percent(one.journeys, successes)}"


def _part(node: Node) -> str:
    """A part of a draft in one line."""
    match node:
        case Step():
            return quoted(node.name)
        case Optional():
            return f"optional: {_inside(node.node)}"
        case Repeat():
            return f"repeat: {_inside(node.node)}"
        case Choice() | AnyOrder():
            kind = "choice" if isinstance(node, Choice) else "any-order"
            return f"{kind}: [{', '.join(_inside(part) for part in node.nodes)}]"
        case Sequence():
            return f"[{', '.join(_inside(part) for part in node.nodes)}]"


def _inside(node: Node) -> str:
    return _part(node) if isinstance(node, Step | Sequence) else f"{{{_part(node)}}}"


def _leftovers(draft: Draft) -> list[str]:
    if not draft.left_out:
        return []
    lines = [
        "# Not in the journey: touchpoints of fewer than one in ten successful journeys.",
        "# QUESTION: which may occur anywhere (allow), which cost effort (friction)?",
    ]
    effort = tuple(one.activity for one in draft.left_out if _FRICTION.search(one.activity))
    if effort:
        lines.append(f"# friction: {_listed(effort[:10])}")
    for one in draft.left_out[:20]:
        lines.append(f"#   {visible(one.activity)}: {one.journeys:,} journeys")
    return lines


def duration(microseconds: int) -> str:
    """A duration as the journey file writes it, in the largest unit that fits exactly.

    >>> duration(1_209_600_000_000), duration(7_200_000_000)
    ('2w', '2h')
    """
    for name, size in _UNITS:
        if microseconds % size == 0 and microseconds:
            return f"{microseconds // size}{name}"
    return f"{max(1, -(-microseconds // 1_000_000))}s"


def _listed(names: tuple[str, ...]) -> str:
    written = [quoted(name) for name in names]
    return written[0] if len(written) == 1 else f"[{', '.join(written)}]"


def quoted(name: str) -> str:
    """A name as YAML that is read as this text, whatever it holds; no build service obeys it."""
    if _PLAIN.fullmatch(name) and name.lower() not in _WORDS:
        return name
    return unobeyed(json.dumps(name, ensure_ascii=visible(name) != name), "\\u0023")
