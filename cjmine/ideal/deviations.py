"""The table of deviations: each class with its code, its evidence, its measure and its marker.

What counts, judges, draws or explains a deviation reads this table, so that a new class is a
row here, its counting, and its words in `reporters/languages`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum

from cjmine.errors import Code
from cjmine.ideal.measures import Measure
from cjmine.ideal.nodes import Step


class DeviationClass(StrEnum):
    """The named differences between a measured journey and the ideal one, in the order of rows.

    The values are what the journey file takes under `accepted` and what results call the class.
    """

    SWAPPED = "swapped"
    OUT_OF_ORDER = "out-of-order"
    REPLACED = "replaced"
    ABANDONED = "abandoned-after"
    SKIPPED = "skipped"
    REPEATED = "repeated"
    UNEXPECTED = "unexpected"

    WRONG_CHANNEL = "wrong-channel"
    LATE = "late"
    EARLY = "early"
    FAILED = "failed"


class Marker(StrEnum):
    """The difference of one column of a drawn journey; a column without difference has none."""

    SWAPPED = "swapped"
    OUT_OF_ORDER = "out-of-order"
    REPLACED = "replaced"
    SKIPPED = "skipped"
    LOST = "lost"
    REPEATED = "repeated"
    UNEXPECTED = "unexpected"


class Evidence(Enum):
    """What in an alignment one occurrence of a deviation is counted by.

    Of a pair of moves (swapped, out of order, replaced) one move is counted. An attribute is
    compared on matched steps and adds nothing to the cost.
    """

    LOG_MOVE = "log move"
    MODEL_MOVE = "model move"
    LAST_MATCH = "last match"
    ATTRIBUTE = "attribute"


class Subject(Enum):
    """What the name in a row of a deviation refers to."""

    STEP = "step"
    TOUCHPOINT = "touchpoint"


@dataclass(frozen=True, slots=True)
class Need:
    """A key that a step must declare before a deviation can be found on it, and its bound."""

    key: str
    bound: str = ""

    def is_met(self, step: Step) -> bool:
        """Whether the step declares it.

        >>> from cjmine.ideal.nodes import Within
        >>> Need("within", "max").is_met(Step("Pay", within=Within(min=60_000_000)))
        False
        """
        match self.key, self.bound:
            case "channel", _:
                return bool(step.channels)
            case "within", "max":
                return step.within is not None and step.within.max is not None
            case "within", "min":
                return step.within is not None and step.within.min is not None
            case _:
                return step.failed is not None


@dataclass(frozen=True, slots=True)
class Deviation:
    """One row of the table.

    `measure` is the expectation that limits the deviation, `marker` what a drawn journey shows for
    it; None where there is none. Every class may be accepted.
    """

    of_class: DeviationClass
    code: Code
    evidence: Evidence
    measure: Measure | None = None
    marker: Marker | None = None
    need: Need | None = None
    subject: Subject = Subject.STEP


_CLASS, _BY = DeviationClass, Evidence
DEVIATIONS: tuple[Deviation, ...] = (
    Deviation(_CLASS.SWAPPED, Code.SWAPPED, _BY.LOG_MOVE, marker=Marker.SWAPPED),
    Deviation(
        _CLASS.OUT_OF_ORDER,
        Code.OUT_OF_ORDER,
        _BY.LOG_MOVE,
        Measure.OUT_OF_ORDER,
        Marker.OUT_OF_ORDER,
    ),
    Deviation(_CLASS.REPLACED, Code.REPLACED, _BY.MODEL_MOVE, marker=Marker.REPLACED),
    Deviation(_CLASS.ABANDONED, Code.ABANDONED, _BY.LAST_MATCH, Measure.DROP_OFF, Marker.LOST),
    Deviation(_CLASS.SKIPPED, Code.SKIPPED, _BY.MODEL_MOVE, Measure.SKIPPED, Marker.SKIPPED),
    Deviation(_CLASS.REPEATED, Code.REPEATED, _BY.LOG_MOVE, Measure.REPEATED, Marker.REPEATED),
    Deviation(
        _CLASS.UNEXPECTED,
        Code.UNEXPECTED,
        _BY.LOG_MOVE,
        Measure.UNEXPECTED,
        Marker.UNEXPECTED,
        subject=Subject.TOUCHPOINT,
    ),
    Deviation(
        _CLASS.WRONG_CHANNEL,
        Code.WRONG_CHANNEL,
        _BY.ATTRIBUTE,
        Measure.WRONG_CHANNEL,
        need=Need("channel"),
    ),
    Deviation(_CLASS.LATE, Code.LATE, _BY.ATTRIBUTE, Measure.LATE, need=Need("within", "max")),
    Deviation(_CLASS.EARLY, Code.EARLY, _BY.ATTRIBUTE, Measure.EARLY, need=Need("within", "min")),
    Deviation(_CLASS.FAILED, Code.FAILED, _BY.ATTRIBUTE, Measure.FAILED, need=Need("failed")),
)
BY_CLASS = {one.of_class: one for one in DEVIATIONS}
BY_MEASURE = {one.measure: one for one in DEVIATIONS if one.measure is not None}
_OF_ITS_OWN = {
    Measure.GOAL_RATE: Code.GOAL_RATE,
    Measure.FITNESS: Code.FITNESS,
    Measure.FITTING: Code.FITTING,
    Measure.REACHED: Code.REACHED,
    Measure.DROP_OFF: Code.DROP_OFF,
}


def code_of(measure: Measure) -> Code:
    """The code of an expectation: of its own, or that of the deviation that it limits.

    Drop-off has its own code: it is measured of other journeys than `abandoned-after`.

    >>> code_of(Measure.LATE).value, code_of(Measure.DROP_OFF).value
    ('D205', 'D101')
    """
    return _OF_ITS_OWN.get(measure) or BY_MEASURE[measure].code
