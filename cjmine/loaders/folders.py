"""Which files an argument means: a file, a folder with all below it, or a glob."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from pathlib import Path

from cjmine.errors import Code, DataError, Place, Problem
from cjmine.loaders.files import unreadable
from cjmine.loaders.store_addresses import not_read
from cjmine.log_folders import is_log_place

# What mail servers write beside the folders of a Maildir; mail that is half delivered is in tmp,
# and two of the folders hold what was never sent and what is spam.
_NOTES = ("dovecot", "courier", "maildir", "subscriptions")
_NO_MAIL = ("drafts", "concepten", "junk", "spam")


def expand(argument: str) -> list[Path]:
    """The files that an argument means: a file, every file below a folder, or a glob; sorted.

    Hidden files and folders are passed over, and so are the runs of log folders, which are
    pseudonymised already. Raises DataError L101 or L102; L123 where a log folder itself is named;
    UsageError U101 for an address that is no file.
    """
    path = Path(argument)
    if argument and is_log_place(path):
        raise DataError(
            Problem(
                Code.SOURCES_DISAGREE,
                "a log folder is an event log already, and no export",
                Place(argument),
                remedy="cjmine discover reads it, and cjmine doctor says what is in it",
            )
        )
    try:
        if argument and path.is_dir():
            found = sorted(_below(path))
        elif argument and path.exists():
            found = [path]
        else:
            matches = (Path(name) for name in sorted(glob.glob(argument, recursive=True)))
            found = [match for match in matches if match.is_file()]
    except OSError as error:
        raise unreadable(str(error.filename or argument), error)
    if not found and (address := not_read(argument)) is not None:
        raise address
    if not found:
        nothing = (
            "the folder holds no files" if argument and path.is_dir() else "there is no such file"
        )
        raise DataError(
            Problem(Code.FILE_MISSING, nothing, Place(argument), remedy="check the name")
        )
    return found


def _below(folder: Path) -> Iterator[Path]:
    """The files below a folder, hidden ones left out; a folder that is closed to us raises."""
    for here, folders, names in os.walk(folder, onerror=_raised):
        is_maildir = {"cur", "new"} <= set(folders)
        folders[:] = [
            name
            for name in folders
            if (not name.startswith(".") or _is_maildir(Path(here, name)))
            and not (is_maildir and name == "tmp")
            and not is_log_place(Path(here, name))
        ]
        if is_maildir:
            names = [name for name in names if not name.startswith(_NOTES)]
        visible = (Path(here, name) for name in names if not name.startswith("."))
        yield from (path for path in visible if path.is_file())


def _is_maildir(folder: Path) -> bool:
    """Whether it holds mail: the folders of a Maildir (`.Sent`) only look hidden."""
    if folder.name.rpartition(".")[2].lower() in _NO_MAIL:
        return False
    return all((folder / part).is_dir() for part in ("cur", "new"))


def _raised(error: OSError) -> None:
    raise error
