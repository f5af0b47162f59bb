"""The privacy step: raw identifiers go in, token codes come out, and raw values stay behind.

Runs inside the streaming scan, batch by batch, before anything sorts, spills or is logged. Raw
values live in one table in memory until the load is over.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cjmine.columns import array, strings
from cjmine.errors import Code, Place, PrivacyError, Problem
from cjmine.privacy.identifiers import is_placeholder, normalise
from cjmine.privacy.pseudonyms import Key, tokens
from cjmine.sources import Identifier, Kind

Codes = npt.NDArray[np.int32]
NOBODY = -1


@dataclass(frozen=True, slots=True)
class Protected:
    """Token codes of one column; `NOBODY` where a value is empty or not usable."""

    codes: Codes
    placeholders: int


class TokenTable:
    """Gives every distinct identifier of a load its token and a number (the token's code)."""

    def __init__(self, key: Key) -> None:
        self._key = key
        self._tokens: list[str] = []
        self._kinds: list[Kind] = []
        self._seen: dict[tuple[Kind, str | None], dict[str, int]] = {}
        self._normal: dict[Kind, dict[str, int]] = {}

    def __repr__(self) -> str:
        return f"TokenTable({len(self._tokens):,} tokens)"

    def protect(self, values: pa.Array, identifier: Identifier) -> Protected:
        """Replace the raw values of a column by token codes."""
        coded = values.dictionary_encode()
        distinct: list[str] = coded.dictionary.to_pylist()
        seen = self._seen.setdefault((identifier.kind, identifier.region), {})
        self._learn([value for value in distinct if value not in seen], identifier, seen)
        codes = np.fromiter((seen[value] for value in distinct), np.int32, len(distinct))
        indices = array(coded.indices, len(distinct))
        counts = np.bincount(indices, minlength=len(distinct) + 1)
        placeholders = sum(
            int(counts[place]) for place, value in enumerate(distinct) if is_placeholder(value)
        )
        return Protected(np.append(codes, np.int32(NOBODY))[indices], placeholders)

    def tokens(self) -> pa.Array:
        """The token of every code, in order."""
        return strings(self._tokens)

    def is_kind(self, kind: Kind) -> npt.NDArray[np.bool_]:
        """Which codes are of a kind."""
        return np.fromiter((one is kind for one in self._kinds), bool, len(self._kinds))

    def _learn(self, values: list[str], identifier: Identifier, seen: dict[str, int]) -> None:
        if not values:
            return
        kind = identifier.kind
        known = self._normal.setdefault(kind, {})
        normal = normalise(identifier, values)
        if kind is not Kind.CASE:
            normal = [None if name is None or is_placeholder(name) else name for name in normal]
        new = list(dict.fromkeys(name for name in normal if name and name not in known))
        made = tokens(self._key, kind, new)
        first = len(self._tokens)
        known.update(zip(new, range(first, first + len(new)), strict=True))
        self._tokens += made
        self._kinds += [kind] * len(made)
        for value, name in zip(values, normal, strict=True):
            seen[value] = known[name] if name else NOBODY

    def assert_injective(self) -> None:
        """Two identifiers never share a token. Raises PrivacyError P105 if they do."""
        if len(set(self._tokens)) != len(self._tokens):
            raise PrivacyError(
                Problem(
                    Code.TOKEN_CLASH,
                    "two different identifiers got the same token",
                    Place(),
                    remedy="load again with a new key",
                )
            )


@dataclass(frozen=True, slots=True)
class KeyUse:
    """What a log says about the key behind its tokens; never the key."""

    id: str
    thrown_away: bool = field(default=False)
