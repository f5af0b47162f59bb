"""Whether a word looks drawn at random, as session ids and tokens do, or made of language.

Each sign costs as many bits as it is unexpected behind the sign before it. In Dutch, English,
German and French words that is less than a sign at random costs; in a token it is more.
"""

from __future__ import annotations

import math
import re
import unicodedata

# How unexpected each letter a to z is, in bits (hexadecimal), at the beginning of a word and behind
# each letter a to z: counted in the 40,000 commonest words of each of the four languages.
_BITS = (
    "44444545565545548435655a96",
    "55459656496353959343468978",
    "3688297838a3983ac3564a8f79",
    "3a693aa14d45aa3aa5745cce7c",
    "4896187738867748d456477d79",
    "665556675a6452869235667787",
    "3886336839948839f354498b88",
    "48b619654a857559e455599f7a",
    "28a929983c95653ac4634a7d69",
    "56453649a5645246753386b9c7",
    "38a425686a378537e957368ee6",
    "3799288647548638f443496d78",
    "378527792a737847c955579e59",
    "258829893c974834f9665a9c7a",
    "47533637496785599843678b87",
    "76555657696442459345466878",
    "3998267549949934d35559ad89",
    "7a9baabd8dd9abdb899a0ddddd",
    "366527573a665547a544577c77",
    "47383875497667449832587f78",
    "3879288527968849e445587d66",
    "554545564a744395a334766698",
    "3aa91bab3cc6ab39f59a7abf9e",
    "289729a629879639f6675a8f8d",
    "494837d62d878d528b93569669",
    "3645387959844444c435677ab7",
    "37aa28872b969a39ea953a5c76",
)
_AT_RANDOM = math.log2(36)
_DIGIT, _FIRST_DIGIT, _CHANGE, _CAPITAL = 3.3, 4.0, 7.0, 3.0
_ENOUGH = 8.0  # bits: in 130,000 rarer words of these languages, four reach it
_SHORTEST = 8
_CHANGES = re.compile(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])", re.I)
_MOST_CHANGES = 3


def is_random(word: str) -> bool:
    """Whether a word of letters and digits looks drawn at random; short ones never do.

    >>> [is_random(word) for word in ("lit3py55t21z5v55vlm25s55", "dQw4w9WgXcQ", "xkcdqwrtzp")]
    [True, True, True]
    >>> [is_random(word) for word in ("persoonsgegevens", "MijnGegevens", "iso27001", "kvk")]
    [False, False, False, False]
    """
    if len(word) < _SHORTEST:
        return False
    return len(_CHANGES.findall(word)) > _MOST_CHANGES or _surprise(word) > _ENOUGH


def _surprise(word: str) -> float:
    """How many bits more a word costs than signs at random would."""
    total, before = 0.0, ""
    for sign in unicodedata.normalize("NFKD", word):
        if not unicodedata.combining(sign):
            total += _cost(before, sign) - _AT_RANDOM
            before = sign
    return total


def _cost(before: str, sign: str) -> float:
    """How unexpected a sign is, in bits; letters of other scripts say nothing."""
    if sign.isdecimal():
        return _DIGIT if before.isdecimal() else _CHANGE if before else _FIRST_DIGIT
    small = sign.lower()
    if not "a" <= small <= "z":
        return _AT_RANDOM
    letter = ord(small) - ord("a")
    if before.isdecimal():
        return _CHANGE
    if before.islower() and sign.isupper():
        return _CAPITAL + int(_BITS[0][letter], 16)
    row = ord(before.lower()) - ord("a") + 1 if "a" <= before.lower() <= "z" else 0
    return float(int(_BITS[row][letter], 16))
