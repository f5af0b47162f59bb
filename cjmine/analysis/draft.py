"""A first ideal journey from the journeys that succeed: what most of them do, in which order.

A draft is a measurement. It becomes an ideal when its owner has answered the questions in it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cjmine.analysis.draft_evidence import Evidence, evidence_of, is_few
from cjmine.conformance.compare import compare
from cjmine.conformance.states import Window
from cjmine.counting.groups import Ints
from cjmine.errors import Code, DataError, Problem, did_you_mean
from cjmine.eventlog.journeys import Journeys, count_customers
from cjmine.eventlog.named_events import first_of, having, named
from cjmine.eventlog.surveys import Flags
from cjmine.ideal.compiled import compile_ideal
from cjmine.ideal.journey import IdealJourney, Stage
from cjmine.ideal.nodes import AnyOrder, Choice, Node, Optional, Repeat, Step

DEFAULT_STAGE = "Journey"
_ALWAYS, _SOMETIMES, _AGAIN = 0.5, 0.1, 0.2
_EITHER_WAY = (0.35, 0.65)
_HARDLY, _NEARLY_ALL = 0.02, 0.95
_MOST_STEPS = 15
_DAY = 86_400_000_000


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted journey, and what it rests on.

    `fitting` of `successes` follow it exactly; None where few do, or few do not. `is_nearly_all`
    says that fewer customers than the smallest group have journeys without success.
    """

    journey: IdealJourney
    successes: int
    journeys: int
    is_nearly_all: bool
    fitting: int | None
    evidence: tuple[Evidence, ...]
    left_out: tuple[Evidence, ...]
    ends: tuple[tuple[str, int], ...]


def successes_of(journeys: Journeys, goal: tuple[str, ...]) -> Journeys:
    """The journeys that reach a goal, each cut behind its first one.

    Raises DataError L121 where none does.
    """
    good = _successes(journeys, goal)
    if len(good):
        return good
    raise DataError(
        Problem(
            Code.NO_EVENTS,
            "no journey reaches the goal, so there is nothing to draft from",
            remedy=did_you_mean(goal[0], journeys.activities)
            if goal[0] not in journeys.activities
            else "leave the entry away, or name another goal",
        )
    )


