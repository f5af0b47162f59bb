"""Which measure of a comparison an idea is measured by, and which others are of the same kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cjmine.analysis.compare.measures import (
    CONTACT,
    FIRST_STEP,
    GOAL,
    RETURNED,
    layout_of,
)
from cjmine.analysis.contacts import Contacts, fitting
from cjmine.analysis.deviation_counts import OF_MATCHES, OF_MOVES
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.ideal.deviations import BY_CLASS, DeviationClass
from cjmine.ideas.declared import Idea, Metric

_WITHOUT_STEP = {Metric.GOAL: GOAL, Metric.CONTACT: CONTACT, Metric.RETURNED: RETURNED}


@dataclass(frozen=True, slots=True)
class Row:
    """The number of a measure, and what is contact where that is not what the project says."""

    number: int
    contacts: Contacts | None = None


@dataclass(frozen=True, slots=True)
class _Kind:
    """Measures of one kind that follow each other: from `first` on, one a name."""

    first: int
    names: Sequence[str]

    def row(self, name: str | None) -> Row | None:
        return Row(self.first + self.names.index(name)) if name in self.names else None

    def others(self, name: str | None) -> Iterator[Row]:
        return (Row(self.first + at) for at, one in enumerate(self.names) if one != name)


def row_of(idea: Idea, ideal: CompiledIdeal, activities: tuple[str, ...]) -> Row | None:
    """The measure; None where the journey or the log lacks what it is about."""
    found = _WITHOUT_STEP.get(idea.metric)
    if found is not None:
        is_of_one = idea.metric is Metric.CONTACT and idea.touchpoint is not None
        return Row(found, Contacts((idea.touchpoint or "",)) if is_of_one else None)
    if idea.metric not in (Metric.UNEXPECTED, Metric.DROP_OFF):
        need = BY_CLASS[DeviationClass(idea.metric.value)].need
        declared = [step for step in ideal.journey.steps if step.name == idea.step]
        if need is not None and not any(need.is_met(step) for step in declared):
            return None
    return _kind(idea, ideal, activities).row(_about(idea))


def others_of(
    idea: Idea, ideal: CompiledIdeal, activities: tuple[str, ...], contacts: Contacts
) -> tuple[Row, ...]:
    """The same measure of every other step or touchpoint; none of one that a log has once only.

    `contacts` are what the project says is contact: the others of one touchpoint are among them.
    """
    if idea.metric in _WITHOUT_STEP:
        if idea.metric is not Metric.CONTACT or idea.touchpoint is None:
            return ()
        is_contact = fitting(activities, contacts.names)
        names = [one for one, fits in zip(activities, is_contact, strict=True) if fits]
        return tuple(Row(CONTACT, Contacts((one,))) for one in names if one != idea.touchpoint)
    return tuple(_kind(idea, ideal, activities).others(_about(idea)))


def _about(idea: Idea) -> str | None:
    return idea.touchpoint if idea.metric is Metric.UNEXPECTED else idea.step


def _kind(idea: Idea, ideal: CompiledIdeal, activities: tuple[str, ...]) -> _Kind:
    layout, labels = layout_of(ideal, len(activities)), ideal.space.labels
    if idea.metric is Metric.UNEXPECTED:
        return _Kind(layout.unexpected, activities)
    if idea.metric is Metric.DROP_OFF:
        return _Kind(FIRST_STEP, labels)
    kind = DeviationClass(idea.metric.value)
    if kind in OF_MOVES:
        first = layout.moved + OF_MOVES.index(kind) * layout.places
        return _Kind(first, (*labels, *ideal.choices.names))
    return _Kind(layout.matched + OF_MATCHES.index(kind) * layout.steps, labels)
