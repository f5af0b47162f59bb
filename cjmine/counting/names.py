"""One vocabulary for the parts of a log, each of which may have its own."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cjmine.counting.groups import Ints


def united(parts: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], list[Ints]]:
    """All names in order, and for each part the places of its names among them.

    >>> names, places = united([("b", "a"), ("c", "a")])
    >>> names, [place.tolist() for place in places]
    (('a', 'b', 'c'), [[1, 0], [2, 0]])
    """
    names = tuple(sorted({name for part in parts for name in part}))
    known = {name: place for place, name in enumerate(names)}
    return names, [np.array([known[name] for name in part], np.int64) for part in parts]
