"""A process model file (BPMN, PNML) as an ideal journey: every state that its net can be in."""

from __future__ import annotations

import re
import xml.etree.ElementTree as Xml
from pathlib import Path
from typing import Any

from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.ideal.journey import IdealJourney, Stage
from cjmine.ideal.minimal import MOST_STATES, Graph
from cjmine.ideal.nodes import Step
from cjmine.ideal.pm4py_import import load_pm4py
from cjmine.ideal.space import FAR, StateSpace, state_space
from cjmine.regular_files import regular

_MOST_MARKINGS = 4 * MOST_STATES
_MOST_TOKENS = 8
_LARGEST = 10_000_000
_FORBIDDEN = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_Marking = tuple[int, ...]


def read_model(path: Path, label: str) -> CompiledIdeal:
    """Read a model: its steps, and the traces that it allows.

    The file names no goal: the steps after which the model may end are taken for it.

    Raises
    ------
    UsageError
        J112 where the file is no usable model, J111 where it has too many states.
    """
    net, initial, final = _net(path, label)
    space = _explored(net, initial, final, label)
    if not len(space.label) or int(space.to_end[0]) >= FAR:
        raise _unusable(label, "the model has no step, or never comes to its end")
    distance = {
        name: int(space.distance[0, space.source[space.label == number]].min())
        for number, name in enumerate(space.labels)
    }
    names = sorted(space.labels, key=lambda name: (distance[name], name))
    ending = {space.labels[one] for one in space.label[space.to_end[space.target] == 0]}
    journey = IdealJourney(
        name=path.stem,
        goal=tuple(name for name in names if name in ending),
        stages=(Stage("Model", tuple(Step(name) for name in names)),),
        file=label,
    )
    return CompiledIdeal(journey, space)


def _net(path: Path, label: str) -> tuple[Any, Any, Any]:
    try:
        if path.stat().st_size > _LARGEST:
            raise _unusable(label, "the file is larger than ten megabytes")
        raw = regular(path).read_bytes()
    except OSError as error:
        raise _unusable(label, error.strerror or "it cannot be read") from None
    if _FORBIDDEN.search(raw) or raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise _unusable(label, "document types and entities are refused, and so is UTF-16")
    try:
        Xml.fromstring(raw)  # noqa: S314  document types and entities are refused above
    except Xml.ParseError as error:
        raise _unusable(label, f"it is not well-formed XML (line {error.position[0]})") from None
    pm4py = load_pm4py()
    try:
        if path.suffix.lower() == ".pnml":
            net, initial, final = pm4py.read_pnml(str(path))
        else:
            diagram = pm4py.read_bpmn(str(path))
            net, initial, final = pm4py.convert_to_petri_net(diagram)
    except Exception as error:  # whatever it stumbles on, the file is not one it can read
        raise _unusable(label, f"it cannot be read ({type(error).__name__})") from None
    if not final:
        final = {place: 1 for place in net.places if not place.out_arcs}
    if not initial:
        initial = {place: 1 for place in net.places if not place.in_arcs}
    return net, initial, final


def _explored(net: Any, initial: Any, final: Any, label: str) -> StateSpace:
    """The reachability graph of the net, its silent transitions removed."""
    places = sorted(net.places, key=lambda place: str(place.name))
    number = {place: one for one, place in enumerate(places)}
    transitions = sorted(net.transitions, key=lambda one: (str(one.label), str(one.name)))
    takes = [[(number[arc.source], arc.weight) for arc in one.in_arcs] for one in transitions]
    gives = [[(number[arc.target], arc.weight) for arc in one.out_arcs] for one in transitions]
    labels: dict[str, int] = {}
    kinds = []
    for one in transitions:
        text = (one.label or "").strip()
        kinds.append(labels.setdefault(text, len(labels)) if text else None)
    first, last = _marking(initial, places), _marking(final, places)
    seen: dict[_Marking, int] = {first: 0}
    pending = [first]
    silent: list[tuple[int, int]] = []
    visible: list[tuple[int, int, int]] = []
    for marking in pending:
        for kind, needs, makes in zip(kinds, takes, gives, strict=True):
            if any(marking[place] < weight for place, weight in needs):
                continue
            after = list(marking)
            for place, weight in needs:
                after[place] -= weight
            for place, weight in makes:
                after[place] += weight
            if max(after, default=0) > _MOST_TOKENS:
                raise _unusable(label, "places of the model fill up without end")
            reached = tuple(after)
            if reached not in seen:
                seen[reached] = len(seen)
                pending.append(reached)
                if len(seen) > _MOST_MARKINGS:
                    raise _unusable(label, f"it has more than {_MOST_MARKINGS:,} states")
            here, there = seen[marking], seen[reached]
            if kind is None:
                silent.append((here, there))
            else:
                visible.append((here, kind, there))
    ends = frozenset({seen[last]} if last in seen else ())
    return state_space(
        tuple(labels), Graph(len(seen), 0, ends, tuple(silent), tuple(visible)), label
    )


def _marking(marking: Any, places: list[Any]) -> _Marking:
    return tuple(int(marking.get(place, 0)) for place in places)


def _unusable(label: str, cause: str) -> UsageError:
    return UsageError(
        Problem(
            Code.JOURNEY_MODEL,
            "the process model cannot serve as an ideal journey",
            Place(label),
            cause=cause,
            remedy="export it as BPMN 2.0 or PNML with a start and an end",
        )
    )
