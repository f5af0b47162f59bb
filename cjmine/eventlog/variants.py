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
