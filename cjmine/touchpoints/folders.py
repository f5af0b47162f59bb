"""Folders of web paths that many customers come to, though few come to each path in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np

from cjmine.privacy.gate import looks_personal
from cjmine.touchpoints.label_counts import LabelCount

_PATH = re.compile(r"(?:[A-Z]+ )?/")
_WILD = re.compile(r"[{}*?]")


def folders_of(left: Sequence[LabelCount], min_group: int) -> tuple[str, ...]:
    """The deepest folders that hold labels of at least `min_group` customers together.

    A label counts in one folder only: where a folder holds too few customers, what is in it counts
    in the folder above. The largest comes first, but behind every folder inside it, so that rules
    in this order give each its own; so the root (an empty text, or a verb) takes the rest, if it
    is of enough customers. Empty for labels that are no paths.
    """
    held: dict[str, list[LabelCount]] = {}
    for one in left:
        if _PATH.match(one.label):
            # A path that ends in a slash is the first page of a folder, and lies in it.
            first = len(one.label) > 1 and all(raw == one.label + "/" for raw in one.raw)
            held.setdefault(one.label if first else _folder(one.label), []).append(one)
    chosen: dict[str, int] = {}
    for depth in range(max(map(_depth, held), default=-1), -1, -1):
        for path in [path for path in held if _depth(path) == depth]:
            inside = held.pop(path)
            if customers_of(inside) >= min_group and not looks_personal(path):
                chosen[path] = sum(one.events for one in inside)
            elif depth:
                held.setdefault(_folder(path), []).extend(inside)
    ordered: list[str] = []
    for path in sorted(chosen, key=lambda path: (-chosen[path], path)):
        within = [one for one in chosen if one.startswith(path + "/") and one not in ordered]
        within.sort(key=lambda one: (-_depth(one), -chosen[one], one))
        ordered += [*within, *([path] if path not in ordered else [])]
    return tuple(ordered)


def customers_of(labels: Iterable[LabelCount]) -> int:
    """How many customers met at least one of these labels."""
    who = [one.who for one in labels]
    return len(np.unique(np.concatenate(who))) if who else 0


def _folder(path: str) -> str:
    """The folder above a path, up to the first part that differs for every customer.

    >>> _folder("/blog/tags/{id}/new"), _folder("POST /blog"), _folder("/")
    ('/blog/tags', 'POST ', '')
    """
    above = path.rpartition("/")[0]
    wild = _WILD.search(above)
    return above[: wild.start()].rpartition("/")[0] if wild else above


def _depth(path: str) -> int:
    return path.count("/")
