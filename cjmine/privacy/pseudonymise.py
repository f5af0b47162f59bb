"""The privacy step: raw identifiers go in, token codes come out, and raw values stay behind.

Runs inside the streaming scan, batch by batch, before anything sorts, spills or is logged. Raw
values live in one table in memory until the load is over.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from cjmine.columns import array, flags, numbers, strings
from cjmine.errors import Code, Place, PrivacyError, Problem
from cjmine.privacy.civil_numbers import CivilNumbers
from cjmine.privacy.identifiers import normal_column, placeholders_among
from cjmine.privacy.placeholder_numbers import placeholder_numbers
from cjmine.privacy.pseudonyms import Key, token_column
from cjmine.privacy.ranks import ranked
from cjmine.sources import Identifier, Kind

Codes = npt.NDArray[np.int32]
NOBODY = -1
_PLACEHOLDER = -2
_PART = 1 << 18  # identifiers that are handed out at once


@dataclass(frozen=True, slots=True)
class Pseudonymised:
    """Token codes of one column; `NOBODY` where a value is empty or not usable.

    `placeholders` marks the values that say NA, unknown or the like.
    """

    codes: Codes
    placeholders: npt.NDArray[np.bool_]


class _Seen:
    """The raw values of one kind that have a code already, in the order in which they came."""

    def __init__(self) -> None:
        self._values = strings([])
        self.codes: Codes = np.zeros(0, np.int32)

    def places(self, values: pa.Array) -> Codes:
        """The place of each value; -1 for a new one."""
        if not len(self._values):
            return np.full(len(values), -1, np.int32)
        return array(pc.index_in(values, value_set=self._values), -1).copy()

    @property
    def identifiers(self) -> pa.Array:
        """The values that identify somebody."""
        return self._values.filter(flags(self.codes >= 0))

    def add(self, values: pa.Array, codes: Codes) -> Codes:
        """Remember new values with their codes; their places from now on."""
        first = len(self._values)
        self._values = pa.concat_arrays([self._values, values])
        self.codes = np.concatenate([self.codes, codes])
        return np.arange(first, len(self._values), dtype=np.int32)


class TokenTable:
    """Gives every distinct identifier of a load its token and a number (the token's code)."""

    def __init__(self, key: Key) -> None:
        self._key = key
        self._pool = ThreadPoolExecutor()
        self._tokens: list[Future[pa.Array]] = []
        self._count = 0
        self._seen: dict[tuple[Kind, str | None, int | None, tuple[str, ...]], _Seen] = {}
        self._normal: dict[Kind, dict[str, int]] = {}
        self._odd_cases: list[int] = []
        self._numbers: list[npt.NDArray[np.int64]] = []
        self._kinds: list[tuple[Kind, int]] = []
        self._ranks: Codes = np.zeros(0, np.int32)
        self._is_injective = True
        self.civil_numbers = CivilNumbers()

    def __repr__(self) -> str:
        return f"TokenTable({self._count:,} tokens)"

    def pseudonymise(self, values: pa.Array, identifier: Identifier) -> Pseudonymised:
        """Replace the raw values of a column by token codes."""
        coded = values if pa.types.is_dictionary(values.type) else values.dictionary_encode()
        seen = self._seen.setdefault(
            (identifier.kind, identifier.region, identifier.width, identifier.nobody), _Seen()
        )
        places = seen.places(coded.dictionary)
        new = places < 0
        if new.any():
            fresh = coded.dictionary.filter(flags(new))
            places[new] = seen.add(fresh, self._learn(fresh, identifier))
        indices = array(coded.indices, len(places))
        codes = np.append(seen.codes[places], np.int32(NOBODY))[indices]
        placeholders = codes == _PLACEHOLDER
        if placeholders.any():
            codes[placeholders] = NOBODY
        if self._odd_cases and identifier.kind is Kind.CASE:
            placeholders = np.isin(codes, self._odd_cases)
        return Pseudonymised(codes, placeholders)

    def adopt(self, tokens: pa.Array) -> None:
        """Give codes to the tokens of an earlier load under the same key that have none yet."""
        known = self.codes_of(tokens)
        new = tokens.filter(flags(known < 0)).unique()
        names = new.to_pylist()
        for kind in Kind:
            of_kind = strings([name for name in names if name.startswith(f"{kind}_")])
            if len(of_kind):
                made: Future[pa.Array] = Future()
                made.set_result(of_kind)
                self._tokens.append(made)
                self._kinds.append((kind, len(of_kind)))
                self._count += len(of_kind)

    def codes_of(self, tokens: pa.Array) -> Codes:
        """The codes of tokens; `NOBODY` where one has none."""
        found = np.full(len(tokens), NOBODY, np.int32)
        start = 0
        for part in self._made():
            places = array(pc.index_in(tokens, value_set=part), NOBODY)
            found[places >= 0] = places[places >= 0] + start
            start += len(part)
        return found

    def adopt_numbers(self, codes: Codes) -> None:
        """Take codes for those of numbers such as 0, 999999 or 12345."""
        self._numbers.append(codes.astype(np.int64))

    @property
    def count(self) -> int:
        """How many codes there are."""
        return self._count

    def tokens(self) -> pa.Array:
        """The token of every code, in order."""
        made = self._made()
        return pa.concat_arrays(made) if made else strings([])

    def ranks(self) -> Codes:
        """The place of each code among all, in the order of their tokens."""
        if len(self._ranks) != self._count:
            self._ranks, self._is_injective = ranked(self._made())
        return self._ranks

    def coded(self, codes: Codes) -> pa.DictionaryArray:
        """The tokens of some codes; in the dictionary those that occur, in order."""
        ranks = np.append(self.ranks(), np.int32(NOBODY))[codes]
        used = np.zeros(self._count + 1, bool)
        used[ranks] = True
        used = used[:-1]
        own = np.append(np.cumsum(used, dtype=np.int32) - 1, np.int32(NOBODY))[ranks]
        at_rank = np.empty(self._count, np.int32)
        at_rank[self._ranks] = np.arange(self._count, dtype=np.int32)
        found = self._tokens_of(at_rank[used])
        return pa.DictionaryArray.from_arrays(numbers(own, own < 0), found)

    def identifiers(self) -> Iterator[pa.Array]:
        """Every identifier that got a token, as it was read and in the spelling of its kind.

        They are raw values: they are compared with what is kept, and go no further.
        """
        for seen in self._seen.values():
            yield seen.identifiers
        for known in self._normal.values():
            names = iter(known)
            while some := list(islice(names, _PART)):
                yield strings(some)

    def _made(self) -> list[pa.Array]:
        return [part.result() for part in self._tokens]

    def _tokens_of(self, codes: Codes) -> pa.Array:
        made = self._made()
        starts = np.cumsum([0, *map(len, made)])
        order = np.argsort(codes, kind="stable")
        ordered = codes[order]
        bounds = np.searchsorted(ordered, starts)
        taken = [
            part.take(numbers(ordered[first:last] - np.int32(start)))
            for part, start, first, last in zip(made, starts, bounds, bounds[1:], strict=False)
            if last > first
        ]
        back = np.empty(len(codes), np.int32)
        back[order] = np.arange(len(codes), dtype=np.int32)
        return pa.concat_arrays(taken).take(numbers(back)) if taken else strings([])

    def of_kinds(self, wanted: frozenset[Kind]) -> npt.NDArray[np.bool_]:
        """Which codes are of some kinds."""
        made = [np.full(count, kind in wanted) for kind, count in self._kinds]
        return np.concatenate([np.zeros(0, bool), *made])

    @property
    def placeholder_numbers(self) -> Codes:
        """The codes of customers whose identifier is a number such as 0, 999999 or 12345."""
        return np.concatenate([np.zeros(0, np.int32), *self._numbers]).astype(np.int32)

    def _learn(self, column: pa.Array, identifier: Identifier) -> Codes:
        """Codes for new values: a case called NA is a case, such a customer is not usable."""
        kind = identifier.kind
        known = self._normal.setdefault(kind, {})
        usable = normal_column(identifier, column)
        odd = placeholders_among(column) | _declared_among(column, identifier.nobody)
        if odd and kind is not Kind.CASE:
            usable = [
                None if value in odd else name
                for value, name in zip(column.to_pylist(), usable, strict=True)
            ]
        names = dict.fromkeys(name for name in usable if name is not None)
        is_new = known.keys().isdisjoint(names)
        new = list(names) if is_new else [name for name in names if name not in known]
        if kind is Kind.CUSTOMER:
            self.civil_numbers.look(identifier.column, new)
        first = self._count
        known.update(zip(new, range(first, first + len(new)), strict=True))
        # The codes are settled; the tokens are made while the next records are read.
        self._tokens.append(self._pool.submit(token_column, self._key, kind, new))
        self._count += len(new)
        if kind is not Kind.CASE:
            self._numbers.append(np.flatnonzero(placeholder_numbers(strings(new))) + first)
        self._kinds.append((kind, len(new)))
        if kind is Kind.CASE:
            self._odd_cases += [known[name] for name in new if name in odd]
        if len(new) == len(column):
            return np.arange(first, first + len(new), dtype=np.int32)
        codes = (_PLACEHOLDER if value in odd else NOBODY for value in column.to_pylist())
        return np.fromiter(
            (
                code if name is None else known[name]
                for name, code in zip(usable, codes, strict=True)
            ),
            np.int32,
            len(column),
        )

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


def _declared_among(values: pa.Array, nobody: tuple[str, ...]) -> frozenset[str]:
    """The values that are declared to stand for no customer."""
    if not nobody:
        return frozenset()
    is_declared = pc.is_in(pc.utf8_trim_whitespace(values), value_set=strings(nobody))
    return frozenset(values.filter(is_declared).to_pylist())
