"""Which configuration holds for the files that a command names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cjmine.errors import Code, Place, Problem, UsageError


def config_path(arguments: Sequence[str], given: Path | None) -> Path | None:
    """The configuration that holds: the given one, or that beside the first argument, or here.

    None where there is none. Raises UsageError C101 where the given one is missing.
    """
    if given is not None:
        if not given.is_file():
            raise UsageError(
                Problem(Code.CONFIG_SYNTAX, "there is no such configuration", Place(str(given)))
            )
        return given
    folders = [
        Path(argument) if Path(argument).is_dir() else Path(argument).parent
        for argument in arguments[:1]
    ]
    for folder in [*folders, Path()]:
        if (folder / "cjmine.toml").is_file():
            return folder / "cjmine.toml"
    return None
