"""`check --ranges`: journeys that leave out a step or have a touchpoint extra, and how sure it is."""

from __future__ import annotations

import json
from collections import defaultdict

import numpy as np
import pytest
from analysis.test_check_anything import events, ideals
from conformance.test_ranges import slowly
from hypothesis import given
from hypothesis import strategies as st
from notation import log
from strategies import examples, log_from

from cjmine.conformance.alignments import Move
from cjmine.errors import Code, PrivacyError
from cjmine.ideal.compiled import CompiledIdeal, compile_ideal
from cjmine.ideal.file import parse_journey
from cjmine.results.check import Check, RangeRow
from cjmine.results.codec import to_json
from cjmine.results.figures import OTHER
from cjmine.verbs.check import Outcome, check
from cjmine.verbs.settings import CheckSettings
from tests.observing import at

IDEAL = """
journey: order
goal: Pay
deadline: 1d
stages:
  - stage: One
    steps: [Search, Compare, Cart, Pay]
allow: [News]
"""
LATER = 9 * 86_400_000_000
Rows = dict[tuple[str, str], tuple[int | None, int | None, int | None]]


def outcome(lines: list[str], **how: object) -> Outcome:
    asked = {"min_group": 1, "observed_until": at(LATER), "ranges": True, **how}
    ideal = compile_ideal(parse_journey(IDEAL, "journey.yaml"))
    return check(log("\n".join(lines)), ideal, CheckSettings(**asked))


def rows(found: Check) -> Rows:
    return {
        (str(one.attribution), one.activity): (one.certain, one.shown, one.possible)
        for one in found.ranges or ()
    }


def journeys(name: str, count: int, trace: str) -> list[str]:
    return [f"{name}{number:04}: {trace}" for number in range(count)]


SWAPPED = "Search@0 Cart@60 Compare@120 Pay@180"
GOOD = journeys("a", 300, "Search@0 Compare@60 Cart@120 Pay@180")


def test_of_two_swapped_steps_either_may_be_left_out():
    found = outcome([*journeys("a", 3, SWAPPED), "bob: Search Call News Cart Pay"]).checked
    assert rows(found) == {
        ("left-out", "Compare"): (1, 1, 4),
        ("left-out", "Cart"): (0, 3, 3),
        ("extra", "Call"): (1, 1, 1),
        ("extra", "Cart"): (0, 3, 3),
        ("extra", "Compare"): (0, 0, 3),
    }
    assert {one.of for one in found.ranges or ()} == {4}
    (note,) = (one for one in found.notes if one.code is Code.RANGES)
    assert "between certain and possible" in note.text


def test_a_check_that_was_not_asked_has_no_ranges():
    plain = outcome([SWAPPED.join(["ann: ", ""])], ranges=False).checked
    assert plain.ranges is None
    assert json.loads(to_json(plain))["ranges"] is None
    asked = outcome([SWAPPED.join(["ann: ", ""])]).checked
    without = {**json.loads(to_json(asked)), "ranges": None}
    without["notes"] = [one for one in without["notes"] if one["code"] != Code.RANGES]
    assert without == json.loads(to_json(plain))


def test_nobody_deviates_and_nobody_is_there():
    assert outcome(GOOD[:3]).checked.ranges == ()
    nobody = check(
        log_from([]),
        compile_ideal(parse_journey(IDEAL, "journey.yaml")),
        CheckSettings(ranges=True),
    )
    assert nobody.checked.ranges == ()


@given(events, ideals(), st.none() | st.integers(0, 300))
@examples(13)
def test_ranges_are_those_of_every_journey_by_hand(rows_of_log, ideal, since):
    """Brute force over all cheapest alignments; shown is the count at the level of moves."""
    compiled = compile_ideal(ideal)
    asked = CheckSettings(min_group=1, observed_from=at(since), ranges=True)
    found = check(log_from(rows_of_log), compiled, asked)
    (certain, shown, possible), of = by_hand(found, compiled)
    for row in found.checked.ranges or ():
        key = (str(row.attribution), row.activity)
        assert (row.certain, row.shown, row.possible) == (certain[key], shown[key], possible[key])
        assert row.certain <= row.shown <= row.possible <= row.of == of
    assert {key for key, count in possible.items() if count} == set(rows(found.checked))