def draft_journey(
    journeys: Journeys,
    good: Journeys,
    goal: tuple[str, ...],
    entry: tuple[str, ...],
    min_group: int,
) -> Draft:
    """Draft a journey from the `good` ones, those that `successes_of` gives.

    Touchpoints of at least half of them become steps, of a tenth optional ones; nothing that
    fewer than `min_group` customers have is named.
    """
    found = sorted(
        evidence_of(good, min_group),
        key=lambda one: (one.activity in goal, -one.journeys, one.activity),
    )
    wanted = [one for one in found if one.journeys >= _SOMETIMES * len(good)]
    kept = [one for one in wanted if one.activity not in goal][:_MOST_STEPS]
    kept += [one for one in wanted if one.activity in goal]
    order = _order(good, [one.activity for one in kept], goal)
    ordered = order.names
    by_name = {one.activity: one for one in kept}
    nodes = _joined([by_name[name] for name in ordered], order, len(good), goal)
    lasted = good.time[good.starts[1:] - 1] - good.time[good.starts[:-1]]
    longest = int(np.quantile(lasted, 0.99, method="higher"))
    journey = IdealJourney(
        name="journey",
        goal=tuple(name for name in goal if name in ordered),
        stages=(Stage(DEFAULT_STAGE, tuple(nodes)),),
        entry=tuple(name for name in entry if name in ordered),
        deadline=_readable(max(longest, _DAY // 24)),
    )
    window = Window(None, int(good.time.max()))
    cost = compare(good, compile_ideal(journey), window)
    fits = cost.moves.cost[cost.of_whole] == 0
    few = any(is_few(good.customer[part], min_group) for part in (fits, ~fits))
    without = ~having(journeys, named(journeys, goal))
    return Draft(
        journey=journey,
        successes=len(good),
        journeys=len(journeys),
        is_nearly_all=is_few(journeys.customer[without], min_group),
        fitting=None if few else int(fits.sum()),
        evidence=tuple(by_name[name] for name in ordered),
        left_out=tuple(one for one in found if one.activity not in by_name),
        ends=_ends(journeys, without, min_group),
    )


def _successes(journeys: Journeys, goal: tuple[str, ...]) -> Journeys:
    """The journeys that reach the goal, up to the first time."""
    last = first_of(journeys, named(journeys, goal))
    owner = np.flatnonzero(last >= 0)
    keep = np.arange(len(journeys.activity)) <= last[journeys.journey]
    upto = np.concatenate([[0], np.cumsum(keep)])
    starts = upto[journeys.starts]
    return journeys.with_events(
        keep, np.append(starts[:-1][owner], starts[-1]), journeys.customer[owner]
    )


@dataclass(frozen=True, slots=True)
class _Order:
    """Steps in order; of each two, how many journeys have both, and how often the first leads."""

    names: list[str]
    before: npt.NDArray[np.float64]
    together: Ints


def _order(good: Journeys, names: list[str], goal: tuple[str, ...]) -> _Order:
    """The steps in the order in which most journeys come to them first, goals last."""
    codes = [good.activities.index(name) for name in names]
    place = np.full((len(good), len(codes)), -1)
    for column, code in enumerate(codes):
        place[:, column] = first_of(good, good.activity == code)
    before = np.full((len(codes), len(codes)), 0.5)
    together = np.zeros((len(codes), len(codes)), np.int64)
    for one in range(len(codes)):
        for other in range(len(codes)):
            both = (place[:, one] >= 0) & (place[:, other] >= 0)
            together[one, other] = int(both.sum())
            if one != other and both.any():
                before[one, other] = float((place[both, one] < place[both, other]).mean())
    # A step is placed behind all that usually come before it; cycles are settled by the sum.
    wins = (before > 0.5).sum(axis=1) + before.sum(axis=1) / (10 * len(codes) + 10)
    order = sorted(
        range(len(codes)), key=lambda one: (names[one] in goal, -float(wins[one]), names[one])
    )
    both_ways = np.ix_(order, order)
    return _Order([names[one] for one in order], before[both_ways], together[both_ways])


def _node(one: Evidence, successes: int, goal: tuple[str, ...]) -> Node:
    node: Node = Step(one.activity)
    if one.repeated >= _AGAIN * one.journeys and one.activity not in goal:
        node = Repeat(node)
    if one.journeys < _ALWAYS * successes or (one.activity in goal and one.journeys < successes):
        node = Optional(node)
    return node


def _joined(
    steps: list[Evidence], order: _Order, successes: int, goal: tuple[str, ...]
) -> list[Node]:
    """Neighbours that exclude each other become a choice, those in either order any-order."""
    nodes = [_node(one, successes, goal) for one in steps]
    result: list[Node] = []
    place = 0
    while place < len(nodes):
        two = nodes[place : place + 2]
        both = _pair(steps[place : place + 2], order, place, successes, goal)
        if both is Choice:
            parts = tuple(_once(node) for node in two)
            enough = steps[place].journeys + steps[place + 1].journeys >= _NEARLY_ALL * successes
            result.append(Choice(parts) if enough else Optional(Choice(parts)))
        elif both is AnyOrder and all(isinstance(node, Step) for node in two):
            result.append(AnyOrder(tuple(two)))
        else:
            result.append(nodes[place])
            place -= 1
        place += 2
    return result


def _pair(
    two: list[Evidence], order: _Order, place: int, successes: int, goal: tuple[str, ...]
) -> type[Choice] | type[AnyOrder] | None:
    if len(two) < 2 or two[1].activity in goal:
        return None
    together = int(order.together[place, place + 1])
    fewest = min(one.journeys for one in two)
    if together <= _HARDLY * fewest and sum(one.journeys for one in two) >= _ALWAYS * successes:
        return Choice
    low, high = _EITHER_WAY
    return AnyOrder if low <= order.before[place, place + 1] <= high else None


def _once(node: Node) -> Node:
    """The same part without being optional."""
    return node.node if isinstance(node, Optional) else node


def _ends(journeys: Journeys, without: Flags, min_group: int) -> tuple[tuple[str, int], ...]:
    """The touchpoints on which the journeys that are flagged end most."""
    last = journeys.activity[journeys.starts[1:] - 1]
    found = []
    for code in np.flatnonzero(np.bincount(last[without])).tolist():
        mine = without & (last == code)
        if count_customers(journeys.customer[mine]) >= min_group:
            found.append((journeys.activities[code], int(mine.sum())))
    return tuple(sorted(found, key=lambda one: (-one[1], one[0]))[:5])


def _readable(microseconds: int) -> int:
    """A duration rounded up to whole hours, days or weeks."""
    for unit in (_DAY // 24, _DAY, 7 * _DAY):
        if microseconds <= 14 * unit:
            return -(-microseconds // unit) * unit
    return -(-microseconds // (7 * _DAY)) * 7 * _DAY
