"""Where the insights are that reports and maps show."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cjmine.ideas.insights import INSIGHTS_NAME, Insight, read_insights


def insights_beside(arguments: Sequence[str]) -> tuple[Insight, ...]:
    """The insights.yaml beside what is read, or in the present folder; () where there is none.

    Raises UsageError: J104 to J109, and P104 for a text that may identify a person.
    """
    folders = [path if path.is_dir() else path.parent for path in map(Path, arguments)]
    for folder in dict.fromkeys([*folders, Path()]):
        if (folder / INSIGHTS_NAME).is_file():
            path = folder / INSIGHTS_NAME
            return read_insights(path, path.as_posix())
    return ()
