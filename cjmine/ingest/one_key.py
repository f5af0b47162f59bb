"""Saved logs are read together only where one key made their tokens."""

from __future__ import annotations

from collections.abc import Iterable

from cjmine.errors import Code, DataError, Place, Problem
from cjmine.eventlog.parquet import is_log_file, open_file
from cjmine.loaders.sniff import Sniffed
from cjmine.sources import File


def check_one_key(found: Iterable[Sniffed]) -> None:
    """Raises DataError L123 where saved logs were made with different keys, or unknown ones."""
    first: tuple[str, str | None] | None = None
    for one in found:
        origin = one.source.origin
        if (
            one.source.format != "parquet"
            or not isinstance(origin, File)
            or not is_log_file(origin.path)
        ):
            continue
        key = open_file(origin.path, one.source.label).about.key_id
        if first is None:
            first = (one.source.label, key)
        elif key is None or key != first[1]:
            raise DataError(
                Problem(
                    Code.SOURCES_DISAGREE,
                    "logs that were made with different keys cannot be read together",
                    Place(one.source.label),
                    cause=f"a customer has other tokens in {first[0]}",
                    remedy="load the exports of both with one key",
                )
            )
