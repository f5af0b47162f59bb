"""From files on the command line to open sources: declared in the configuration, or recognised."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field, replace
from pathlib import Path

from cjmine.database import Database, Mark
from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.loaders.batch import RawBatch
from cjmine.loaders.head import Head
from cjmine.loaders.loader import Inspection, Opened
from cjmine.loaders.registry import loader_named, recognise
from cjmine.sentences import Sentence
from cjmine.sources import Extras, File, Roles, Source


@dataclass(frozen=True, slots=True)
class Sniffed:
    """An open source with every role settled, and why it is read so.

    `assumed` says that its format was recognised and not declared.
    """

    source: Source
    because: str
    inspection: Inspection
    opened: Opened = field(repr=False)
    assumed: bool

    def read(self) -> Generator[RawBatch, None, None]:
        """The raw batches of the source; connections and memory are given back at the end."""
        try:
            yield from self.opened.read(self.source)
        finally:
            self.opened.rest()

    def after(self, mark: Mark) -> Sniffed:
        """The same source of a database without the rows that were read before."""
        assert isinstance(self.source.origin, Database)
        origin = replace(self.source.origin, after=mark)
        return replace(self, source=replace(self.source, origin=origin))


def sniff(path: Path, label: str, declared: Roles, extras: Extras | None = None) -> Sniffed:
    """Recognise a file that no configuration names, and settle its roles.

    Raises DataError: L103 empty, L104 unknown format, and whatever the loader finds wrong.
    """
    head = Head.of(path, label, extras.max_bytes if extras else None)
    loader, because = recognise(head)
    source = Source(
        File(path), label, loader.name, _name(path), declared, extras=extras or Extras()
    )
    return settled(source, _noted(loader.open(source, head), head), because, assumed=True)


def _name(path: Path) -> str:
    """How notes call a file's source: its name without suffixes, packed or not.

    >>> _name(Path("clicks.csv.gz")), _name(Path("2026.03.log"))
    ('clicks', '2026.03')
    """
    return Path(path.name.removesuffix(".gz")).stem


def settle(source: Source) -> Sniffed:
    """Settle what a configured source leaves open. Raises as `sniff` does.

    A database is connected to, and raises what its session raises.
    """
    if isinstance(source.origin, Database):
        from cjmine.loaders.databases.table import open_database

        return settled(source, open_database(source), "declared", assumed=False)
    head = Head.of(source.path, source.label, source.extras.max_bytes)
    if source.format:
        loader, because = loader_named(source.format), "declared"
    else:
        loader, because = recognise(head)
    source = replace(source, format=loader.name)
    return settled(source, _noted(loader.open(source, head), head), because, assumed=False)


def _noted(opened: Opened, head: Head) -> Opened:
    """An open source with a note where its text has NUL bytes."""
    if not head.nuls:
        return opened
    inspection = opened.inspection
    notes = (*inspection.notes, Sentence.NUL_BYTES.note(head.label, head.nuls))
    return replace(opened, inspection=replace(inspection, notes=notes))


def settled(source: Source, opened: Opened, because: str, assumed: bool) -> Sniffed:
    """An open source with its roles taken over. Raises UsageError C102 where it cannot have one."""
    if source.roles.delivery is not None and not opened.inspection.columns:
        raise UsageError(
            Problem(
                Code.CONFIG_VALUE,
                "delivery is of tables; this format says itself which records are copies",
                Place(source.label),
                remedy="leave delivery out of the source in cjmine.toml",
            )
        )
    source = replace(source, roles=opened.inspection.roles)
    return Sniffed(source, because, opened.inspection, opened, assumed)
