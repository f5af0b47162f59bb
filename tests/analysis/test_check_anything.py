"""Any log against any journey gives a report in every format, and its sums hold."""

from __future__ import annotations

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from ideal.journeys_at_random import LABELS, UNKNOWN, parts
from strategies import examples, log_from

from cjmine.errors import PrivacyError
from cjmine.ideal.compiled import compile_ideal
from cjmine.ideal.deviations import DeviationClass
from cjmine.ideal.journey import Accepted, Budget, Expectation, IdealJourney, Stage
from cjmine.ideal.measures import Measure
from cjmine.ideal.nodes import Failed, Node, Optional, Repeat, Step, Within, steps_of
from cjmine.reporters.formats import Asked, Format, Subject, formats_of, tables_of
from cjmine.reporters.registry import render
from cjmine.results.codec import baseline_text, read_baseline
from cjmine.verbs.check import check
from cjmine.verbs.settings import CheckSettings
from tests.observing import at

SECOND = 1_000_000
names = st.sampled_from((*LABELS, UNKNOWN, "News", "Gone"))
events = st.lists(
    st.tuples(st.integers(0, 30).map("c{:02}".format), names, st.integers(0, 400)), max_size=120
)


def equipped(node: Node, after: str) -> Node:
    """The same part, its steps with a channel, a time and a failure to look for."""
    match node:
        case Step():
            return Step(node.name, ("web",), Within(1, 60 * SECOND, after), Failed((UNKNOWN,)))
        case Optional():
            return Optional(equipped(node.node, after))
        case Repeat():
            return Repeat(equipped(node.node, after), node.min, node.max)
        case _:
            return type(node)(tuple(equipped(part, after) for part in node.nodes))


@st.composite
def ideals(draw: st.DrawFn) -> IdealJourney:
    root = draw(parts())
    steps = sorted({step.name for step in steps_of(root)})
    one = st.sampled_from(steps)
    root = equipped(root, draw(one)) if draw(st.booleans()) else root
    first, second = draw(one), draw(one)
    budget = Budget(draw(st.booleans()), draw(st.floats(0, 1)), draw(st.booleans()), "<= 5%")
    about = [
        Expectation(measure, budget, draw(one), min_customers=draw(st.integers(10, 40)))
        for measure in (
            *(Measure.DROP_OFF, Measure.REACHED, Measure.SKIPPED, Measure.REPEATED),
            *(Measure.OUT_OF_ORDER, Measure.GOAL_RATE, Measure.FITNESS, Measure.FITTING),
        )
    ]
    about.append(Expectation(Measure.UNEXPECTED, budget, UNKNOWN, between=(first, second)))
    late = next((step for step in steps_of(root) if step.within), None)
    if late is not None:
        several = (Measure.LATE, Measure.EARLY, Measure.WRONG_CHANNEL, Measure.FAILED)
        about += [Expectation(measure, budget, late.name) for measure in several]
    return IdealJourney(
        "any",
        draw(st.lists(one, min_size=1, max_size=2).map(tuple)),
        (Stage("One", (root,)),),
        file="journey.yaml",
        entry=draw(st.just(()) | one.map(lambda name: (name,))),
        exits=("Gone",),
        allow=("News",),
        deadline=draw(st.none() | st.integers(0, 300).map(lambda time: time * SECOND)),
        expectations=tuple(about),
        accepted=(Accepted(draw(st.sampled_from(DeviationClass)), draw(one), "x", LONG),),
    )


LONG = date(2099, 1, 1)


@given(
    events,
    ideals(),
    st.sampled_from([1, 2, 10]),
    st.none() | st.integers(0, 300),
    st.booleans(),
)
@examples(20)
def test_anything_is_reported(rows, ideal, min_group, since, with_channel):
    channels = ["web" if number % 3 else "call" for number in range(len(rows))]
    log = log_from(rows, channels if with_channel else None)
    question = CheckSettings(
        min_group=min_group if len({row[0] for row in rows}) >= 20 else 1,
        observed_from=None if since is None else at(since * SECOND),
        ranges=True,
    )
    try:
        outcome = check(log, compile_ideal(ideal), question)
    except PrivacyError:  # the entry leaves too few customers
        return
    again = check(log, compile_ideal(ideal), question)
    for form in formats_of(Subject.CHECK):
        for table in tables_of(Subject.CHECK) if form is Format.CSV else (None,):
            text = render(outcome.checked, form, Asked(table, 30))
            assert text == render(again.checked, form, Asked(table, 30))
    found = json.loads(render(outcome.checked, Format.JSON))
    if question.min_group == 1:
        states = found["states"]
        assert sum(states.values()) == found["conformance"]["journeys"]
        ends = ("abandoned", "exited", "open")
        for end in ends:
            assert sum(step[end] for step in found["steps"]) + found["never"][end] == states[end]
        finished = sum(step["finished"] for step in found["steps"]) + found["never"]["finished"]
        assert finished == states["completed"]
        for step in found["steps"]:
            parts_of = (step[key] for key in ("went_on", "finished", "abandoned", "exited"))
            assert step["reached"] == sum(parts_of) == step["drop_off"]["of"]
        counted = states["completed"] + states["exited"] + states["abandoned"]
        assert found["counted"]["journeys"] == found["goal"]["of"] == counted
        assert all(row["of"] <= counted for row in found["deviations"])
    for row in found["deviations"]:
        if row["journeys"] is not None:
            assert row["journeys"] <= row["of"]
            assert row["occurrences"] is None or row["journeys"] <= row["occurrences"]
    kept = read_baseline(baseline_text(outcome.baseline), "b.json")
    check(
        log,
        compile_ideal(ideal),
        CheckSettings(
            min_group=question.min_group, baseline=kept, observed_from=question.observed_from
        ),
    )
