"""The bounds of observation that tests ask for, as microseconds since 1970."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cjmine.verbs.bounds import Bound


def at(moment: int | None) -> Bound | None:
    """A moment as a bound, if there is one."""
    if moment is None:
        return None
    return Bound(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=moment))
