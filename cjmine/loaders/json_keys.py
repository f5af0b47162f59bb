"""The columns of JSON records: their keys, where something shows that these are names.

Some systems use a person, a day or a number as a key (`{"scores": {"Jan": 7}}`). Such keys are
values: they are numbered, so that no message shows them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from cjmine.loaders.header_words import parts_of
from cjmine.loaders.roles import masked

_DEPTH = 4
_AGENT = ("user-agent", "user_agent")  # servers keep each header as a list of its values
# Objects around the values of a record, as search engines and interfaces write them.
_WRAPPERS = ("_source", "node", "attributes", "properties")
_WRITTEN = re.compile(r"[a-z@_$][\w$:-]*|[A-Z][A-Za-z]*|[A-Z_]+", re.ASCII)  # as programs name


def pointer(keys: Sequence[str]) -> str:
    """A JSON pointer; unlike a path it takes every key as it is."""
    return "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in keys)


def columns_of(
    records: Sequence[dict[str, object]], declared: Collection[str] = ()
) -> dict[str, str]:
    """The columns of the first records with their paths.

    Nested keys are joined with a dot, without the name of a wrapper; where a key that holds a dot
    looks the same, the first counts. A key that is no name is called by its number, unless a column
    is `declared` by it.

    >>> columns_of([{"id": 1, "mark": {"Jan Vos": 7}}, {"id": 2, "mark": {"Mies Bos": 8}}])
    {'id': '/id', 'mark.(1)': '/mark/Jan Vos', 'mark.(2)': '/mark/Mies Bos'}
    """
    paths: dict[tuple[str, ...], str] = {}
    times: Counter[tuple[str, ...]] = Counter()
    for record in records:
        met: set[tuple[str, ...]] = set()
        for keys, path in _leaves(record, ()):
            paths.setdefault(keys, pointer(path))
            met.update(keys[:depth] for depth in range(1, len(keys) + 1))
        times.update(met)
    found: dict[str, str] = {}
    numbers: dict[tuple[str, ...], dict[str, str]] = {}
    for keys, path_to in paths.items():
        shown: list[str] = []
        begin = int(len(keys) > 1 and keys[0] in _WRAPPERS)
        is_declared = ".".join(keys[begin:]) in declared
        for depth, key in enumerate(keys):
            if not is_declared and not _is_name(key, times[keys[: depth + 1]], len(records)):
                known = numbers.setdefault(keys[:depth], {})
                key = known.setdefault(key, f"({len(known) + 1})")
            shown.append(key)
        found.setdefault(".".join(shown[begin:]), path_to)
    return found


def shown_list(keys: Sequence[str], usual: Sequence[str]) -> str:
    """The name of a list in a page for a message: masked unless its words are known or `usual`.

    >>> shown_list(["data", "orders"], ["data"]), shown_list(["Jan Vos"], ["data"])
    ('data.orders', 'aaa aaa')
    """
    return ".".join(key if key in usual or _is_known(key) else masked(key) for key in keys)


def _is_name(key: str, times: int, records: int) -> bool:
    """Whether a key is plainly a name: programs write it so and more than once, or it is known."""
    if times == records > 1 or _is_known(key):
        return True
    recurs = times > 1 or records == 1
    return recurs and _WRITTEN.fullmatch(key) is not None


def _is_known(key: str) -> bool:
    words = [word for _, word in parts_of(key)] or [None]
    return all(words) or all(word for _, word in parts_of(key.removesuffix("s")) or [("", None)])


def _leaves(
    record: object, above: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The keys to each plain value of a record, and the path to it."""
    if isinstance(record, dict) and len(above) < _DEPTH:
        for key, value in record.items():
            if isinstance(value, dict):
                yield from _leaves(value, (*above, key))
            elif not isinstance(value, list) and key.isprintable():
                yield (*above, key), (*above, key)
            elif key.lower() in _AGENT and isinstance(value, list) and value:
                yield (*above, key), (*above, key, "0")
