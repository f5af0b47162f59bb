"""What discover counts in every part of a log, and the counts of all parts together."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from cjmine.analysis.channels import (
    ChannelCounts,
    FoldedChannels,
    count_channels,
    merge_channels,
)
from cjmine.analysis.goal import GoalCounts, count_goal, merge_goal
from cjmine.analysis.judged import AskJudged, JudgedCounts, count_judged
from cjmine.analysis.log_counts import LogCounts, count_log
from cjmine.analysis.measured_part import MeasuredPart
from cjmine.analysis.paths import Folded, Paths, count_paths, merge_paths
from cjmine.analysis.variant_counts import VariantCounts, count_variants, merge_variants
from cjmine.conformance.states import journey_states
from cjmine.counting.merging import merged
from cjmine.eventlog.chosen import SetAside
from cjmine.results.figures import OTHER


@dataclass(frozen=True, slots=True)
class Asked:
    """What is counted: a column, how many customers are kept of each group, and how to judge.

    `judged` is None where no goal is asked for.
    """

    by: str | None
    most: int
    judged: AskJudged | None


@dataclass(frozen=True, slots=True)
class Counts:
    """What one part of a log gave, or several together."""

    log: LogCounts
    paths: Paths
    channels: ChannelCounts
    variants: VariantCounts
    goal: GoalCounts
    judged: JudgedCounts | None
    aside: SetAside


def count(part: MeasuredPart, asked: Asked) -> Counts:
    """Count a part with nothing folded."""
    states = judged = None
    if (asking := asked.judged) is not None:
        states = journey_states(part.journeys, asking.terms, asking.window, asking.full_time)
        first = asking.first if asking.since is None else None
        customer = part.customer.astype(np.int64)
        judged = count_judged(part.journeys, states, customer, asking.terms, first)
    with ThreadPoolExecutor(1) as thread:
        variants = thread.submit(count_variants, part, asked.most)
        return Counts(
            count_log(part),
            count_paths(part, Folded((), OTHER, asked.most)),
            count_channels(part, FoldedChannels((), False, (), (), asked.most)),
            variants.result(),
            count_goal(part, states, asked.by, asked.most),
            judged,
            part.chosen.aside,
        )


def merge(parts: Sequence[Counts], most: int) -> Counts:
    """The counts of all parts; counts of several parts can be merged again."""
    before = offsets(parts)
    judged = [part.judged for part in parts if part.judged is not None]
    return Counts(
        merged([part.log for part in parts]),
        merge_paths([part.paths for part in parts], before, most),
        merge_channels([part.channels for part in parts], before, most),
        merge_variants([part.variants for part in parts], before, most),
        merge_goal([part.goal for part in parts], before, most),
        merged(judged) if judged else None,
        merged([part.aside for part in parts]),
    )


def offsets(parts: Sequence[Counts]) -> list[int]:
    """What is added to the customers' numbers of each part, so that no two share one."""
    return list(accumulate((part.log.customers for part in parts[:-1]), initial=0))
