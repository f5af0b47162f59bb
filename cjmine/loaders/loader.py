"""What a format is: it recognises its files, and opens a source to be read.

What is found out on opening lives in the `Opened` source and goes with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from cjmine.database import Mark
from cjmine.errors import Note
from cjmine.loaders.batch import RawBatch
from cjmine.loaders.engine import Scan
from cjmine.loaders.head import Head
from cjmine.sources import Roles, Source


@dataclass(frozen=True, slots=True)
class Recognition:
    """A loader's claim to a file: how sure it is (0 to 1) and why, in words."""

    certainty: float
    because: str


@dataclass(frozen=True, slots=True)
class RoleFound:
    """One column that plays a role, why it was chosen, and a masked sample of it.

    A guess that is not sure is a proposal: nothing is read by it.
    """

    role: str
    column: str
    because: str
    sample: str = ""
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """A column of a table, a masked sample of it, and the roles that it could play."""

    name: str
    sample: str
    could_be: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inspection:
    """How a file will be read: what it is, the roles with their reasons, what is left behind.

    `given` names the roles that the format itself gives, so that they need no declaration; `doubts`
    say why the file looks cut off. `local_times` says that the times were seen to carry no zone,
    and `unnamed_fields` how many further identifying fields a line has that have no names. `notes`
    say what was found and done otherwise than declared. `columns` are those of a table whose roles
    were looked for, `fields` those of a table that the format knows and reads.
    """

    description: str
    roles: Roles
    found: tuple[RoleFound, ...] = ()
    dropped: tuple[str, ...] = ()
    given: frozenset[str] = frozenset()
    doubts: tuple[str, ...] = ()
    local_times: bool = False
    unnamed_fields: int = 0
    notes: tuple[Note, ...] = ()
    columns: tuple[ColumnSeen, ...] = ()
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """An open source: how it is read, and what reads it.

    `read` gives the raw batches of the source with its roles settled; it may be called again.
    `rest` gives back connections and tables in memory, until it is read. `scan` is what `read` asks
    the engine, where the same may be asked of several files at once. `watermark` is how far a
    database was read, by its column `since`; None of others, and of no rows.
    """

    inspection: Inspection
    read: Callable[[Source], Iterator[RawBatch]]
    rest: Callable[[], None] = lambda: None
    scan: Callable[[Source], Scan | None] = lambda _source: None
    watermark: Callable[[], Mark | None] = lambda: None


class Loader(Protocol):
    """One format. Adding one is adding one module to `loaders/formats`."""

    name: str
    title: str

    def recognise(self, head: Head) -> Recognition | None:
        """Say whether this is a file of the format; None if it is not."""

    def open(self, source: Source, head: Head) -> Opened:
        """Look at the file and settle every role that the source leaves open."""
