"""Which source keeps which further columns; sources with and without cases are not mixed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from cjmine.errors import Code, DataError, Place, Problem, UsageError, did_you_mean
from cjmine.ingest.roles_apart import identifying
from cjmine.loaders.roles import column_label
from cjmine.loaders.sniff import Sniffed
from cjmine.scales import SCALE, SCORE


def keeping(one: Sniffed, wanted: tuple[str, ...], every: Sequence[Sniffed]) -> Sniffed:
    """Keep the wanted attributes that the source has; at least one source must have each.

    The score and the scale of a survey are what any source may be without.
    """
    if not wanted:
        return one
    available = {name for other in every for name in _columns(other)}
    for name in wanted:
        if name not in available and name not in (SCORE, SCALE):
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


def of_one_kind(
    found: Sequence[Sniffed], may_be_left: Collection[Path]
) -> tuple[list[Sniffed], list[Problem]]:
    """The sources that go together, and why others do not: all come with cases, or none does.

    The fewer of both kinds are left out where all of them may be; raises DataError L123 else.
    """
    cases = [one for one in found if one.source.roles.case is not None]
    others = [one for one in found if one.source.roles.case is None]
    if not cases or not others:
        return list(found), []
    fewer, more = (cases, others) if len(cases) <= len(others) else (others, cases)
    if not all(one.source.path in may_be_left for one in fewer):
        raise DataError(_apart(cases[0], f"{others[0].source.label} has no case column"))
    cause = "the other files have none" if fewer is cases else "it has no case column"
    return more, [_apart(one, cause) for one in fewer]


def _apart(one: Sniffed, cause: str) -> Problem:
    return Problem(
        Code.SOURCES_DISAGREE,
        "process logs with cases and exports without do not go together",
        Place(one.source.label),
        cause=cause,
        remedy="load them one by one, or name a customer column for both",
    )
