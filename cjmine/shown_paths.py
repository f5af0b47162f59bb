"""How files are called where people read it: no output says where a folder of theirs is.

An absolute path names users, machines and projects. Below the present folder a file is called by
its way from there, anywhere else by its name, or from the folder that was named.
"""

from __future__ import annotations

import os
from pathlib import Path, PurePath


def shown_path(file: str | PurePath, named: str | PurePath | None = None) -> str:
    """A path for messages and results; a relative one stays as it was typed.

    `named` is the folder that an argument named, where the file was found in it.

    >>> shown_path("exports/a.csv"), shown_path("/home/jan/exports/a.csv")
    ('exports/a.csv', 'a.csv')
    >>> shown_path("/home/jan/exports/june/a.csv", named="/home/jan/exports")
    'exports/june/a.csv'
    """
    path = PurePath(file)
    if not path.is_absolute():
        return os.fspath(file)
    here = _below(path, Path.cwd())
    if here is not None:
        return here
    inside = None if named is None else _below(path, PurePath(named).parent)
    return path.name or "folder" if inside is None else inside


def _below(path: PurePath, folder: PurePath) -> str | None:
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else None
