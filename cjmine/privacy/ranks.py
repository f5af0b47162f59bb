"""The order of tokens, from the numbers that their letters write and not from text.

A load may hold more tokens than one column of text can, and numbers sort many times as fast.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from cjmine.columns import array, numbers
from cjmine.privacy.pseudonyms import LETTERS

Codes = npt.NDArray[np.int32]
Keys = npt.NDArray[np.uint64]

_WRITTEN = 32  # letters of a token; those in front are its kind
_IN_KEY = 16  # letters that one number of 64 bits holds
_VALUES = np.full(256, 255, np.uint8)
_VALUES[np.frombuffer(LETTERS.encode(), np.uint8)] = np.arange(len(LETTERS), dtype=np.uint8)


def ranked(parts: Sequence[pa.Array]) -> tuple[Codes, bool]:
    """The place of each token among all by their order, and whether all differ.

    >>> tokens = pa.array(["cookie_" + "c" * 32, "cookie_" + "b" * 32])
    >>> ranked([tokens])[0].tolist(), ranked([tokens, tokens])[1]
    ([1, 0], False)
    """
    count = sum(map(len, parts))
    ranks = np.empty(count, np.int32)
    by_kind: dict[bytes, list[tuple[int, Keys]]] = {}
    start = 0
    for part in parts:
        if len(part):
            found = _keys(part)
            if found is None:
                return _by_text(parts)
            by_kind.setdefault(found[0], []).append((start, found[1]))
        start += len(part)
    before = 0
    for kind in sorted(by_kind):
        every = np.concatenate([keys for _, keys in by_kind[kind]])
        order = np.argsort(every)
        ordered = every[order]
        if (ordered[1:] == ordered[:-1]).any():
            return _by_text(parts)  # half of a token is alike, which two that differ hardly have
        codes = np.concatenate(
            [np.arange(first, first + len(keys), dtype=np.int32) for first, keys in by_kind[kind]]
        )
        ranks[codes[order]] = np.arange(before, before + len(order), dtype=np.int32)
        before += len(order)
    return ranks, True


def _keys(tokens: pa.Array) -> tuple[bytes, Keys] | None:
    """The kind of some tokens, and the first half of each as a number; None for other text."""
    count = len(tokens)
    bounds = np.frombuffer(tokens.buffers()[1], np.int32)[tokens.offset :][: count + 1]
    width = int(bounds[1] - bounds[0])
    kind = width - _WRITTEN
    if kind < 1 or (np.diff(bounds) != width).any():
        return None
    octets = np.frombuffer(tokens.buffers()[2], np.uint8)[bounds[0] : bounds[-1]]
    rows = octets.reshape(count, width)
    if (rows[:, :kind] != rows[0, :kind]).any() or rows[0, kind - 1] != ord("_"):
        return None
    keys = np.zeros(count, np.uint64)
    for place in range(kind, width):
        values = _VALUES[rows[:, place]]
        if (values == 255).any():
            return None
        if place < kind + _IN_KEY:
            keys = (keys << np.uint64(4)) | values
    return rows[0, :kind].tobytes(), keys


def _by_text(parts: Sequence[pa.Array]) -> tuple[Codes, bool]:
    """The same of any texts."""
    every = pa.concat_arrays([part.cast(pa.large_string()) for part in parts])
    order = array(pc.array_sort_indices(every)).astype(np.int64)
    ordered = every.take(numbers(order))
    differ = pc.not_equal(ordered.slice(0, max(len(ordered) - 1, 0)), ordered.slice(1))
    ranks = np.empty(len(order), np.int32)
    ranks[order] = np.arange(len(order), dtype=np.int32)
    return ranks, bool(pc.all(differ, min_count=0).as_py())
