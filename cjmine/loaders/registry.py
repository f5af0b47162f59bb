"""Every format, found by walking `loaders/formats`: a new format is a new module there."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from pathlib import Path
from typing import cast

from cjmine.errors import Code, DataError, Place, Problem, did_you_mean
from cjmine.loaders import formats
from cjmine.loaders.batch import Head, Loader
from cjmine.loaders.files import file_empty, head, head_text


@cache
def loaders() -> tuple[Loader, ...]:
    """All loaders, in the order of their names."""
    modules = sorted(module.name for module in pkgutil.iter_modules(formats.__path__))
    found = (importlib.import_module(f"{formats.__name__}.{name}") for name in modules)
    return tuple(cast(Loader, module.LOADER) for module in found)


def loader_named(name: str) -> Loader:
    """The loader of a format. Raises DataError L104 for an unknown name."""
    for loader in loaders():
        if loader.name == name:
            return loader
    raise DataError(
        Problem(
            Code.FORMAT_UNKNOWN,
            f'there is no format "{name}"',
            remedy=did_you_mean(name, [loader.name for loader in loaders()]),
        )
    )


def recognise(path: Path, label: str) -> tuple[Loader, str]:
    """The loader for a file and why, by its content. Raises DataError L103, L104."""
    first = head(path, label)
    if not first:
        raise file_empty(label)
    beginning = Head(path, label, first, head_text(first))
    claims = [
        (recognition.certainty, loader, recognition.because)
        for loader in loaders()
        if (recognition := loader.recognise(beginning)) is not None
    ]
    if not claims:
        raise DataError(
            Problem(
                Code.FORMAT_UNKNOWN,
                "this is no format that cjmine reads",
                Place(label),
                remedy="known are: " + ", ".join(loader.title for loader in loaders()),
            )
        )
    best = max(certainty for certainty, _, _ in claims)
    winners = [(loader, because) for certainty, loader, because in claims if certainty == best]
    if len(winners) > 1:
        names = ", ".join(loader.name for loader, _ in winners)
        raise DataError(
            Problem(
                Code.FORMAT_UNKNOWN,
                f"the file could be any of: {names}",
                Place(label),
                remedy='declare it in cjmine.toml: format = "…"',
            )
        )
    return winners[0]
