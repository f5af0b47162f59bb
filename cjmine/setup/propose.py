"""A proposal for a table whose roles are not plain: the best guess for each, to be looked at."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cjmine.errors import Code, DataError, Problem
from cjmine.ingest.roles_apart import check_roles_apart
from cjmine.ingest.source_flags import SourceFlags
from cjmine.loaders.declared_names import as_found
from cjmine.loaders.loader import ColumnSeen, RoleFound
from cjmine.loaders.role_claims import Column
from cjmine.loaders.roles import (
    TableUnclearError,
    column_label,
    columns_seen,
    declared_columns,
    guess_open_roles,
    proven_names,
    reasons,
    with_guesses,
)
from cjmine.loaders.sniff import Sniffed, sniff
from cjmine.loaders.times import recognise_format
from cjmine.results.recognition import ColumnRow, RecognisedFile, RoleRow
from cjmine.setup.write_config import source_block
from cjmine.sources import Roles

_UNSURE = "  # ?"


@dataclass(frozen=True, slots=True)
class Proposal:
    """How a file could be read, with what is not sure; or why there is no way that runs."""

    file: RecognisedFile
    problems: tuple[Problem, ...] = ()


def propose(path: Path, label: str, flags: SourceFlags, unclear: TableUnclearError) -> Proposal:
    """Read a table by guesses: every column with what it could be, and what runs.

    Raises PrivacyError P107 where flags make a column two things.
    """
    columns = unclear.columns
    is_missing = any(one.code is Code.COLUMN_MISSING for one in unclear.problems)
    if is_missing or not (proven_names(columns) or declared_columns(flags.roles)):
        bare = RecognisedFile(label, unclear.description, (), (), (), _rows_of(unclear))
        return Proposal(bare, unclear.problems)
    declared = as_found(flags.roles, [one.name for one in columns])
    guesses = guess_open_roles(columns, declared)
    rows = list(reasons(columns, declared, guesses))
    roles = with_guesses(declared, guesses, columns)
    try:
        found = _read(path, label, roles, flags, columns)
    except DataError as error:
        file = RecognisedFile(
            file=label,
            description=unclear.description,
            roles=tuple(map(role_row, rows)),
            not_read=(),
            configuration=(),
            columns=_rows_of(unclear),
        )
        return Proposal(file, error.problems)
    check_roles_apart([found])
    is_guessed = found.source.roles.time != roles.time
    rows = [_with_format(one, found, is_guessed) for one in rows]
    file = RecognisedFile(
        file=label,
        description=found.inspection.description,
        roles=tuple(map(role_row, rows)),
        not_read=tuple(map(column_label, found.inspection.dropped)),
        configuration=tuple(_marked(source_block(found), rows)),
        columns=column_rows(found.inspection.columns),
        command=_command(label, found.source.roles),
    )
    return Proposal(file)


def _rows_of(unclear: TableUnclearError) -> tuple[ColumnRow, ...]:
    return column_rows(columns_seen(unclear.columns))


def role_row(one: RoleFound) -> RoleRow:
    """A role as it is shown."""
    return RoleRow(one.role, one.column, one.because, one.sample, one.is_sure)


def column_rows(columns: Sequence[ColumnSeen]) -> tuple[ColumnRow, ...]:
    """Columns as they are shown."""
    return tuple(ColumnRow(column_label(one.name), one.sample, one.could_be) for one in columns)


def _read(
    path: Path, label: str, roles: Roles, flags: SourceFlags, columns: Sequence[Column]
) -> Sniffed:
    """The table by some roles; where its dates leave day and month open, the day comes first."""
    try:
        return sniff(path, label, roles, flags.extras)
    except DataError as error:
        written = _day_first(roles, columns)
        if error.code is not Code.DAY_MONTH_UNCLEAR or written is None or roles.time is None:
            raise
        time = replace(roles.time, format=written)
        return sniff(path, label, replace(roles, time=time), flags.extras)


def _day_first(roles: Roles, columns: Sequence[Column]) -> str | None:
    """The pattern of ambiguous dates that begin with the day."""
    samples = {one.name: one.samples for one in columns}
    parts = [samples.get(name, ()) for name in (roles.time.columns if roles.time else ())]
    values = [" ".join(row) for row in zip(*parts, strict=False)]
    how = recognise_format(values, lambda *_: (31, 1))
    return how.patterns[0] if how is not None and how.patterns else None


def _with_format(row: RoleFound, found: Sniffed, is_guessed: bool) -> RoleFound:
    """A time with the format in which it was read."""
    read = next((one for one in found.inspection.found if one.role == "time"), None)
    if row.role != "time" or read is None:
        return row
    written = read.because.partition("; ")[2]
    because = f"{row.because}; {written}" if written else row.because
    return replace(row, because=because, is_sure=row.is_sure and not is_guessed)


def _marked(block: Sequence[str], rows: Sequence[RoleFound]) -> list[str]:
    """The lines of a configuration, those marked that rest on a guess that is not sure."""
    unsure = {one.role for one in rows if not one.is_sure}
    return [f"{line}{_UNSURE}" if line.split(" ", 1)[0] in unsure else line for line in block]


def _command(label: str, roles: Roles) -> str:
    """What reads the file as proposed."""
    words = ["cjmine", "discover", label]
    if roles.customer is not None:
        words += ["--customer", roles.customer.column]
    if roles.case is not None:
        words += ["--case", roles.case]
    if roles.activity is not None:
        words += ["--activity", roles.activity]
    if roles.time is not None and roles.time.columns:
        words += ["--timestamp", "+".join(roles.time.columns)]
        words += ["--time-format", roles.time.format] if roles.time.format else []
    return shlex.join(words)
