"""The roles in an XES log: the keys of the standard, unless something else is declared."""

from __future__ import annotations

from dataclasses import replace

from cjmine.errors import Code, DataError, Place, Problem, UsageError, did_you_mean
from cjmine.loaders import batch as b
from cjmine.loaders.xes_stream import Wanted
from cjmine.sources import Roles, Source, TimeColumn

CASE_PREFIX = "case:"


def settled(source: Source) -> Roles:
    """The declared roles, and the keys of the standard for those that are open."""
    roles = source.roles
    time = roles.time or TimeColumn(())
    columns = time.columns or ("time:timestamp",)
    wrong = []
    if len(columns) > 1 or columns[0].startswith(CASE_PREFIX) or time.format is not None:
        wrong.append("the time of an XES log is one attribute of its events, in ISO 8601")
    if {b.CUSTOMER, b.CASE, b.ACTIVITY, b.TIME, b.CHANNEL} & set(roles.keep):
        wrong.append("an attribute that is kept has the name of a column of the event log")
    if roles.links:
        wrong.append("an XES log has one customer attribute, and no links")
    if wrong:
        raise UsageError(*(Problem(Code.CONFIG_VALUE, what, Place(source.label)) for what in wrong))
    return replace(
        roles,
        case=roles.case or "case:concept:name",
        activity=roles.activity or "concept:name",
        time=replace(time, columns=columns),
    )


def by_role(roles: Roles) -> list[tuple[str, str]]:
    """The columns that play a role, with the name of the role."""
    named = (
        ("case", roles.case),
        ("activity", roles.activity),
        ("time", roles.time.columns[0] if roles.time and roles.time.columns else None),
        ("customer", roles.customer.column if roles.customer else None),
        ("channel", roles.channel_column),
    )
    return [(role, column) for role, column in named if column is not None]


def columns_of(roles: Roles) -> dict[str, None]:
    """Every column that is read, once."""
    return dict.fromkeys([*(column for _, column in by_role(roles)), *roles.keep])


def wanted_of(roles: Roles) -> Wanted:
    """The attributes of events and of traces that are to be read."""
    columns = columns_of(roles)
    return Wanted(
        tuple(name for name in columns if not name.startswith(CASE_PREFIX)),
        tuple(name.removeprefix(CASE_PREFIX) for name in columns if name.startswith(CASE_PREFIX)),
    )


def check_present(roles: Roles, seen: tuple[str, ...], whole: bool, label: str) -> None:
    """Kept attributes may come late in a file; what plays a role is there from the start."""
    used = columns_of(roles)
    of_events = [one for one in seen if not one.startswith(CASE_PREFIX) and one not in used]
    needed = [name for _, name in by_role(roles) if name != "case:concept:name"]
    problems = [
        Problem(
            Code.COLUMN_MISSING,
            f'there is no attribute "{name}"' + ("" if whole else " in the first events"),
            Place(label),
            # An attribute of traces is the same in all events of its trace.
            remedy=did_you_mean(name, seen if name.startswith(CASE_PREFIX) else of_events),
        )
        for name in dict.fromkeys([*needed, *(roles.keep if whole else ())])
        if name not in seen
    ]
    if problems:
        raise DataError(*problems)
