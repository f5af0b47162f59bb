"""Names of files for what people have named, in letters that every system takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_RESERVED = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")  # devices on Windows, with any suffix


def file_names(names: Sequence[str], suffix: str, taken: Iterable[str] = ()) -> tuple[str, ...]:
    """A file name for each name, none twice and none that is `taken`.

    >>> file_names(("Moving house", "moving-house", "index"), ".html", ["index.html"])
    ('moving-house.html', 'moving-house-2.html', 'index-2.html')
    >>> file_names(("CON",), ".html")
    ('journey-con.html',)
    """
    used, found = set(taken), []
    for name in names:
        stem = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60] or "journey"
        stem = f"journey-{stem}" if _RESERVED.fullmatch(stem) else stem
        file, number = f"{stem}{suffix}", 1
        while file in used:
            number += 1
            file = f"{stem}-{number}{suffix}"
        used.add(file)
        found.append(file)
    return tuple(found)
