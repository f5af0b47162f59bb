"""What customers answered, each answer with the step that it is about."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cjmine.conformance.alignments import NOWHERE
from cjmine.conformance.compare import Comparison
from cjmine.conformance.matched_events import Matches
from cjmine.counting.groups import Flags, Ints
from cjmine.eventlog.journeys import Journeys
from cjmine.eventlog.log import EventLog
from cjmine.eventlog.surveys import scores
from cjmine.scales import SCALE, SCORE, Scale, is_question, usual_scale


@dataclass(frozen=True, slots=True)
class Answers:
    """One row an answer: its journey, step, activity, scale and value.

    `step` is the last one matched before the customer was asked, or before the answer where the
    moment of asking is not known; `NOWHERE` where none was. `scale` is the place of the declared
    scale among all, -1 where none is declared.
    """

    journey: Ints
    step: Ints
    activity: Ints
    scale: Ints
    value: npt.NDArray[np.float64]


def answers(log: EventLog, comparison: Comparison, matches: Matches, among: Flags) -> Answers:
    """The answers of some journeys (`among`), whose matched events are `matches`."""
    nothing = np.zeros(0, np.int64)
    if not log.has(SCORE):
        return Answers(nothing, nothing, nothing, nothing, np.zeros(0))
    journeys = comparison.journeys
    value = scores(log)[journeys.event]
    rows = np.flatnonzero(np.isfinite(value) & among[journeys.journey])
    asked = _asked(journeys, rows, _scales(log, journeys.event[rows]))
    # What the customer did after the full time is not compared, so the step would be unknown.
    late = np.append(0, np.cumsum(comparison.is_way & comparison.states.is_after))
    on_time = late[asked + 1] == late[journeys.starts[journeys.journey[rows]]]
    rows, asked = rows[on_time], asked[on_time]
    upto = np.cumsum(comparison.is_compared)[asked] - 1
    last = np.searchsorted(matches.event, upto, "right") - 1
    owner = journeys.journey[rows].astype(np.int64)
    step = np.full(len(rows), NOWHERE, np.int64)
    inside = np.flatnonzero(last >= 0)
    inside = inside[matches.journey[last[inside]] == owner[inside]]
    step[inside] = matches.step[last[inside]]
    scale = _scales(log, journeys.event[rows])
    return Answers(owner, step, journeys.activity[rows].astype(np.int64), scale, value[rows])


def _asked(journeys: Journeys, rows: Ints, scale: Ints) -> Ints:
    """The place of the last question of its sort before each answer, else that of the answer."""
    names = journeys.activities
    is_asking = np.array([is_question(name) for name in names], bool)
    asking = np.flatnonzero(journeys.is_survey & is_asking[journeys.activity])
    metric = [_metric(name) for name in names]
    sorts = {name: code for code, name in enumerate(sorted({*metric, *(s.metric for s in Scale)}))}
    own = np.array([sorts[name] for name in metric], np.int64)
    of_scale = np.array([sorts[one.metric] for one in Scale], np.int64)
    sort = np.where(scale >= 0, of_scale[scale], own[journeys.activity[rows]])
    asked = rows.astype(np.int64)
    for one in np.flatnonzero(np.bincount(own[journeys.activity[asking]])).tolist():
        questions = asking[own[journeys.activity[asking]] == one]
        mine = np.flatnonzero(sort == one)
        last = np.searchsorted(questions, rows[mine]) - 1
        found = np.flatnonzero(last >= 0)
        same = journeys.journey[questions[last[found]]] == journeys.journey[rows[mine[found]]]
        asked[mine[found[same]]] = questions[last[found[same]]]
    return asked


def _metric(name: str) -> str:
    scale = usual_scale(name)
    return name.partition(" ")[0] if scale is None else scale.metric


def _scales(log: EventLog, events: Ints) -> Ints:
    """The declared scale of some events, as its place among all."""
    if not log.has(SCALE):
        return np.full(len(events), -1, np.int64)
    place = {scale.value: number for number, scale in enumerate(Scale)}
    known = [place.get(name.strip().casefold(), -1) for name in log.names(SCALE)]
    return np.array([*known, -1], np.int64)[log.codes(SCALE)[events]]
