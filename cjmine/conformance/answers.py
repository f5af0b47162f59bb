"""When customers were asked and what they answered, each with the step that it is about."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cjmine.conformance.alignments import NOWHERE
from cjmine.conformance.compare import Comparison
from cjmine.conformance.matched_events import Matches
from cjmine.counting.groups import Flags, Ints
from cjmine.declared import DeclaredSurvey
from cjmine.eventlog.journeys import Journeys
from cjmine.eventlog.log import Cases, EventLog
from cjmine.eventlog.named_events import named
from cjmine.eventlog.surveys import scores
from cjmine.scales import SCALE, SCORE, Scale, is_question, usual_scale


@dataclass(frozen=True, slots=True)
class Askings:
    """One row for each time that a customer was asked, in order of these moments.

    `event` is the place of the question among the events of journeys, that of the answer where the
    moment of asking is not known (`is_known`); `journey` is the one of it. `activity` is that of
    the answer, of the question where none came; `value` then is not a number. `step` is the last
    one matched before; `NOWHERE` where none was. `scale` is the place of the declared scale among
    all, -1 where none is declared. `is_on_time`: the customer had done nothing after the full time
    of the journey yet, which is not compared. `row` is the place of the answer, of the question
    where none came.
    """

    event: Ints
    row: Ints
    journey: Ints
    step: Ints
    activity: Ints
    scale: Ints
    value: npt.NDArray[np.float64]
    is_known: Flags
    is_on_time: Flags

    def only(self, rows: Flags | Ints) -> Askings:
        """Some of the rows, by flags or places."""
        return Askings(
            self.event[rows],
            self.row[rows],
            self.journey[rows],
            self.step[rows],
            self.activity[rows],
            self.scale[rows],
            self.value[rows],
            self.is_known[rows],
            self.is_on_time[rows],
        )


@dataclass(frozen=True, slots=True)
class Answers:
    """One row an answer: its place among the events of journeys, journey, step and the like.

    `step` is the last one matched before the customer was asked, or before the answer where the
    moment of asking is not known; `NOWHERE` where none was. `scale` is the place of the declared
    scale among all, -1 where none is declared.
    """

    row: Ints
    journey: Ints
    step: Ints
    activity: Ints
    scale: Ints
    value: npt.NDArray[np.float64]


def answers(found: Askings) -> Answers:
    """The answers among questions, as far as the step that they are about is known.

    What the customer did after the full time is not compared, so the step would be unknown.
    """
    rows = found.only(np.isfinite(found.value) & found.is_on_time)
    return Answers(rows.row, rows.journey, rows.step, rows.activity, rows.scale, rows.value)


def askings(
    log: EventLog,
    comparison: Comparison,
    matches: Matches,
    among: Flags,
    surveys: tuple[DeclaredSurvey, ...] = (),
) -> Askings:
    """The questions of some journeys (`among`), whose matched events are `matches`.

    `surveys` may name further touchpoints by which customers are asked.
    """
    journeys = comparison.journeys
    declared = {name: one.scale for one in surveys for name in one.asked}
    value = scores(log)[journeys.event] if log.has(SCORE) else np.full(len(journeys.time), np.nan)
    answered = np.flatnonzero(np.isfinite(value))
    is_asking = np.array([is_question(name) for name in journeys.activities], bool)
    asks = named(journeys, tuple(declared))
    if journeys.is_survey.any():
        asks = asks | (journeys.is_survey & is_asking[journeys.activity])
    asking = np.flatnonzero(asks & np.isnan(value))
    # A customer may begin another journey before answering; given cases are not in one order.
    owner = np.arange(len(journeys)) if log.about.cases is Cases.GIVEN else journeys.customer
    scale = _scales(log, journeys.event[answered])
    asked = _asked(journeys, owner, asking, answered, scale, declared)
    is_answered = np.zeros(len(value), bool)
    is_answered[asked] = True
    alone = asking[~is_answered[asking]]
    event, row = np.concatenate([asked, alone]), np.concatenate([answered, alone])
    order = np.argsort(event, kind="stable")
    event, row = event[order], row[order]
    inside = among[journeys.journey[event]]
    event, row = event[inside], row[inside]
    journey = journeys.journey[event].astype(np.int64)
    late = np.append(0, np.cumsum(comparison.is_way & comparison.states.is_after))
    is_on_time = late[event + 1] == late[journeys.starts[journey]]
    upto = np.cumsum(comparison.is_compared)[event] - 1
    last = np.searchsorted(matches.event, upto, "right") - 1
    step = np.full(len(row), NOWHERE, np.int64)
    some = np.flatnonzero(last >= 0)
    some = some[matches.journey[last[some]] == journey[some]]
    step[some] = matches.step[last[some]]
    return Askings(
        event=event,
        row=row,
        journey=journey,
        step=step,
        activity=journeys.activity[row].astype(np.int64),
        scale=_declared_scales(journeys, row, _scales(log, journeys.event[row]), declared),
        value=value[row],
        is_known=(event != row) | np.isnan(value[row]),
        is_on_time=is_on_time,
    )


def _asked(
    journeys: Journeys,
    owner: npt.NDArray[np.integer],
    asking: Ints,
    rows: Ints,
    scale: Ints,
    declared: dict[str, Scale],
) -> Ints:
    """The place of the last question of its sort before each answer, else that of the answer.

    Both are of one `owner`, who is given for each journey.
    """
    names = journeys.activities
    metric = [declared[one].metric if one in declared else _metric(one) for one in names]
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
        asker, answerer = questions[last[found]], rows[mine[found]]
        same = owner[journeys.journey[asker]] == owner[journeys.journey[answerer]]
        asked[mine[found[same]]] = asker[same]
    return asked


def _metric(name: str) -> str:
    scale = usual_scale(name)
    return name.partition(" ")[0] if scale is None else scale.metric


def _declared_scales(
    journeys: Journeys, rows: Ints, scale: Ints, declared: dict[str, Scale]
) -> Ints:
    """The scales of some events, where their touchpoint is declared as a question of one."""
    every = list(Scale)
    own = [every.index(declared[one]) if one in declared else -1 for one in journeys.activities]
    return np.where(scale >= 0, scale, np.array([*own, -1], np.int64)[journeys.activity[rows]])


def _scales(log: EventLog, events: Ints) -> Ints:
    """The declared scale of some events, as its place among all."""
    if not log.has(SCALE):
        return np.full(len(events), -1, np.int64)
    place = {scale.value: number for number, scale in enumerate(Scale)}
    known = [place.get(name.strip().casefold(), -1) for name in log.names(SCALE)]
    return np.array([*known, -1], np.int64)[log.codes(SCALE)[events]]
