"""What can be declared about a database: what is asked of it, and who says where it is.

No address and no secret is declared: a service file of the database's own client, or an environment
variable, holds both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

TIMEOUT = 10 * 60 * 1_000_000  # microseconds
_VALUE = re.compile(r"-?\d[\d T:.+-]*Z?", re.ASCII)


class DatabaseKind(StrEnum):
    """The databases that can be asked."""

    POSTGRESQL = "postgresql"
    SNOWFLAKE = "snowflake"
    BIGQUERY = "bigquery"
    DATABRICKS = "databricks"
    SQLSERVER = "sqlserver"


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a database was read: the largest value of `since`, and how many rows have it.

    `unset` is how many rows have none, or one that stands for none, such as infinity.

    >>> Mark("2026-05-12 08:30:00+00:00", 2).rows
    2
    """

    value: str
    rows: int
    unset: int = 0

    def __post_init__(self) -> None:
        """Nothing else may become part of a statement. Raises ValueError."""
        if not _VALUE.fullmatch(self.value):
            raise ValueError("a watermark is a number, a day or a time")


@dataclass(frozen=True, slots=True)
class Database:
    """A query of a database; exactly one of `service` and `variable` names where that is.

    `path` is the file of the query. Rows come in the order of the columns `order`, and where these
    are equal in that of all columns that are read. `since` is a column that grows as rows are added
    (a number, a day or a time); `after` says how far it was read before, and those rows are not
    read again. `timeout` (microseconds) is how long the database may take.
    """

    kind: DatabaseKind
    path: Path
    order: tuple[str, ...]
    service: str | None = None
    variable: str | None = None
    since: str | None = None
    after: Mark | None = None
    timeout: int = TIMEOUT

    @property
    def size(self) -> int:
        """No bytes are read from disk."""
        return 0
