"""Whether a project releases what it makes: `[privacy] release = true` in its cjmine.toml."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cjmine.ingest.config_path import config_path


def is_released(arguments: Sequence[str], config: Path | None) -> bool:
    """Whether the configuration that holds for some logs says so; False where there is none.

    Raises UsageError C101, C102 where a configuration that speaks of it cannot be read.
    """
    path = config_path(arguments, config)
    if path is None or "release" not in path.read_text("utf-8-sig", errors="replace"):
        return False  # most projects say nothing, and reading a configuration takes a while
    from cjmine.config import read_config

    return read_config(path).release
