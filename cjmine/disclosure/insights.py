"""Which insights may be shown beside the figures of a log."""

from __future__ import annotations

from collections.abc import Sequence

from cjmine.ideal.compiled import CompiledIdeal
from cjmine.ideas.insights import Heard, Insight


def heard_in(every: Sequence[Insight], ideal: CompiledIdeal, known: Sequence[str]) -> Heard:
    """The insights about a journey, those of a step in the order of its steps, others last.

    A touchpoint that is neither declared nor among the `known` labels, which enough customers
    have, would say what few did: what is about it is counted alone, and so is a step that the
    journey lacks.
    """
    declared = ideal.journey
    steps = ideal.space.labels
    names = {*steps, *declared.goal, *declared.exits, *declared.allow, *declared.friction}
    mine = [one for one in every if one.journey in (None, declared.name)]
    shown = [
        one
        for one in mine
        if (one.step is None or one.step in steps)
        and (one.touchpoint is None or one.touchpoint in names or one.touchpoint in known)
    ]
    order = {step: place for place, step in enumerate(steps)}
    shown.sort(key=lambda one: order.get(one.place or "", len(order)))
    silent = tuple(step for step in steps if all(one.place != step for one in shown))
    return Heard(tuple(shown), silent, len(mine) - len(shown))
