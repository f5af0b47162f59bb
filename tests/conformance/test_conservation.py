"""Laws of a comparison on random logs: every journey and every move is counted exactly once."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
from conformance.ideals import UNKNOWN, ideals, names_of, traces
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples, log_from

from cjmine.conformance.alignments import NOWHERE, Move
from cjmine.conformance.compare import Comparison, Tally, compare
from cjmine.conformance.move_deviations import deviations
from cjmine.conformance.moves import MoveClass
from cjmine.conformance.reached_steps import passed_steps, steps_of_traces
from cjmine.conformance.states import State, Window
from cjmine.eventlog.journeys import CutRules, cut
from cjmine.ideal.compiled import compile_ideal
from cjmine.ideal.deviations import DeviationClass
from cjmine.ideal.journey import IdealJourney, Stage

SECOND = 1_000_000


OUT = ("News", "Gone")


@st.composite
def journeys_and_logs(draw: st.DrawFn) -> tuple[IdealJourney, list[tuple[str, str, int]]]:
    """An ideal with rules of every kind, and customers who follow it more or less."""
    root = draw(ideals())
    steps = st.sampled_from((*names_of(root), *UNKNOWN))
    ideal = IdealJourney(
        name="order",
        stages=(Stage("One", (root,)),),
        goal=tuple(draw(st.lists(steps, min_size=1, max_size=2))),
        allow=("News",),
        exits=("Gone",),
        entry=draw(st.sampled_from(((), (), (), names_of(root)[:2]))),
        deadline=draw(st.none() | st.integers(0, 300).map(lambda one: one * SECOND)),
        gap=draw(st.none() | st.integers(5, 100).map(lambda one: one * SECOND)),
    )
    events = []
    for customer in range(draw(st.integers(0, 2)) + draw(st.integers(0, 4))):
        time = draw(st.sampled_from((0, 50, 100, 200, 300)))
        for name in draw(traces(root)):
            if draw(st.integers(0, 5)) == 0:
                events.append((f"c{customer}", draw(st.sampled_from(OUT)), time))
            events.append((f"c{customer}", name, time))
            time += draw(st.sampled_from((0, 1, 7, 40)))
    return ideal, events


def measured(ideal: IdealJourney, events: list[tuple[str, str, int]], window: Window) -> Comparison:
    rules = CutRules(ideal.gap, ideal.goal if ideal.until_goal else (), ideal.entry)
    return compare(cut(log_from(events), rules), compile_ideal(ideal), window)


EXTRA = {
    MoveClass.SWAPPED: "swapped",
    MoveClass.OUT_OF_ORDER: "out_of_order",
    MoveClass.REPLACED: "replaced",
    MoveClass.REPEATED: "repeated",
    MoveClass.UNEXPECTED: "unexpected",
}
TAILS = {
    State.COMPLETED: "skipped",
    State.EXITED: "lost_to_exit",
    State.TRUNCATED: "unobserved",
    State.ABANDONED: "lost_to_abandonment",
    State.OPEN: "pending",
}


def by_hand(found: Comparison) -> Tally:
    """The sums, journey by journey from the moves of each."""
    sums = dict.fromkeys(Tally.__dataclass_fields__, 0)
    for variant, code in zip(found.variants.of_journey, found.states.of_journey, strict=True):
        state = State(code)
        for row in range(found.moves.starts[variant], found.moves.starts[variant + 1]):
            kind = MoveClass(found.explained.kind[row])
            if found.moves.kind[row] == Move.LOG:
                sums["log_moves"] += 1
                sums[EXTRA[kind]] += 1
            elif found.moves.kind[row] == Move.MODEL:
                sums["model_moves"] += 1
                if kind is MoveClass.TAIL:
                    sums[TAILS[state]] += 1
                elif kind is MoveClass.SKIPPED:
                    sums["unobserved" if state is State.TRUNCATED else "skipped"] += 1
    return Tally(**sums)


def test_moves_and_journeys_add_up_on_every_log():
    """… and journeys of every state are among them."""
    seen = np.zeros(len(State), int)

    @given(journeys_and_logs(), st.sampled_from((None, 0, 100, 250)), st.integers(300, 600))
    @examples(50)
    def adding_up(ideal_and_events, since, until):
        window = Window(None if since is None else since * SECOND, until * SECOND)
        found = measured(*ideal_and_events, window)
        seen[:] += [found.states.count(one) for one in State]
        hold(found)

    adding_up()
    assert seen.all(), seen


def hold(found: Comparison) -> None:
    """What must be true of every comparison; `Tally` itself refuses sums that do not add up."""
    assert found.tally == by_hand(found)
    assert sum(found.states.count(one) for one in State) == len(found.journeys)
    lengths = found.compared.lengths
    matched = found.moves.count(Move.SYNCHRONOUS)[found.variants.of_journey]
    extra = found.moves.count(Move.LOG)[found.variants.of_journey]
    assert (matched + extra == lengths).all()
    kept = [found.journeys.activities[code] for code in found.compared.activity]
    assert not set(kept) & set(OUT)
    out = found.is_allowed | found.is_exit
    set_aside = int((found.states.is_after & ~out).sum())
    assert found.taken_out + set_aside == len(found.journeys.activity) - len(kept)
    for journey, variant in enumerate(found.of_whole):
        whole = found.journeys.activity[(found.journeys.journey == journey) & ~out]
        assert found.variants.trace(variant) == tuple(
            found.journeys.activities[one] for one in whole
        )
    every = {found.journeys.activities[code] for code in found.journeys.activity[~out]}
    unknown = {name for name in every if name not in found.ideal.space.labels}
    assert {found.variants.activities[code] for code in found.variants.codes[
        found.label == NOWHERE
    ]} == unknown  # fmt: skip
    seen = np.flatnonzero(found.states.is_counted)
    of_traces = steps_of_traces(found)
    passed = passed_steps(found, of_traces)
    table = deviations(found, of_traces, passed)
    assert set(table.journey.tolist()) <= set(seen.tolist())
    goal = np.isin(found.ideal.space.labels, found.ideal.journey.goal)
    reaches_goal = np.array(
        [
            not goal_steps(found, trace).isdisjoint(found.ideal.space.labels)
            for trace in found.variants.of_journey
        ],
        bool,
    )
    assert set(passed.journey.tolist()) == set(
        np.intersect1d(seen, np.flatnonzero((matched > 0) | reaches_goal))
    )
    assert (passed.is_matched | goal[passed.step] | ~passed.is_last).all()
    lasts = np.bincount(passed.journey[passed.is_last], minlength=len(found.journeys))
    assert (lasts[passed.journey] == 1).all()
    steps, names = len(found.ideal.space.labels), len(found.ideal.choices.first)
    of_choice = (table.name >= steps) & (table.name < steps + names)
    assert (table.of_class[of_choice] == tuple(DeviationClass).index(DeviationClass.SKIPPED)).all()
    assert (table.times[of_choice] == 1).all()
    if len(seen) == len(found.journeys):
        sums = asdict(found.tally)
        sums["skipped"] -= moves_of_choices(found) - int(of_choice.sum())
        sums["unexpected"] += undeclared_in_pairs(found)
        for number, one in enumerate(DeviationClass):
            told = int(table.times[table.of_class == number].sum())
            field = one.value.replace("-", "_")
            if field in sums:
                assert told == sums[field]


def goal_steps(found: Comparison, trace: int) -> set[str]:
    """The goals whose touchpoint a trace has."""
    return set(found.variants.trace(trace)) & set(found.ideal.journey.goal)


def moves_of_choices(found: Comparison) -> int:
    """The skipped model moves that belong to choices of which nothing was seen."""
    counted = 0
    for variant, code in zip(found.variants.of_journey, found.states.of_journey, strict=True):
        rows = slice(*found.moves.starts[variant : variant + 2])
        kinds = [MoveClass.SKIPPED] + [MoveClass.TAIL] * int(code == State.COMPLETED)
        is_skip = np.isin(found.explained.kind[rows], kinds)
        counted += int((is_skip & (found.explained.choice[rows] != NOWHERE)).sum())
    return counted


def undeclared_in_pairs(found: Comparison) -> int:
    """The events of touchpoints that the ideal lacks and that replaced a step."""
    counted = 0
    for variant in found.variants.of_journey:
        begin = found.variants.starts[variant]
        for row in range(*found.moves.starts[variant : variant + 2]):
            if found.explained.kind[row] == MoveClass.REPLACED:
                event = found.moves.event[row]
                counted += event != NOWHERE and found.label[begin + event] == NOWHERE
    return int(counted)


@given(journeys_and_logs(), st.integers(0, 5), st.integers(0, 300))
@examples(33)
def test_parts_of_a_log_add_up_to_the_whole(ideal_and_events, border, since):
    """Split by customer: with a declared limit and one window, sums and states add."""
    ideal, events = ideal_and_events
    if ideal.deadline is None:
        return  # a limit that is taken from the log is not that of its parts
    window = Window(since * SECOND, 400 * SECOND)

    def sums(rows: list[tuple[str, str, int]]) -> np.ndarray:
        found = measured(ideal, rows, window)
        states = [found.states.count(one) for one in State]
        return np.array(
            [*asdict(found.tally).values(), *states, found.allowed_events, found.exit_events]
        )

    parts = [
        sums([row for row in events if (row[0] < f"c{border}") is side]) for side in (True, False)
    ]
    assert (parts[0] + parts[1]).tolist() == sums(events).tolist()
