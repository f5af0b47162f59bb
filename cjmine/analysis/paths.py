"""Activities, flows and loops of a part: what is counted again where rare activities fold."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from cjmine.analysis.activities import ActivityCounts, count_activities, merge_activities
from cjmine.analysis.flows import (
    FlowCounts,
    FoundWaits,
    WantedWaits,
    count_flows,
    find_waits,
    merge_flows,
)
from cjmine.analysis.loops import LoopCounts, count_loops, merge_loops
from cjmine.analysis.measured_part import MeasuredPart
from cjmine.counting.groups import Ints, grouped
from cjmine.counting.names import united


@dataclass(frozen=True, slots=True)
class Folded:
    """Activities that are counted as one, by the name that it gets; `most` customers are kept."""

    activities: tuple[str, ...]
    other: str
    most: int


@dataclass(frozen=True, slots=True)
class AskedWaits:
    """Which waits of which flows are asked for, after some activities were folded."""

    folded: Folded
    wanted: WantedWaits


@dataclass(frozen=True, slots=True)
class Paths:
    """Counts by activity and by flow. The last of the `names` is that of the folded activities."""

    names: tuple[str, ...]
    activities: ActivityCounts
    flows: FlowCounts
    loops: LoopCounts


def count_paths(part: MeasuredPart, folded: Folded) -> Paths:
    """Count activities, flows and loops of a part."""
    part = part.renamed(folded.activities, folded.other)
    with ThreadPoolExecutor(1) as thread:
        counted = thread.submit(lambda: count_flows(part.flows, part.customer, folded.most))
        by_activity = grouped(part.journeys.activity, len(part.journeys.activities))
        owners = part.owners(by_activity.order)
        activities = count_activities(part.journeys, by_activity, owners, folded.most)
        loops = count_loops(part.journeys, by_activity, part.customer)
        del by_activity, owners
    return Paths(part.journeys.activities, activities, counted.result(), loops)


def find_wanted(part: MeasuredPart, asked: AskedWaits) -> FoundWaits:
    """The waits of a part that are asked for."""
    part = part.renamed(asked.folded.activities, asked.folded.other)
    return find_waits(part.flows, part.journeys.activities, asked.wanted)


def merge_paths(parts: Sequence[Paths], offsets: Sequence[int], most: int) -> Paths:
    """Activities, flows and loops of all parts, in one vocabulary."""
    names, places = united([part.names[:-1] for part in parts])
    names = (*names, parts[0].names[-1])
    with_other: list[Ints] = [np.append(place, len(names) - 1) for place in places]
    with_outside: list[Ints] = [np.append(place, len(names)) for place in with_other]
    return Paths(
        names,
        merge_activities(
            [part.activities for part in parts], with_other, offsets, len(names), most
        ),
        merge_flows([part.flows for part in parts], with_outside, offsets, len(names), most),
        merge_loops([part.loops for part in parts], with_other, len(names)),
    )
