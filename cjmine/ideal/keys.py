"""The keys of the journey file: the reader accepts these, and the JSON Schema is made of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Generic, TypeVar

from cjmine.ideal.measures import OF_JOURNEY, OF_STEP, Measure

LONGEST_NAME = 200
MOST = 999_999
MOST_MONEY = 1e9
MIN_CUSTOMERS = 200
_OLD = "The old name of min-customers."


class Value(Enum):
    """What can be written behind a key."""

    NAME = auto()
    NAMES = auto()
    TWO_NAMES = auto()
    DURATION = auto()
    DAY = auto()
    AMOUNT = auto()
    COSTS = auto()
    TRUTH = auto()
    FROM_ZERO = auto()
    FROM_ONE = auto()
    GOAL = auto()
    LEVEL = auto()
    DEVIATION = auto()
    BUDGET = auto()
    EXPECTATION = auto()
    WORSENING = auto()
    CHANGE = auto()
    CASE = auto()
    STAGES = auto()
    NODE = auto()
    NODES = auto()
    BRANCHES = auto()
    WITHIN = auto()
    FAILED = auto()
    OF_JOURNEY = auto()
    OF_STEP = auto()
    UNEXPECTED = auto()
    ACCEPTED = auto()


Written = TypeVar("Written", bound=Enum)


@dataclass(frozen=True, slots=True)
class Key(Generic[Written]):
    """A key, what is written behind it, and what an editor says about it.

    `now` is the name that took the place of an old one, which is still read.
    """

    name: str
    value: Written
    about: str
    is_needed: bool = False
    default: str | int | bool | None = None
    now: str | None = None


@dataclass(frozen=True, slots=True)
class Keys(Generic[Written]):
    """The keys of one sort of mapping; `what` is what messages call the mapping."""

    what: str
    keys: tuple[Key[Written], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """All keys, in the order in which messages list them."""
        return tuple(key.name for key in self.keys)

    @property
    def needed(self) -> tuple[str, ...]:
        """The keys that may not be left out."""
        return tuple(key.name for key in self.keys if key.is_needed)


def needed(name: str, value: Written, about: str) -> Key[Written]:
    """A key that may not be left out."""
    return Key(name, value, about, is_needed=True)


JOURNEY = Keys(
    "a journey",
    (
        needed("journey", Value.NAME, "What the journey is called."),
        Key(
            "value",
            Value.AMOUNT,
            "What one goal is worth, in the currency of the project.",
        ),
        Key("costs", Value.COSTS, "What one contact costs, by channel."),
        Key("owner", Value.NAME, "The person or team that decides about this file."),
        Key("purpose", Value.NAME, "What the journey is improved for, in one line."),
        Key("case", Value.CASE, "How the events of one customer are cut into journeys."),
        Key(
            "entry",
            Value.NAMES,
            "The step or steps where counting starts; earlier events are cut away.",
        ),
        needed("goal", Value.NAMES, "The step or steps that complete the journey."),
        Key("exits", Value.NAMES, "Declared ends other than the goal; they are not steps."),
        Key("deadline", Value.DURATION, "Older and unfinished is abandoned, younger is open."),
        needed("stages", Value.STAGES, "Named groups of steps, in order."),
        Key(
            "allow",
            Value.NAMES,
            "Touchpoints that may come anywhere; they cost nothing and are counted.",
        ),
        Key("friction", Value.NAMES, "Unexpected touchpoints that cost the customer effort."),
        Key("expect", Value.OF_JOURNEY, "What is expected of the whole journey."),
        Key(
            "unexpected",
            Value.UNEXPECTED,
            "Budgets for touchpoints that the ideal journey does not have.",
        ),
        Key("accepted", Value.ACCEPTED, "Deviations that the owner accepts until a day."),
        Key(
            "min-customers",
            Value.FROM_ONE,
            "Fewer customers than this leave an expectation undecided.",
            default=MIN_CUSTOMERS,
        ),
        Key("min-journeys", Value.FROM_ONE, _OLD, now="min-customers"),
    ),
)
CASE = Keys(
    "case",
    (
        Key("gap", Value.DURATION, "A longer pause begins a new journey."),
        Key("until", Value.GOAL, "The goal ends a journey; what follows begins a new one."),
    ),
)
STAGE = Keys(
    "a stage",
    (
        needed("stage", Value.NAME, "What the stage is called; no two alike."),
        needed("steps", Value.NODES, "Its steps, one after the other."),
    ),
)
STEP = Keys(
    "a step",
    (
        needed("step", Value.NAME, "The touchpoint, spelt as in the log."),
        Key("channel", Value.NAMES, "The channel or channels it may happen in."),
        Key("within", Value.WITHIN, "How long after another step this one may come."),
        Key(
            "moment-of-truth",
            Value.TRUTH,
            "A step that decides how customers feel about the whole.",
            default=False,
        ),
        Key("failed", Value.FAILED, "What shows that the step was tried and failed."),
        Key("keep", Value.NAME, "Why the step must stay as it is; no hint is about it."),
        Key("expect", Value.OF_STEP, "What is expected of this step."),
    ),
)
CHOICE = Keys("a step", (needed("choice", Value.BRANCHES, "Exactly one of these."),))
ANY_ORDER = Keys("a step", (needed("any-order", Value.BRANCHES, "All of these, in any order."),))
OPTIONAL = Keys("a step", (needed("optional", Value.NODE, "May be left out."),))
REPEAT = Keys(
    "a step",
    (
        needed("repeat", Value.NODE, "May come again."),
        Key("min", Value.FROM_ZERO, "At least so often.", default=1),
        Key("max", Value.FROM_ONE, "At most so often; left out, as often as one likes."),
    ),
)
# A part has the first key of exactly one of these.
PARTS = (STEP, CHOICE, ANY_ORDER, OPTIONAL, REPEAT)
WITHIN = Keys(
    "within",
    (
        Key("min", Value.DURATION, "Sooner is early."),
        Key("max", Value.DURATION, "Later is late."),
        Key("after", Value.NAME, "The step to count from; left out, the step before."),
    ),
)
FAILED = Keys(
    "failed",
    (
        needed("column", Value.NAME, "An attribute of the log."),
        needed("is", Value.NAMES, "The value or values that show a failure."),
    ),
)
EXPECTATION = Keys(
    "an expectation",
    (
        needed("is", Value.BUDGET, "The budget."),
        Key(
            "level",
            Value.LEVEL,
            "Whether a broken expectation fails the check or only warns.",
            default="error",
        ),
        Key("min-customers", Value.FROM_ONE, "Fewer customers than this leave it undecided."),
        Key("min-journeys", Value.FROM_ONE, _OLD, now="min-customers"),
    ),
)
CHANGE = "change"
CHANGED = Keys(
    "an expectation",
    (needed("is", Value.WORSENING, "How much worse it may become."), *EXPECTATION.keys[1:]),
)
UNEXPECTED = Keys(
    "unexpected",
    (
        Key("touchpoint", Value.NAME, "A touchpoint that is no step and not allowed."),
        Key("step", Value.NAME, "Another word for touchpoint."),
        Key(
            "between",
            Value.TWO_NAMES,
            "Counts only after the first and before the second of these steps.",
        ),
        needed("expect", Value.EXPECTATION, "The budget of the touchpoint."),
    ),
)
ACCEPTED = Keys(
    "accepted",
    (
        needed("deviation", Value.DEVIATION, "Which deviation."),
        Key("step", Value.NAME, "Of which step; left out, of all."),
        needed("because", Value.NAME, "Why it is accepted, in one line."),
        needed("until", Value.DAY, "The last day that counts."),
    ),
)
_ABOUT = {
    Measure.GOAL_RATE: "The share of journeys that come to the goal.",
    Measure.FITNESS: "How well the journeys follow the ideal, from 0 to 1.",
    Measure.FITTING: "The share of journeys exactly as designed.",
    Measure.REACHED: "Journeys that come to the step.",
    Measure.DROP_OFF: "Journeys that end at the step and should not.",
    Measure.SKIPPED: "Journeys that pass the step by.",
    Measure.REPEATED: "Journeys in which the step comes more often than it should.",
    Measure.OUT_OF_ORDER: "Journeys in which the step comes at another place.",
    Measure.WRONG_CHANNEL: "Needs channel.",
    Measure.LATE: "Needs within: max.",
    Measure.EARLY: "Needs within: min.",
    Measure.FAILED: "Needs failed.",
}


def _measures(those: tuple[Measure, ...], changing: str) -> Keys[Value]:
    change = Key(CHANGE, Value.CHANGE, f"How much {changing} since the saved baseline.")
    found = (Key(one, Value.EXPECTATION, _ABOUT[one]) for one in those)
    return Keys("expect", (*found, change))


EXPECT_OF_JOURNEY = _measures(OF_JOURNEY, "the goal rate may fall")
EXPECT_OF_STEP = _measures(OF_STEP, "the drop-off may rise")
