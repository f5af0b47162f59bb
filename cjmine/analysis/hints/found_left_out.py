"""Hints on steps that many leave out or turn round: does the goal suffer?

Non-inferiority, not "no difference": the whole interval of the difference between like journeys
must be above minus a margin that was named before. A difference that is not seen is no proof that
there is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

import numpy as np

from cjmine.analysis.hints.found import Compared, FoundHint
from cjmine.analysis.hints.left_out import AskLeftOut, LeftOutCounts
from cjmine.analysis.intervals import Z95
from cjmine.analysis.like.counts import WITH, WITHOUT, ItemStrata, SwayedCounts
from cjmine.analysis.like.items import Items, items_of
from cjmine.analysis.looks import is_enough
from cjmine.analysis.strata import Mix, standard_difference, standardised
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.ideal.deviations import DeviationClass
from cjmine.ideal.edits import Edit, EditKind
from cjmine.results.hints import Tip

SKIPPED_BY, SWAPPED_BY = 0.1, 0.2  # of the journeys that come past: so many before it is a hint
LEAST_SUPPORT = 0.7  # of those: so many need like journeys that do it the usual way
_POWER = (Z95 + 0.8416212335729143) ** 2  # that four of five such comparisons give an answer


def candidates(
    counts: LeftOutCounts, ideal: CompiledIdeal, asked: AskLeftOut
) -> tuple[ItemStrata, ...]:
    """What many leave out or turn round, with the like journeys of each."""
    items = items_of(ideal, asked.like.names.activities)
    goal = ideal.journey.goal
    found = [
        items.begin(DeviationClass.SKIPPED) + place
        for place in _often(counts.skipped.having, counts.skipped.among, SKIPPED_BY)
        if items.places[place] not in goal
    ]
    found += [
        items.begin(DeviationClass.SWAPPED) + step
        for step in _often(counts.swapped.having, counts.swapped.among, SWAPPED_BY)
    ]
    return tuple(counts.like.strata(item) for item in found)


def _often(n: np.ndarray, of: np.ndarray, least: float) -> list[int]:
    places: list[int] = np.flatnonzero((n > 0) & (n >= least * of)).tolist()
    return places


def found_left_out(
    counts: LeftOutCounts,
    ideal: CompiledIdeal,
    asked: AskLeftOut,
    held: tuple[ItemStrata, ...],
    swayed: SwayedCounts,
    margin: float,
) -> Iterator[FoundHint]:
    """A hint for each candidate, in their order."""
    items = items_of(ideal, asked.like.names.activities)
    for place, one in enumerate(held):
        item = items.read(one.item)
        compared = compare_like(one, place, swayed, margin)
        if item.of_class is DeviationClass.SKIPPED:
            number = items.places.index(item.name)
            yield FoundHint(
                tip=Tip.SKIP,
                step=item.name,
                n=counts.skipped.n(number),
                of=counts.skipped.of(number),
                is_compared=True,
                compared=compared,
                edit=_left_out(items, number, ideal, asked),
            )
        else:
            step = items.steps.index(item.name)
            other = _neighbour(counts, step, len(items.steps))
            pair = tuple(items.steps[name] for name in sorted((step, other)))
            yield FoundHint(
                tip=Tip.REVERSE,
                step=item.name,
                n=counts.swapped.n(step),
                of=counts.swapped.of(step),
                other=items.steps[other],
                is_compared=True,
                compared=compared,
                edit=Edit(EditKind.ANY_ORDER, pair),
            )


def _left_out(items: Items, place: int, ideal: CompiledIdeal, asked: AskLeftOut) -> Edit | None:
    """The edit that makes a step or choice optional; None for a step that is."""
    if place < len(items.steps):
        name = items.steps[place]
        return None if name in asked.optional else Edit(EditKind.OPTIONAL, (name,))
    choice = place - len(items.steps)
    holds = ideal.choices.holds[ideal.choices.named == choice][0]
    return Edit(
        EditKind.OPTIONAL, tuple(items.steps[one] for one in np.flatnonzero(holds).tolist())
    )


def _neighbour(counts: LeftOutCounts, step: int, steps: int) -> int:
    """The step that a step is most often turned round with."""
    row = counts.crossed[step * steps : (step + 1) * steps]
    return int(np.argmax(row))


def compare_like(
    one: ItemStrata, place: int, swayed: SwayedCounts, margin: float
) -> Compared | None:
    """What like journeys say; None where they are too few, or too few are comparable."""
    strata, both = one.strata, one.strata.supported
    at_one_mix = standardised(strata, Mix.SECOND)
    effect = standard_difference(strata, Mix.SECOND, swayed.swayed[place])
    if at_one_mix is None or effect is None:
        return None
    every = max(int(strata.second_of.sum()), 1)
    columns = (strata.second_n, strata.second_of, strata.n, strata.of)
    sides = [int(column[both].sum()) for column in columns]
    if at_one_mix.second_journeys < LEAST_SUPPORT * every or not is_enough(*sides):
        return None
    error = max((effect.value - effect.low) / Z95, 1e-12)
    expected = at_one_mix.first
    return Compared(
        effect=effect,
        p=_above((effect.value + margin) / error),
        sides=tuple(swayed.sides.counted(3 * place + side) for side in (WITHOUT, WITH)),
        margin=margin,
        needed=ceil(_POWER * 2 * max(expected * (1 - expected), 0.01) / margin**2),
    )


def _above(distance: float) -> float:
    """How often chance alone is so many standard errors above the margin."""
    from scipy.special import ndtr

    return float(ndtr(-distance))
