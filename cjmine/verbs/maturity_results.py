"""What saved results show: only the few counts that are evidence are read of each."""

from __future__ import annotations

import json
import re
from pathlib import Path

from cjmine.verbs.maturity_walk import beginning_of, text_of

_SCHEMA = re.compile(r'\s*\{\s*"schema":\s*"cjmine/(?P<kind>[a-z-]+)/[0-9]+"')


class SavedResult:
    """A saved result of one kind, of which any part may be missing."""

    def __init__(self, path: Path, kind: str) -> None:
        self.path, self.kind = path, kind
        try:
            self._root: object = json.loads(text_of(path))
        except (ValueError, RecursionError):
            self._root = None

    def count(self, *keys: str) -> int:
        """The whole number below some keys, or that of all rows of a list together; else 0."""
        return _count(self._root, keys)

    def rows(self, *keys: str) -> tuple[str, ...]:
        """The text below some keys in each row of a list; "" where a row has none."""
        rows = _below(self._root, keys[:1])
        listed = rows if isinstance(rows, list) else []
        said = [_below(one, keys[1:]) for one in listed]
        return tuple(one if isinstance(one, str) else "" for one in said)


def saved_result(path: Path) -> SavedResult | None:
    """The result that a file holds; None where it holds none of cjmine."""
    found = _SCHEMA.match(beginning_of(path))
    return None if found is None else SavedResult(path, found["kind"])


def _below(root: object, keys: tuple[str, ...]) -> object:
    for key in keys:
        root = root.get(key) if isinstance(root, dict) else None
    return root


def _count(root: object, keys: tuple[str, ...]) -> int:
    for place, key in enumerate(keys):
        if isinstance(root, list):
            return sum(_count(one, keys[place:]) for one in root)
        root = root.get(key) if isinstance(root, dict) else None
    return root if isinstance(root, int) and not isinstance(root, bool) else 0
