"""The package as one zip, so that workers of a cluster need no cjmine of their own."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_BEGIN = (1980, 1, 1, 0, 0, 0)


def write_package(folder: Path) -> Path:
    """Write the modules of cjmine as a zip into a folder; the same code gives the same bytes.

    Its name holds a hash of its content, since a cluster keeps one file of a name.
    """
    found = sorted(_modules(files("cjmine"), "cjmine"))
    content = hashlib.sha256(b"".join(name.encode() + data for name, data in found))
    path = folder / f"cjmine_{content.hexdigest()[:16]}.zip"
    with ZipFile(path, "w") as package:
        for name, data in found:
            entry = ZipInfo(name, _BEGIN)
            entry.external_attr, entry.compress_type = 0o644 << 16, ZIP_DEFLATED
            package.writestr(entry, data)
    return path


def _modules(folder: Traversable, name: str) -> list[tuple[str, bytes]]:
    found = []
    for one in folder.iterdir():
        inner = f"{name}/{one.name}"
        if one.is_dir():
            if one.name != "__pycache__":
                found += _modules(one, inner)
        elif one.name.endswith(".py"):
            found.append((inner, one.read_bytes()))
    return found
