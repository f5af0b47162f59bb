"""Which files are read together: small ones that one query reads, and every other by itself."""

from __future__ import annotations

from collections.abc import Sequence

from cjmine.loaders.connections import is_small
from cjmine.loaders.engine import Scan, read_together
from cjmine.loaders.sniff import Sniffed
from cjmine.sources import File

_MOST_BYTES = 1 << 21  # of the files of a group


def in_groups(sources: Sequence[Sniffed]) -> list[list[int]]:
    """The places of sources, in groups that `look_ahead` takes; groups begin in their order.

    Files are of one group where they are small and their scans are the same query, so that what
    is read of each is what would be read of it alone.
    """
    groups: list[list[int]] = []
    open_ones: dict[str, tuple[list[int], int]] = {}
    for place, one in enumerate(sources):
        scan = _scan(one)
        size = one.source.origin.size
        group, before = open_ones.get(scan.query, ([], 0)) if scan is not None else ([], 0)
        if before + size > _MOST_BYTES:
            group, before = [], 0
        if not group:
            groups.append(group)
        group.append(place)
        if scan is not None:
            open_ones[scan.query] = group, before + size
    return groups


def look_ahead(group: Sequence[Sniffed]) -> None:
    """Read the files of a group by their one query; reading each then asks the engine no more."""
    scans = [scan for one in group if (scan := _scan(one)) is not None]
    if len(scans) > 1:
        read_together([scan.reader for scan in scans], scans[0].query)


def _scan(one: Sniffed) -> Scan | None:
    """The scan of a source that may be read with others."""
    if not isinstance(one.source.origin, File) or not is_small(one.source.path):
        return None
    scan = one.opened.scan(one.source)
    return scan if scan is not None and scan.is_open_to_others else None
