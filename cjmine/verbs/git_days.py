"""The days on which files were changed last: by git where there is a repository, else their own.

git runs without a shell, with a time limit, without what a caller's environment says of other
repositories, and may use no transport, so that no network connection is opened.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

from cjmine.maturity.seen import SeenFile

_PATIENCE = 30  # seconds
_SAFE = ("-c", "protocol.allow=never", "-c", "core.fsmonitor=false", "--literal-pathspecs")


class Days:
    """The days of the files of one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._git = shutil.which("git")
        self._has_history = self._said("rev-parse", "--verify", "--quiet", "HEAD") != ""
        self.is_cut_off = (
            self._has_history and self._said("rev-parse", "--is-shallow-repository") == "true"
        )

    def of(self, path: Path) -> SeenFile:
        """A file with its day: of the last commit that has it, else of its last change (UTC)."""
        name = path.relative_to(self._folder).as_posix()
        if self._has_history:
            said = self._said("rev-list", "-1", "--format=%cs", "HEAD", "--", name)
            if said:
                return SeenFile(name, date.fromisoformat(said.splitlines()[-1]), in_git=True)
        return SeenFile(name, datetime.fromtimestamp(path.stat().st_mtime, UTC).date())

    def _said(self, *arguments: str) -> str:
        """What git says; "" without git, without a repository, or where it fails."""
        if self._git is None:
            return ""
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith("GIT_")
        } | {"GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
        try:
            return subprocess.run(  # noqa: S603 - the command is ours, without a shell
                [self._git, *_SAFE, *arguments],
                cwd=self._folder,
                env=environment,
                capture_output=True,
                timeout=_PATIENCE,
                check=True,
                text=True,
            ).stdout.strip()
        except (OSError, subprocess.SubprocessError, ValueError):
            return ""
