"""Tokens: the keyed replacement of an identifier, a published and frozen function (version 1).

    subkey = HMAC-SHA-256(master, "cjmine/pseudonym/v1" || 00 || kind)
    token  = kind || "_" || letters(HMAC-SHA-256(subkey, utf8(normalised value))[:16])
    key id = letters(HMAC-SHA-256(master, "cjmine/key-id/v1"))[:8]

`letters` writes each half byte as one of 16 consonants: a token holds no digit, so that it never
looks like a phone number, a bank account or a card to a leak detector. 128 bits make a collision
among a billion identifiers about as likely as 1e-21. A token is still personal data.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cjmine.columns import fixed_strings
from cjmine.errors import Code, Place, PrivacyError, Problem
from cjmine.sources import Kind

LETTERS = "bcdfghjklmnpqrst"
# Each byte as its two letters, the high half first.
_PAIRS = np.array([[ord(high), ord(low)] for high in LETTERS for low in LETTERS], np.uint8)
_TAKEN = 16  # bytes of a digest; the rest is left out
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Key:
    """The secret of one project: 32 bytes that are never printed."""

    master: bytes = field(repr=False)
    thrown_away: bool = False

    def __post_init__(self) -> None:
        if len(self.master) != KEY_BYTES or len(set(self.master)) < 2:
            raise PrivacyError(
                Problem(
                    Code.KEY_UNSAFE,
                    f"a key is {KEY_BYTES} random bytes",
                    Place(),
                    remedy="make one: cjmine privacy new-key FILE",
                )
            )

    @property
    def id(self) -> str:
        """Eight letters that name the key without telling it.

        >>> Key(bytes(range(32))).id
        'qsjpbfql'
        """
        digest = hmac.digest(self.master, b"cjmine/key-id/v1", "sha256")
        return bytes(_PAIRS[list(digest)]).decode()[:8]


def tokens(key: Key, kind: Kind, values: Iterable[str]) -> list[str]:
    """Replace each normalised value by its token, in order.

    Equal values give equal tokens under one key and kind; call it on distinct values.

    >>> tokens(Key(bytes(range(32))), Kind.CUSTOMER, ["K-000123"])
    ['customer_nndnljjthrcsgfbmdqftgffpflntmldb']
    """
    written: list[str] = token_column(key, kind, values).to_pylist()
    return written


def token_column(key: Key, kind: Kind, values: Iterable[str]) -> pa.Array:
    """The same as a column of text."""
    subkey = hmac.digest(key.master, b"cjmine/pseudonym/v1\x00" + kind.encode(), "sha256")
    block = subkey.ljust(64, b"\x00")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in block)).copy
    outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in block)).copy
    digests = []
    for value in values:  # HMAC as RFC 2104 defines it, from the two states that the key gives
        inside, outside = inner(), outer()
        inside.update(value.encode())
        outside.update(inside.digest())
        digests.append(outside.digest())
    taken = np.frombuffer(b"".join(digests), np.uint8).reshape(-1, 32)[:, :_TAKEN]
    prefix = np.frombuffer(f"{kind}_".encode(), np.uint8)
    rows = np.empty((len(digests), len(prefix) + 2 * _TAKEN), np.uint8)
    rows[:, : len(prefix)] = prefix
    rows[:, len(prefix) :] = _PAIRS[taken].reshape(-1, 2 * _TAKEN)
    return fixed_strings(rows)


def veiled(values: npt.NDArray[np.uint64], key: Key) -> npt.NDArray[np.uint64]:
    """Hashes of natural keys as ones that need the key of the project, so that none is looked up.

    Equal values give equal numbers under one key; 0 stays 0.

    >>> found = veiled(np.array([1, 2, 1], np.uint64), Key(bytes(range(32))))
    >>> bool(found[0] == found[2] != found[1])
    True
    """
    subkey = hmac.digest(key.master, b"cjmine/delivery/v1", "sha256")
    octets = np.ascontiguousarray(values).view(np.uint8).reshape(-1, 8)
    made = (hashlib.blake2b(row.tobytes(), digest_size=8, key=subkey).digest() for row in octets)
    return np.where(values == 0, values, np.frombuffer(b"".join(made), np.uint64))
