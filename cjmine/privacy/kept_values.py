"""What is kept as it is holds no identifier of the load: decided by the values, when all is read.

Names of columns prove nothing: two columns, or two sources, may hold the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cjmine.columns import array, flags, strings
from cjmine.errors import Code, Note, Place, PrivacyError, Problem
from cjmine.privacy.civil_numbers import CivilNumbers
from cjmine.privacy.gate import check_labels
from cjmine.sentences import Sentence

SHORTEST = 6  # signs: a shorter identifier, such as 1 or web, is often an ordinary word or number


def check_kept(column: str, values: Iterable[str], identifiers: pa.Array) -> list[Note]:
    """Check the distinct values of a kept column against `identifiers_among` those of all columns.

    Values of fewer than six signs that equal an identifier are named in a note.

    Raises
    ------
    PrivacyError
        P104 where values look like a person's address or number, P106 where most of them are
        citizen service numbers or bank accounts, P107 where one equals an identifier.
    """
    names = list(values)
    check_labels(names, column)
    numbers = CivilNumbers()
    numbers.look(column, names)
    numbers.refuse("values", "leave the column out, or name its values by [[touchpoint]] rules")
    if not names:
        return []
    kept = folded(strings(names)).unique()
    same = kept.filter(pc.is_in(kept, value_set=identifiers))
    if count := int(np.count_nonzero(array(pc.utf8_length(same)) >= SHORTEST)):
        raise PrivacyError(
            Problem(
                Code.IDENTIFIER_KEPT,
                f"{count:,} distinct {'value equals' if count == 1 else 'values equal'}"
                " an identifier that this load replaces by a token",
                Place(column=column),
                cause="labels and attributes are kept and printed as they are",
                remedy="use another column, name the values by [[touchpoint]] rules, or say in"
                " cjmine.toml which identifiers are nobody's",
            )
        )
    if not len(same):
        return []
    if len(same) == 1:
        return [Sentence.SHORT_VALUE.note(column, SHORTEST)]
    return [Sentence.SHORT_VALUES.note(len(same), column, SHORTEST)]


def identifiers_among(values: Iterable[str], identifiers: Iterable[pa.Array]) -> pa.Array:
    """Which of some kept values equal an identifier of the load, which come in parts as read.

    Equal means equal without regard to capitals, spaces around and forms of a letter.

    >>> identifiers_among(["k-1", "web"], [strings(["K-1", "K-2"])]).to_pylist()
    ['k-1']
    """
    kept = folded(strings(list(values))).unique()
    found = np.zeros(len(kept) + 1, bool)
    for part in identifiers:
        found[array(pc.index_in(folded(part), value_set=kept), len(kept))] = True
    return kept.filter(flags(found[:-1]))


def folded(values: pa.Array) -> pa.Array:
    """Texts as they are compared: spellings that a reader takes for one are one.

    >>> folded(strings([" K-10023", "k-10023"])).to_pylist()
    ['k-10023', 'k-10023']
    """
    return pc.utf8_lower(pc.utf8_normalize(pc.utf8_trim_whitespace(values), "NFKC"))
