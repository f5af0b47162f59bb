"""The privacy step: raw identifiers go in, token codes come out, and raw values stay behind.

Runs inside the streaming scan, batch by batch, before anything sorts, spills or is logged. Raw
values live in one table in memory until the load is over.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cjmine.columns import array, strings
from cjmine.errors import Code, Place, PrivacyError, Problem
from cjmine.privacy.identifiers import normalise, placeholders_among
from cjmine.privacy.pseudonyms import Key, token_column
from cjmine.sources import Identifier, Kind

Codes = npt.NDArray[np.int32]
NOBODY = -1
_PLACEHOLDER = -2


@dataclass(frozen=True, slots=True)
class Protected:
    """Token codes of one column; `NOBODY` where a value is empty or not usable."""

    codes: Codes
    placeholders: int


class TokenTable:
    """Gives every distinct identifier of a load its token and a number (the token's code)."""

    def __init__(self, key: Key) -> None:
        self._key = key
        self._tokens: list[pa.Array] = []
        self._count = 0
        self._seen: dict[tuple[Kind, str | None], dict[str, int]] = {}
        self._normal: dict[Kind, dict[str, int]] = {}
        self._odd_cases: list[int] = []

    def __repr__(self) -> str:
        return f"TokenTable({self._count:,} tokens)"

    def protect(self, values: pa.Array, identifier: Identifier) -> Protected:
        """Replace the raw values of a column by token codes."""
        coded = values if pa.types.is_dictionary(values.type) else values.dictionary_encode()
        distinct: list[str] = coded.dictionary.to_pylist()
        seen = self._seen.setdefault((identifier.kind, identifier.region), {})
        self._learn([value for value in distinct if value not in seen], identifier, seen)
        known = np.fromiter(map(seen.__getitem__, distinct), np.int32, len(distinct))
        indices = array(coded.indices, len(distinct))
        codes = np.append(known, np.int32(NOBODY))[indices]
        nobody = codes == _PLACEHOLDER
        placeholders = int(np.count_nonzero(nobody))
        if placeholders:
            codes[nobody] = NOBODY
        if self._odd_cases and identifier.kind is Kind.CASE:
            placeholders = int(np.isin(codes, self._odd_cases).sum())
        return Protected(codes, placeholders)

    def tokens(self) -> pa.Array:
        """The token of every code, in order."""
        return pa.concat_arrays(self._tokens) if self._tokens else strings([])

    def _learn(self, values: list[str], identifier: Identifier, seen: dict[str, int]) -> None:
        """Give new values their codes: a case called NA is a case, such a customer is nobody."""
        kind = identifier.kind
        known = self._normal.setdefault(kind, {})
        normal = normalise(identifier, values)
        odd = placeholders_among(values)
        usable = normal
        if odd and kind is not Kind.CASE:
            usable = [
                None if value in odd else name for value, name in zip(values, normal, strict=True)
            ]
        new = [name for name in dict.fromkeys(usable) if name is not None and name not in known]
        first = self._count
        known.update(zip(new, range(first, first + len(new)), strict=True))
        self._tokens.append(token_column(self._key, kind, new))
        self._count += len(new)
        if kind is Kind.CASE:
            self._odd_cases += [known[name] for name in new if name in odd]
        if len(new) == len(values):
            seen.update(zip(values, range(first, first + len(new)), strict=True))
            return
        for value, name in zip(values, usable, strict=True):
            code = NOBODY if name is None else known[name]
            seen[value] = _PLACEHOLDER if name is None and value in odd else code

    def assert_injective(self) -> None:
        """Two identifiers never share a token. Raises PrivacyError P105 if they do."""
        if len(self.tokens().unique()) != self._count:
            raise PrivacyError(
                Problem(
                    Code.TOKEN_CLASH,
                    "two different identifiers got the same token",
                    Place(),
                    remedy="load again with a new key",
                )
            )
