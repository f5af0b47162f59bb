"""Parts of a whole that are too small fold into one remainder, so that totals stay exact."""

from __future__ import annotations

import numpy as np

from cjmine.analysis.channels import ChannelCounts, FoldedChannels
from cjmine.analysis.paths import Folded, Paths
from cjmine.counting.groups import Flags, Groups
from cjmine.results.figures import OTHER


def to_fold(groups: Groups, min_group: int) -> Flags:
    """Which parts of a whole fold into one remainder of at least `min_group` customers.

    A remainder that is too small absorbs the smallest part that is shown.

    >>> groups = Groups(np.array([500, 40, 3]), np.array([12, 12, 3]), np.array([0, 10, 20, 23]),
    ...     np.r_[:10, :10, :3])
    >>> to_fold(groups, 10).tolist()
    [False, True, True]
    """
    hidden: Flags = (groups.customers > 0) & (groups.customers < min_group)
    if not hidden.any():
        return hidden
    sizes = groups.occurrences
    for part in np.lexsort((np.arange(len(sizes)), sizes)):
        if groups.customers_of(np.flatnonzero(hidden)) >= min_group:
            break
        if groups.customers[part] >= min_group:
            hidden[part] = True
    return hidden


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
