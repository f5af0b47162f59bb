"""Who was asked a question: one row a customer, in the state that the journey then had."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cjmine.analysis.compare.mix import Kinds
from cjmine.analysis.compared_part import Part
from cjmine.analysis.contacts import Contacts
from cjmine.analysis.deviation_counts import codes_in
from cjmine.analysis.score_counts import Question, asked_questions, bands_of
from cjmine.conformance.answers import Askings, askings
from cjmine.conformance.facts import Facts
from cjmine.conformance.states import State
from cjmine.counting.groups import Flags, Ints
from cjmine.declared import DeclaredSurvey
from cjmine.eventlog.chosen import first_values
from cjmine.eventlog.named_events import first_of, named

STATES = (State.COMPLETED, State.EXITED, State.OPEN, State.ABANDONED)


@dataclass(frozen=True, slots=True)
class Asked:
    """One row a customer who was asked: the last question answered, else the last one.

    A customer's other scores do not count: they are of one customer and alike. `state` is a place
    in `STATES`: that of the journey when asked. `channel` is that in which it began, the number of
    channels where unknown. `kind` has the place of the journey's value in each of the columns.
    `step` is the last one matched before, the number of steps where none was. `time` is when the
    customer was asked, `took` how long since the begin; in microseconds. `score` is not a number
    where there is no answer. `never` are the counted journeys in which the question never came.
    """

    journey: Ints
    state: Ints
    channel: Ints
    has_contact: Flags
    kind: tuple[Ints, ...]
    step: Ints
    time: Ints
    took: Ints
    score: npt.NDArray[np.float64]
    is_known: Flags
    never: Ints

    @property
    def is_answered(self) -> Flags:
        """Which customers answered."""
        found: Flags = np.isfinite(self.score)
        return found


@dataclass(frozen=True, slots=True)
class Asker:
    """What is needed to find who was asked: names of the whole log."""

    questions: tuple[Question, ...]
    channels: tuple[str, ...]
    contacts: Contacts
    kinds: tuple[Kinds, ...]
    surveys: tuple[DeclaredSurvey, ...] = ()

    def about(self, question: Question) -> str | None:
        """What answers to a question are about, where it is declared: a step, or the journey."""
        found = (one.about for one in self.surveys if one.scale is question.scale)
        return next((one for one in found if one is not None), None)


def everybody_asked(part: Part, facts: Facts, asker: Asker) -> tuple[Asked, ...]:
    """Who was asked each question, in the order of the questions.

    Answers that do not lie on their scale are none.
    """
    found = facts.askings
    if asker.surveys:
        found = askings(part.log, facts.comparison, facts.matches, facts.is_counted, asker.surveys)
    names = facts.comparison.journeys.activities
    question = asked_questions(names, found.activity, found.scale, asker.questions)
    is_answered = np.isfinite(found.value)
    is_inside = bands_of(question, np.where(is_answered, found.value, 0))[0]
    score = np.where(is_inside, found.value, np.nan)
    customer = facts.customer[found.journey]
    state = _states(facts, found.event, found.journey)
    context = _context(part, facts, asker)
    every = []
    for number in range(len(asker.questions)):
        mine = np.flatnonzero(question == number)
        last = np.full(facts.customers, -1)
        for rows in (mine, mine[np.isfinite(score[mine])]):
            last[customer[rows]] = rows  # the last of a customer is written last
        row = last[last >= 0]
        is_never = facts.is_counted.copy()
        is_never[found.journey[mine]] = False
        never = np.flatnonzero(is_never)
        every.append(_asked(facts, context, found.only(row), state[row], score[row], never))
    return tuple(every)


@dataclass(frozen=True, slots=True)
class _Context:
    """What is known of each journey: its channel, its columns, and when contacts came."""

    channel: Ints
    kind: tuple[Ints, ...]
    first_contact: Ints


def _context(part: Part, facts: Facts, asker: Asker) -> _Context:
    journeys = facts.comparison.journeys
    own = np.append(codes_in(asker.channels, journeys.channels), len(asker.channels))
    is_contact = asker.contacts.flags(journeys) & ~journeys.is_survey
    return _Context(
        channel=own[journeys.channel[journeys.starts[:-1]]],
        kind=tuple(_kind(part, one) for one in asker.kinds),
        first_contact=first_of(journeys, is_contact),
    )


def _kind(part: Part, one: Kinds) -> Ints:
    """The place of each journey's value among those of the whole log; their number without."""
    own = codes_in(one.values, part.log.names(one.column))
    found: Ints = np.append(own, len(one.values))[first_values(part.log, part.journeys, one.column)]
    return found


def _asked(
    facts: Facts, context: _Context, found: Askings, state: Ints, score: np.ndarray, never: Ints
) -> Asked:
    journeys, journey, event = facts.comparison.journeys, found.journey, found.event
    contact = context.first_contact[journey]
    step = np.where(found.is_on_time, found.step, -1)
    return Asked(
        journey=journey,
        state=state,
        channel=context.channel[journey],
        has_contact=(contact >= 0) & (contact < event),
        kind=tuple(one[journey] for one in context.kind),
        step=np.where(step >= 0, step, facts.step_count),
        time=journeys.time[event],
        took=journeys.time[event] - journeys.time[journeys.starts[journey]],
        score=score,
        is_known=found.is_known,
        never=never,
    )


def _states(facts: Facts, event: Ints, journey: Ints) -> Ints:
    """The state that journeys had when a question came, as a place in `STATES`.

    Judged as `check` judges, by what had happened until then: open is a journey within its full
    time that had reached neither goal nor exit.
    """
    comparison = facts.comparison
    journeys, declared, states = comparison.journeys, comparison.ideal.journey, comparison.states
    on_time = ~states.is_after
    goal, left = (
        first_of(journeys, named(journeys, names) & on_time)[journey]
        for names in (declared.goal, declared.exits)
    )
    begin = journeys.time[journeys.starts[journey]]
    is_over = journeys.time[event] - begin > (states.full_time or 0)
    found = np.where(is_over, STATES.index(State.ABANDONED), STATES.index(State.OPEN))
    found[(left >= 0) & (left <= event)] = STATES.index(State.EXITED)
    found[(goal >= 0) & (goal <= event)] = STATES.index(State.COMPLETED)
    return found
