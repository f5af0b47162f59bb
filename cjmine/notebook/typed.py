"""What notebooks are given as text, as settings have it."""

from __future__ import annotations

from cjmine.durations import microseconds
from cjmine.verbs.bounds import Bound, bound


def bound_of(written: str | None, name: str) -> Bound | None:
    """A bound as it is typed; None where it is not. Raises UsageError U101."""
    return None if written is None else bound(written, name)


def duration_of(written: str | None) -> int | None:
    """A duration in microseconds; None where it is not typed. Raises UsageError U101.

    >>> duration_of("1d"), duration_of(None)
    (86400000000, None)
    """
    return None if written is None else microseconds(written)
