"""Events that stand behind a later one in their file."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt


def steps_back(parts: Sequence[npt.NDArray[np.int64]]) -> int:
    """How many times are before the one that they follow; the parts make no difference.

    >>> steps_back([np.array([1, 3, 2]), np.array([1, 5])])
    2
    """
    found, before = 0, None
    for part in parts:
        steps = np.diff(part, prepend=part[:1] if before is None else before)
        found += int(np.count_nonzero(steps < 0))
        before = part[-1] if len(part) else before
    return found
