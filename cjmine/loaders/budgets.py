"""How much a reader may do for one file: bytes, cells, columns, depth and steps, never seconds.

So whether a file is read does not depend on the machine. No real export comes near them; a file
that does was damaged, or made to fill the memory.
"""

from __future__ import annotations

from cjmine.errors import Code, DataError, Place, Problem

MOST_BYTES = 1 << 30  # that a packed file unpacks to, where it is also
MOST_TIMES = 200  # as large as it was
USUAL_TIMES = 50  # what text is seldom packed to, or less
MOST_DEFLATED = 1032  # no byte of gzip gives more
MOST_COLUMNS = 4096
DEEPEST = 100  # elements or values inside each other


def over_budget(label: str, what: str, cause: str = "", remedy: str = "") -> DataError:
    """The error L130: a file asks for more than a reader gives.

    >>> over_budget("a.csv", "it has 5,000 columns").code.value
    'L130'
    """
    cause = cause or "it was damaged, or made to fill the memory"
    return DataError(
        Problem(Code.OVER_BUDGET, what, Place(label), cause, remedy or "export it again")
    )


def check_width(columns: int, label: str) -> None:
    """Raises DataError L130 for a table that is wider than any export."""
    if columns > MOST_COLUMNS:
        raise over_budget(
            label,
            f"the table has more than {MOST_COLUMNS:,} columns",
            "no export is so wide; the wrong sign may be taken for the delimiter",
            "export the columns that are needed",
        )


def check_unpacked(label: str, unpacked: int, packed: int, most: int | None) -> None:
    """Raises DataError L130 where so many bytes came out of so few.

    `most` is how many are let through whatever they were packed to; None lets all through.
    """
    if most is not None and unpacked > most and unpacked > MOST_TIMES * packed:
        raise over_budget(
            label,
            f"the compressed file unpacks to more than {most:,} bytes,"
            f" over {MOST_TIMES} times its size",
            "it was made to fill the memory, or it repeats itself very much",
            "if it is what you expect, let more through: --max-bytes 20GB",
        )
