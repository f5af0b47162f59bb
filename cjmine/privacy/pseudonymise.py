"""The privacy step: raw identifiers go in, token codes come out, and raw values stay behind.

Runs inside the streaming scan, batch by batch, before anything sorts, spills or is logged. Raw
values live in one table in memory until the load is over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from cjmine.columns import array, flags, mask, numbers, some_strings, strings
from cjmine.privacy.civil_numbers import CivilNumbers
from cjmine.privacy.identifiers import normal_column, placeholders_among
from cjmine.privacy.known_texts import KnownTexts
from cjmine.privacy.placeholder_numbers import placeholder_numbers
from cjmine.privacy.pseudonyms import Key, token_column
from cjmine.privacy.tokens import Tokens
from cjmine.sources import Identifier, Kind

Codes = npt.NDArray[np.int32]
NOBODY = -1
_PLACEHOLDER = -2
_NEW = -3


@dataclass(frozen=True, slots=True)
class Pseudonymised:
    """Token codes of one column; `NOBODY` where a value is empty or not usable.

    `placeholders` marks the values that say NA, unknown or the like.
    """

    codes: Codes
    placeholders: npt.NDArray[np.bool_]


class _Coded:
    """Texts that have a code already, in the order in which they came."""

    def __init__(self) -> None:
        self._texts = KnownTexts()
        self._codes: Codes = np.zeros(0, np.int32)

    def codes(self, texts: pa.Array) -> Codes:
        """The code of each text; `_NEW` where it has none yet."""
        return np.append(self._codes, np.int32(_NEW))[self._texts.places(texts)]

    def add(self, texts: pa.Array, codes: Codes) -> None:
        """Remember new texts with their codes."""
        self._texts.add(texts)
        self._codes = np.concatenate([self._codes, codes])

    def identifiers(self) -> Iterator[pa.Array]:
        """The texts that identify somebody, in parts."""
        start = 0
        for part in self._texts.parts():
            yield part.filter(flags(self._codes[start : start + len(part)] >= 0))
            start += len(part)


class _Seen:
    """The raw values of a kind of column that have a code already.

    Most are spelled as their kind is, so that they are found among `normal`; only what is spelled
    in another way is remembered beside.
    """

    def __init__(self, normal: _Coded) -> None:
        self._normal, self.other = normal, _Coded()
        self._is_plain = np.zeros(0, bool)

    def codes(self, values: pa.Array) -> Codes:
        """The code of each value; `_NEW` where it has none yet."""
        found, plain = self.other.codes(values), self._normal.codes(values)
        known = (found == _NEW) & (plain >= 0) & (plain < len(self._is_plain))
        known[known] = self._is_plain[plain[known]]
        return np.where(known, plain, found)

    def add(self, values: pa.Array, codes: Codes, is_plain: npt.NDArray[np.bool_]) -> None:
        """Remember new values with their codes; the plain ones are spelled as their kind is."""
        if is_plain.any():
            grown = np.zeros(max(int(codes.max()) + 1, len(self._is_plain)), bool)
            grown[: len(self._is_plain)] = self._is_plain
            grown[codes[is_plain]] = True
            self._is_plain = grown
        self.other.add(values.filter(flags(~is_plain)), codes[~is_plain])


class TokenTable:
    """Gives every distinct identifier of a load its token and a number (the token's code)."""

    def __init__(self, key: Key) -> None:
        self._key = key
        self._pool = ThreadPoolExecutor()
        self._tokens: list[Future[pa.Array]] = []
        self._count = 0
        self._seen: dict[tuple[Kind, str | None, int | None, tuple[str, ...]], _Seen] = {}
        self._normal: dict[Kind, _Coded] = {}
        self._odd_cases: list[int] = []
        self._numbers: list[npt.NDArray[np.int64]] = []
        self._kinds: list[tuple[Kind, int]] = []
        self._made = Tokens(())
        self._adopted: KnownTexts | None = None  # the tokens by their codes, once any is adopted
        self.civil_numbers = CivilNumbers()

    def __repr__(self) -> str:
        return f"TokenTable({self._count:,} tokens)"

    def pseudonymise(self, values: pa.Array, identifier: Identifier) -> Pseudonymised:
        """Replace the raw values of a column by token codes."""
        coded = values if pa.types.is_dictionary(values.type) else values.dictionary_encode()
        key = (identifier.kind, identifier.region, identifier.width, identifier.nobody)
        normal = self._normal.setdefault(identifier.kind, _Coded())
        seen = self._seen.setdefault(key, _Seen(normal))
        known = seen.codes(coded.dictionary)
        new = known == _NEW
        if new.any():
            fresh = coded.dictionary.filter(flags(new))
            known[new], is_plain = self._learn(fresh, identifier, normal)
            seen.add(fresh, known[new], is_plain)
        codes = np.append(known, np.int32(NOBODY))[array(coded.indices, len(known))]
        placeholders = codes == _PLACEHOLDER
        if placeholders.any():
            codes[placeholders] = NOBODY
        if self._odd_cases and identifier.kind is Kind.CASE:
            placeholders = np.isin(codes, self._odd_cases)
        return Pseudonymised(codes, placeholders)

    def adopt(self, tokens: pa.Array) -> Codes:
        """The codes of distinct tokens of an earlier load under the same key; new ones get one.

        Reading is over: no further identifiers are learnt.
        """
        if self._adopted is None:
            self._adopted = KnownTexts()
            for part in self.made.parts:
                self._adopted.add(part)
        known = self._adopted.places(tokens)
        places = np.flatnonzero(known < 0)
        new = tokens.take(numbers(places))
        for kind in Kind if len(new) else ():
            is_of_kind = mask(pc.starts_with(new, f"{kind}_"))
            if is_of_kind.any():
                of_kind = new.filter(flags(is_of_kind))
                made: Future[pa.Array] = Future()
                made.set_result(of_kind)
                self._tokens.append(made)
                self._kinds.append((kind, len(of_kind)))
                self._count += len(of_kind)
                known[places[is_of_kind]] = self._adopted.add(of_kind)
        return known

    def adopt_column(self, column: pa.DictionaryArray) -> Codes:
        """The codes of a column of such tokens; `NOBODY` where a value is empty."""
        known = self.adopt(column.dictionary)
        found: Codes = np.append(known, np.int32(NOBODY))[array(column.indices, len(known))]
        return found

    def adopt_numbers(self, tokens: Sequence[str]) -> None:
        """Take tokens for those of numbers such as 0, 999999 or 12345."""
        self._numbers.append(self.adopt(strings(tokens)).astype(np.int64))

    @property
    def count(self) -> int:
        """How many codes there are."""
        return self._count

    @property
    def made(self) -> Tokens:
        """The tokens of all codes so far."""
        if self._made.count != self._count:
            self._made = Tokens(tuple(part.result() for part in self._tokens))
        return self._made

    def tokens(self) -> pa.Array:
        """The token of every code, in order."""
        return self.made.texts()

    def identifiers(self) -> Iterator[pa.Array]:
        """Every identifier that got a token, as it was read and in the spelling of its kind.

        They are raw values: they are compared with what is kept, and go no further.
        """
        for normal in self._normal.values():
            yield from normal.identifiers()
        for seen in self._seen.values():
            yield from seen.other.identifiers()

    def forget(self) -> None:
        """Drop all identifiers, when nothing is left to read or to compare with them."""
        self._normal, self._seen = {}, {}

    def of_kinds(self, wanted: frozenset[Kind]) -> npt.NDArray[np.bool_]:
        """Which codes are of some kinds."""
        made = [np.full(count, kind in wanted) for kind, count in self._kinds]
        return np.concatenate([np.zeros(0, bool), *made])

    @property
    def placeholder_numbers(self) -> Codes:
        """The codes of customers whose identifier is a number such as 0, 999999 or 12345."""
        return np.concatenate([np.zeros(0, np.int32), *self._numbers]).astype(np.int32)

    def _learn(
        self, column: pa.Array, identifier: Identifier, known: _Coded
    ) -> tuple[Codes, npt.NDArray[np.bool_]]:
        """Codes for new values, and which of these are spelled as their kind is.

        A case called NA is a case, such a customer is not usable.
        """
        kind = identifier.kind
        usable = normal_column(identifier, column)
        odd = placeholders_among(column) | _declared_among(column, identifier.nobody)
        if odd and kind is not Kind.CASE:
            usable = [
                None if value in odd else name
                for value, name in zip(column.to_pylist(), usable, strict=True)
            ]
        names = list(dict.fromkeys(name for name in usable if name is not None))
        written = strings(names)
        codes = known.codes(written)
        is_new = codes == _NEW
        first, many = self._count, int(np.count_nonzero(is_new))
        new = names if many == len(names) else [names[one] for one in np.flatnonzero(is_new)]
        if kind is Kind.CUSTOMER:
            self.civil_numbers.look(identifier.column, new)
        codes[is_new] = np.arange(first, first + many, dtype=np.int32)
        fresh = written.filter(flags(is_new))
        known.add(fresh, codes[is_new])
        # The codes are settled; the tokens are made while the next records are read.
        self._tokens.append(self._pool.submit(token_column, self._key, kind, new))
        self._count += many
        if kind is not Kind.CASE:
            self._numbers.append(np.flatnonzero(placeholder_numbers(fresh)) + first)
        self._kinds.append((kind, many))
        if odd and kind is Kind.CASE:
            is_odd = np.array([name in odd for name in names], bool)
            self._odd_cases += codes[is_odd & is_new].tolist()
        is_plain = mask(pc.equal(column, some_strings(usable)))
        if many == len(column):
            return codes, is_plain
        code_of = dict(zip(names, codes.tolist(), strict=True))
        without = (_PLACEHOLDER if value in odd else NOBODY for value in column.to_pylist())
        found = (
            code if name is None else code_of[name]
            for name, code in zip(usable, without, strict=True)
        )
        return np.fromiter(found, np.int32, len(column)), is_plain


def _declared_among(values: pa.Array, nobody: tuple[str, ...]) -> frozenset[str]:
    """The values that are declared to stand for no customer."""
    if not nobody:
        return frozenset()
    is_declared = pc.is_in(pc.utf8_trim_whitespace(values), value_set=strings(nobody))
    return frozenset(values.filter(is_declared).to_pylist())
