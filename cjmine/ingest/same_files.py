"""Files given twice, under one name or two: read once, and counted as copies."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from cjmine.loaders.sniff import Sniffed
from cjmine.sources import File


def without_copies(
    found: Sequence[Sniffed],
) -> tuple[list[Sniffed], list[tuple[Sniffed, int]]]:
    """Files given twice, under one name or two, are read once."""
    kept: list[Sniffed] = []
    copies: list[tuple[Sniffed, int]] = []
    known: dict[tuple[int, int], int] = {}  # which file it is, under whatever name
    sizes: dict[int, list[int]] = {}
    digests: dict[Path, str] = {}
    for one in found:
        if not isinstance(one.source.origin, File):  # two may be asked the same
            kept.append(one)
            continue
        path = one.source.path
        about = path.stat()
        size, itself = about.st_size, (about.st_dev, about.st_ino)
        same = known.get(itself)
        if same is None:
            same = next(
                (
                    place
                    for place in sizes.get(size, [])
                    if _digest(kept[place].source.path, digests) == _digest(path, digests)
                ),
                None,
            )
        if same is not None:
            copies.append((one, same))
            continue
        known[itself] = len(kept)
        sizes.setdefault(size, []).append(len(kept))
        kept.append(one)
    return kept, copies


def _digest(path: Path, known: dict[Path, str]) -> str:
    """The digest of a file, which is read once."""
    if path not in known:
        known[path] = digest(path)
    return known[path]


def digest(path: Path) -> str:
    """The SHA-256 of the bytes of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
