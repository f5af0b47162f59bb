"""The ideal journey as a process tree of pm4py, for model files and as the oracle of tests."""

from __future__ import annotations

from typing import Any

from cjmine.ideal.nodes import AnyOrder, Choice, Node, Optional, Repeat, Sequence, Step
from cjmine.ideal.pm4py_import import load_pm4py


def process_tree(root: Node) -> Any:
    """The process tree with the language of a part.

    >>> process_tree(Sequence((Step("Search"), Optional(Step("Compare")))))
    ->( 'Search', X( 'Compare', tau ) )
    """
    load_pm4py()
    return _tree(root)


def _tree(node: Node) -> Any:
    from pm4py.objects.process_tree.obj import Operator

    match node:
        case Step():
            return _leaf(node.name)
        case Sequence():
            return _joined(Operator.SEQUENCE, [_tree(part) for part in node.nodes])
        case Choice():
            return _joined(Operator.XOR, [_tree(part) for part in node.nodes])
        case AnyOrder():
            return _joined(Operator.PARALLEL, [_tree(part) for part in node.nodes])
        case Optional():
            return _joined(Operator.XOR, [_tree(node.node), _leaf(None)])
        case Repeat():
            return _repeated(node)


def _repeated(node: Repeat) -> Any:
    """So many copies one after the other; those beyond the least are nested optional parts."""
    from pm4py.objects.process_tree.obj import Operator

    copies = max(node.min, 1) if node.max is None else node.max
    rest: Any = None
    for number in range(copies, 0, -1):
        part = _tree(node.node)
        if node.max is None and number == copies:
            part = _joined(Operator.LOOP, [part, _leaf(None)])
        if rest is not None:
            part = _joined(Operator.SEQUENCE, [part, rest])
        rest = part if number <= node.min else _joined(Operator.XOR, [part, _leaf(None)])
    return rest


def _leaf(label: str | None) -> Any:
    from pm4py.objects.process_tree.obj import ProcessTree

    return ProcessTree(label=label)


def _joined(operator: Any, children: list[Any]) -> Any:
    from pm4py.objects.process_tree.obj import ProcessTree

    if len(children) == 1:
        return children[0]
    tree = ProcessTree(operator=operator, children=children)
    for child in children:
        child.parent = tree
    return tree
