"""Questions about parts of a log that other processes find by name."""

from __future__ import annotations

import os
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cjmine.errors import Code, DataError, Place, Problem
from cjmine.eventlog.journeys import CutRules, Journeys, cut
from cjmine.eventlog.log import EventLog


@dataclass(frozen=True, slots=True)
class Asked:
    activity: str


@dataclass(frozen=True, slots=True)
class Answer:
    lengths: npt.NDArray[np.int64]
    named: int
    process: int


def prepare(log: EventLog, rules: CutRules) -> Journeys:
    return cut(log, rules)


def lengths(journeys: Journeys, asked: Asked) -> Answer:
    names = np.array(journeys.activities)[journeys.activity]
    return Answer(journeys.lengths, int((names == asked.activity).sum()), os.getpid())


def refuses(journeys: Journeys, asked: Asked) -> Answer:
    raise DataError(Problem(Code.NO_EVENTS, "a part is wrong", Place("here")))


def needs_memory(journeys: Journeys, asked: Asked) -> Answer:
    np.zeros(1 << 60, np.uint8)
    raise AssertionError


def is_ended(journeys: Journeys, asked: Asked) -> Answer:
    os._exit(9)
