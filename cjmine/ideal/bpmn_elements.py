"""What a BPMN 2.0 diagram is made of, as it is drawn: processes, nodes, sequence flows.

Lanes, data, annotations, message flows and the positions of shapes do not say what follows what,
and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from cjmine.ideal.model_xml import Tag, unusable

MOST_NODES = 10_000
_HYPHEN = re.compile(r"(?<=\w)-[ \t]*[\r\n]+\s*(?=[^\W\d_A-Z])")  # at the end of a line


class Kind(Enum):
    """How a node passes tokens on."""

    ACTIVITY = "activity"
    SUB_PROCESS = "sub-process"
    START = "start event"
    END = "end event"
    EVENT = "intermediate event"
    BOUNDARY = "boundary event"
    EXCLUSIVE = "exclusive gateway"
    PARALLEL = "parallel gateway"
    INCLUSIVE = "inclusive gateway"


class Loop(Enum):
    """How often an activity is done before the way goes on."""

    ONCE = "once"
    AGAIN = "once or more"
    MAYBE = "any number of times"


_KINDS = {
    "startEvent": Kind.START,
    "endEvent": Kind.END,
    "intermediateCatchEvent": Kind.EVENT,
    "intermediateThrowEvent": Kind.EVENT,
    "intermediateEvent": Kind.EVENT,
    "implicitThrowEvent": Kind.EVENT,
    "boundaryEvent": Kind.BOUNDARY,
    "exclusiveGateway": Kind.EXCLUSIVE,
    "eventBasedGateway": Kind.EXCLUSIVE,
    "parallelGateway": Kind.PARALLEL,
    "inclusiveGateway": Kind.INCLUSIVE,
    "complexGateway": Kind.INCLUSIVE,
    "subProcess": Kind.SUB_PROCESS,
    "adHocSubProcess": Kind.SUB_PROCESS,
    "transaction": Kind.SUB_PROCESS,
    "callActivity": Kind.ACTIVITY,
    "callChoreography": Kind.ACTIVITY,
    "choreographyTask": Kind.ACTIVITY,
    "subChoreography": Kind.SUB_PROCESS,
}


@dataclass(frozen=True, slots=True)
class Node:
    """A flow node. `triggers` are its event definitions, such as message or timer.

    `names` is what its trigger is about (an error, an escalation, a link). `called` is the process
    that a call activity calls, `attached` the activity that a boundary event is drawn on.
    """

    key: str
    name: str
    spoken: str
    kind: Kind
    line: int
    triggers: frozenset[str] = frozenset()
    names: str = ""
    called: str = ""
    attached: str = ""
    default: str = ""
    throws: bool = False
    interrupts: bool = True
    by_event: bool = False
    ad_hoc: bool = False
    compensates: bool = False
    begins: bool = False
    loop: Loop = Loop.ONCE
    parts: Scope | None = None

    def __str__(self) -> str:
        return f'the {self.spoken} "{self.name or self.key}"'


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow from node to node."""

    key: str
    source: str
    target: str
    conditional: bool
    line: int


@dataclass(frozen=True, slots=True)
class Scope:
    """The nodes of a process or sub-process, and the flows drawn in it."""

    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]

    def everything(self) -> Iterator[Node]:
        """The nodes with those of its sub-processes."""
        for node in self.nodes:
            yield node
            if node.parts is not None:
                yield from node.parts.everything()

    def every_flow(self) -> Iterator[Flow]:
        """The flows with those of its sub-processes."""
        yield from self.flows
        for node in self.nodes:
            if node.parts is not None:
                yield from node.parts.every_flow()


@dataclass(frozen=True, slots=True)
class Process:
    """A process with the name of the pool that it is drawn in."""

    key: str
    name: str
    scope: Scope


def clean(name: str) -> str:
    r"""A name as it is read aloud: line breaks and runs of blanks are one blank.

    >>> clean(" Pass on\nthe  reading ")
    'Pass on the reading'
    """
    return " ".join(_HYPHEN.sub("-", name).split())


def referred(written: str) -> str:
    """The id in a reference, which may have a prefix.

    >>> referred("tns:Order")
    'Order'
    """
    return written.strip().rpartition(":")[2]


