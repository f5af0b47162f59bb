"""The ideal journey as a map draws it: one column a step, brackets around what belongs together."""

from __future__ import annotations

from cjmine.ideal.journey import IdealJourney
from cjmine.ideal.nodes import AnyOrder, Choice, Node, Optional, Repeat, Sequence, Step
from cjmine.results.map import Bracket, Column, Notation


def ideal_shape(journey: IdealJourney) -> tuple[tuple[Column, ...], tuple[Bracket, ...]]:
    """The columns in the order of the file, and the brackets, the outer before the inner.

    >>> from cjmine.ideal.journey import Stage
    >>> either = Choice((Step("Keep"), Sequence((Step("Change"), Step("Sign")))))
    >>> columns, brackets = ideal_shape(IdealJourney("x", (), (Stage("Settle", (either,)),)))
    >>> [column.step for column in columns], brackets[0].branches
    (['Keep', 'Change', 'Sign'], (1,))
    """
    walk = _Walk()
    for stage in journey.stages:
        for node in stage.nodes:
            walk.through(node, stage.name, 0)
    brackets = sorted(walk.brackets, key=lambda one: (one.first, one.depth))
    return tuple(walk.columns), tuple(brackets)


class _Walk:
    """Gathers columns and brackets from left to right."""

    def __init__(self) -> None:
        self.columns: list[Column] = []
        self.brackets: list[Bracket] = []

    def through(self, node: Node, stage: str, depth: int) -> None:
        match node:
            case Step():
                self._step(node, stage)
            case Sequence():
                for part in node.nodes:
                    self.through(part, stage, depth)
            case Choice():
                self._branches(node.nodes, stage, depth, Notation.CHOICE)
            case AnyOrder():
                self._branches(node.nodes, stage, depth, Notation.ANY_ORDER)
            case Optional():
                self._around(node.node, stage, depth, Notation.OPTIONAL)
            case Repeat():
                limits = (node.min, node.max)
                self._around(node.node, stage, depth, Notation.REPEAT, limits)

    def _step(self, step: Step, stage: str) -> None:
        within = step.within
        column = Column(
            step=step.name,
            stage=stage,
            channels=step.channels,
            least=within.min if within else None,
            most=within.max if within else None,
            after=within.after if within else None,
            moment_of_truth=step.moment_of_truth,
        )
        self.columns.append(column)

    def _branches(
        self, nodes: tuple[Node, ...], stage: str, depth: int, notation: Notation
    ) -> None:
        begins = []
        for part in nodes:
            begins.append(len(self.columns))
            self.through(part, stage, depth + 1)
        last = len(self.columns) - 1
        self.brackets.append(Bracket(notation, begins[0], last, depth, tuple(begins[1:])))

    def _around(
        self,
        node: Node,
        stage: str,
        depth: int,
        notation: Notation,
        limits: tuple[int | None, int | None] = (None, None),
    ) -> None:
        first = len(self.columns)
        self.through(node, stage, depth + 1)
        last = len(self.columns) - 1
        self.brackets.append(Bracket(notation, first, last, depth, (), *limits))
