"""Files given twice, under one name or two, packed or not: read once, and counted as copies."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from cjmine.errors import DataError
from cjmine.loaders.files import chunks, is_gzip
from cjmine.loaders.sniff import Sniffed
from cjmine.sources import File

_LEAST_PACKED = 18  # bytes of a gzip file without content


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
        size, itself = _unpacked(path, about.st_size), (about.st_dev, about.st_ino)
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


def _unpacked(path: Path, size: int) -> int:
    """How many bytes a file holds, modulo 2**32: what is packed with gzip says so at its end."""
    if size > _LEAST_PACKED and is_gzip(path):
        with path.open("rb") as file:
            file.seek(-4, os.SEEK_END)
            size = int.from_bytes(file.read(4), "little")
    return size % (1 << 32)


def digest(path: Path) -> str:
    """The SHA-256 of what a file holds, unpacked."""
    return digests_up_to(path, ())[-1]


def digests_up_to(path: Path, lengths: Sequence[int]) -> list[str]:
    """The SHA-256 of what a file holds, unpacked: of its beginnings of some lengths, and of all.

    Lengths ascend; those that the file does not reach have none. Of what cannot be unpacked it is
    that of the bytes on disk: reading says what is wrong with it.
    """
    try:
        return _digests(chunks(path, ""), lengths)
    except DataError:
        with path.open("rb") as file:
            return [hashlib.file_digest(file, "sha256").hexdigest()]


def _digests(parts: Iterator[bytes], lengths: Sequence[int]) -> list[str]:
    found, sha, at = [], hashlib.sha256(), 0
    wanted = list(reversed(lengths))
    for part in parts:
        rest = memoryview(part)
        while wanted and wanted[-1] <= at + len(rest):
            cut = wanted.pop() - at
            sha.update(rest[:cut])
            rest, at = rest[cut:], at + cut
            found.append(sha.hexdigest())
        sha.update(rest)
        at += len(rest)
    return [*found, sha.hexdigest()]
