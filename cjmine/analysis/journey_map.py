"""What was measured beside the steps of the ideal: channels, waits, additions, answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cjmine.analysis.cohorts import Cohorts
from cjmine.analysis.deviations import measured_wait
from cjmine.analysis.map_counts import MapCounts
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.results.figures import Counted
from cjmine.results.map import Addition, Wait


@dataclass(frozen=True, slots=True)
class MapFigures:
    """The counts of a map, with the names that they are about."""

    counts: MapCounts
    ideal: CompiledIdeal
    activities: tuple[str, ...]
    channels: tuple[str, ...]

    def steps(self) -> list[int]:
        """The labels in the order of the file."""
        labels = self.ideal.space.labels
        return [labels.index(step.name) for step in self.ideal.journey.steps]


def waits(found: MapFigures) -> Iterator[Wait]:
    """How long each step came after the match before it: the first match of a journey."""
    counts = found.counts
    for step in found.steps():
        value, times = counts.waits.of(step)
        if len(value):
            median, p90 = (
                measured_wait(value, times, counts.waited, step, share) for share in (0.5, 0.9)
            )
            yield Wait(found.ideal.space.labels[step], counts.waited.n(step), median, p90)


@dataclass(frozen=True, slots=True)
class Placed:
    """An undeclared touchpoint: the steps that it comes after, and all of it together.

    `places` are in the order of the file, before any step first, each with its number in that
    order. `everywhere` is placed where most of its events are; `there` are the journeys that have
    it in that place.
    """

    places: tuple[tuple[int, Addition], ...]
    everywhere: tuple[int, Addition]
    there: Counted


def additions(found: MapFigures, shown: frozenset[str]) -> Iterator[Placed]:
    """The undeclared touchpoints among `shown`, in the order of their names."""
    counts, labels = found.counts, found.ideal.space.labels
    order = [len(labels), *found.steps()]
    for code, activity in enumerate(found.activities):
        if activity not in shown:
            continue
        first = code * (len(labels) + 1)
        groups = [first + step for step in order]
        held = [place for place, group in enumerate(groups) if counts.placed.having[group]]
        if not held:
            continue
        places = tuple(
            (place, _addition(found, code, order[place], groups[place])) for place in held
        )
        times = [int(counts.placed.times[groups[place]]) for place in held]
        most = held[int(np.argmax(times))]
        whole = _addition(found, code, order[most], None)
        yield Placed(places, (most, whole), counts.placed.n(groups[most]))


def _addition(found: MapFigures, code: int, step: int, group: int | None) -> Addition:
    """One touchpoint in one place, anywhere without a group."""
    counts, name, labels = found.counts, found.activities[code], found.ideal.space.labels
    table: Cohorts = counts.anywhere if group is None else counts.placed
    later = counts.anywhere_later if group is None else counts.placed_later
    row = code if group is None else group
    return Addition(
        activity=name,
        after=None if step == len(labels) else labels[step],
        journeys=table.n(row),
        of=table.of(row),
        went_on=later.n(row),
        is_friction=name in found.ideal.journey.friction,
        anywhere=group is None,
    )
