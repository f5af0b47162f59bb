"""A process model file (BPMN, PNML) as an ideal journey: every state that it can be in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cjmine.errors import Code, Place, Problem, UsageError, did_you_mean, listed
from cjmine.ideal.bpmn_elements import clean, processes_in
from cjmine.ideal.bpmn_net import net_of
from cjmine.ideal.compiled import CompiledIdeal, compiled_with
from cjmine.ideal.journey import IdealJourney, Stage
from cjmine.ideal.markings import explored
from cjmine.ideal.model_xml import Tag, read_tags, unusable
from cjmine.ideal.net import Net, reduced
from cjmine.ideal.nodes import Step
from cjmine.ideal.pnml_net import net_from
from cjmine.ideal.space import FAR, StateSpace, state_space
from cjmine.sentences import Sentence

_SUFFIXES = (".bpmn", ".pnml", ".bpmn2", ".xml")
_MOST_REMARKS = 20


@dataclass(frozen=True, slots=True)
class _Read:
    net: Net
    remarks: tuple[str, ...]


def is_model(name: str) -> bool:
    """Whether a file name is that of a process model.

    >>> is_model("order.bpmn20.xml"), is_model("journey.yaml")
    (True, False)
    """
    return name.lower().endswith(_SUFFIXES)


def read_model(path: Path, label: str, pool: str | None = None) -> CompiledIdeal:
    """Read a model: its steps, and the traces that it allows.

    The file names no goal: the steps after which the model may end are taken for it. `pool` names
    one of several pools, processes or nets.

    Raises
    ------
    UsageError
        J112 where the file is no usable model, J117 where it has several pools and none is named,
        J111 where it has too many states.
    """
    read = _read(read_tags(path, label), label, pool)
    labels, graph = explored(reduced(read.net), label)
    space = state_space(labels, graph, label)
    if not len(space.label):
        first = next(iter(read.remarks), "it draws no task")
        raise unusable(label, f"it has no step with a name: {first}", remedy="give its tasks names")
    names = _in_order(space)
    ending = {space.labels[one] for one in space.label[space.to_end[space.target] == 0]}
    journey = IdealJourney(
        name=path.stem,
        goal=tuple(name for name in names if name in ending),
        stages=(Stage("Model", tuple(Step(name) for name in names)),),
        file=label,
    )
    dead = {one.label for one in read.net.transitions if one.label} - set(names)
    said = " ".join(read.remarks)
    left = sorted(name for name in dead if f'"{name}"' not in said)
    remarks = [*read.remarks, *(f'"{one}" is on no way to the end: left out' for one in left)]
    notes = [Sentence.MODEL_GOAL.note(listed(journey.goal))]
    notes += [Sentence.MODEL_REMARK.note(remark) for remark in remarks[:_MOST_REMARKS]]
    if len(remarks) > _MOST_REMARKS:
        notes.append(Sentence.MORE_REMARKS.note(len(remarks) - _MOST_REMARKS))
    return compiled_with(journey, space, tuple(notes))


def _in_order(space: StateSpace) -> list[str]:
    """The steps by how soon they can come, then by name."""
    distance = {
        name: int(space.distance[0, space.source[space.label == number]].min(initial=FAR))
        for number, name in enumerate(space.labels)
    }
    return sorted(space.labels, key=lambda name: (distance[name], name))


def _read(root: Tag, label: str, pool: str | None) -> _Read:
    """The net of the root, by what the root is, whatever the file is called."""
    match root.name:
        case "definitions":
            processes = processes_in(root, label)
            called = {one.called for process in processes for one in process.scope.everything()}
            open_to_choice = [one for one in processes if one.key not in called] or processes
            names = [process.name for process in open_to_choice]
            chosen = open_to_choice[_chosen(names, "pool", label, pool)]
            drawn = net_of(chosen, processes, label)
            return _Read(drawn.net, drawn.remarks)
        case "pnml":
            nets = list(root.all("net"))
            names = [_name_of(net) for net in nets]
            read = net_from(nets[_chosen(names, "net", label, pool)], label)
            return _Read(read.net, read.remarks)
    raise unusable(
        label,
        f"its first tag is <{clean(root.name)[:40]}>, which is neither BPMN (definitions) nor PNML"
        " (pnml)",
        root.line,
    )


def _name_of(net: Tag) -> str:
    name = net.first("name")
    text = name.first("text") if name is not None else None
    return (clean(text.text) if text is not None else "") or net.get("id")


def _chosen(names: Sequence[str], kind: str, label: str, wanted: str | None) -> int:
    """The position of the pool that is meant."""
    if not names:
        raise unusable(label, f"it has no {kind} with anything in it", remedy="draw what is done")
    folded = [name.casefold() for name in names]
    if wanted is None and len(names) == 1:
        return 0
    if wanted is not None and folded.count(clean(wanted).casefold()) == 1:
        return folded.index(clean(wanted).casefold())
    if wanted is not None and wanted.isdecimal() and 1 <= int(wanted) <= len(names):
        return int(wanted) - 1
    numbered = [f'{number} "{name}"' for number, name in enumerate(names, 1)]
    near = f"; {did_you_mean(wanted, names)}" if wanted is not None else ""
    raise UsageError(
        Problem(
            Code.MODEL_POOL,
            f"the model has {len(names):,} {kind}s: {listed(numbered)}"
            if len(names) > 1
            else f"the model has one {kind}: {numbered[0]}",
            Place(label),
            cause=(
                f"one of them is the journey; which one is not said{near}"
                if wanted is None
                else f'none, or more than one, is called "{clean(wanted)}"{near}'
            ),
            remedy="name it, or give its number: --pool NAME",
        )
    )
