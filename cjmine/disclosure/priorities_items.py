"""Which items of priorities are shown, and with which figures.

The share that reaches the goal with an item is withheld where few journeys decide it, and with it
everything that it could be computed from. What like journeys say is a figure about the customers
of both sides, who are enough; it then has two digits.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isfinite

from cjmine.analysis.differences import Difference, change
from cjmine.analysis.intervals import share
from cjmine.analysis.like.counts import SwayedCounts
from cjmine.analysis.priorities.finished import Compared, FoundItem, compared
from cjmine.analysis.strata import e_value, lost_ratio
from cjmine.analysis.subject import Subject
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.shown import count, may_show, shown, two_digits
from cjmine.errors import Code
from cjmine.ideal.deviations import BY_CLASS
from cjmine.results.contact import ContactType
from cjmine.results.figures import Change
from cjmine.results.priorities import CONTACT, Amount, Gap, GoalWorth, PriorityItem


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item as it is shown, and where it came from."""

    found: FoundItem
    row: PriorityItem


def shown_items(
    items: tuple[FoundItem, ...],
    asked: tuple[FoundItem, ...],
    counts: SwayedCounts,
    subject: Subject,
    worth: GoalWorth | None,
    policy: Policy,
) -> tuple[ShownItem, ...]:
    """The items that may be named, without verdicts; `asked` are those that `counts` are about."""
    place = {one.number: number for number, one in enumerate(asked)}
    rows = []
    for one in items:
        if may_show(one.journeys, policy):
            row = _row(one, subject, policy)
            said = compared(one, place[one.number], counts) if one.number in place else None
            if said is not None:
                row = _with_effect(row, one, said, worth, policy)
            rows.append(ShownItem(one, row))
    return tuple(rows)


def _row(one: FoundItem, subject: Subject, policy: Policy) -> PriorityItem:
    """What is known of an item whatever like journeys say."""
    goal, others = shown(one.goal, policy), shown(one.others, policy)
    journeys = count(one.journeys, policy)
    assert journeys is not None
    naive = None
    if None not in (goal.n, goal.of, others.n, others.of) and not one.is_ceiling:
        # As if journeys were independent: a bare comparison.
        naive = change(share(goal.n or 0, goal.of or 0), share(others.n or 0, others.of or 0))
    code, class_, name, is_accepted = Code.AVOIDABLE_CONTACT, CONTACT, "", False
    if isinstance(one.item, ContactType):
        name = one.item.value
    else:
        of_class, name = one.item.of_class, one.item.name
        code, class_ = BY_CLASS[of_class].code, of_class.value
        is_accepted = subject.accepts(of_class, name)
    return PriorityItem(
        code=code,
        class_=class_,
        step=name,
        at=one.at,
        journeys=journeys,
        support=one.support if policy.is_exact else None,
        goal=goal,
        comparable=None,
        naive=None if naive is None else _gap(naive),
        effect=None,
        gain=None,
        q=None,
        verdict=None,
        e_value=None,
        e_value_near=None,
        is_ceiling=one.is_ceiling,
        accepted=is_accepted,
        money=None,
    )


def _with_effect(
    row: PriorityItem,
    one: FoundItem,
    said: Compared,
    worth: GoalWorth | None,
    policy: Policy,
) -> PriorityItem:
    without, having, alone = said.sides
    if policy.is_small(without.customers) or policy.is_small(having.customers):
        return row
    # Of a loss everybody knows that none of its journeys reaches the goal.
    is_plain = row.goal.n is not None or one.is_ceiling
    is_supported = not policy.is_small(alone.customers)
    is_blurred = policy.release or not is_plain or not is_supported
    effect = _blurred(said.effect) if is_blurred else said.effect
    gain = gain_of(effect, policy.rounded(having), one.is_ceiling)
    if is_blurred:
        gain = Amount(*map(two_digits, (gain.value, gain.low, gain.high)))

    def written(value: float) -> float | None:
        if not isfinite(value):
            return None
        return two_digits(value) if policy.release else value

    row = replace(
        row,
        support=written(said.at_one_mix.second_journeys / one.journeys) if is_supported else None,
        comparable=written(said.at_one_mix.first) if is_plain else None,
        effect=_gap(effect),
        gain=gain,
        money=money_of(gain, worth),
        not_equal=one.held.given_up,
    )
    if not is_plain or one.is_ceiling:
        return row
    ratio, near = _e_values(one, said)
    return replace(row, e_value=written(ratio), e_value_near=written(near))


def _e_values(one: FoundItem, said: Compared) -> tuple[float, float]:
    """The E-value of the effect and that of its near end: 1 where the interval holds none."""
    ratio = lost_ratio(one.held.strata)
    assert ratio is not None
    effect, lost = said.effect, 1 - said.at_one_mix.second
    if effect.low <= 0 <= effect.high:
        return e_value(ratio), 1.0
    near = effect.high if effect.value < 0 else effect.low
    without = min(max(lost + near, 0.0), 1.0)  # would be lost without it, at the near end
    return e_value(ratio), e_value(lost / without if without else float("inf"))


def _blurred(found: Difference) -> Difference:
    """The same in two digits, of the value and of the margin."""
    value, margin = two_digits(found.value), two_digits((found.high - found.low) / 2)
    return Difference(value, value - margin, value + margin)


def gain_of(effect: Difference, supported: int, is_ceiling: bool) -> Amount:
    """What would be gained without it: at most one goal a journey, of a loss at least none."""
    most = float(supported)
    ends = (-end * supported for end in (effect.value, effect.high, effect.low))
    least = 0.0 if is_ceiling else -most
    return Amount(*(min(max(end, least), most) for end in ends))


def money_of(gain: Amount, worth: GoalWorth | None) -> Amount | None:
    """What a gain is worth; None where that of a goal is not declared."""
    if worth is None:
        return None
    return Amount(*(worth.goal * end for end in (gain.value, gain.low, gain.high)))


def _gap(one: Difference | Change) -> Gap:
    return Gap(one.value, max(one.low, -1.0), min(one.high, 1.0))
