"""Which columns of each source a load keeps, for what, and which it drops."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cjmine.eventlog.source_columns import KeptColumn, Role, SourceColumns
from cjmine.ingest.inputs import Inputs
from cjmine.loaders.customers import customer_columns
from cjmine.loaders.roles import column_label
from cjmine.loaders.sniff import Sniffed
from cjmine.sources import CustomerTable, Identifier, Roles

CUSTOMERS = "customers"  # name and format of the tables that only link identifiers
_MADE = ("channel", "score", "scale")


def source_columns(inputs: Inputs) -> tuple[SourceColumns, ...]:
    """The columns of all sources and customer tables, files that are read alike as one source.

    A file with the content of another one is a source too, though it is not loaded again.
    Names of columns are masked where the name itself may identify a person. Raises DataError
    where the header of a customer table cannot be read.
    """
    tables = [_of_table(one) for one in inputs.customers]
    sources = [*inputs.sources, *(copy for copy, _ in inputs.copies)]
    return _together([*map(_of_source, sources), *tables])


def _of_source(one: Sniffed) -> SourceColumns:
    source = one.source
    kept = list(_kept(source.roles))
    if source.extras.score is not None:
        kept.append(KeptColumn(source.extras.score, Role.SCORE))
    found, fields = one.inspection.found, one.inspection.fields
    kept += [KeptColumn(row.column, _role(row.role)) for row in found if row.is_sure]
    if fields:
        kept = [column for column in kept if column.column in fields or not _is_made(column)]
        kept += [KeptColumn(column, Role.READ) for column in fields]
    first = {column.column: column for column in reversed(kept)}
    kept = [column for column in dict.fromkeys(kept) if first[column.column] is column]
    return SourceColumns(
        source.name, source.format, source.roles.channel, tuple(kept), one.inspection.dropped
    )


def _is_made(one: KeptColumn) -> bool:
    """Whether a format that knows its fields makes this of them, so that no column has the name."""
    return one.role is Role.TIME or one.column in _MADE


def _kept(roles: Roles) -> Iterator[KeptColumn]:
    if roles.customer is not None:
        yield _identifier(roles.customer, Role.CUSTOMER)
    yield from (_identifier(one, Role.LINK) for one in roles.links)
    if roles.case is not None:
        yield KeptColumn(roles.case, Role.CASE)
    for column in roles.time.columns if roles.time is not None else ():
        yield KeptColumn(column, Role.TIME)
    if roles.activity is not None:
        yield KeptColumn(roles.activity, Role.ACTIVITY)
    if roles.channel_column is not None:
        yield KeptColumn(roles.channel_column, Role.CHANNEL)
    yield from (KeptColumn(column, Role.ATTRIBUTE) for column in roles.keep)
    copies = (roles.delivery, roles.version)
    yield from (KeptColumn(column, Role.READ) for column in copies if column is not None)


def _identifier(one: Identifier, role: Role) -> KeptColumn:
    return KeptColumn(one.column, role, one.kind.value)


def _role(said: str) -> Role:
    """The role that a format names in its own words, such as `customer (phone)`."""
    word = said.partition(" ")[0]
    return Role(word) if word in set(Role) else Role.ATTRIBUTE


def _of_table(table: CustomerTable) -> SourceColumns:
    identifiers = (table.customer, *table.links)
    roles = (Role.CUSTOMER, *(Role.LINK for _ in table.links))
    kept = tuple(map(_identifier, identifiers, roles))
    known = {one.column for one in kept}
    dropped = tuple(column for column in customer_columns(table) if column not in known)
    return SourceColumns(CUSTOMERS, CUSTOMERS, None, kept, dropped)


def _together(every: Sequence[SourceColumns]) -> tuple[SourceColumns, ...]:
    """Sources of one name, format and channel as one, with the columns that any of them has."""
    alike: dict[tuple[str, str, str | None], list[SourceColumns]] = {}
    for one in every:
        alike.setdefault((one.name, one.format, one.channel), []).append(one)
    return tuple(
        SourceColumns(
            *(name, form, channel),
            tuple(dict.fromkeys(_shown(column) for one in group for column in one.kept)),
            tuple(dict.fromkeys(column_label(column) for one in group for column in one.dropped)),
        )
        for (name, form, channel), group in alike.items()
    )


def _shown(one: KeptColumn) -> KeptColumn:
    return KeptColumn(column_label(one.column), one.role, one.kind)
