"""What flags and arguments declare about logs: roles of columns, further columns, a region."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from cjmine.loaders.times import declared_format, known_zone
from cjmine.sources import Extras, Identifier, Roles, TimeColumn


@dataclass(frozen=True, slots=True)
class SourceFlags:
    """What flags declare: roles for files that no configuration names, and what overrides it.

    `keep` names attributes to keep where a source has them; `config` a configuration file. `region`
    and `object_type` are for files that no configuration names.
    """

    roles: Roles = field(default_factory=Roles)
    keep: tuple[str, ...] = ()
    config: Path | None = None
    region: str | None = None
    object_type: str | None = None

    @property
    def extras(self) -> Extras:
        """What the flags tell formats that need more than roles."""
        return Extras(region=self.region, object_type=self.object_type)


def named_roles(
    case: str | None,
    customer: str | None,
    activity: str | None,
    timestamp: str | None,
    channel: str | None,
    tz: str | None,
    time_format: str | None,
) -> Roles:
    """The roles of columns that somebody names. Raises UsageError U101: unknown zone or format."""
    if tz is not None:
        known_zone(tz)
    if time_format is not None:
        declared_format(time_format)
    return Roles(
        time=TimeColumn((timestamp,) if timestamp else (), time_format, tz),
        activity=activity,
        customer=Identifier(customer) if customer else None,
        case=case,
        channel_column=channel,
    )
