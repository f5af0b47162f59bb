"""Which arguments are addresses in object stores, said without loading what reads them."""

from __future__ import annotations

import re

from cjmine.errors import Code, Place, Problem, UsageError

_ADDRESS = re.compile(r"(?:s3|gs|abfss?)://")
_OTHER = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")


def is_in_store(argument: str) -> bool:
    """Whether an argument is an address in an object store.

    >>> is_in_store("s3://exports/clicks"), is_in_store("exports/clicks")
    (True, False)
    """
    return _ADDRESS.match(argument) is not None


def not_read(argument: str) -> UsageError | None:
    """The error U101 for an address where a file is read; None where it is none.

    Of the address only its scheme is said, because users and passwords may be in it.

    >>> not_read("postgresql://analyst:secret@db/crm").problems[0].place.file
    'postgresql://…'
    >>> not_read("exports/clicks.csv")
    """
    found = _OTHER.match(argument)
    if found is None:
        return None
    place = Place(f"{found[1]}://…")
    if is_in_store(argument):
        said = "this command looks at files of this machine, and at no objects in stores"
        return UsageError(Problem(Code.USAGE, said, place, remedy="cjmine discover reads them"))
    return UsageError(
        Problem(
            Code.USAGE,
            "addresses are read of object stores only: s3://, gs://, abfs://",
            place,
            remedy="a database is declared in cjmine.toml, without passwords;"
            " anything else comes through a pipe: curl ADDRESS | cjmine load -",
        )
    )


def is_address(name: str) -> bool:
    """Whether a name is an address of any kind, and no place on this machine.

    >>> is_address("s3://exports/log/"), is_address("C:/log/")
    (True, False)
    """
    return _OTHER.match(name) is not None
