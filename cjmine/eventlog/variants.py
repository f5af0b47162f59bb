"""Variants: the distinct traces of a log, with the journeys that follow each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjmine.eventlog.journeys import Journeys
from cjmine.eventlog.log import Codes, Offsets
from cjmine.eventlog.sequences import distinct, narrow


@dataclass(frozen=True, slots=True)
class Variants:
    """Distinct traces: variant v holds the activity codes `starts[v]` up to `starts[v + 1]`.

    `of_journey` gives the variant of each journey, `journeys` the number of journeys of each
    variant. Variants are in the order in which the log first shows them; `ranked` lists them
    the commonest first.
    """

    activities: tuple[str, ...]
    codes: Codes
    starts: Offsets
    journeys: Offsets
    of_journey: Codes

    def __len__(self) -> int:
        return len(self.journeys)

    @property
    def lengths(self) -> Offsets:
        """The number of activities of each variant."""
        return np.diff(self.starts)

    def trace(self, variant: int) -> tuple[str, ...]:
        """The activities of a variant, by name."""
        codes = self.codes[self.starts[variant] : self.starts[variant + 1]]
        return tuple(self.activities[code] for code in codes)

    def ranked(self, top: int | None = None) -> list[int]:
        """The commonest variants; among equals in the order of their activities' names."""
        if top is None or top >= len(self):
            wanted = np.arange(len(self))
        elif top == 0:
            return []
        else:
            least = np.partition(self.journeys, len(self) - top)[len(self) - top]
            wanted = np.flatnonzero(self.journeys >= least)
        rank = np.argsort(np.argsort(np.array(self.activities, object))) if len(wanted) else None

        def key(variant: int) -> tuple[int, tuple[int, ...]]:
            assert rank is not None
            codes = self.codes[self.starts[variant] : self.starts[variant + 1]]
            return -int(self.journeys[variant]), tuple(rank[codes].tolist())

        return sorted(wanted.tolist(), key=key)[:top]


def variants(journeys: Journeys) -> Variants:
    """The distinct traces of a cut log.

    Examples
    --------
    >>> from cjmine.eventlog.build import log_of
    >>> from cjmine.eventlog.journeys import cut
    >>> found = variants(cut(log_of([("a", "Search", 0), ("b", "Search", 5)])))
    >>> found.trace(0), found.journeys.tolist()
    (('Search',), [2])
    """
    found = distinct(narrow(journeys.activity, len(journeys.activities)), journeys.starts)
    return Variants(
        journeys.activities,
        found.sequences.codes.astype(np.int32),
        found.sequences.starts,
        np.bincount(found.number, minlength=len(found.sequences)),
        found.number,
    )


@dataclass(frozen=True, slots=True)
class BothVariants:
    """The distinct traces of journeys cut short and of the same journeys whole.

    `short` counts the short traces only, and has the whole ones too; `of_whole` is the variant of
    each whole journey.
    """

    short: Variants
    of_whole: Codes


def variants_of_both(short: Journeys, whole: Journeys) -> BothVariants:
    """The distinct traces of journeys, each as it is and as far as it is judged.

    >>> from cjmine.eventlog.build import log_of
    >>> from cjmine.eventlog.journeys import cut, without_events
    >>> whole = cut(log_of([("a", "Search", 0), ("a", "Buy", 5), ("b", "Search", 5)]))
    >>> found = variants_of_both(without_events(whole, whole.time == 5_000_000), whole)
    >>> len(found.short), found.short.journeys.tolist(), found.of_whole.tolist()
    (3, [1, 1, 0], [2, 0])
    """
    differs = np.flatnonzero(short.lengths != whole.lengths)
    if not len(differs):
        same = variants(short)
        return BothVariants(same, same.of_journey)
    is_added = np.zeros(len(whole), bool)
    is_added[differs] = True
    added = whole.activity[is_added[whole.journey]]
    ends = short.starts[-1] + np.cumsum(whole.lengths[differs])
    found = distinct(
        narrow(np.concatenate([short.activity, added]), len(short.activities)),
        np.concatenate([short.starts, ends]),
    )
    starts, number = found.sequences.starts, found.number
    codes = found.sequences.codes.astype(np.int32)
    of_short, of_whole = number[: len(short)], number[: len(short)].copy()
    of_whole[differs] = number[len(short) :]
    many = np.bincount(of_short, minlength=len(starts) - 1)
    return BothVariants(Variants(short.activities, codes, starts, many, of_short), of_whole)
