"""Pseudonyms of different kinds become one customer, through a customer table.

Works on token codes only. An identifier that the table gives to two customers is a clash: it is
left unlinked and counted, because a wrong link invents a journey.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Linked:
    """For every token code the code of its customer (itself where nothing links it)."""

    owner: Codes
    is_linked: npt.NDArray[np.bool_]
    clashes: int


def link(identifiers: Codes, customers: Codes, codes: int) -> Linked:
    """Link identifiers to customers by the rows of a customer table, in any order.

    Parameters
    ----------
    identifiers, customers
        Token codes of equal length, one row a link; negative codes (nobody) are passed over.
    codes
        How many token codes there are.

    Examples
    --------
    >>> import numpy as np
    >>> found = link(np.array([2, 3, 3], "i4"), np.array([0, 0, 1], "i4"), 4)
    >>> found.owner.tolist(), found.clashes
    ([0, 1, 0, 3], 1)
    """
    usable = (identifiers >= 0) & (customers >= 0)
    pairs = np.unique(np.stack([identifiers[usable], customers[usable]], axis=1), axis=0)
    owners = np.bincount(pairs[:, 0], minlength=codes) if len(pairs) else np.zeros(codes, int)
    owner = np.arange(codes, dtype=np.int32)
    single = owners[pairs[:, 0]] == 1 if len(pairs) else np.zeros(0, bool)
    owner[pairs[single, 0]] = pairs[single, 1]
    is_linked = np.zeros(codes, bool)
    is_linked[pairs[single, 0]] = True
    is_linked[customers[customers >= 0]] = True
    return Linked(owner, is_linked, int((owners > 1).sum()))
