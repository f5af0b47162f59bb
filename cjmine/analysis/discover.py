"""What discover counts in every part of a log, and the counts of all parts together."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import accumulate

from cjmine.analysis.channels import (
    ChannelCounts,
    FoldedChannels,
    count_channels,
    merge_channels,
)
from cjmine.analysis.goal import GoalCounts, count_goal, merge_goal
from cjmine.analysis.log_counts import LogCounts, count_log
from cjmine.analysis.measured_part import MeasuredPart
from cjmine.analysis.paths import Folded, Paths, count_paths, merge_paths
from cjmine.analysis.variant_counts import VariantCounts, count_variants, merge_variants
from cjmine.counting.merging import merged
from cjmine.results.figures import OTHER


@dataclass(frozen=True, slots=True)
class Asked:
    """What is counted: the goal, a column, and how many customers are kept of each group."""

    goal: tuple[str, ...]
    by: str | None
    most: int


@dataclass(frozen=True, slots=True)
class Counts:
    """What one part of a log gave, or several together."""

    log: LogCounts
    paths: Paths
    channels: ChannelCounts
    variants: VariantCounts
    goal: GoalCounts


def count(part: MeasuredPart, asked: Asked) -> Counts:
    """Count a part with nothing folded."""
    with ThreadPoolExecutor(1) as thread:
        variants = thread.submit(count_variants, part, asked.most)
        return Counts(
            count_log(part),
            count_paths(part, Folded((), OTHER, asked.most)),
            count_channels(part, FoldedChannels((), False, (), (), asked.most)),
            variants.result(),
            count_goal(part, asked.goal, asked.by, asked.most),
        )


def merge(parts: Sequence[Counts], most: int) -> Counts:
    """The counts of all parts; counts of several parts can be merged again."""
    before = offsets(parts)
    return Counts(
        merged([part.log for part in parts]),
        merge_paths([part.paths for part in parts], before, most),
        merge_channels([part.channels for part in parts], before, most),
        merge_variants([part.variants for part in parts], before, most),
        merge_goal([part.goal for part in parts], before, most),
    )


def offsets(parts: Sequence[Counts]) -> list[int]:
    """What is added to the customers' numbers of each part, so that no two share one."""
    return list(accumulate((part.log.customers for part in parts[:-1]), initial=0))
