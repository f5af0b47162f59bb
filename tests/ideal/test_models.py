"""Process model files: written as declared, read back with the same traces."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from ideal.journeys_at_random import parts
from ideal.test_space import accepted
from strategies import examples

from cjmine.errors import Code, UsageError
from cjmine.ideal.journey import IdealJourney, Stage
from cjmine.ideal.model_in import read_model
from cjmine.ideal.model_out import journey_bpmn, journey_pnml
from cjmine.ideal.nodes import Node, Repeat, Sequence, Step
from cjmine.ideal.process_tree import process_tree
from cjmine.ideal.space import compile_space

# pm4py does not close a file that it stumbles over.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

WRITERS = {".bpmn": journey_bpmn, ".pnml": journey_pnml}
quick = examples(10, suppress_health_check=[HealthCheck.function_scoped_fixture])


def journey(root: Node) -> IdealJourney:
    return IdealJourney("order", ("S",), (Stage("One", (Step("S"), root)),))


@pytest.mark.parametrize("suffix", WRITERS)
@given(root=parts())
@quick
def test_what_is_written_is_read_back(tmp_path, suffix, root):
    declared = journey(root)
    file = tmp_path / f"model{suffix}"
    file.write_text(WRITERS[suffix](declared), encoding="utf-8")
    assert accepted(read_model(file, "model").space) == accepted(compile_space(declared.root))
    assert WRITERS[suffix](declared) == file.read_text(encoding="utf-8")


@given(root=parts())
@quick
def test_the_process_tree_has_the_same_traces(tmp_path, root):
    import pm4py

    net, initial, final = pm4py.convert_to_petri_net(process_tree(root))
    file = tmp_path / "tree.pnml"
    pm4py.write_pnml(net, initial, final, str(file))
    space = compile_space(root)
    if () in accepted(space) and accepted(space) == {()}:
        return
    assert accepted(read_model(file, "tree").space) == accepted(space)


def test_a_model_names_its_last_steps_as_the_goal(tmp_path):
    file = tmp_path / "order.bpmn"
    root = Sequence((Step("Search"), Repeat(Step("Buy"))))
    file.write_text(journey_bpmn(IdealJourney("x", (), (Stage("One", (root,)),))))
    ideal = read_model(file, "order.bpmn")
    assert ideal.journey.goal == ("Buy",)
    assert [step.name for step in ideal.journey.steps] == ["Search", "Buy"]
    assert ideal.journey.name == "order"


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not xml",
        b"<pnml/>",
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><pnml>&a;</pnml>',
        "<?xml version='1.0' encoding='utf-16'?><pnml/>".encode("utf-16"),
        b"<definitions/>",
        b"\x00\x01\x02",
    ],
)
def test_a_file_that_is_no_model_is_refused_in_words(tmp_path, suffix, content):
    file = tmp_path / f"bad{suffix}"
    file.write_bytes(content)
    with pytest.raises(UsageError) as refused:
        read_model(file, "bad")
    assert refused.value.code is Code.JOURNEY_MODEL


def test_a_missing_model_is_refused_in_words():
    with pytest.raises(UsageError):
        read_model(Path("nowhere.pnml"), "nowhere.pnml")


@given(cut=st.integers(0, 3000), junk=st.binary(max_size=4))
@quick
def test_damaged_models_never_end_in_a_traceback(tmp_path, cut, junk):
    for suffix, write in WRITERS.items():
        whole = write(journey(Step("Buy"))).encode()
        file = tmp_path / f"damaged{suffix}"
        file.write_bytes(whole[: cut % len(whole)] + junk + whole[cut % len(whole) + 3 :])
        try:
            read_model(file, "damaged")
        except UsageError as error:
            assert error.code in (Code.JOURNEY_MODEL, Code.JOURNEY_TOO_LARGE)
