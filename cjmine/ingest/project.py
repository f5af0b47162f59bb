"""What the configuration of a project declares beside its sources."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cjmine.declared import NOTHING_DECLARED, Declared
from cjmine.ingest.config_path import config_path


def declared_by(arguments: Sequence[str], config: Path | None) -> Declared:
    """The experiments, changes and contacts that hold for some logs; nothing without a file.

    Raises UsageError C101, C102 where the configuration cannot be read.
    """
    path = config_path(arguments, config)
    if path is None:
        return NOTHING_DECLARED
    from cjmine.config import read_config

    return read_config(path).declared