def processes_in(root: Tag, label: str) -> tuple[Process, ...]:
    """The processes of a diagram that have something to do, in the order of the file.

    Raises
    ------
    UsageError
        J112: too many elements, or two with one id.
    """
    pools: dict[str, str] = {}
    for about in (*root.all("collaboration"), *root.all("choreography")):
        for one in about.all("participant"):
            pools.setdefault(referred(one.get("processRef")), clean(one.get("name")))
    reader = _Reader(label)
    found = []
    for tag in (*root.all("process"), *root.all("choreography")):
        scope = reader.scope(tag)
        key = tag.get("id")
        name = pools.get(key) or clean(tag.get("name")) or key
        if scope.nodes:
            found.append(Process(key, name, scope))
    return tuple(found)


class _Reader:
    """Counts nodes and keeps ids apart across the whole file."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._seen: dict[str, str] = {}

    def scope(self, tag: Tag) -> Scope:
        nodes = tuple(self._node(child) for child in tag.children if _is_node(child.name))
        flows = tuple(_flow(child) for child in tag.all("sequenceFlow"))
        return Scope(nodes, flows)

    def _node(self, tag: Tag) -> Node:
        key = tag.get("id").strip() or f"line {tag.line}"
        spoken = _spoken(tag.name)
        if key in self._seen:
            raise unusable(
                self._label,
                f'the {spoken} "{key}" has the id of the {self._seen[key]} before it',
                tag.line,
                "give each element an id of its own",
            )
        self._seen[key] = spoken
        if len(self._seen) > MOST_NODES:
            raise unusable(
                self._label,
                f"it has more than {MOST_NODES:,} elements",
                tag.line,
                "draw its parts as models of their own",
            )
        definitions = [one for one in tag.children if one.name.endswith("EventDefinition")]
        kind = _KINDS.get(tag.name, Kind.ACTIVITY)
        parts = self.scope(tag) if kind is Kind.SUB_PROCESS else None
        if parts is not None and not parts.nodes:  # drawn closed: one step, like a task
            kind, parts = Kind.ACTIVITY, None
        return Node(
            key=key,
            name=clean(tag.get("name")),
            spoken=spoken,
            kind=_gateway(tag, kind),
            line=tag.line,
            triggers=frozenset(one.name.removesuffix("EventDefinition") for one in definitions),
            names=next((found for one in definitions if (found := _about(one))), ""),
            called=referred(tag.get("calledElement")),
            attached=referred(tag.get("attachedToRef")),
            default=tag.get("default").strip(),
            throws="Throw" in tag.name,
            interrupts="false" not in (tag.get("cancelActivity"), tag.get("isInterrupting")),
            by_event=tag.get("triggeredByEvent") == "true",
            ad_hoc=tag.name == "adHocSubProcess",
            compensates=tag.get("isForCompensation") == "true",
            begins=tag.get("instantiate") == "true",
            loop=_loop(tag),
            parts=parts,
        )


def _is_node(name: str) -> bool:
    return name in _KINDS or name == "task" or (name.endswith("Task") and not name[0].isupper())


def _gateway(tag: Tag, kind: Kind) -> Kind:
    together = tag.get("eventGatewayType") == "Parallel"
    return Kind.PARALLEL if tag.name == "eventBasedGateway" and together else kind


def _about(definition: Tag) -> str:
    """What an event is about: the error or escalation that it refers to, or the link's name."""
    for name in ("errorRef", "escalationRef", "name"):
        if definition.get(name):
            return clean(referred(definition.get(name)))
    return ""


def _loop(tag: Tag) -> Loop:
    standard = tag.first("standardLoopCharacteristics")
    if standard is not None:
        return Loop.MAYBE if standard.get("testBefore") == "true" else Loop.AGAIN
    return Loop.ONCE if tag.first("multiInstanceLoopCharacteristics") is None else Loop.AGAIN


def _flow(tag: Tag) -> Flow:
    conditional = tag.first("conditionExpression") is not None
    source, target = tag.get("sourceRef").strip(), tag.get("targetRef").strip()
    return Flow(tag.get("id").strip(), source, target, conditional, tag.line)


def _spoken(name: str) -> str:
    """The tag in words.

    >>> _spoken("intermediateCatchEvent"), _spoken("adHocSubProcess")
    ('intermediate catch event', 'ad hoc sub process')
    """
    return "".join(f" {one.lower()}" if one.isupper() else one for one in name).strip()
