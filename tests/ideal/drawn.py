"""Small BPMN diagrams written short: a line a node, and the flows as arrows."""

from __future__ import annotations

import re
from xml.sax.saxutils import quoteattr

from cjmine.ideal.space import StateSpace

SPACE = "http://www.omg.org/spec/BPMN/20100524/MODEL"


def definitions(*bodies: str, beside: str = "") -> str:
    """A file with a process for each body."""
    processes = "".join(
        f'<process id="P{number}">{body}</process>' for number, body in enumerate(bodies)
    )
    return f'<definitions xmlns="{SPACE}">{beside}{processes}</definitions>'


def nodes(written: str) -> str:
    """`task a Fill in; boundaryEvent b @a timer`: kind, id, then name, host and event definition.

    Words: `@a` attached to a, `~` not interrupting, `:message` an event definition, `!key=value`
    an attribute, `<…>` what is inside.
    """
    found = []
    for line in filter(None, (one.strip() for one in written.split(";"))):
        line, _, inner = line.partition("<")
        kind, key, *rest = line.split()
        inside = f"<{inner}" if inner else ""
        attributes, name = {"id": key}, []
        for word in rest:
            if word.startswith("@"):
                attributes["attachedToRef"] = word[1:]
            elif word == "~":
                attributes["cancelActivity"] = attributes["isInterrupting"] = "false"
            elif word.startswith(":"):
                inside += f"<{word[1:]}EventDefinition/>"
            elif word.startswith("!"):
                given, _, value = word[1:].partition("=")
                attributes[given] = value
            else:
                name.append(word)
        if name:
            attributes["name"] = " ".join(name)
        written_out = " ".join(f"{one}={quoteattr(value)}" for one, value in attributes.items())
        found.append(f"<{kind} {written_out}>{inside}</{kind}>")
    return "".join(found)


def flows(written: str) -> str:
    """`s > a > e, a ? b`: arrows; with a question mark the flow has a condition."""
    found = []
    for chain in written.split(","):
        parts = re.split(r"\s*([>?])\s*", chain.strip())
        for one, arrow, other in zip(parts[::2], parts[1::2], parts[2::2], strict=False):
            inside = "<conditionExpression/>" if arrow == "?" else ""
            found.append(
                f'<sequenceFlow id="{one}-{other}" sourceRef="{one}" targetRef="{other}">'
                f"{inside}</sequenceFlow>"
            )
    return "".join(found)


def body(written: str, arrows: str) -> str:
    """The inside of a process: start event s, end event e, and what is written."""
    ends = "startEvent s; endEvent e; " if re.search(r"\be\b", arrows) else ""
    return nodes(ends + written) + flows(arrows)


def within(written: str, arrows: str) -> str:
    """The inside of a sub-process, in which no start or end is given."""
    return nodes(written) + flows(arrows)


def traces(space: StateSpace, longest: int = 5) -> set[str]:
    """The traces of up to so many steps, each as its names with blanks between them."""
    steps = list(
        zip(space.source.tolist(), space.label.tolist(), space.target.tolist(), strict=True)
    )
    found: set[str] = set()
    layer: list[tuple[int, tuple[str, ...]]] = [(0, ())]
    for _ in range(longest + 1):
        found |= {" ".join(names) for state, names in layer if space.to_end[state] == 0}
        layer = [
            (target, (*names, space.labels[label]))
            for state, names in layer
            for source, label, target in steps
            if source == state
        ]
    return found
