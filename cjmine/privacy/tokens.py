"""The tokens of a load by their codes, without the identifiers that they replace."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cjmine.columns import numbers, strings
from cjmine.errors import Code, Place, PrivacyError, Problem
from cjmine.privacy.ranks import ranked

Codes = npt.NDArray[np.int32]
_NONE = -1


class Tokens:
    """The token of every code, in parts: a load may hold more text than one column can."""

    def __init__(self, parts: Sequence[pa.Array]) -> None:
        self.parts = [part for part in parts if len(part)]
        self._starts = np.cumsum([0, *map(len, self.parts)])
        self.count = int(self._starts[-1])
        self._ranks: Codes | None = None
        self._is_injective = True

    def __repr__(self) -> str:
        return f"Tokens({self.count:,})"

    def texts(self) -> pa.Array:
        """All tokens in the order of their codes."""
        return pa.concat_arrays(self.parts) if self.parts else strings([])

    def ranks(self) -> Codes:
        """The place of each code among all, in the order of their tokens."""
        if self._ranks is None:
            self._ranks, self._is_injective = ranked(self.parts)
        return self._ranks

    def assert_injective(self) -> None:
        """Two identifiers never share a token. Raises PrivacyError P105 if they do."""
        self.ranks()
        if not self._is_injective:
            raise PrivacyError(
                Problem(
                    Code.TOKEN_CLASH,
                    "two different identifiers got the same token",
                    Place(),
                    remedy="load again with a new key",
                )
            )

    def coded(self, codes: Codes) -> pa.DictionaryArray:
        """The tokens of some codes, -1 being none; in the dictionary those that occur, in order."""
        ranks = self.ranks()
        used = np.zeros(self.count + 1, bool)
        used[codes] = True
        some = np.flatnonzero(used[:-1]).astype(np.int32)
        some = some[np.argsort(ranks[some])]
        own = np.full(self.count + 1, _NONE, np.int32)
        own[some] = np.arange(len(some), dtype=np.int32)
        found = own[codes]
        return pa.DictionaryArray.from_arrays(numbers(found, found < 0), self._of(some))

    def _of(self, codes: Codes) -> pa.Array:
        """The tokens of some codes, one each."""
        order = np.argsort(codes)
        ordered = codes[order]
        bounds = np.searchsorted(ordered, self._starts)
        taken = [
            part.take(numbers(ordered[first:last] - np.int32(start)))
            for part, start, first, last in zip(
                self.parts, self._starts, bounds, bounds[1:], strict=False
            )
            if last > first
        ]
        back = np.empty(len(codes), np.int32)
        back[order] = np.arange(len(codes), dtype=np.int32)
        return pa.concat_arrays(taken).take(numbers(back)) if taken else strings([])
