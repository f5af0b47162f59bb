"""From files on the command line to sources: declared in the configuration, or recognised."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from cjmine.loaders.batch import Inspection, Loader
from cjmine.loaders.registry import loader_named, recognise
from cjmine.sources import Extras, Roles, Source


@dataclass(frozen=True, slots=True)
class Sniffed:
    """A file, the loader that reads it, and how; `assumed` tells that nobody declared it."""

    source: Source
    loader: Loader
    because: str
    inspection: Inspection
    assumed: bool


def sniff(path: Path, label: str, declared: Roles, extras: Extras | None = None) -> Sniffed:
    """Recognise a file that no configuration names, and settle its roles.

    Raises DataError: L103 empty, L104 unknown format, and whatever the loader finds wrong.
    """
    loader, because = recognise(path, label)
    source = Source(path, label, loader.name, path.stem, declared, extras=extras or Extras())
    return settled(source, loader, because, assumed=True)


def settle(source: Source) -> Sniffed:
    """Settle what a configured source leaves open."""
    if source.format:
        loader, because = loader_named(source.format), "declared"
    else:
        loader, because = recognise(source.path, source.label)
    return settled(replace(source, format=loader.name), loader, because, assumed=False)


def settled(source: Source, loader: Loader, because: str, assumed: bool) -> Sniffed:
    """A source that a known loader reads, with every role settled. Raises what the loader does."""
    inspection = loader.inspect(source)
    source = replace(source, roles=inspection.roles)
    return Sniffed(source, loader, because, inspection, assumed)
