"""Models made to break a reader end in one clear error, soon."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from ideal.drawn import SPACE, body, definitions, flows, nodes, within
from strategies import examples

from cjmine.errors import Code, UsageError
from cjmine.ideal.model_in import read_model

MOST_SECONDS = 20.0


def tasks(count: int) -> str:
    return "".join(f'<task id="t{n}" name="T{n}"/>' for n in range(count))


def in_a_row(count: int) -> str:
    arrows = "".join(
        f'<sequenceFlow id="f{n}" sourceRef="t{n}" targetRef="t{n + 1}"/>' for n in range(count - 1)
    )
    return definitions(tasks(count) + arrows)


def nested(count: int) -> str:
    inner = '<task id="a" name="A"/>'
    for number in range(count):
        inner = f'<subProcess id="p{number}">{inner}</subProcess>'
    return definitions(inner)


def side_by_side(count: int) -> str:
    arrows = "".join(
        f'<sequenceFlow id="f{n}" sourceRef="g" targetRef="t{n}"/>'
        f'<sequenceFlow id="h{n}" sourceRef="t{n}" targetRef="j"/>'
        for n in range(count)
    )
    gates = '<parallelGateway id="g"/><parallelGateway id="j"/>'
    return definitions(tasks(count) + gates + arrows)


def calls(count: int) -> str:
    """Each process calls the next one twice: two to the power of so many elements."""
    found = [
        f'<callActivity id="a{n}" calledElement="P{n + 1}"/>'
        f'<callActivity id="b{n}" calledElement="P{n + 1}"/>' + flows(f"a{n} > b{n}")
        for n in range(count)
    ]
    return definitions(*found, '<task id="k" name="K"/>')


def filling() -> str:
    return definitions(
        body("task a A; task b B; exclusiveGateway g", "s > g > a > g, a > b, g > e")
    )


def places(count: int) -> str:
    """A net whose places all fill at once."""
    made = "".join(f'<place id="p{n}"/>' for n in range(count))
    arcs = "".join(f'<arc id="a{n}" source="t" target="p{n}"/>' for n in range(count))
    return f'<pnml><net id="n"><transition id="t"/>{made}{arcs}</net></pnml>'


def deep_pages(count: int) -> str:
    return "<pnml><net id='n'>" + "<page id='p'>" * count + "</page>" * count + "</net></pnml>"


def references(count: int) -> str:
    """Places that refer to each other in a circle."""
    made = "".join(
        f'<referencePlace id="r{n}" ref="r{(n + 1) % count}"/>'
        f'<arc id="a{n}" source="r{n}" target="t"/>'
        for n in range(count)
    )
    return f'<pnml><net id="n"><transition id="t"/>{made}</net></pnml>'


def inclusive_in_a_row(count: int) -> str:
    """Blocks of two tasks of which any number is done, none too."""
    made = "".join(
        f'<inclusiveGateway id="g{n}"/><inclusiveGateway id="h{n}"/>'
        f'<task id="a{n}" name="A{n}"/><task id="b{n}" name="B{n}"/>'
        for n in range(count)
    )
    arrows = [f"h{n - 1} > g{n}" if n else "s > g0" for n in range(count)] + [
        f"g{n} > a{n} > h{n}, g{n} > b{n} > h{n}" for n in range(count)
    ]
    return definitions('<startEvent id="s"/>' + made + flows(", ".join(arrows)))


HOSTILE: dict[str, Callable[[], str]] = {
    "100,000 elements": lambda: in_a_row(60_000),
    "nine thousand in a row": lambda: in_a_row(9_000),
    "sub-processes 5,000 deep": lambda: nested(5_000),
    "sub-processes 90 deep": lambda: nested(90),
    "thirty in parallel": lambda: side_by_side(30),
    "four thousand in parallel": lambda: side_by_side(4_000),
    "calls of calls of calls": lambda: calls(30),
    "eight hundred inclusive gateways": lambda: inclusive_in_a_row(800),
    "places that fill up": filling,
    "a transition that needs nothing": lambda: places(1),
    "ten thousand places at once": lambda: places(10_000),
    "pages 5,000 deep": lambda: deep_pages(5_000),
    "references in a circle": lambda: references(5_000),
    "XML 100,000 deep": lambda: "<a>" * 100_000,
    "a long name": lambda: definitions(f'<subProcess id="{"x" * 5_000_000}"/>', tasks(2)),
    "a document type": lambda: f'<!DOCTYPE x [<!ENTITY a "b">]>{in_a_row(2)}',
    "an unknown prefix": lambda: "<bpmn:definitions/>",
    "another root": lambda: "<xpdl:Package xmlns:xpdl='x'/>",
    "a big number": lambda: (
        '<pnml><net id="n"><place id="p"><initialMarking><text>99999999999</text>'
        "</initialMarking></place></net></pnml>"
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_model_is_refused_soon(tmp_path: Path, name: str) -> None:
    file = tmp_path / "model.xml"
    file.write_text(HOSTILE[name](), encoding="utf-8")
    begun = process_time()
    with pytest.raises(UsageError) as refused:
        read_model(file, "model.xml")
    assert process_time() - begun < MOST_SECONDS
    problem = refused.value.problems[0]
    assert problem.code in (Code.JOURNEY_MODEL, Code.JOURNEY_TOO_LARGE, Code.MODEL_POOL)
    assert problem.remedy
    assert len(problem.cause) < 500


def test_what_is_too_wide_is_named(tmp_path: Path) -> None:
    """The first of the steps that may come next, where each may be left out."""
    file = tmp_path / "model.bpmn"
    file.write_text(inclusive_in_a_row(800), encoding="utf-8")
    begun = process_time()
    with pytest.raises(UsageError) as refused:
        read_model(file, "model.bpmn")
    assert process_time() - begun < MOST_SECONDS / 4
    assert refused.value.problems[0].code is Code.JOURNEY_TOO_LARGE
    assert '"A0"' in refused.value.problems[0].cause


def test_many_inclusive_gateways_are_read_soon(tmp_path: Path) -> None:
    """The time grows with the ways that there are, not with their squares."""
    file = tmp_path / "model.bpmn"
    file.write_text(inclusive_in_a_row(200), encoding="utf-8")
    begun = process_time()
    space = read_model(file, "model.bpmn").space
    assert process_time() - begun < MOST_SECONDS / 2
    assert (len(space.labels), space.shortest) == (400, 0)


KINDS = [
    "task",
    "startEvent",
    "endEvent",
    "intermediateCatchEvent",
    "intermediateThrowEvent",
    "boundaryEvent",
    "exclusiveGateway",
    "parallelGateway",
    "inclusiveGateway",
    "eventBasedGateway",
    "complexGateway",
    "subProcess",
    "adHocSubProcess",
    "transaction",
    "callActivity",
]
DEFINITIONS = [
    "message",
    "timer",
    "error",
    "escalation",
    "cancel",
    "compensate",
    "link",
    "signal",
    "terminate",
]


@st.composite
def diagrams(draw: st.DrawFn) -> str:
    """Nodes of any kind with any event, joined anyhow, some in sub-processes."""
    count = draw(st.integers(1, 9))
    written, keys = [], [f"n{number}" for number in range(count)]
    for key in keys:
        kind = draw(st.sampled_from(KINDS))
        name = draw(st.sampled_from(["", f"N {key}"]))
        extra = draw(
            st.sampled_from(
                ["", "~", f"@{draw(st.sampled_from(keys))}", "!isForCompensation=true",
                 "!triggeredByEvent=true", "!calledElement=P1", "!default=n0-n1",
                 "<standardLoopCharacteristics/>", "<multiInstanceLoopCharacteristics/>"]
            )
        )  # fmt: skip
        event = f":{draw(st.sampled_from(DEFINITIONS))}" if kind.endswith("Event") else ""
        if kind in ("subProcess", "transaction", "adHocSubProcess") and draw(st.booleans()):
            inner = f"i{key}"
            extra = (
                "<"
                + within(
                    f"startEvent s{inner} :error; task {inner} In; endEvent e{inner} {event or ':error'}",
                    f"s{inner} > {inner} > e{inner}",
                )[1:]
            )
        written.append(f"{kind} {key} {name} {event} {extra}")
    pairs = draw(st.lists(st.tuples(st.sampled_from(keys), st.sampled_from(keys)), max_size=14))
    arrow = st.sampled_from([">", "?"])
    arrows = ",".join(f"{one} {draw(arrow)} {other}" for one, other in dict.fromkeys(pairs))
    return definitions("".join(nodes(one) for one in written) + flows(arrows), tasks(1))


@given(text=diagrams())
@examples(75, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_diagram_is_read_or_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "any.bpmn"
    file.write_text(text, encoding="utf-8")
    try:
        read = read_model(file, "any.bpmn", "P0")
    except UsageError as refused:
        problem = refused.problems[0]
        assert problem.code in (Code.JOURNEY_MODEL, Code.JOURNEY_TOO_LARGE, Code.MODEL_POOL)
        assert problem.cause and problem.remedy
    else:
        assert read.space.shortest < 100
        assert SPACE not in str(read.notes)
