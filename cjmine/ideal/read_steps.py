"""Steps and the parts that hold them, read from a journey file."""

from __future__ import annotations

import yaml

from cjmine.errors import Code
from cjmine.ideal.deviations import BY_MEASURE
from cjmine.ideal.journey import Expectation
from cjmine.ideal.keys import EXPECT_OF_STEP, FAILED, PARTS, STEP, WITHIN, Keys
from cjmine.ideal.nodes import (
    AnyOrder,
    Choice,
    Failed,
    Node,
    Optional,
    Repeat,
    Sequence,
    Step,
    Within,
)
from cjmine.ideal.read_expectations import read_expectations
from cjmine.ideal.yaml_nodes import (
    Entry,
    Problems,
    Table,
    duration,
    mark_of,
    name,
    names,
    table,
    truth,
    whole,
)

_KINDS = tuple(part.names[0] for part in PARTS)
_ANY_PART = Keys(
    STEP.what,
    (*(part.keys[0] for part in PARTS), *(key for part in PARTS for key in part.keys[1:])),
)
_DEEPEST = 30


class Parts:
    """Reads the parts of one journey; collects the expectations of its steps."""

    def __init__(self, problems: Problems, min_customers: int) -> None:
        self._problems = problems
        self._min_customers = min_customers
        self.expectations: list[Expectation] = []

    def read(self, node: yaml.Node, depth: int = 0) -> Node | None:
        """A name, a list (one after the other), or a mapping; None where it is none of them."""
        if depth > _DEEPEST:
            self._problems.add(
                Code.JOURNEY_VALUE, mark_of(node), f"parts nest at most {_DEEPEST} deep"
            )
            return None
        if isinstance(node, yaml.SequenceNode):
            return self._sequence(node, depth)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, depth)
        found = name(node, "a step", self._problems)
        return None if found is None else Step(found, mark=mark_of(node))

    def _sequence(self, node: yaml.SequenceNode, depth: int) -> Node | None:
        if not node.value:
            self._problems.add(Code.JOURNEY_VALUE, mark_of(node), "the list of steps is empty")
            return None
        return Sequence(self._every(node, depth))

    def _every(self, node: yaml.SequenceNode, depth: int) -> tuple[Node, ...]:
        found = (self.read(one, depth + 1) for one in node.value)
        return tuple(one for one in found if one is not None)

    def _mapping(self, node: yaml.MappingNode, depth: int) -> Node | None:
        found = table(node, _ANY_PART, self._problems)
        assert found is not None
        kinds = [entry for entry in found.entries if entry.key in _KINDS]
        if len(kinds) != 1:
            self._problems.add(
                Code.JOURNEY_VALUE if kinds else Code.JOURNEY_MISSING,
                kinds[1].at if kinds else found.at,
                "a part has exactly one of " + ", ".join(_KINDS),
            )
            return None
        kind = kinds[0]
        allowed = next(part.names for part in PARTS if part.names[0] == kind.key)
        for entry in found.entries:
            if entry.key not in allowed:
                remedy = "write it beside `step:`" if entry.key in STEP.names else ""
                self._problems.add(
                    Code.JOURNEY_KEY,
                    entry.at,
                    f'"{entry.key}" does not go with "{kind.key}"',
                    "",
                    remedy,
                )
        match kind.key:
            case "step":
                return self._step(found, kind)
            case "repeat":
                return self._repeat(found, kind, depth)
            case "optional":
                inner = self.read(kind.value, depth + 1)
                return None if inner is None else Optional(inner)
            case _:
                return self._branches(kind, depth)

    def _branches(self, kind: Entry, depth: int) -> Node | None:
        if not isinstance(kind.value, yaml.SequenceNode) or len(kind.value.value) < 2:
            self._problems.add(
                Code.JOURNEY_VALUE, mark_of(kind.value), f"{kind.key} needs a list of two or more"
            )
            return None
        parts = self._every(kind.value, depth)
        return Choice(parts) if kind.key == "choice" else AnyOrder(parts)

    def _repeat(self, found: Table, kind: Entry, depth: int) -> Node | None:
        inner = self.read(kind.value, depth + 1)
        low, high = found.get("min"), found.get("max")
        least = whole(low.value, "min", 0, self._problems) if low else 1
        most = whole(high.value, "max", 1, self._problems) if high else None
        if least is not None and most is not None and most < least:
            assert high is not None
            self._problems.add(Code.JOURNEY_VALUE, mark_of(high.value), "max is less than min")
            return inner
        if inner is None:
            return None
        return Repeat(inner, 1 if least is None else least, most)

    def _step(self, found: Table, kind: Entry) -> Node | None:
        step = name(kind.value, "a step", self._problems)
        channel, within = found.get("channel"), found.get("within")
        failed, moment = found.get("failed"), found.get("moment-of-truth")
        keep = found.get("keep")
        channels = names(channel.value, "a channel", self._problems) if channel else ()
        limits = self._within(within.value) if within else None
        failure = self._failed(failed.value) if failed else None
        is_moment = truth(moment.value, "moment-of-truth", self._problems) if moment else False
        declared = Step(
            step or "",
            tuple(one.name for one in channels),
            limits,
            failure,
            is_moment,
            name(keep.value, "keep", self._problems) if keep else None,
            mark_of(kind.value),
        )
        expect = found.get("expect")
        if expect is not None:
            promised = read_expectations(
                expect.value, EXPECT_OF_STEP, step, self._min_customers, self._problems
            )
            self._check_needs(promised, found, declared)
            self.expectations += promised
        return None if step is None else declared

    def _check_needs(self, promised: list[Expectation], keys: Table, step: Step) -> None:
        """An expectation about an attribute needs the key that says what is expected of it."""
        for one in promised:
            row = BY_MEASURE.get(one.measure)
            need = row.need if row else None
            if need is None:
                continue
            if keys.get(need.key) is None:
                message = f'an expectation about "{one.measure}" needs "{need.key}" on its step'
            elif need.bound and step.within is not None and not need.is_met(step):
                message = f"{one.measure} needs {need.key}: {need.bound}"
            else:
                continue
            self._problems.add(Code.JOURNEY_CONFLICT, one.mark, message)

    def _within(self, node: yaml.Node) -> Within | None:
        if isinstance(node, yaml.ScalarNode):
            most = duration(node, "within", self._problems)
            return None if most is None else Within(max=most)
        found = table(node, WITHIN, self._problems)
        if found is None:
            return None
        low, high, after = found.get("min"), found.get("max"), found.get("after")
        least = duration(low.value, "min", self._problems) if low else None
        most = duration(high.value, "max", self._problems) if high else None
        anchor = name(after.value, "after", self._problems) if after else None
        if low is None and high is None:
            self._problems.add(Code.JOURNEY_MISSING, found.at, "within needs min or max")
            return None
        if least is not None and most is not None and least >= most:
            assert high is not None
            self._problems.add(Code.JOURNEY_VALUE, mark_of(high.value), "max is not more than min")
        return Within(least, most, anchor)

    def _failed(self, node: yaml.Node) -> Failed | None:
        if not isinstance(node, yaml.MappingNode):
            found = names(node, "a label", self._problems)
            return Failed(tuple(one.name for one in found)) if found else None
        keys = table(node, FAILED, self._problems)
        assert keys is not None
        column, values = keys.get("column"), keys.get("is")
        if column is None or values is None:
            self._problems.add(Code.JOURNEY_MISSING, keys.at, "failed needs column and is")
            return None
        named = name(column.value, "column", self._problems)
        wanted = names(values.value, "a value", self._problems)
        if named is None or not wanted:
            return None
        return Failed((), named, tuple(one.name for one in wanted))
