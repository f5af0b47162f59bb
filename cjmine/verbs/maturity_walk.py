"""The files of a folder that can be evidence, in an order that no file system decides."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from cjmine.regular_files import regular

MOST_FILES = 20_000
_LARGEST = 1 << 26
_NOT_OURS = {"node_modules", "__pycache__", "site-packages"}
_SERVICES = {".github", ".circleci"}
_JOBS = re.compile(
    r"\.github/workflows/[^/]+\.ya?ml|\.circleci/config\.ya?ml|\.gitlab-ci\.ya?ml|Jenkinsfile"
    r"|azure-pipelines\.ya?ml|bitbucket-pipelines\.ya?ml"
)


@dataclass(frozen=True, slots=True)
class Walked:
    """Files by what they may be; `is_cut_off` where there are more than were looked at."""

    jobs: tuple[Path, ...]
    yaml: tuple[Path, ...]
    toml: tuple[Path, ...]
    json: tuple[Path, ...]
    is_cut_off: bool


def walk(folder: Path) -> Walked:
    """All files below a folder that may be evidence; links to folders are not followed."""
    jobs: list[Path] = []
    others: list[Path] = []
    count = 0
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(one for one in folders if _is_ours(Path(place) / one))
        for name in sorted(files):
            count += 1
            path = Path(place) / name
            if _JOBS.fullmatch(path.relative_to(folder).as_posix()):
                jobs.append(path)
            elif path.suffix in (".yaml", ".yml", ".json") or name == "cjmine.toml":
                others.append(path)
            if count == MOST_FILES:
                return _sorted(jobs, others, is_cut_off=True)
    return _sorted(jobs, others, is_cut_off=False)


def _is_ours(path: Path) -> bool:
    is_hidden = path.name.startswith(".") and path.name not in _SERVICES
    return not (is_hidden or path.name in _NOT_OURS or (path / "pyvenv.cfg").exists())


def _sorted(jobs: list[Path], others: list[Path], is_cut_off: bool) -> Walked:
    def having(*suffixes: str) -> tuple[Path, ...]:
        return tuple(one for one in others if one.suffix in suffixes)

    return Walked(
        tuple(jobs), having(".yaml", ".yml"), having(".toml"), having(".json"), is_cut_off
    )


def text_of(path: Path, most: int = _LARGEST) -> str:
    """The text of a file; "" where it cannot be read, is no text or is too large to be evidence."""
    try:
        if path.stat().st_size > most:
            return ""
        return regular(path).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""


def beginning_of(path: Path) -> str:
    """The first signs of a file; "" where it cannot be read."""
    try:
        with regular(path).open("rb") as file:
            return file.read(200).decode("utf-8-sig", "replace")
    except OSError:
        return ""
