"""The databases that a project asks, for commands that look at files before they are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cjmine.ingest.config_path import config_path
from cjmine.ingest.inputs import configured_sources
from cjmine.ingest.source_flags import SourceFlags
from cjmine.sources import Source


def declared_databases(arguments: Sequence[str], flags: SourceFlags) -> dict[Path, Source]:
    """The sources that ask a database, by the file of their query, of the configuration that holds.

    Nothing connects. Raises UsageError C101 to C103 where the configuration is wrong.
    """
    path = config_path(arguments, flags.config)
    if path is None:
        return {}
    from cjmine.config import read_config

    config = read_config(path)
    asking = replace(config, sources=tuple(one for one in config.sources if one.database))
    return {one.path.resolve(): one for one in configured_sources(asking, flags, is_whole=False)}
