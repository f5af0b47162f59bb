"""Options that take one of some names, where not every member of an enumeration is a choice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import TypeVar

import typer

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
