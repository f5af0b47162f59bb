"""Which source keeps which further columns; sources with and without cases are not mixed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cjmine.errors import Code, DataError, Place, Problem, UsageError, did_you_mean
from cjmine.ingest.roles_apart import identifying
from cjmine.loaders.roles import column_label
from cjmine.loaders.sniff import Sniffed


def keeping(one: Sniffed, wanted: tuple[str, ...], every: Sequence[Sniffed]) -> Sniffed:
    """Keep the wanted attributes that the source has; at least one source must have each."""
    if not wanted:
        return one
    available = {name for other in every for name in _columns(other)}
    for name in wanted:
        if name not in available:
            raise UsageError(
                Problem(
                    Code.COLUMN_MISSING,
                    f'no source has a column "{name}"',
                    Place(one.source.label if len(every) == 1 else None),
                    remedy=did_you_mean(name, sorted(map(column_label, available))),
                )
            )
    has = {*one.inspection.dropped, *identifying(one.source.roles)}
    here = tuple(name for name in wanted if name in has)
    if not here:
        return one
    roles = replace(one.source.roles, keep=(*one.source.roles.keep, *here))
    dropped = tuple(name for name in one.inspection.dropped if name not in here)
    return replace(
        one,
        source=replace(one.source, roles=roles),
        inspection=replace(one.inspection, roles=roles, dropped=dropped),
    )


def _columns(one: Sniffed) -> set[str]:
    roles = one.source.roles
    used = {*roles.keep, "channel", *identifying(roles)}
    used |= {roles.activity} if roles.activity else set()
    return (
        used
        | set(one.inspection.dropped)
        | ({roles.channel_column} if roles.channel_column else set())
    )


def check_same_kind(found: Sequence[Sniffed]) -> None:
    """All sources come with cases, or none does."""
    with_case = [one for one in found if one.source.roles.case is not None]
    if with_case and len(with_case) < len(found):
        other = next(one for one in found if one.source.roles.case is None)
        raise DataError(
            Problem(
                Code.SOURCES_DISAGREE,
                "process logs with cases and exports without do not go together",
                Place(with_case[0].source.label),
                cause=f"{other.source.label} has no case column",
                remedy="load them one by one, or name a customer column for both",
            )
        )
