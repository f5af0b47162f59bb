"""Which measure of a comparison an idea is measured by."""

from __future__ import annotations

from collections.abc import Sequence

from cjmine.analysis.compare.measures import (
    CONTACT,
    FIRST_STEP,
    GOAL,
    RETURNED,
    layout_of,
)
from cjmine.analysis.deviation_counts import OF_MATCHES, OF_MOVES
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.ideal.deviations import BY_CLASS, DeviationClass
from cjmine.ideas.declared import Idea, Metric

_WITHOUT_STEP = {Metric.GOAL: GOAL, Metric.CONTACT: CONTACT, Metric.RETURNED: RETURNED}


def row_of(idea: Idea, ideal: CompiledIdeal, activities: tuple[str, ...]) -> int | None:
    """The number of the measure; None where the journey or the log lacks what it is about."""
    found = _WITHOUT_STEP.get(idea.metric)
    if found is not None:
        return found
    layout = layout_of(ideal, len(activities))
    labels = ideal.space.labels
    if idea.metric is Metric.UNEXPECTED:
        return _at(layout.unexpected, activities, idea.touchpoint)
    if idea.metric is Metric.DROP_OFF:
        return _at(FIRST_STEP, labels, idea.step)
    kind = DeviationClass(idea.metric.value)
    if kind in OF_MOVES:
        first = layout.moved + OF_MOVES.index(kind) * layout.places
        return _at(first, (*labels, *ideal.choices.names), idea.step)
    need = BY_CLASS[kind].need
    declared = [step for step in ideal.journey.steps if step.name == idea.step]
    if need is not None and not any(need.is_met(step) for step in declared):
        return None
    return _at(layout.matched + OF_MATCHES.index(kind) * layout.steps, labels, idea.step)


def _at(first: int, names: Sequence[str], name: str | None) -> int | None:
    return first + names.index(name) if name in names else None
