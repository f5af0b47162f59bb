"""The ideal journeys that notebooks name: files, models, or what was read before."""

from __future__ import annotations

from os import PathLike, fspath
from pathlib import Path

from cjmine.ideal.compiled import CompiledIdeal
from cjmine.verbs.ideals import read_ideal

File = str | PathLike[str]


def declared(ideal: File | CompiledIdeal) -> CompiledIdeal:
    """The ideal of a journey file or a process model, or one that `Journey.read` made.

    Raises CjmineError with all problems of a file.
    """
    return ideal if isinstance(ideal, CompiledIdeal) else read_ideal(Path(ideal), fspath(ideal))
