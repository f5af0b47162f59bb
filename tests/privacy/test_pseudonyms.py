"""Tokens are a published, frozen function: the vectors, a second implementation, and a control."""

from __future__ import annotations

import re
from itertools import combinations

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjmine.errors import Code, PrivacyError
from cjmine.privacy import pseudonymise
from cjmine.privacy.pseudonymise import TokenTable
from cjmine.privacy.pseudonyms import Key, tokens
from cjmine.sources import Identifier, Kind

KEY = Key(bytes(range(32)))
OTHER_KEY = Key(bytes(range(1, 33)))
# Fixed for ever in version 1: who changes these breaks every saved log.
VECTORS = [
    (Kind.CUSTOMER, "K-000123", "customer_nndnljjthrcsgfbmdqftgffpflntmldb"),
    (Kind.COOKIE, "K-000123", "cookie_fdbgfrghgshrsldjqfkfbhmsctnmbtgh"),
    (Kind.PHONE, "+31612345678", "phone_qghjlljhhrljfbqmgbkdpdjcnksmtdfr"),
]
# A spreadsheet of odd values: one written twice in Unicode, an emoji, 10 kB, almost empty.
ODD = ["", " ", "é", "e\u0301", "🏠", "x" * 10_000, "\0", "K-000123\n", "K-000123 "]
values = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def by_sql(key: Key, kind: str, raw: list[str]) -> list[str]:
    """The published formula once more, from nothing but SHA-256, in another engine.

    HMAC is written out: hash(outer pad + hash(inner pad + message)).
    """

    def pads(secret: bytes) -> tuple[bytes, bytes]:
        block = secret.ljust(64, b"\0")
        return bytes(byte ^ 0x36 for byte in block), bytes(byte ^ 0x5C for byte in block)

    connection = duckdb.connect(":memory:")

    def mac(secret: bytes, messages: list[bytes]) -> list[str]:
        inner, outer = pads(secret)
        connection.register("given", pa.table({"place": range(len(messages)), "raw": messages}))
        found = connection.execute(
            "SELECT sha256(?::BLOB || unhex(sha256(?::BLOB || raw))) FROM given ORDER BY place",
            [outer, inner],
        ).fetchall()
        return [digest for (digest,) in found]

    (subkey,) = mac(key.master, [b"cjmine/pseudonym/v1\x00" + kind.encode()])
    letters = dict(zip("0123456789abcdef", "bcdfghjklmnpqrst", strict=True))
    return [
        f"{kind}_" + "".join(letters[sign] for sign in digest[:32])
        for digest in mac(bytes.fromhex(subkey), [value.encode() for value in raw])
    ]


@pytest.mark.parametrize(("kind", "value", "token"), VECTORS)
def test_the_published_vectors_hold(kind: Kind, value: str, token: str) -> None:
    assert tokens(KEY, kind, [value]) == [token]
    assert KEY.id == "qsjpbfql"


@pytest.mark.parametrize("kind", list(Kind))
def test_another_engine_computes_the_same_tokens(kind: Kind) -> None:
    raw = [*ODD, *(f"{kind} {number:04}" for number in range(1000))]
    assert tokens(KEY, kind, raw) == by_sql(KEY, kind, raw)


@given(st.binary(min_size=32, max_size=32).filter(lambda master: len(set(master)) > 1), values)
def test_another_engine_agrees_under_any_key(master: bytes, value: str) -> None:
    key = Key(master)
    assert tokens(key, Kind.EMAIL, [value]) == by_sql(key, "email", [value])


@given(values)
def test_a_token_is_its_kind_and_thirty_two_consonants(value: str) -> None:
    """No digit, no vowel: a token is never a phone number, an account or a word."""
    for kind in Kind:
        (token,) = tokens(KEY, kind, [value])
        assert re.fullmatch(rf"{kind}_[bcdfghjklmnpqrst]{{32}}", token)


