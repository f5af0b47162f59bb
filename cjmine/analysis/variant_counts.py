"""Variants over parts: each distinct trace once, with its journeys and customers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cjmine.analysis.measured_part import MeasuredPart
from cjmine.counting.groups import Groups, counted, grouped, merged
from cjmine.counting.names import united
from cjmine.eventlog.log import Offsets
from cjmine.eventlog.sequences import distinct, narrow
from cjmine.eventlog.variants import Variants, variants


@dataclass(frozen=True, slots=True)
class VariantCounts:
    """Distinct traces: variant v holds the activity codes `codes[starts[v]:starts[v + 1]]`.

    Codes have the narrowest type for the names: of large logs they are the largest column of all.
    `groups` are the journeys of each variant; all customers are kept of those of fewer than k.
    """

    names: tuple[str, ...]
    codes: npt.NDArray[np.unsignedinteger]
    starts: Offsets
    groups: Groups

    def __len__(self) -> int:
        return len(self.groups)

    def trace(self, variant: int, length: int | None = None) -> tuple[str, ...]:
        """The activities of a variant, or so many of the first of them, by name."""
        start, end = int(self.starts[variant]), int(self.starts[variant + 1])
        codes = self.codes[start : end if length is None else start + length]
        return tuple(self.names[code] for code in codes.tolist())

    def ranked(self, top: int | None) -> list[int]:
        """The commonest variants; among equals in the order of their activities' names."""
        every = Variants(
            self.names,
            self.codes.astype(np.int32),
            self.starts,
            self.groups.occurrences,
            np.zeros(0, np.int32),
        )
        return every.ranked(top)


def count_variants(part: MeasuredPart, most: int) -> VariantCounts:
    """The variants of a part."""
    found = variants(part.journeys)
    by_variant = grouped(found.of_journey, len(found))
    groups = counted(by_variant, part.customer[by_variant.order], most)
    codes = narrow(found.codes, len(found.activities))
    return VariantCounts(found.activities, codes, found.starts, groups)


def merge_variants(
    parts: Sequence[VariantCounts], offsets: Sequence[int], most: int
) -> VariantCounts:
    """The variants of all parts, in one vocabulary."""
    names, places = united([part.names for part in parts])
    codes = np.concatenate(
        [narrow(place, len(names))[part.codes] for part, place in zip(parts, places, strict=True)]
    )
    starts = np.append(0, np.cumsum(np.concatenate([np.diff(part.starts) for part in parts])))
    found = distinct(codes, starts)
    pa.default_memory_pool().release_unused()  # what finding them needed is larger than they are
    del codes, starts
    ends = np.append(0, np.cumsum([len(part) for part in parts]))
    rows = [found.number[begin:end] for begin, end in pairwise(ends)]
    traces = found.sequences
    groups = merged([part.groups for part in parts], rows, offsets, len(traces), most)
    return VariantCounts(names, traces.codes, traces.starts, groups)
