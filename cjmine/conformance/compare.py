"""The comparison: every journey of a log aligned with the ideal and explained."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from cjmine.conformance.alignments import NOWHERE, Alignments, Move, align
from cjmine.conformance.moves import Explained, Kind, explain_moves
from cjmine.conformance.states import JourneyStates, State, Window, journey_states
from cjmine.eventlog.journeys import Journeys
from cjmine.eventlog.variants import Variants, variants
from cjmine.ideal.compiled import CompiledIdeal

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


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

    `journeys` are as cut; `kept` the same without the touchpoints that are taken out (allowed
    ones and exits), and may hold empty traces. `variants` are the distinct traces of `kept`,
    `label` the step of each of their events (`NOWHERE` for a touchpoint that the ideal lacks),
    `moves` and `explained` are about them. `step_of` is the step of each activity of the log.
    """

    ideal: CompiledIdeal
    journeys: Journeys
    kept: Journeys
    states: JourneyStates
    window: Window
    variants: Variants
    step_of: npt.NDArray[np.int32]
    label: npt.NDArray[np.int32]
    moves: Alignments
    explained: Explained
    allowed_events: int
    exit_events: int
    tally: Tally

    def __post_init__(self) -> None:
        """Hold that no event was lost between the log and the comparison."""
        if len(self.kept.activity) + self.taken_out != len(self.journeys.activity):
            raise AssertionError("events taken out and kept do not add up")

    @property
    def taken_out(self) -> int:
        """Events that may occur anywhere or end a journey, and are not compared."""
        return self.allowed_events + self.exit_events


def compare(journeys: Journeys, ideal: CompiledIdeal, window: Window) -> Comparison:
    """Align every journey with the ideal and give each its state.

    Open journeys are aligned as a whole too; what is still to come counts as pending.
    """
    declared = ideal.journey
    step_of = _steps_of(journeys.activities, ideal)
    allowed = _named(journeys, declared.allow)
    exits = _named(journeys, declared.exits) & ~allowed
    kept = _without(journeys, allowed | exits)
    found = variants(kept)
    label = step_of[found.codes]
    moves = align(ideal.space, label, found.starts)
    explained = explain_moves(moves, label, found.starts)
    states = journey_states(journeys, declared, window)
    return Comparison(
        ideal=ideal,
        journeys=journeys,
        kept=kept,
        states=states,
        window=window,
        variants=found,
        step_of=step_of,
        label=label,
        moves=moves,
        explained=explained,
        allowed_events=int(allowed.sum()),
        exit_events=int(exits.sum()),
        tally=_tally(found, states, moves, explained),
    )


def _steps_of(activities: tuple[str, ...], ideal: CompiledIdeal) -> npt.NDArray[np.int32]:
    """The step of each activity; a label that tells a failure stands for its step."""
    step = {name: number for number, name in enumerate(ideal.space.labels)}
    for one in ideal.journey.steps:
        if one.failed is not None and one.name in step:
            for other in one.failed.activities:
                step.setdefault(other, step[one.name])
    return np.array([step.get(name, NOWHERE) for name in activities], np.int32)


def _named(journeys: Journeys, names: tuple[str, ...]) -> Flags:
    """Which events carry one of some labels."""
    is_named = np.array([name in names for name in journeys.activities], bool)
    found: Flags = is_named[journeys.activity]
    return found


def _without(journeys: Journeys, out: Flags) -> Journeys:
    if not out.any():
        return journeys
    stays = ~out
    upto = np.concatenate([[0], np.cumsum(stays)])
    return replace(
        journeys,
        activity=journeys.activity[stays],
        time=journeys.time[stays],
        channel=journeys.channel[stays],
        event=journeys.event[stays],
        starts=upto[journeys.starts],
    )


def _tally(
    found: Variants, states: JourneyStates, moves: Alignments, explained: Explained
) -> Tally:
    """Count moves over journeys: variants with their journeys, split by state."""
    times = np.bincount(
        found.of_journey.astype(np.int64) * len(State) + states.of_journey,
        minlength=len(found) * len(State),
    ).reshape(-1, len(State))
    every = times.sum(axis=1)
    seen = every - times[:, State.TRUNCATED]

    def total(kind: Kind, what: Move, journeys: Ints) -> int:
        return int(explained.count(kind, moves, what) @ journeys)

    ends = {state: total(Kind.TAIL, Move.MODEL, times[:, state]) for state in State}
    skipped = total(Kind.SKIPPED, Move.MODEL, seen) + ends[State.COMPLETED]
    unobserved = total(Kind.SKIPPED, Move.MODEL, times[:, State.TRUNCATED])
    return Tally(
        log_moves=int(moves.count(Move.LOG) @ every),
        model_moves=int(moves.count(Move.MODEL) @ every),
        unexpected=total(Kind.UNEXPECTED, Move.LOG, every),
        repeated=total(Kind.REPEATED, Move.LOG, every),
        swapped=total(Kind.SWAPPED, Move.LOG, every),
        out_of_order=total(Kind.OUT_OF_ORDER, Move.LOG, every),
        replaced=total(Kind.REPLACED, Move.LOG, every),
        skipped=skipped,
        lost_to_abandonment=ends[State.ABANDONED],
        lost_to_exit=ends[State.EXITED],
        pending=ends[State.OPEN],
        unobserved=unobserved + ends[State.TRUNCATED],
    )


def for_each_journey(comparison: Comparison, variant: Ints) -> tuple[Ints, Ints]:
    """Rows about variants as rows about their journeys: which row, and which journey."""
    found = comparison.variants
    order = np.argsort(found.of_journey, kind="stable")
    bounds = np.concatenate([[0], np.cumsum(found.journeys)])
    times = found.journeys[variant]
    row = np.repeat(np.arange(len(variant)), times)
    begins = np.cumsum(times) - times
    journey = order[np.arange(len(row)) - begins[row] + bounds[variant][row]]
    return row, journey
