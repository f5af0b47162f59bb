"""What flags and arguments declare about logs: roles of columns, further columns, a region."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from cjmine.sources import Extras, Roles


@dataclass(frozen=True, slots=True)
class SourceFlags:
    """What flags declare: roles for files that no configuration names, and what overrides it.

    `keep` names attributes to keep where a source has them; `config` a configuration file. `region`
    and `object_type` are for files that no configuration names; `max_bytes` is how many bytes a
    packed file may unpack to, however small it was. `lenient` goes on without the files of a
    folder that cannot be read; `joins` takes the files for a delivery to a log that is there, which
    need not have files of every declared source.
    """

    roles: Roles = field(default_factory=Roles)
    keep: tuple[str, ...] = ()
    config: Path | None = None
    region: str | None = None
    object_type: str | None = None
    max_bytes: int | None = None
    lenient: bool = False
    joins: bool = False

    @property
    def extras(self) -> Extras:
        """What formats need beyond roles."""
        return Extras(region=self.region, object_type=self.object_type, max_bytes=self.max_bytes)