def test_tokens_of_two_kinds_or_two_keys_never_meet() -> None:
    """Same raw values: 8 kinds, 2 keys, 2,000 values, and no letters in common."""
    raw = [f"{number:05}" for number in range(2000)]
    letters = {
        (key.id, kind): {token.partition("_")[2] for token in tokens(key, kind, raw)}
        for key in (KEY, OTHER_KEY)
        for kind in Kind
    }
    assert all(len(one) == len(raw) for one in letters.values())
    for one, other in combinations(letters.values(), 2):
        assert not one & other


@given(st.lists(values, unique=True, max_size=30), st.randoms(use_true_random=False))
def test_a_token_depends_on_the_value_alone(raw: list[str], random: object) -> None:
    """Not on the order, on what else is there, or on how the values come in parts."""
    whole = dict(zip(raw, tokens(KEY, Kind.COOKIE, raw), strict=True))
    assert len(set(whole.values())) == len(raw)
    shuffled = list(raw)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    for value in shuffled:
        assert tokens(KEY, Kind.COOKIE, [value]) == [whole[value]]


def test_guessing_without_the_key_finds_nobody() -> None:
    """Who has the tokens and the list of all candidates, but another key, recovers none."""
    people = [f"+3161234{number:04}" for number in range(0, 10_000, 40)]
    everybody = [f"+3161234{number:04}" for number in range(10_000)]
    published = set(tokens(KEY, Kind.PHONE, people))
    assert not published & set(tokens(OTHER_KEY, Kind.PHONE, everybody))
    assert published == published & set(tokens(KEY, Kind.PHONE, everybody)), "the key finds all"


def protected(raw: list[str], kind: Kind = Kind.CUSTOMER) -> TokenTable:
    table = TokenTable(KEY)
    table.pseudonymise(pa.array(raw, pa.string()), Identifier("x", kind))
    return table


def test_two_customers_never_share_a_token() -> None:
    table = protected([f"c{number}" for number in range(5000)])
    table.made.assert_injective()
    assert len(set(table.tokens().to_pylist())) == 5000


def test_tokens_cut_to_eight_bits_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: a build whose tokens are too short must not get through a load."""

    def short(key: Key, kind: Kind, raw: list[str]) -> pa.Array:
        return pa.array([token[: len(kind) + 3] for token in tokens(key, kind, raw)])

    monkeypatch.setattr(pseudonymise, "token_column", short)
    table = protected([f"c{number}" for number in range(400)])
    with pytest.raises(PrivacyError) as caught:
        table.made.assert_injective()
    assert caught.value.code is Code.TOKEN_CLASH


@given(
    st.lists(
        st.sampled_from(["a", "b", "c ", " c", "é", "e\u0301", "NA", "-", "", None]), max_size=40
    ),
    st.integers(1, 40),
)
def test_batches_make_no_difference(raw: list[str | None], size: int) -> None:
    """However a column is cut into batches, equal values have equal codes and tokens."""
    column = Identifier("x", Kind.COOKIE)
    whole, parts = TokenTable(KEY), TokenTable(KEY)

    def told(table: TokenTable, pieces: list[list[str | None]]) -> list[str | None]:
        codes = [
            code
            for piece in pieces
            for code in table.pseudonymise(pa.array(piece, pa.string()), column).codes.tolist()
        ]
        names = table.tokens().to_pylist()
        return [names[code] if code >= 0 else None for code in codes]

    pieces = [raw[start : start + size] for start in range(0, len(raw), size)]
    found = told(whole, [raw])
    assert told(parts, pieces) == found
    for value, token in zip(raw, found, strict=True):
        nobody = value is None or value.strip() in ("", "NA", "-")
        assert (token is None) == nobody
        if value is not None and token is not None:
            composed = {"c ": "c", " c": "c", "e\u0301": "é"}.get(value, value)
            assert [token] == tokens(KEY, Kind.COOKIE, [composed])


def test_a_token_table_shows_sizes_only() -> None:
    assert repr(protected(["Jan Jansen"])) == "TokenTable(1 tokens)"
