"""Short texts as numbers: words, pairs of words and parts of words, each in a numbered bucket.

There is no vocabulary: a model knows buckets. Who guesses a word can find its bucket, and
parts that fit together spell words, so training keeps only buckets that many texts share.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt

BUCKETS = 1 << 18
_WORDS = re.compile(r"\w+|[^\w\s]")
_PARTS = (3, 4, 5)
_LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each bucket occurs in each text: one entry a (text, bucket), texts in order."""

    text: npt.NDArray[np.int64] = field(repr=False)
    bucket: npt.NDArray[np.int64] = field(repr=False)
    count: npt.NDArray[np.float64] = field(repr=False)
    texts: int


def count(texts: Sequence[str]) -> Counts:
    """Count the buckets of each text; the case of letters and blanks do not matter.

    >>> one, other = count(["Where is my card?"]), count(["where  IS my card?"])
    >>> bool((one.bucket == other.bucket).all())
    True
    """
    rows: list[int] = []
    buckets: list[int] = []
    counts: list[int] = []
    for place, text in enumerate(texts):
        found: dict[int, int] = {}
        for gram in _grams(text[:_LONGEST]):
            bucket = zlib.crc32(gram.encode("utf-8", "surrogatepass")) % BUCKETS
            found[bucket] = found.get(bucket, 0) + 1
        for bucket in sorted(found):
            rows.append(place)
            buckets.append(bucket)
            counts.append(found[bucket])
    return Counts(
        np.array(rows, np.int64),
        np.array(buckets, np.int64),
        np.array(counts, np.float64),
        len(texts),
    )


def weighted(
    counts: Counts, buckets: npt.NDArray[np.int64], rarity: npt.NDArray[np.float64]
) -> Counts:
    """Only some buckets, as places among them, weighted by rarity; every text has length one.

    The weight is (1 + log count) times the rarity of the bucket (tf-idf with sublinear counts).
    """
    place = np.searchsorted(buckets, counts.bucket)
    place = np.minimum(place, max(len(buckets) - 1, 0))
    known = buckets[place] == counts.bucket if len(buckets) else np.zeros(len(counts.bucket), bool)
    text, place = counts.text[known], place[known]
    weight = (1 + np.log(counts.count[known])) * rarity[place]
    length = np.sqrt(np.bincount(text, weight**2, minlength=counts.texts))
    length[length == 0] = 1
    return Counts(text, place, weight / length[text], counts.texts)


def _grams(text: str) -> Iterator[str]:
    words = _WORDS.findall(text.casefold())
    yield from ("w" + word for word in words)
    yield from (f"p{one} {other}" for one, other in pairwise(words))
    for word in words:
        padded = f" {word} "
        for size in _PARTS:
            yield from ("c" + padded[at : at + size] for at in range(len(padded) - size + 1))
