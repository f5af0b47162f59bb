"""Filters: journeys are chosen as a whole, and those set aside are all counted."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from strategies import cut_rules, log_from, logs

from cjmine.eventlog.chosen import EVERYBODY, Filter, choose
from cjmine.eventlog.journeys import cut
from cjmine.eventlog.variants import variants
from cjmine.eventlog.where import Where

SECOND = 1_000_000
ROWS = [("ann", "A", 0), ("ann", "B", 9), ("bob", "A", 5), ("bob", "A", 50), ("cat", "B", 7)]
CHANNELS = [None, "web", "call", "web", None]


def test_journeys_are_chosen_by_their_begin_and_keep_their_events() -> None:
    log = log_from(ROWS)
    found = choose(log, cut(log), Filter(("--since", "--until"), 1, 6 * SECOND))
    assert found.journeys.customer.tolist() == [1]
    assert found.journeys.lengths.tolist() == [2]
    assert found.aside.journeys.tolist() == [1, 1]
    assert found.aside.customers.tolist() == [1, 1]


def test_the_first_value_of_a_journey_is_its_value() -> None:
    log = log_from(ROWS, CHANNELS)

    def chosen(*conditions: Where) -> list[int]:
        filters = Filter(tuple(map(str, conditions)), where=conditions)
        return choose(log, cut(log), filters).journeys.customer.tolist()

    assert chosen(Where("channel", ("web",))) == [0]
    assert chosen(Where("channel", ("web",), True)) == [1, 2]
    assert chosen(Where("channel", ("(none)",))) == [2]
    assert chosen(Where("channel", ("web", "call"))) == [0, 1]
    assert chosen(Where("channel", ("web", "call")), Where("channel", ("web",), True)) == [1]
    assert chosen(Where("channel", ("absent",))) == []


def test_outcomes_choose_by_all_that_a_journey_has() -> None:
    rows = [*ROWS, ("dan", "A", 0), ("dan", "NPS promoter", 90)]
    log = log_from(rows)

    def chosen(**asked) -> list[int]:
        filters = Filter(("one",), **asked)
        return choose(log, cut(log), filters).journeys.customer.tolist()

    assert chosen(having=("B",)) == [0, 2]
    assert chosen(having=("no",)) == []
    assert chosen(trace=("A", "B")) == [0]
    assert chosen(trace=("A",)) == []
    assert chosen(trace=("B", "no")) == []
    assert chosen(shorter=9 * SECOND) == [2, 3]  # an answer makes no journey longer
    assert chosen(longer=9 * SECOND) == [1]
    assert not Filter(since=1, where=(Where("a", ("b",)),)).is_by_outcome
    assert all(
        one.is_by_outcome
        for one in (
            Filter(having=("A",)),
            Filter(shorter=1),
            Filter(longer=1),
            Filter(trace=("A",)),
        )
    )


@given(logs(40), st.data())
def test_each_variant_has_its_journeys(log, data) -> None:
    journeys = cut(log, data.draw(cut_rules(log)))
    found = variants(journeys)
    for number in range(len(found)):
        chosen = choose(log, journeys, Filter(("--variant",), trace=found.trace(number)))
        assert len(chosen.journeys) == found.journeys[number]
    names = data.draw(st.sampled_from([*log.activities, "no"]))
    having = choose(log, journeys, Filter(("--having",), having=(names,))).journeys
    traces = [found.trace(one) for one in found.of_journey.tolist()]
    assert len(having) == sum(names in trace for trace in traces)


@given(st.data())
def test_chosen_and_set_aside_add_up_and_agree_with_plain_loops(data: st.DataObject) -> None:
    log = data.draw(logs(40))
    journeys = cut(log, data.draw(cut_rules(log)))
    begins = journeys.time[journeys.starts[:-1]].tolist()
    bound = st.none() | st.sampled_from([*begins, 0])
    since, until = data.draw(bound), data.draw(bound)
    names = data.draw(st.lists(st.sampled_from([*log.activities, "no"]), max_size=2))
    asked = (Where("activity", tuple(names), data.draw(st.booleans())),) if names else ()
    said = [name for name, one in (("s", since), ("u", until)) if one is not None]
    found = choose(log, journeys, Filter((*said, *map(str, asked)), since, until, asked))
    wanted = []
    for number, begin in enumerate(begins):
        first = journeys.event[journeys.starts[number]]
        name = log.activities[log.codes("activity")[first]]
        fits = all((name in one.values) != one.is_other for one in asked)
        if (since is None or begin >= since) and (until is None or begin <= until) and fits:
            wanted.append(number)
    rows = np.flatnonzero(np.isin(journeys.journey, wanted))
    assert found.journeys.customer.tolist() == journeys.customer[wanted].tolist()
    assert found.journeys.event.tolist() == journeys.event[rows].tolist()
    assert found.journeys.lengths.tolist() == journeys.lengths[wanted].tolist()
    assert len(found.journeys) + found.aside.journeys.sum() == len(journeys) == found.aside.of


@given(logs(40))
def test_no_condition_and_a_condition_of_all_change_nothing(log) -> None:
    journeys = cut(log)
    assert choose(log, journeys, EVERYBODY).journeys is journeys
    every = Filter(("--since",), since=-(10**18))
    assert choose(log, journeys, every).journeys is journeys
