"""What people say about logs when they name them: columns, times, a configuration, a budget."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.ingest.reject_budget import RejectBudget, read_budget
from cjmine.ingest.size import read_size
from cjmine.option import option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cjmine.ingest.source_flags import SourceFlags

_PANEL = "Columns and times"
_HOW_FAR = ("max_rejects", "max_bytes", "strict")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOptions:
    """How sources are read, in the words in which people say it; the same in every verb.

    Raises UsageError U101 where a zone, a time format or a region is none.
    """

    case: str | None = option(None, "Column of the case: a process log.", "COLUMN", panel=_PANEL)
    customer: str | None = option(None, "Column that tells the customer.", "COLUMN", panel=_PANEL)
    activity: str | None = option(None, "Column that tells what happened.", "COLUMN", panel=_PANEL)
    timestamp: str | None = option(
        None, "Column that tells when, or DAY+CLOCK.", "COLUMN", panel=_PANEL
    )
    channel: str | None = option(None, "Column that tells the channel.", "COLUMN", panel=_PANEL)
    tz: str | None = option(None, "Zone of times that carry none.", "ZONE", panel=_PANEL)
    time_format: str | None = option(
        None, "strptime pattern, iso, epoch-s, epoch-ms or epoch-us.", "FORMAT", panel=_PANEL
    )
    region: str | None = option(None, "Country whose form phone numbers have.", "CC", panel=_PANEL)
    object_type: str | None = option(
        None, "Object that is the case: object-centric logs.", "TYPE", panel=_PANEL
    )
    max_rejects: RejectBudget = option(
        RejectBudget(),
        "How many bad records to go on without.",
        "N|P%",
        typed="0",
        read=read_budget,
        panel=_PANEL,
    )
    max_bytes: int | None = option(
        None,
        "What a compressed file may unpack to, such as 20GB; else 1 GB, or 200 times its size.",
        "SIZE",
        kind=str,
        read=read_size,
        panel=_PANEL,
    )
    strict: bool = option(
        False, "Stop at the first file of a folder that cannot be read.", kind=bool, panel=_PANEL
    )
    config: Path | None = option(
        None,
        "Configuration; else cjmine.toml beside the logs, or here.",
        "FILE",
        kind=Path,
        panel=_PANEL,
    )

    def __post_init__(self) -> None:
        """Refuse a region that is none; zones and formats are known to the loaders."""
        if self.region is not None and not re.fullmatch("[A-Z]{2}", self.region):
            raise UsageError(
                Problem(
                    Code.USAGE,
                    "a region is a country code of two capitals",
                    Place("--region"),
                    remedy="for example --region NL",
                )
            )
        if self.tz is not None or self.time_format is not None:
            from cjmine.loaders.times import declared_format, known_zone

            if self.tz is not None:
                known_zone(self.tz)
            if self.time_format is not None:
                declared_format(self.time_format)

    @property
    def is_given(self) -> bool:
        """Whether anything is said but how far to go on."""
        names = [one.name for one in fields(self) if one.name not in _HOW_FAR]
        return any(getattr(self, name) is not None for name in names)

    def flags(self, keep: Sequence[str] = ()) -> SourceFlags:
        """The same as roles of columns; `keep` names attributes to keep."""
        from cjmine.ingest.source_flags import SourceFlags
        from cjmine.sources import Identifier, Roles, TimeColumn

        columns = (self.timestamp,) if self.timestamp else ()
        roles = Roles(
            time=TimeColumn(columns, self.time_format, self.tz),
            activity=self.activity,
            customer=Identifier(self.customer) if self.customer else None,
            case=self.case,
            channel_column=self.channel,
        )
        return SourceFlags(
            roles, tuple(keep), self.config, self.region, self.object_type, self.max_bytes
        )
