"""Which column plays which role, and why: by what was declared, by its name, by its values.

A guess is only made where it is plain: one candidate, or a name that says so. Anything else is
an error that lists the columns, because a wrong customer column invents journeys.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from cjmine.errors import Code, DataError, Place, Problem, listed
from cjmine.loaders.header_proof import is_proven, nearest
from cjmine.loaders.loader import RoleFound
from cjmine.loaders.role_names import NAMES
from cjmine.loaders.zone_names import without_zone
from cjmine.sources import Identifier, Kind, Roles, TimeColumn

_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.EMAIL, re.compile(r"e.?mail|address$|adres$")),
    (Kind.PHONE, re.compile(r"phone|telefoon|caller|beller|^ani$|^cli$|mobiel|msisdn")),
    (Kind.COOKIE, re.compile(r"cookie|visitor|anonymous|pseudo|distinct")),
    (Kind.IP, re.compile(r"^(?:remote )?(?:ip|host)(?: address)?$")),
)


_DATE = re.compile(
    r"^\s*(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T]00:00(?::00)?)?|\d{8}"
    r"|\d{1,4}[-/. ]+[^\W\d_]{3,10}[-/. ,]+\d{1,4}|[^\W\d_]{3,10}\.?\s+\d{1,2},?\s+\d{4})\s*$"
)
_CLOCK = re.compile(
    r"^\s*(?:1899-12-3[01]\s)?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[.,]\d+)?"
    r"\s*(?:[AaPp]\.?\s?[Mm]\.?|[Uu]ur|[Uu]hr)?\s*$"
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it was found: its name, and some of its values."""

    name: str
    samples: tuple[str, ...]

    @property
    def words(self) -> str:
        """The name in lower case, with every kind of gap as one blank."""
        return _words(self.name)


@lru_cache(maxsize=4096)
def _words(name: str) -> str:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", without_zone(name))
    return re.sub(r"[\s_\-./]+", " ", spaced).strip().casefold()


def assign_roles(
    columns: Sequence[Column], declared: Roles, label: str, line: int = 1
) -> tuple[Roles, tuple[RoleFound, ...]]:
    """Settle the roles that are still open, and say why each column was chosen.

    Raises
    ------
    DataError
        L106 where a declared column does not exist, L107 where a role stays unclear.
    """
    _all_present(columns, declared, label, line)
    named = {column.name: column for column in columns}
    found: list[RoleFound] = []
    taken = {*declared.keep} | {
        name
        for name in (declared.activity, declared.case, declared.channel_column)
        if name is not None
    }
    if declared.time:
        taken.update(declared.time.columns)
    if declared.customer:
        taken.add(declared.customer.column)
    taken.update(link.column for link in declared.links)

    def note(role: str, column: str, because: str) -> None:
        sample = next(iter(named[column].samples), "") if column in named else ""
        found.append(RoleFound(role, column, because, masked(sample)))

    def guess(role: str) -> str | None:
        for wanted in NAMES[role]:
            for column in columns:
                written = (column.name, column.words.replace(" ", ""))
                if column.name not in taken and {wanted, wanted.replace(" ", "")} & {*written}:
                    taken.add(column.name)
                    note(role, column.name, "its name")
                    return column.name
        return None

    roles = declared
    if roles.time is None or not roles.time.columns:
        zone, written = (roles.time.zone, roles.time.format) if roles.time else (None, None)
        split = _date_and_clock(columns, taken)
        if split:
            for column in split:
                taken.add(column)
                note("time", column, "a date column and a clock column")
            roles = replace(roles, time=TimeColumn(split, written, zone))
    if roles.time is None or not roles.time.columns:
        guessed = guess("time")
        roles = replace(roles, time=TimeColumn((guessed,) if guessed else (), written, zone))
    elif declared.time is not None and declared.time.columns:
        note("time", declared.time.columns[0], "declared")
    if roles.case is not None:
        note("case", roles.case, "declared")
    elif roles.customer is None:
        roles = replace(roles, case=guess("case"))
    if roles.customer is not None:
        note(_role_of(roles.customer), roles.customer.column, "declared")
    elif roles.case is None:
        guessed = guess("customer")
        if guessed:
            roles = replace(roles, customer=Identifier(guessed, kind_of(named[guessed])))
    if roles.activity is None:
        roles = replace(roles, activity=guess("activity"))
    else:
        note("activity", roles.activity, "declared")
    if roles.channel_column is not None:
        note("channel", roles.channel_column, "declared")
    elif roles.channel is None and (channel := guess("channel")):
        roles = replace(roles, channel_column=channel)
    _all_settled(roles, declared, columns, label, line)
    return roles, tuple(found)


