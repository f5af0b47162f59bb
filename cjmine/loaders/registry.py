"""Every format is a module of `loaders/formats`; one asked for by name is imported alone."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import cast

from cjmine.errors import Code, DataError, Place, Problem, did_you_mean
from cjmine.loaders import formats
from cjmine.loaders.files import file_empty
from cjmine.loaders.head import Head
from cjmine.loaders.loader import Loader, Recognition
from cjmine.loaders.unknown import unknown_format


@cache
def format_names() -> tuple[str, ...]:
    """The names of all formats, in order: those of their modules, with hyphens."""
    modules = pkgutil.iter_modules(formats.__path__)
    return tuple(sorted(module.name.replace("_", "-") for module in modules))


@cache
def loaders() -> tuple[Loader, ...]:
    """All loaders, in the order of their names."""
    return tuple(map(loader_named, format_names()))


def loader_named(name: str) -> Loader:
    """The loader of a format. Raises DataError L104 for an unknown name."""
    if name not in format_names():
        raise DataError(
            Problem(
                Code.FORMAT_UNKNOWN,
                f'there is no format "{name}"',
                remedy=did_you_mean(name, format_names()),
            )
        )
    module = importlib.import_module(f"{formats.__name__}.{name.replace('-', '_')}")
    return cast(Loader, module.LOADER)


def recognise(head: Head) -> tuple[Loader, str]:
    """The loader for a file and why, by its content. Raises DataError L103, L104."""
    if not head.first:
        raise file_empty(head.label)
    claims = [
        (recognition.certainty, loader, recognition.because)
        for loader in loaders()
        if (recognition := _claim(loader, head)) is not None
    ]
    if not claims:
        raise unknown_format(head, [loader.title for loader in loaders()])
    best = max(certainty for certainty, _, _ in claims)
    winners = [(loader, because) for certainty, loader, because in claims if certainty == best]
    if len(winners) > 1:
        names = ", ".join(loader.name for loader, _ in winners)
        raise DataError(
            Problem(
                Code.FORMAT_UNKNOWN,
                f"the file could be any of: {names}",
                Place(head.label),
                remedy='declare it in cjmine.toml: format = "…"',
            )
        )
    return winners[0]


def _claim(loader: Loader, head: Head) -> Recognition | None:
    """What a loader says of a file; one that fails on it does not read it."""
    try:
        return loader.recognise(head)
    except MemoryError:
        raise
    except Exception:  # it stumbled over a file of another format, which may hold anything
        return None
