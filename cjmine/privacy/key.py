"""Where the key comes from: an owner-only file, the environment, or random for one run."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from cjmine.errors import Code, OutputError, Place, PrivacyError, Problem
from cjmine.privacy.pseudonyms import KEY_BYTES, Key

ENVIRONMENT = "CJMINE_KEY"
_LARGEST = 1024  # bytes of a key file; the key itself has 64 signs
_LEAST_DISTINCT = 8  # bytes; of 32 random ones about 30 differ
_MAKE = "make one: cjmine privacy new-key FILE"
_MOVE = "move it into a folder that only you can write in"


def find_key(file: Path | None) -> Key | None:
    """The key to use: from `file`, else from the environment; None where there is neither.

    Raises
    ------
    PrivacyError
        P102: the file is missing, readable by others, a link, or holds no key.
    """
    if file is not None:
        return read_key(file)
    written = os.environ.get(ENVIRONMENT)
    return _parse(written, f"the environment variable {ENVIRONMENT}") if written else None


def read_key(file: Path) -> Key:
    """Read a key file, and refuse one that other users could read or replace."""
    try:
        status = file.lstat()
    except OSError:
        raise _unsafe(file, "there is no such key file", _MAKE)
    if not stat.S_ISREG(status.st_mode):
        raise _unsafe(file, "not a regular file (a link is not followed)", "name the file itself")
    if hasattr(os, "getuid"):
        if status.st_mode & 0o077:
            raise _unsafe(file, "other users can read this key file", f"chmod 600 {file.name}")
        if status.st_uid != os.getuid():
            raise _unsafe(file, "the key file belongs to another user", "use a key of your own")
        _check_folders(file)
    if status.st_size > _LARGEST:
        raise _unsafe(file, "the file is too large for a key", _MAKE)
    try:
        written = file.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        raise _unsafe(file, "the key file cannot be read", _MAKE)
    return _parse(written, str(file))


def new_key(file: Path) -> Key:
    """Write 32 random bytes as 64 hex digits to a new file with mode 0600; never overwrites."""
    key = Key(secrets.token_bytes(KEY_BYTES))
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise OutputError(
            Problem(
                Code.OUTPUT_EXISTS,
                "a key is never overwritten: whoever loses it cannot link old and new logs",
                Place(str(file)),
                remedy="choose another file name",
            )
        )
    except OSError as error:
        raise OutputError(
            Problem(
                Code.OUTPUT_FAILED,
                "the key file cannot be made",
                Place(str(file)),
                cause=error.strerror or "",
            )
        )
    with os.fdopen(descriptor, "w", encoding="ascii") as handle:
        handle.write(key.master.hex() + "\n")
        handle.flush()
        os.fsync(handle.fileno())
    return key


def throw_away_key() -> Key:
    """A random key for a run that keeps nothing: its tokens cannot be linked to any other run."""
    return Key(secrets.token_bytes(KEY_BYTES), thrown_away=True)


def _parse(written: str, where: str) -> Key:
    try:
        master = bytes.fromhex(written.strip())
    except ValueError:
        master = b""
    if len(master) != KEY_BYTES or len(set(master)) < _LEAST_DISTINCT:
        raise PrivacyError(
            Problem(
                Code.KEY_UNSAFE,
                f"no usable key: expected {2 * KEY_BYTES} random hex digits",
                Place(where),
                remedy=_MAKE,
            )
        )
    return Key(master)


def _check_folders(file: Path) -> None:
    """Refuse a key that others could replace: by any folder on the way, or by a link on it."""
    whole = file.absolute()
    for folder in whole.parents:
        try:
            status = folder.lstat()
        except OSError:
            raise _unsafe(file, "a folder above the key file cannot be looked at", _MOVE)
        if stat.S_ISLNK(status.st_mode):
            raise _unsafe(file, "a folder above the key file is a link", "name the folder itself")
        if status.st_mode & 0o022 and not status.st_mode & stat.S_ISVTX:
            who = "everybody" if status.st_mode & stat.S_IWOTH else "a group"
            raise _unsafe(file, f"{who} can write in a folder above the key file", _MOVE)
        if status.st_uid not in (0, os.getuid()):
            raise _unsafe(file, "a folder above the key file belongs to another user", _MOVE)


def _unsafe(file: Path, message: str, remedy: str) -> PrivacyError:
    return PrivacyError(Problem(Code.KEY_UNSAFE, message, Place(str(file)), remedy=remedy))
