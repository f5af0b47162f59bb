"""Options of settings: a field of a settings dataclass says how the command line asks for it.

One declaration serves every verb that takes the settings, and notebooks fill the same dataclass;
only the command line turns the declaration into a flag.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import Field, dataclass, field
from typing import Any

_KEY = "option"


@dataclass(frozen=True, slots=True)
class Option:
    """How a field is asked for on the command line.

    `names` replace `--field-name`; `kind` is the type of one value, `several` makes it repeatable;
    `typed` is what is taken where nothing is typed; `read` turns text into the value of the field,
    and gets the name of the option for its errors; `min` is the least number.
    """

    help: str
    metavar: str | None = None
    names: tuple[str, ...] = ()
    kind: type = str
    several: bool = False
    typed: object = None
    read: Callable[[Any, str], object] | None = None
    min: int | None = None
    panel: str | None = None
    hidden: bool = False


def option(default: object, help: str, metavar: str | None = None, **how: Any) -> Any:
    """A dataclass field with a default and its declaration as an option.

    >>> @dataclass
    ... class Cut:
    ...     gap: str | None = option(None, "A pause that begins a new journey: 30d.", "TIME")
    >>> Cut().gap is None
    True
    """
    return field(default=default, metadata={_KEY: Option(help, metavar, **how)})


def option_of(one: Field[Any]) -> Option | None:
    """The declaration of a field; None where the command line does not ask for it."""
    return one.metadata.get(_KEY)
