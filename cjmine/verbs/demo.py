"""Where the sample logs are: inside the installed package, or beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

from cjmine.errors import Code, DataError, Place, Problem


def sample_folder() -> Path:
    """The folder of the sample logs. Raises DataError L101 where they were not installed."""
    package = Path(__file__).parent.parent
    for folder in (package / "sample_logs", package.parent / "sample_logs"):
        if (folder / "cjmine.toml").is_file():
            return folder
    raise DataError(
        Problem(
            Code.FILE_MISSING,
            "the sample logs are not installed",
            Place("sample_logs"),
            remedy="install cjmine again",
        )
    )
