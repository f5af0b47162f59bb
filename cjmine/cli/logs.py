"""Opening the logs that a command line names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from cjmine.cli.left_out import leave_out
from cjmine.cli.options import spare
from cjmine.progress import Progress
from cjmine.verbs.settings import JudgedSettings, Settings

if TYPE_CHECKING:
    from cjmine.ingest.loaded import Loaded
    from cjmine.ingest.source_options import SourceOptions

Asked = TypeVar("Asked", bound=Settings)


def open_logs(
    logs: Sequence[str],
    sources: SourceOptions,
    progress: Progress,
    keep: Sequence[str] = (),
    beside: Iterable[str | Path] = (),
    outputs: Iterable[Path] = (),
) -> Loaded:
    """Open what the arguments name, and refuse outputs that would replace what is read.

    `beside` are further files that are read. Raises what `open_log` raises, and UsageError U101.
    """
    from cjmine.ingest.open_log import open_log

    loaded = open_log(logs, sources, keep, progress)
    leave_out(loaded.left)
    spare([*logs, *beside, *loaded.files], outputs)
    return loaded


def kept(settings: JudgedSettings) -> list[str]:
    """The columns of exports that a load must keep: all that settings look at but the roles."""
    from cjmine.eventlog.log import ROLES

    return [column for column in settings.columns if column not in ROLES]


def as_the_project_says(
    settings: Asked, logs: Sequence[str] | None, sources: SourceOptions
) -> Asked:
    """The settings, released where the configuration of the project says so. Raises C101, C102."""
    from cjmine.ingest.released import is_released

    if settings.release or not is_released(logs or [], sources.config):
        return settings
    return replace(settings, release=True)
