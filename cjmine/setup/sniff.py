"""Sniff: what files are, and the configuration that reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cjmine.errors import DataError, Problem
from cjmine.ingest.databases import declared_databases
from cjmine.ingest.roles_apart import check_roles_apart
from cjmine.ingest.source_flags import SourceFlags
from cjmine.loaders.folders import expand
from cjmine.loaders.roles import TableUnclearError, column_label, columns_seen
from cjmine.loaders.sniff import Sniffed, settle, sniff
from cjmine.results.recognition import RecognisedFile, Recognition, UnknownFile
from cjmine.setup.propose import column_rows, propose, role_row
from cjmine.setup.write_config import source_block
from cjmine.shown_paths import shown_path


@dataclass(frozen=True, slots=True)
class Description:
    """The files that could be described, and what is wrong with the others that were named."""

    recognition: Recognition
    problems: tuple[Problem, ...] = ()


def describe(arguments: Sequence[str], flags: SourceFlags) -> Description:
    """What each file is and how it would be read, with the block for `cjmine.toml`.

    A table whose roles are not plain has a proposal. A file of a folder that cannot be read has a
    row that says so; a file that was named and cannot be read is a problem. Where the configuration
    declares the file of a query, its database is asked. Raises PrivacyError P107 where flags make a
    column two things, and UsageError C101 to C103 where the configuration is wrong.
    """
    databases = declared_databases(arguments, flags)
    files: list[RecognisedFile | UnknownFile] = []
    problems: list[Problem] = []
    for argument in arguments:
        explicit = not Path(argument).is_dir()
        for file in expand(argument):
            label = shown_path(file, None if explicit else argument)
            asked = databases.get(file.resolve())
            try:
                found = settle(asked) if asked else sniff(file, label, flags.roles, flags.extras)
                check_roles_apart([found])
                files.append(_recognised(found))
                found.opened.rest()
            except TableUnclearError as unclear:
                if asked is not None:
                    columns = column_rows(columns_seen(unclear.columns))
                    unsettled = RecognisedFile(label, unclear.description, (), (), (), columns)
                    files.append(unsettled)
                    problems += unclear.problems if explicit else ()
                    continue
                proposal = propose(file, str(file), flags, unclear)
                files.append(proposal.file)
                problems += proposal.problems if explicit else ()
            except DataError as error:
                if explicit:
                    problems += error.problems
                else:
                    files.append(UnknownFile(label, error.problems[0].message))
    return Description(Recognition("cjmine/sniff/1", tuple(files)), tuple(problems))


def _recognised(one: Sniffed) -> RecognisedFile:
    inspection = one.inspection
    return RecognisedFile(
        file=one.source.label,
        description=inspection.description,
        roles=tuple(map(role_row, inspection.found)),
        not_read=tuple(map(column_label, inspection.dropped)),
        configuration=tuple(source_block(one)),
        columns=column_rows(inspection.columns),
    )
