"""Whether the first line of a table names its columns, before a message may quote it.

A table without a header has a person in its first line. That line is shown only where something
proves that it names columns: what is below looks otherwise, or two names are known ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cjmine.errors import did_you_mean
from cjmine.loaders.header import looks_like_data
from cjmine.loaders.header_words import Word, parts_of

_LEAST_DIGITS = 4  # of a value below a name: a day, a moment or a number, not "2 kinderen"
# What names of columns say and values of rows hardly do.
_OF_COLUMNS = frozenset(
    {Word.MARK, Word.MOMENT, Word.PERSON, Word.HAPPENING, Word.CHANNEL, Word.CASE, Word.PHONE}
)


def is_proven(names: Sequence[str], samples: Sequence[Sequence[str]]) -> bool:
    """Whether the names are names, by the values below each.

    >>> is_proven(["klant", "datum"], [["Jan"], ["2024-05-01"]])
    True
    >>> is_proven(["Jan de Vries", "gisteren"], [["Mies Bakker"], ["vandaag"]])
    False
    """
    columns = list(zip(names, samples, strict=True))
    if any(looks_like_data(name) or name in below for name, below in columns):
        return False
    known = sum(map(_is_known, names))
    return known >= 2 or any(
        not re.search(r"\d", name) and below and all(map(_is_typed, below))
        for name, below in columns
    )


def nearest(wanted: str, names: Sequence[str], proven: bool) -> str:
    """The column that was meant; all of them where none is near and they are proven to be names."""
    every = did_you_mean(wanted, names)
    if proven or every.startswith("did you mean"):
        return every
    return 'look at the first line; columns = ["…", "…"] in cjmine.toml names the columns'


def _is_typed(value: str) -> bool:
    return looks_like_data(value) and (
        "@" in value or len(re.sub(r"\D", "", value)) >= _LEAST_DIGITS
    )


def _is_known(name: str) -> bool:
    words = [word for _, word in parts_of(name)]
    return all(words) and not _OF_COLUMNS.isdisjoint(words)
