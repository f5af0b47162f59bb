"""What an expectation of the journey file can be about."""

from __future__ import annotations

from enum import StrEnum


class Measure(StrEnum):
    """The names under `expect`; the first group is of the journey, the second of a step."""

    GOAL_RATE = "goal-rate"
    FITNESS = "fitness"
    FITTING = "fitting"

    REACHED = "reached"
    DROP_OFF = "drop-off"
    SKIPPED = "skipped"
    REPEATED = "repeated"
    OUT_OF_ORDER = "out-of-order"
    WRONG_CHANNEL = "wrong-channel"
    LATE = "late"
    EARLY = "early"
    FAILED = "failed"

    UNEXPECTED = "unexpected"


OF_JOURNEY = (Measure.GOAL_RATE, Measure.FITNESS, Measure.FITTING)
OF_STEP = tuple(measure for measure in Measure if measure not in (*OF_JOURNEY, Measure.UNEXPECTED))
