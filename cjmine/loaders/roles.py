"""Which column plays which role, and why: by what was declared, by its name, by its values.

A guess is only made where it is plain: one candidate, or a name that says so. Anything else is
an error that lists the columns, because a wrong customer column invents journeys.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from cjmine.errors import Code, DataError, Place, Problem, listed
from cjmine.loaders.column_values import Form
from cjmine.loaders.header_proof import is_proven, nearest
from cjmine.loaders.loader import ColumnSeen, RoleFound
from cjmine.loaders.role_claims import Column, Role
from cjmine.loaders.role_guesses import Guess, could_be, guess_roles
from cjmine.loaders.zone_names import without_zone
from cjmine.sources import Identifier, Kind, Roles, TimeColumn

_TIMELESS = "; no column holds times, and an event log has a row an event, not a row a customer"
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.EMAIL, re.compile(r"e.?mail|address$|adres$")),
    (Kind.PHONE, re.compile(r"phone|telefoon|caller|beller|^ani$|^cli$|mobiel|msisdn")),
    (Kind.COOKIE, re.compile(r"cookie|visitor|anonymous|pseudo|distinct")),
    (Kind.IP, re.compile(r"^(?:remote )?(?:ip|host)(?: address)?$")),
)


class TableUnclearError(DataError):
    """A table whose roles or times could not be settled, with its columns for a proposal."""

    def __init__(
        self, description: str, columns: tuple[Column, ...], problems: Sequence[Problem]
    ) -> None:
        super().__init__(*problems)
        self.description, self.columns = description, columns

    def __reduce__(self) -> tuple[type[DataError], tuple[Problem, ...]]:
        """In another process it is an error like any other."""
        return DataError, self.problems


def columns_seen(columns: Sequence[Column]) -> tuple[ColumnSeen, ...]:
    """The columns of a table as they may be shown: samples are masked, and unproven names too."""
    proven = proven_names(columns)
    return tuple(
        ColumnSeen(
            one.name if proven else masked(one.name),
            masked(next(iter(one.samples), "")),
            could_be(one),
        )
        for one in columns
    )


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
    declared = _with_addresses(declared, columns)
    guesses = guess_open_roles(columns, declared)
    roles = with_guesses(declared, [one for one in guesses if one.is_sure], columns)
    _all_settled(roles, declared, columns, label, line)
    return roles, reasons(columns, declared, [one for one in guesses if one.is_sure])


def _with_addresses(roles: Roles, columns: Sequence[Column]) -> Roles:
    """The same roles; a customer or link whose values are network addresses is of that kind."""
    addresses = {one.name for one in columns if one.values.form is Form.ADDRESS}

    def settled(one: Identifier) -> Identifier:
        is_one = one.column in addresses and one.kind is Kind.CUSTOMER
        return replace(one, kind=Kind.IP) if is_one else one

    customer = None if roles.customer is None else settled(roles.customer)
    return replace(roles, customer=customer, links=tuple(map(settled, roles.links)))


def guess_open_roles(columns: Sequence[Column], declared: Roles) -> tuple[Guess, ...]:
    """The best guesses for the roles that are not declared, from the columns that are not."""
    is_open = {
        Role.TIME: declared.time is None or not declared.time.columns,
        Role.CASE: declared.case is None and declared.customer is None,
        Role.CUSTOMER: declared.customer is None and declared.case is None,
        Role.ACTIVITY: declared.activity is None,
        Role.CHANNEL: declared.channel_column is None and declared.channel is None,
    }
    taken = set(declared_columns(declared))
    left = [one for one in columns if one.name not in taken]
    return guess_roles(left, frozenset(role for role, one in is_open.items() if one))


def with_guesses(declared: Roles, guesses: Sequence[Guess], columns: Sequence[Column]) -> Roles:
    """The roles with some guesses taken over."""
    roles = declared if declared.time is not None else replace(declared, time=TimeColumn(()))
    named = {one.name: one for one in columns}
    for one in guesses:
        column = one.columns[0]
        match one.role:
            case Role.TIME:
                assert roles.time is not None
                roles = replace(roles, time=replace(roles.time, columns=one.columns))
            case Role.CASE:
                roles = replace(roles, case=column)
            case Role.CUSTOMER:
                roles = replace(roles, customer=Identifier(column, kind_of(named[column])))
            case Role.ACTIVITY:
                roles = replace(roles, activity=column)
            case Role.CHANNEL:
                roles = replace(roles, channel_column=column)
    return roles


def reasons(
    columns: Sequence[Column], declared: Roles, guesses: Sequence[Guess]
) -> tuple[RoleFound, ...]:
    """Why each column has its role: it was declared, or guessed."""
    samples = {one.name: masked(next(iter(one.samples), "")) for one in columns}
    found: list[tuple[Role, RoleFound]] = []

    def add(role: Role, name: str, column: str, because: str, is_sure: bool = True) -> None:
        row = RoleFound(name, column, because, samples.get(column, ""), is_sure)
        found.append((role, row))

    if declared.time is not None and declared.time.columns:
        add(Role.TIME, "time", declared.time.columns[0], "declared")
    if declared.case is not None:
        add(Role.CASE, "case", declared.case, "declared")
    if declared.customer is not None:
        who = declared.customer
        add(Role.CUSTOMER, f"customer ({who.kind})", who.column, "declared")
    if declared.activity is not None:
        add(Role.ACTIVITY, "activity", declared.activity, "declared")
    if declared.channel_column is not None:
        add(Role.CHANNEL, "channel", declared.channel_column, "declared")
    for one in guesses:
        for column in one.columns:
            add(one.role, one.role.value, column, one.because, one.is_sure)
    order = list(Role)
    return tuple(row for _, row in sorted(found, key=lambda one: order.index(one[0])))


@lru_cache(maxsize=4096)
def spelled(name: str) -> str:
    """A name in lower case, with every kind of gap as one blank.

    >>> spelled("Start_Time"), spelled("startTime")
    ('start time', 'start time')
    """
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", without_zone(name))
    return re.sub(r"[\s_\-./]+", " ", spaced).strip().casefold()


def names_alike(columns: Sequence[str], fields: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """For each field the column whose name is one of its spellings; the first spelling wins.

    >>> names_alike(["Start_Time", "Wachtrij"], {"start": ["start time"], "queue": ["wachtrij"]})
    {'start': 'Start_Time', 'queue': 'Wachtrij'}
    """
    by_words = _by_words(tuple(columns))
    found: dict[str, str] = {}
    for field, spellings in fields.items():
        taken = (by_words.get(spelled(name)) for name in spellings)
        first = next((one for one in taken if one and one not in found.values()), None)
        if first is not None:
            found[field] = first
    return found


@lru_cache(maxsize=64)
def _by_words(columns: tuple[str, ...]) -> dict[str, str]:
    """The first column of each spelling."""
    found: dict[str, str] = {}
    for column in columns:
        found.setdefault(spelled(column), column)
    return found


def has_names(columns: Sequence[str], each: Iterable[Sequence[str]]) -> bool:
    """Whether the columns have one of the spellings of each of several names."""
    there = _by_words(tuple(columns)).keys()
    return all(any(spelled(name) in there for name in names) for names in each)


def kind_of(column: Column) -> Kind:
    """What kind of identifier a column holds: addresses by their values, others by their name."""
    if column.values.form is Form.ADDRESS:
        return Kind.IP
    for kind, expression in _KINDS:
        if expression.search(spelled(column.name)):
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


def declared_columns(declared: Roles) -> list[str]:
    """The columns that a declaration names."""
    wanted = [*declared.keep]
    single = (declared.activity, declared.case, declared.channel_column)
    wanted += [name for name in (*single, declared.delivery, declared.version) if name]
    wanted += list(declared.time.columns) if declared.time else []
    wanted += [declared.customer.column] if declared.customer else []
    wanted += [link.column for link in declared.links]
    return wanted


def _all_present(columns: Sequence[Column], declared: Roles, label: str, line: int) -> None:
    names = [column.name for column in columns]
    wanted_columns = declared_columns(declared)
    proven = any(one in names for one in wanted_columns) or proven_names(columns)
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


def proven_names(columns: Sequence[Column]) -> bool:
    """Whether the names of columns are names, and no row of a table without a header."""
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
        if declared_columns(declared) or proven_names(columns):
            cause = f"the columns are: {listed(column_label(column.name) for column in columns)}"
        timeless = not any(Role.TIME in could_be(column) for column in columns)
        raise DataError(
            *(
                Problem(
                    Code.ROLE_UNCLEAR,
                    f"no column is plainly the {role}",
                    Place(label, line),
                    cause=cause + (_TIMELESS if timeless and role == "time" else ""),
                    remedy=f"name it: {flag}",
                )
                for role, flag in open_roles
            )
        )