def by_hand(
    found: Outcome, ideal: CompiledIdeal
) -> tuple[tuple[dict[tuple[str, str], int], ...], int]:
    """Certain, shown and possible by kind and name; and of how many journeys."""
    facts = found.facts()
    comparison = facts.comparison
    space, moves, variants = ideal.space, comparison.moves, comparison.variants
    alias = {
        name: space.labels[label]
        for name, label in zip(
            *([variants.activities[code] for code in variants.codes], comparison.label),
            strict=True,
        )
        if label >= 0
    }
    certain, shown, possible = (defaultdict[tuple[str, str], int](int) for _ in range(3))
    counted = np.flatnonzero(facts.is_counted).tolist()
    for journey in counted:
        variant = int(variants.of_journey[journey])
        trace = list(variants.trace(variant))
        out, may_out, extra, may_extra = slowly(space, trace, alias)
        for kind, names, sums in (
            ("left-out", out, certain),
            ("left-out", may_out, possible),
            ("extra", extra, certain),
            ("extra", may_extra, possible),
        ):
            for name in names:
                sums[kind, name] += 1
        part = slice(moves.starts[variant], moves.starts[variant + 1])
        kind, label, event = moves.kind[part], moves.label[part], moves.event[part]
        for name in {space.labels[one] for one in label[kind == Move.MODEL]}:
            shown["left-out", name] += 1
        for name in {trace[one] for one in event[kind == Move.LOG]}:
            shown["extra", name] += 1
    return (certain, shown, possible), len(counted)


@pytest.mark.parametrize("few", [3, 9, 12])
def test_a_count_that_differs_by_few_from_another_of_its_row_is_withheld(few):
    """Where Cart is left out for certain, and the few where it only may be."""
    lines = [*GOOD, *journeys("b", 40, "Search@0 Compare@60 Pay@180"), *journeys("x", few, SWAPPED)]
    exact, found = outcome(lines), outcome(lines, min_group=10)
    assert rows(exact.checked)["left-out", "Cart"] == (40, 40 + few, 40 + few)
    shown = rows(found.checked)["left-out", "Cart"]
    assert shown == ((40 if few > 9 else None), 40 + few, 40 + few)


def test_names_and_counts_of_few_are_put_together():
    few = [
        *journeys("x", 6, "Search@0 Fax@30 Compare@60 Cart@61 Pay@184"),
        *journeys("y", 6, "Search@0 Visit@30 Compare@60 Cart@61 Pay@184"),
    ]
    found = outcome([*GOOD, *few], min_group=10).checked
    assert rows(found) == {("extra", OTHER): (12, 12, 12)}
    left = outcome([*GOOD, *few[:6]], min_group=10).checked
    assert rows(left) == {("None", OTHER): (None, None, None)}
    assert "Fax" not in to_json(left)


def test_who_is_in_two_small_ranges_counts_once_and_as_the_surest():
    both = journeys("x", 6, "Search@0 Fax@30 Visit@40 Compare@60 Cart@61 Pay@184")
    assert rows(outcome([*GOOD, *both], min_group=10).checked) == {
        ("None", OTHER): (None, None, None)
    }


@given(events, ideals(), st.integers(2, 6))
@examples(13)
def test_no_row_tells_about_few(rows_of_log, ideal, k):
    """Every figure, and every difference of two of a row, is about nobody or about k customers."""
    if len({row[0] for row in rows_of_log}) < k:
        return
    compiled = compile_ideal(ideal)
    log_ = log_from(rows_of_log)
    try:
        found = check(log_, compiled, CheckSettings(min_group=k, ranges=True))
    except PrivacyError:  # the entry leaves too few customers
        return
    owners = customers_by_hand(found)
    for row in found.checked.ranges or ():
        if row.activity == OTHER:
            continue
        hold(row, owners[str(row.attribution), row.activity], k)


def customers_by_hand(found: Outcome) -> dict[tuple[str, str], list[tuple[int, int]]]:
    """(customer, how sure) of each counted journey, 0 where it has nothing of the kind."""
    facts = found.facts()
    steps = facts.step_count
    names = (*found.ideal.space.labels, *facts.comparison.variants.activities)
    sure: dict[tuple[int, int], int] = {}
    table = facts.attributions
    for journey, name, level in zip(table.journey, table.name, table.sureness, strict=True):
        sure[int(journey), int(name)] = int(level)
    counted = np.flatnonzero(facts.is_counted).tolist()
    return {
        ("left-out" if name < steps else "extra", names[name]): [
            (int(facts.customer[one]), sure.get((one, name), 0)) for one in counted
        ]
        for name in range(len(names))
    }


def hold(row: RangeRow, journeys_of: list[tuple[int, int]], k: int) -> None:
    figures = [(row.certain, 3), (row.shown, 2), (row.possible, 1), (row.of, 0)]
    shown = [(count, least) for count, least in figures if count is not None]
    for place, (count, least) in enumerate(shown):
        assert count == sum(level >= least for _, level in journeys_of)
        inside = {owner for owner, level in journeys_of if level >= least}
        assert not 0 < len(inside) < k
        for _, more in shown[place + 1 :]:
            between = {owner for owner, level in journeys_of if more <= level < least}
            assert not 0 < len(between) < k


def test_a_release_keeps_the_order_of_the_three_counts():
    lines = [*GOOD, *journeys("b", 43, "Search@0 Compare@60 Pay@180"), *journeys("x", 33, SWAPPED)]
    for row in outcome(lines, min_group=10, release=True).checked.ranges or ():
        counts = [row.certain or 0, row.shown or 0, row.possible or 0, row.of]
        assert counts == sorted(counts)
        assert all(one % 5 == 0 for one in counts)
