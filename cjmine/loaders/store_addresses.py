"""Which arguments are addresses in object stores, said without loading what reads them."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"(?:s3|gs|abfss?)://")


def is_in_store(argument: str) -> bool:
    """Whether an argument is an address in an object store.

    >>> is_in_store("s3://exports/clicks"), is_in_store("exports/clicks")
    (True, False)
    """
    return _ADDRESS.match(argument) is not None
