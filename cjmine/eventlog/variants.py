"""Variants: the distinct traces of a log, with the journeys that follow each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cjmine.columns import array
from cjmine.eventlog.journeys import Journeys
from cjmine.eventlog.log import Codes, Offsets


@dataclass(frozen=True, slots=True)
class Variants:
    """Distinct traces: variant v holds the activity codes `starts[v]` up to `starts[v + 1]`.

    `of_journey` gives the variant of each journey, `journeys` the number of journeys of each
    variant. Variants stand in the order in which the log first shows them; `ranked` lists them
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
    codes, starts, of_journey = distinct_traces(
        journeys.activity, journeys.starts, len(journeys.activities)
    )
    return Variants(
        journeys.activities,
        codes,
        starts,
        np.bincount(of_journey, minlength=len(starts) - 1),
        of_journey,
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
        found = variants(short)
        return BothVariants(found, found.of_journey)
    is_added = np.zeros(len(whole), bool)
    is_added[differs] = True
    added = whole.activity[is_added[whole.journey]]
    ends = short.starts[-1] + np.cumsum(whole.lengths[differs])
    codes, starts, number = distinct_traces(
        np.concatenate([short.activity, added]),
        np.concatenate([short.starts, ends]),
        len(short.activities),
    )
    of_short, of_whole = number[: len(short)], number[: len(short)].copy()
    of_whole[differs] = number[len(short) :]
    many = np.bincount(of_short, minlength=len(starts) - 1)
    return BothVariants(Variants(short.activities, codes, starts, many, of_short), of_whole)


def distinct_traces(codes: Codes, starts: Offsets, activities: int) -> tuple[Codes, Offsets, Codes]:
    """Codes and starts of the distinct traces among some, and which of them each trace is."""
    written = codes.astype(_narrowest(activities))
    width = written.itemsize
    traces = pa.Array.from_buffers(
        pa.large_binary(),
        len(starts) - 1,
        [None, pa.py_buffer(starts * width), pa.py_buffer(written)],
    ).dictionary_encode()
    distinct = traces.dictionary
    bounds = np.frombuffer(distinct.buffers()[1], np.int64)[: len(distinct) + 1]
    found = np.frombuffer(distinct.buffers()[2] or b"", written.dtype, int(bounds[-1]) // width)
    return found.astype(np.int32), bounds // width, array(traces.indices)


def _narrowest(values: int) -> npt.DTypeLike:
    return np.uint8 if values <= 1 << 8 else np.uint16 if values <= 1 << 16 else np.int32
