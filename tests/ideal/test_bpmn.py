"""BPMN as it is drawn: what each element means, which are refused, and that none breaks it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from ideal.bpmn_meanings import MEANINGS, SUB
from ideal.drawn import SPACE, body, definitions, traces, within
from ideal.journeys_at_random import parts
from ideal.test_space import accepted
from strategies import examples

from cjmine.errors import Code, UsageError
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.ideal.model_in import read_model
from cjmine.ideal.nodes import Node, Sequence, Step
from cjmine.ideal.process_tree import process_tree


def read(folder: Path, text: str, pool: str | None = None) -> CompiledIdeal:
    file = folder / "model.bpmn"
    file.write_text(text, encoding="utf-8")
    return read_model(file, "model.bpmn", pool)


@pytest.mark.parametrize("name", MEANINGS)
def test_what_is_drawn_means(tmp_path: Path, name: str) -> None:
    text, wanted = MEANINGS[name]
    longest = max(len(one.split()) for one in wanted)
    assert traces(read(tmp_path, definitions(text)).space, longest) == wanted


REFUSED = {
    "a flow to nowhere": (body("task a A", "s > a > e, a > gone"), 'flow "a-gone"'),
    "a flow from nowhere": (body("task a A", "s > a > e, gone > a"), 'flow "gone-a"'),
    "a flow across a border": (
        body(f"task a A; subProcess p {SUB}", "s > a > b > e"),
        'flow "a-b" from the task "A"',
    ),
    "a link to nothing": (
        body("task a A; intermediateThrowEvent l Away :link", "s > a > l, a > e"),
        'the intermediate throw event "Away"',
    ),
    "a boundary event on nothing": (
        body("task a A; boundaryEvent w Late @gone :timer", "s > a > e, w > e"),
        'the boundary event "Late"',
    ),
    "two elements with one id": (body("task a A; userTask a B", "s > a > e"), 'the user task "a"'),
    "nothing begins": (
        within("task a A; task b B; task c C", "a > b > a, b > c"),
        'the task "A"',
    ),
    "a join of a choice": (
        within(
            "startEvent s; exclusiveGateway x; task a A; task b B; parallelGateway g Both;"
            " endEvent e",
            "s > x > a > g > e, x > b > g",
        ),
        'the parallel gateway "Both"',
    ),
    "a split in a loop": (
        within("startEvent s; task a A; task b B", "s > a > b > a, a > a"),
        'the task "B"',
    ),
    "no way out": (within("startEvent s; task a A; task b B", "s > a > b > a"), 'the task "B"'),
    "no name anywhere": (body("task a", "s > a > e"), 'the task "a"'),
    "too many branches": (
        within(
            "startEvent s; inclusiveGateway g Any;"
            + ";".join(f"task t{n} T{n}" for n in range(11)),
            "s > g," + ",".join(f"g > t{n}" for n in range(11)),
        ),
        'the inclusive gateway "Any"',
    ),
    "a sub-process that nothing begins": (
        body(f"subProcess p Round {within('task b B; task c C', 'b > c > b')}", "s > p > e"),
        'the sub process "Round"',
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_names_the_element(tmp_path: Path, name: str) -> None:
    text, element = REFUSED[name]
    with pytest.raises(UsageError) as refused:
        read(tmp_path, definitions(text))
    problem = refused.value.problems[0]
    assert problem.code is Code.JOURNEY_MODEL
    assert element in problem.cause
    assert problem.remedy


POOLS = (
    '<collaboration id="c"><participant id="x" name="Customer" processRef="P0"/>'
    '<participant id="y" name="Company" processRef="tns:P1"/>'
    '<participant id="z" name="Bank"/><messageFlow id="m" sourceRef="a" targetRef="k"/>'
    "</collaboration>"
)


def two_pools() -> str:
    return definitions(
        body("task a Call", "s > a > e"),
        within("startEvent t; task k Answer; endEvent f", "t > k > f"),
        beside=POOLS,
    )


def test_several_pools_are_asked_about(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as asked:
        read(tmp_path, two_pools())
    problem = asked.value.problems[0]
    assert problem.code is Code.MODEL_POOL
    assert problem.message == 'the model has 2 pools: 1 "Customer", 2 "Company"'
    assert "--pool" in problem.remedy


@pytest.mark.parametrize("pool", ["Company", "company", " Company ", "2"])
def test_a_pool_is_named(tmp_path: Path, pool: str) -> None:
    assert traces(read(tmp_path, two_pools(), pool).space) == {"Answer"}


@pytest.mark.parametrize("text", [two_pools(), definitions(body("task a A", "s > a > e"))])
def test_an_unknown_pool_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UsageError) as refused:
        read(tmp_path, text, "Costumer")
    assert refused.value.code is Code.MODEL_POOL


def test_a_called_process_is_entered_and_no_pool(tmp_path: Path) -> None:
    calls = body(
        "callActivity a Deep !calledElement=P1; task b B; callActivity c Deep !calledElement=P1",
        "s > a > b > c > e",
    )
    called = within("startEvent t; task k K; endEvent f", "t > k > f")
    assert traces(read(tmp_path, definitions(calls, called)).space) == {"K B K"}


def test_a_process_that_calls_itself_is_refused(tmp_path: Path) -> None:
    calls = body("callActivity a Again !calledElement=P1; task b B", "s > a > b > e")
    called = within("callActivity k Back !calledElement=P0", "")
    with pytest.raises(UsageError) as refused:
        read(tmp_path, definitions(calls, called), "P0")
    assert 'call activity "Back"' in refused.value.problems[0].cause


@pytest.mark.parametrize(
    "text",
    [
        # Camunda, Signavio, Bizagi: a prefix for the model, others for what they add
        f"""<bpmn:definitions xmlns:bpmn="{SPACE}" xmlns:camunda="urn:camunda" xmlns:di="urn:di">
        <bpmn:process id="P" camunda:versionTag="1"><bpmn:extensionElements><camunda:task id="x"/>
        </bpmn:extensionElements><bpmn:startEvent id="s"/><bpmn:userTask id="a" name="A"
        camunda:formKey="f"/><bpmn:endEvent id="e"/><bpmn:sequenceFlow id="f" sourceRef="s"
        targetRef="a"/><bpmn:sequenceFlow id="g" sourceRef="a" targetRef="e"/></bpmn:process>
        <di:plane><di:task id="a"/></di:plane></bpmn:definitions>""",
        # Modelio: the default namespace, and children with prefixes of their own
        f"""<definitions xmlns="{SPACE}"><process id="P"><startEvent id="s"><n:outgoing
        xmlns:n="{SPACE}">f</n:outgoing></startEvent><n:task xmlns:n="{SPACE}" id="a" name="A"/>
        <sequenceFlow id="f" sourceRef="s" targetRef="a"/></process></definitions>""",
        # without any namespace, and with an older one
        """<definitions><process id="P"><task id="a" name="A"/></process></definitions>""",
        """<definitions xmlns="http://schema.omg.org/spec/BPMN/2.0"><process id="P">
        <task id="a" name="A"/></process></definitions>""",
    ],
)
def test_what_vendors_add_is_passed_over(tmp_path: Path, text: str) -> None:
    assert traces(read(tmp_path, text).space) == {"A"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>' + definitions(
        body("task a Café", "s > a > e")
    )
    (tmp_path / "m.bpmn").write_bytes(text.encode(encoding))
    assert traces(read_model(tmp_path / "m.bpmn", "m").space) == {"Café"}


def test_what_was_assumed_is_noted(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        definitions(
            body(
                "task a A; task n; task lost Lost; intermediateThrowEvent t Mail :message",
                "s > a > n > t > e",
            )
        ),
    )
    assert [(note.code, note.text) for note in found.notes] == [
        (Code.GOAL_ASSUMED, "a process model names no goal; its last steps are: A, Mail"),
        (Code.MODEL_READ, 'nothing leads to the task "Lost", and it is left out'),
        (Code.MODEL_READ, 'the task "n" has no name and is passed over'),
        (Code.MODEL_READ, "events that a journey may have or not: Mail"),
    ]


@given(root=parts())
@examples(8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pm4py_reads_the_same_language(tmp_path: Path, root: Node) -> None:
    """What pm4py draws of a process tree is read as its own net has it."""
    import pm4py
    from pm4py.objects.bpmn.exporter.variants.etree import get_xml_string

    drawn = pm4py.convert_to_bpmn(process_tree(Sequence((Step("S"), root))))
    ours = read(tmp_path, get_xml_string(drawn).decode())
    net, initial, final = pm4py.convert_to_petri_net(pm4py.read_bpmn(str(tmp_path / "model.bpmn")))
    file = tmp_path / "net.pnml"
    pm4py.write_pnml(net, initial, final, str(file))
    assert accepted(ours.space) == accepted(read_model(file, "net").space)
