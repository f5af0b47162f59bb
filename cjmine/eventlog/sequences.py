"""Distinct sequences of codes: traces, and what else journeys are grouped by."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cjmine.columns import array, once
from cjmine.eventlog.log import Codes, Offsets


@dataclass(frozen=True, slots=True)
class Sequences:
    """Distinct sequences of codes: sequence i is `codes[starts[i]:starts[i + 1]]`.

    Codes have the narrowest type that holds every code of the log, as `narrow` gives it.
    """

    codes: npt.NDArray[np.unsignedinteger]
    starts: Offsets

    def __len__(self) -> int:
        return len(self.starts) - 1

    def one(self, place: int) -> npt.NDArray[np.unsignedinteger]:
        """The codes of one sequence."""
        return self.codes[self.starts[place] : self.starts[place + 1]]


@dataclass(frozen=True, slots=True)
class Found:
    """Distinct sequences, and which of them each of the given ones is."""

    sequences: Sequences
    number: Codes


def narrowest(values: int) -> npt.DTypeLike:
    """The smallest type for numbers below a limit: two bytes and less sort in linear time."""
    return np.uint8 if values <= 1 << 8 else np.uint16 if values <= 1 << 16 else np.uint32


def narrow(codes: npt.NDArray[np.integer], values: int) -> npt.NDArray[np.unsignedinteger]:
    """Codes below `values` in the narrowest type: sequences of large logs take much memory."""
    return codes.astype(narrowest(values))


def distinct(codes: npt.NDArray[np.unsignedinteger], starts: Offsets) -> Found:
    """The distinct sequences in the order in which they first occur.

    >>> found = distinct(np.array([4, 5, 4, 5], np.uint8), np.array([0, 2, 4]))
    >>> found.number.tolist(), found.sequences.codes.tolist()
    ([0, 0], [4, 5])
    """
    written = np.ascontiguousarray(codes)
    width = written.itemsize
    coded = once(
        pa.Array.from_buffers(
            pa.large_binary(),
            len(starts) - 1,
            [None, pa.py_buffer(np.ascontiguousarray(starts * width)), pa.py_buffer(written)],
        )
    )
    kinds = coded.dictionary
    bounds = np.frombuffer(kinds.buffers()[1], np.int64)[: len(kinds) + 1]
    content = np.frombuffer(kinds.buffers()[2] or b"", np.uint8, int(bounds[-1]))
    text: npt.NDArray[np.unsignedinteger] = content.view(written.dtype)
    return Found(Sequences(text, bounds // width), array(coded.indices))


def together(one: Sequences, other: Sequences) -> Found:
    """The distinct sequences of both; the numbers are of `one`, then of `other`."""
    return distinct(
        np.concatenate([one.codes, other.codes]),
        np.concatenate([one.starts, one.starts[-1] + other.starts[1:]]),
    )
