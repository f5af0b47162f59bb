"""Where the insights are that reports and maps show."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cjmine.errors import UsageError
from cjmine.ideas.file import REGISTER_NAME, read_register
from cjmine.ideas.insights import INSIGHTS_NAME, Insight, read_insights


def insights_beside(arguments: Sequence[str]) -> tuple[Insight, ...]:
    """The insights.yaml beside what is read, or in the present folder; () where there is none.

    Ideas that they name are looked up in the ideas.yaml beside it, where there is one. Raises
    UsageError: J101, J104 to J109, and P104 for a text that may identify a person.
    """
    folders = [path if path.is_dir() else path.parent for path in map(Path, arguments)]
    for folder in dict.fromkeys([*folders, Path()]):
        if (folder / INSIGHTS_NAME).is_file():
            path = folder / INSIGHTS_NAME
            return read_insights(path, path.as_posix(), _ideas_beside(folder))
    return ()


def _ideas_beside(folder: Path) -> list[str] | None:
    """The ids of the ideas in a folder; None where there are none that can be read."""
    path = folder / REGISTER_NAME
    if not path.is_file():
        return None
    try:
        return [one.id for one in read_register(path, path.as_posix()).ideas]
    except UsageError:  # `cjmine ideas` says what is wrong with it
        return None
