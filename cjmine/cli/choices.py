"""Options that take one of some names, where not every member of an enumeration is a choice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any, TypeVar

import typer

from cjmine.reporters.formats import Subject, formats_of, tables_of

Choice = TypeVar("Choice", bound=StrEnum)


def listed(choices: Sequence[StrEnum]) -> str:
    """How help shows the choices."""
    return f"<{'|'.join(choices)}>"


def one_of(choices: Sequence[Choice]) -> Callable[[str], Choice]:
    """The reader of such an option; anything else is a usage error."""

    def read(written: str) -> Choice:
        for one in choices:
            if one == written:
                return one
        names = ", ".join(f"'{one}'" for one in choices)
        raise typer.BadParameter(f"'{written}' is not one of {names}.")

    return read


def format_option(subject: Subject) -> Any:
    """The option for the format of a report on stdout."""
    choices = formats_of(subject)
    return typer.Option(
        "--format",
        "-f",
        parser=one_of(choices),
        metavar=listed(choices),
        help="What goes to stdout.",
    )


def table_option(subject: Subject) -> Any:
    """The option for the table of a report in CSV."""
    choices = tables_of(subject)
    return typer.Option(
        parser=one_of(choices), metavar=listed(choices), help="Which table CSV holds."
    )
