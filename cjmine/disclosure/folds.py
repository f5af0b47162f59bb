"""Parts of a whole that are too small fold into one remainder, so that totals stay exact."""

from __future__ import annotations

import numpy as np

from cjmine.analysis.channels import ChannelCounts, FoldedChannels
from cjmine.analysis.paths import Folded, Paths
from cjmine.counting.groups import Flags, Groups
from cjmine.disclosure.policy import OTHER
from cjmine.privacy.small_groups import Members, hidden_parts


def to_fold(groups: Groups, min_group: int) -> Flags:
    """Which groups fold into a remainder of at least `min_group` customers."""
    behind = Members(groups.bounds, groups.members)
    return hidden_parts(behind, groups.customers, groups.occurrences, min_group)


def activities_to_fold(found: Paths, min_group: int) -> Folded:
    """The activities that are counted as one; the name is one that no activity has."""
    names = found.names[:-1]
    hidden = np.flatnonzero(to_fold(found.activities.groups, min_group)).tolist()
    other = OTHER if OTHER not in names else f"{OTHER} folded"
    return Folded(tuple(names[code] for code in hidden), other, min_group)


def channels_to_fold(found: ChannelCounts, min_group: int) -> FoldedChannels:
    """The channels, and the switches between channels, that are counted as one."""
    names = found.names
    hidden = np.flatnonzero(to_fold(found.channels, min_group)).tolist()
    pairs = np.flatnonzero(to_fold(found.switches, min_group)).tolist()
    unknown = len(names) - 2
    return FoldedChannels(
        tuple(names[code] for code in hidden if code < unknown),
        unknown in hidden,
        tuple(names[found.source[row]] for row in pairs),
        tuple(names[found.target[row]] for row in pairs),
        min_group,
    )
