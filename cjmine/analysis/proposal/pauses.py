"""Where customers pause: waits are often of two kinds, those within a visit and those between."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cjmine.counting.groups import Flags
from cjmine.eventlog.journeys import Journeys

_SECOND = 1_000_000
_TWO_KINDS, _NINE_OF_TEN = 0.75, 0.9


def pause_of(waits: npt.NDArray[np.int64]) -> int | None:
    """The wait (microseconds) beyond which a wait is a pause; None where there are no waits.

    The logarithms of the waits are split where both sides differ most (Otsu 1979). They are of two
    kinds where the split explains three quarters of their variance: of waits with a normal or an
    exponential distribution it explains less than two thirds. Where they are of one kind, a pause
    is longer than nine of ten waits.

    >>> pause_of(np.array([10, 20, 30, 90_000, 200_000]) * 1_000_000) // 1_000_000
    1643
    >>> pause_of(np.array([60, 60]) * 1_000_000) // 1_000_000
    60
    """
    size = np.sort(np.log(np.maximum(waits, _SECOND)))
    if not len(size):
        return None
    left = np.arange(1, len(size))
    right = len(size) - left
    upto = np.cumsum(size)
    apart = upto[:-1] / left - (upto[-1] - upto[:-1]) / right
    between = np.where(np.diff(size) > 0, left * right / len(size) * apart**2, 0)
    at = int(between.argmax()) if len(between) else 0
    if size[0] == size[-1] or between[at] < _TWO_KINDS * np.square(size - size.mean()).sum():
        return int(np.quantile(waits, _NINE_OF_TEN, method="higher"))
    return round(float(np.exp((size[at] + size[at + 1]) / 2)))


def pauses_of(journeys: Journeys, is_cut: bool) -> Flags:
    """After which events customers pause: ends of journeys, and waits of the long kind.

    Journeys that a process log has cut (`is_cut`) have no pauses within. Open journeys end where
    the log does.
    """
    is_pause = np.zeros(len(journeys.activity), bool)
    is_pause[journeys.starts[1:] - 1] = True
    if is_cut:
        return is_pause
    waits, is_within = np.diff(journeys.time), ~is_pause[:-1]
    pause = pause_of(waits[is_within])
    if pause is not None:
        is_pause[:-1] |= is_within & (waits > pause)
    return is_pause
