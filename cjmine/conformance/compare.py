"""The comparison: every journey of a log aligned with the ideal and explained."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cjmine.conformance.alignments import NOWHERE, Alignments, Move, align
from cjmine.conformance.moves import Explained, MoveClass, explain_moves
from cjmine.conformance.states import (
    JourneyStates,
    State,
    Window,
    journey_states,
    terms_of,
    usual_full_time,
)
from cjmine.counting.groups import Flags
from cjmine.eventlog.journeys import Journeys, without_events
from cjmine.eventlog.log import Cases, Codes
from cjmine.eventlog.named_events import named
from cjmine.eventlog.variants import Variants, variants_of_both
from cjmine.ideal.compiled import CompiledIdeal


@dataclass(frozen=True, slots=True)
class Tally:
    """All moves of a log by what they belong to; each move is in exactly one sum.

    Pairs (swapped, out of order, replaced) hold a log move and a model move each.
    """

    log_moves: int
    model_moves: int
    unexpected: int
    repeated: int
    swapped: int
    out_of_order: int
    replaced: int
    skipped: int
    lost_to_abandonment: int
    lost_to_exit: int
    pending: int
    unobserved: int

    def __post_init__(self) -> None:
        """Hold the conservation of moves (DESIGN section 8)."""
        pairs = self.swapped + self.out_of_order + self.replaced
        ends = self.lost_to_abandonment + self.lost_to_exit + self.pending + self.unobserved
        if self.log_moves != self.unexpected + self.repeated + pairs:
            raise AssertionError("log moves are not all explained once")
        if self.model_moves != self.skipped + ends + pairs:
            raise AssertionError("model moves are not all explained once")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Journeys beside the ideal.

    `journeys` are as cut; `compared` the same within their full time and without the touchpoints
    that are taken out, and may hold empty traces: `is_allowed`, `is_exit` and `is_survey` flag
    those among the events of `journeys`. `variants` are the distinct traces of `compared`, and
    those of journeys with all their events (`of_whole`); `label` is the step of each of their
    events (`NOWHERE` for a touchpoint that the ideal lacks), `moves` and `explained` are about
    them. `tally` is about `compared`.
    """

    ideal: CompiledIdeal
    journeys: Journeys
    compared: Journeys
    states: JourneyStates
    window: Window
    variants: Variants
    of_whole: Codes
    label: npt.NDArray[np.int32]
    moves: Alignments
    explained: Explained
    is_allowed: Flags
    is_exit: Flags
    is_survey: Flags
    tally: Tally

    def __post_init__(self) -> None:
        """Hold that no event was lost between the log and the comparison."""
        if len(self.compared.activity) != np.count_nonzero(self.is_compared):
            raise AssertionError("events taken out and compared do not add up")

    @property
    def is_compared(self) -> Flags:
        """Which events of `journeys` are in `compared`."""
        found: Flags = self.is_way & ~self.states.is_after
        return found

    @property
    def is_way(self) -> Flags:
        """Which events of `journeys` are compared where they are within the full time."""
        found: Flags = ~(self.is_allowed | self.is_exit | self.is_survey)
        return found

    @property
    def allowed_events(self) -> int:
        """Events of touchpoints that may come anywhere."""
        return int(np.count_nonzero(self.is_allowed))

    @property
    def exit_events(self) -> int:
        """Events that end a journey other than by its goal."""
        return int(np.count_nonzero(self.is_exit))

    @property
    def survey_events(self) -> int:
        """Questions and answers of surveys."""
        return int(np.count_nonzero(self.is_survey))

    @property
    def taken_out(self) -> int:
        """Events that may occur anywhere, end a journey or belong to a survey: not compared."""
        return self.allowed_events + self.exit_events + self.survey_events


def compare(
    journeys: Journeys, ideal: CompiledIdeal, window: Window, states: JourneyStates | None = None
) -> Comparison:
    """Align every journey with the ideal and give each its state.

    Open journeys are aligned as a whole too; what is still to come counts as pending. `states`
    are given where the journeys are a part of a log and their states depend on all of it. Every
    distinct trace is aligned once, whether journeys have it within their full time or in all.
    """
    declared = ideal.journey
    is_allowed = named(journeys, declared.allow)
    is_exit = named(journeys, declared.exits) & ~is_allowed
    is_survey = journeys.is_survey & ~(is_allowed | is_exit)
    if states is None:
        terms = terms_of(declared, Cases.CUSTOMER)
        full_time = usual_full_time(journeys, terms, window)
        states = journey_states(journeys, terms, window, full_time)
    taken_out = is_allowed | is_exit | is_survey
    whole = without_events(journeys, taken_out)
    compared = whole
    if states.is_after.any():
        compared = without_events(journeys, taken_out | states.is_after)
    both = variants_of_both(compared, whole)
    found = both.short
    label = steps_of_activities(journeys.activities, ideal)[found.codes]
    moves = align(ideal.space, label, found.starts)
    explained = explain_moves(moves, label, found.starts, ideal.choices)
    return Comparison(
        ideal=ideal,
        journeys=journeys,
        compared=compared,
        states=states,
        window=window,
        variants=found,
        of_whole=both.of_whole,
        label=label,
        moves=moves,
        explained=explained,
        is_allowed=is_allowed,
        is_exit=is_exit,
        is_survey=is_survey,
        tally=_tally(found, states, moves, explained),
    )


def steps_of_activities(activities: tuple[str, ...], ideal: CompiledIdeal) -> npt.NDArray[np.int32]:
    """The step of each activity; a label of a failure counts as its step."""
    step = {name: number for number, name in enumerate(ideal.space.labels)}
    for one in ideal.journey.steps:
        if one.failed is not None and one.name in step:
            for other in one.failed.activities:
                step.setdefault(other, step[one.name])
    return np.array([step.get(name, NOWHERE) for name in activities], np.int32)


def _tally(
    found: Variants, states: JourneyStates, moves: Alignments, explained: Explained
) -> Tally:
    """Count moves over journeys: variants with their journeys, split by state."""
    times = np.bincount(
        found.of_journey.astype(np.int64) * len(State) + states.of_journey,
        minlength=len(found) * len(State),
    ).reshape(-1, len(State))
    sort = explained.kind.astype(np.int64) * len(Move) + moves.kind
    kinds = len(MoveClass) * len(Move)
    totals = np.zeros((len(State), len(MoveClass), len(Move)), np.int64)
    for state in State:
        if times[:, state].any():
            weight = times[:, state][moves.trace]
            totals[state] = np.bincount(sort, weight, kinds).reshape(len(MoveClass), len(Move))
    every = totals.sum(axis=0)
    log, model = every[:, Move.LOG], every[:, Move.MODEL]
    ends = totals[:, MoveClass.TAIL, Move.MODEL]
    unobserved = totals[State.TRUNCATED, MoveClass.SKIPPED, Move.MODEL]
    skipped = model[MoveClass.SKIPPED] - unobserved + ends[State.COMPLETED]
    return Tally(
        log_moves=int(log.sum()),
        model_moves=int(model.sum()),
        unexpected=int(log[MoveClass.UNEXPECTED]),
        repeated=int(log[MoveClass.REPEATED]),
        swapped=int(log[MoveClass.SWAPPED]),
        out_of_order=int(log[MoveClass.OUT_OF_ORDER]),
        replaced=int(log[MoveClass.REPLACED]),
        skipped=int(skipped),
        lost_to_abandonment=int(ends[State.ABANDONED]),
        lost_to_exit=int(ends[State.EXITED]),
        pending=int(ends[State.OPEN]),
        unobserved=int(unobserved + ends[State.TRUNCATED]),
    )