def names_alike(columns: Sequence[str], fields: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """For each field the column whose name is one of its spellings; the first spelling wins.

    >>> names_alike(["Start_Time", "Wachtrij"], {"start": ["start time"], "queue": ["wachtrij"]})
    {'start': 'Start_Time', 'queue': 'Wachtrij'}
    """
    by_words: dict[str, str] = {}
    for column in columns:
        by_words.setdefault(Column(column, ()).words, column)
    found: dict[str, str] = {}
    for field, spellings in fields.items():
        taken = (by_words.get(Column(name, ()).words) for name in spellings)
        first = next((one for one in taken if one and one not in found.values()), None)
        if first is not None:
            found[field] = first
    return found


def _date_and_clock(columns: Sequence[Column], taken: set[str]) -> tuple[str, str] | None:
    """A column of dates and the first column of clock times behind it, as many exports have."""
    free = [column for column in columns if column.name not in taken and column.samples]
    dates = [column for column in free if all(map(_DATE.match, column.samples))]
    clocks = [column for column in free if all(map(_CLOCK.match, column.samples))]
    named = [column for column in dates if column.words in ("datum", "date", "dag", "day")]
    if len(named) != 1 or any(name in column.words for column in free for name in ("timestamp",)):
        return None
    begins = [
        column
        for column in clocks
        if re.search(r"begin|start|tijdstip|^tijd$|^time$", column.words)
    ]
    return (named[0].name, begins[0].name) if begins else None


def kind_of(column: Column) -> Kind:
    """What kind of identifier a column holds, by its name and then by its values."""
    for kind, expression in _KINDS:
        if expression.search(column.words):
            return kind
    values = [value for value in column.samples if value]
    if values and sum("@" in value for value in values) > 0.8 * len(values):
        return Kind.EMAIL
    return Kind.CUSTOMER


def column_label(name: str) -> str:
    """A column name for a message; masked where the name itself may identify a person.

    >>> column_label("user.id"), column_label("seen_by.jan@example.nl")
    ('user.id', 'aaaa_aa.aaa@aaaaaaa.aa')
    """
    return masked(name) if re.search(r"@|\d{6}", name) else name


def masked(value: str) -> str:
    """A sample that shows the shape of a value and not the value: letters and digits hidden.

    >>> masked("06-12345678")
    '99-99999999'
    """
    shape = re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "9", value[:40]))
    return shape + ("…" if len(value) > 40 else "")


def _role_of(identifier: Identifier) -> str:
    return f"customer ({identifier.kind})"


def declared_columns(declared: Roles) -> list[str]:
    """The columns that a declaration names."""
    wanted = [*declared.keep]
    wanted += [name for name in (declared.activity, declared.case, declared.channel_column) if name]
    wanted += list(declared.time.columns) if declared.time else []
    wanted += [declared.customer.column] if declared.customer else []
    wanted += [link.column for link in declared.links]
    return wanted


def _all_present(columns: Sequence[Column], declared: Roles, label: str, line: int) -> None:
    names = [column.name for column in columns]
    wanted_columns = declared_columns(declared)
    proven = any(one in names for one in wanted_columns) or _proven(columns)
    problems = [
        Problem(
            Code.COLUMN_MISSING,
            f'there is no column "{wanted}"',
            Place(label, line),
            remedy=nearest(wanted, [column_label(name) for name in names], proven),
        )
        for wanted in wanted_columns
        if wanted not in names
    ]
    if problems:
        raise DataError(*problems)


def _proven(columns: Sequence[Column]) -> bool:
    return is_proven([column.name for column in columns], [column.samples for column in columns])


def _all_settled(
    roles: Roles, declared: Roles, columns: Sequence[Column], label: str, line: int
) -> None:
    open_roles = []
    if roles.case is None and roles.customer is None:
        open_roles.append(("customer or case", "--customer COLUMN or --case COLUMN"))
    if not roles.activity:
        open_roles.append(("activity", "--activity COLUMN"))
    if roles.time is None or not roles.time.columns:
        open_roles.append(("time", "--timestamp COLUMN"))
    if open_roles:
        cause = f"it has {len(columns)} columns, and nothing shows that its first line names them"
        if declared_columns(declared) or _proven(columns):
            cause = f"the columns are: {listed(column_label(column.name) for column in columns)}"
        raise DataError(
            *(
                Problem(
                    Code.ROLE_UNCLEAR,
                    f"no column is plainly the {role}",
                    Place(label, line),
                    cause=cause,
                    remedy=f"name it: {flag}",
                )
                for role, flag in open_roles
            )
        )
